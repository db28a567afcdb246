package push

import (
	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// cellKind is all that decides how a cell looks. A report has some ten thousand
// cells of each kind, whose look is made once.
type cellKind struct {
	style, column                          report.Style // the cell's, and the table's for its column
	inTable, header, band, linked, spanned bool
	value                                  valueKind
}

// valueKind is what a cell holds, as far as that shows in its look.
type valueKind uint8

const (
	textValue    valueKind = iota
	quotedValue            // a text that somebody who edits it would make a formula of
	numberValue            // whole numbers
	moneyValue             // whole numbers, too, but for the large figures
	percentValue           // shares
	dayValue
	momentValue
)

// kindLook is a look and its place in the styles.
type kindLook struct {
	look  look
	style int
}

// kind finds the look of cells of the kind.
func (b *bookWriter) kind(k cellKind) kindLook {
	known, ok := b.kinds[k]
	if !ok {
		known.look = k.look()
		known.style = b.styles.xf(known.look)
		b.kinds[k] = known
	}
	return known
}

// kindOf tells the kind of a cell of the block; header tells the row of a
// table's header.
func kindOf(block *report.Block, c *report.Cell, v cellValue, col int, header, linked bool) cellKind {
	k := cellKind{
		style: c.Style, inTable: block.Kind == report.Table, header: header,
		band: c.Band, linked: linked, spanned: c.Span > 1, value: valueKindOf(c.Value, v),
	}
	if k.inTable && col <= len(block.Columns) {
		k.column = block.Columns[col-1].Style
	}
	return k
}

// bookCell is how a cell of a report of its own looks, but for a link, and what
// it holds.
func bookCell(block *report.Block, c *report.Cell, header bool, col int) (look, cellValue) {
	v := valueOf(c.Value, false)
	return kindOf(block, c, v, col, header, false).look(), v
}

func valueKindOf(value any, v cellValue) valueKind {
	if !v.numeric {
		if formulaLike(v.text) {
			return quotedValue
		}
		return textValue
	}
	if _, ok := value.(reconcile.VND); ok {
		return moneyValue
	}
	switch v.format {
	case percentFormat:
		return percentValue
	case dayFormat:
		return dayValue
	case momentFormat:
		return momentValue
	}
	return numberValue
}

// Number formats that reports of their own have and tabs of agencies do not.
const (
	// billionsFormat shows money in thousand millions: 36,51 tỷ.
	billionsFormat = `[$-42A]#,##0.00,,," tỷ"`
	// shareFormat shows one decimal: a budget's share of 99,6 % is not 100 %.
	shareFormat = `[$-42A]0.0%`
)

func (v valueKind) numeric() bool { return v >= numberValue }

func (k cellKind) format() string {
	switch k.value {
	case numberValue:
		return wholeFormat
	case moneyValue:
		if k.style == report.Key {
			return billionsFormat
		}
		return wholeFormat
	case percentValue:
		return shareFormat
	case dayValue:
		return dayFormat
	case momentValue:
		return momentFormat
	}
	return ""
}

// look is how cells of the kind look.
func (k cellKind) look() look {
	style := k.style
	if k.inTable && !k.header && style == report.Plain && k.column != report.Vertical {
		style = k.column
	}
	l := bookLook(style, k.inTable)
	if k.band && l.fill == "" {
		l.fill = pale
	}
	l.format = k.format()
	l.quote = k.value == quotedValue
	if k.spanned {
		l.wrap = true
	}
	if k.value.numeric() {
		l.wrap = false
	}
	switch {
	case l.horizontal != "":
	case k.inTable && k.column == report.Vertical:
		l.horizontal = "center" // below a turned header
	case k.inTable && (k.value.numeric() || style == report.Figure || style == report.Money):
		l.horizontal = "right" // also numbers that are written as text
	default:
		l.horizontal = "left"
	}
	if k.linked && k.style != report.Key {
		l.colour = linkBlue
		l.underline = !k.value.numeric()
	}
	l.indent = padded(l)
	return l
}

// bookLook is the look of a cell of a report of its own, where a few meanings
// have more room than in an agency's tab.
func bookLook(style report.Style, inTable bool) look {
	l := lookOf(style, inTable)
	if !inTable {
		l.vertical = "top"
	}
	switch style {
	case report.FigureWeak:
		l.colour, l.fill = ink, amberFill
	case report.FigureOver:
		l.fill = redFill
	case report.Key:
		l.horizontal, l.vertical, l.wrap = "center", "center", false
	case report.Total, report.TotalMoney:
		l.edges = true
	case report.Good, report.Bad:
		if inTable {
			l.horizontal = "center"
		}
	case report.Title:
		l.wrap, l.vertical = true, "center"
	case report.Label, report.Note, report.Subtitle:
		l.wrap = true
	}
	return l
}

// padded tells the cells of tables whose text would else touch the number of
// the column before. Numbers are not padded: LibreOffice does it in some cells
// and not in others.
func padded(l look) bool { return l.edges && l.horizontal == "left" }
