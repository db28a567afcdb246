package sheet

import (
	"bytes"
	"strings"
)

// htmlTable is a table that is being read.
type htmlTable struct {
	*collector
	page  *htmlPage
	style htmlStyle

	row, col int
	cols     int // column elements so far
	rowStyle htmlStyle
	// busy says of each column up to which row a cell from above takes it.
	busy []int

	inRow, inCell bool
	cell          Cell
	cellTag       htmlTag
	cellStyle     htmlStyle
	value         []byte
	space         bool // a further blank would be one of several in the source
	kept          int  // open elements in which blanks are kept
	hidden        int  // open elements of the name hiddenTag since a hidden one
	hiddenTag     string
	keptTag       string
}

func newHTMLTable(p *htmlPage, info Info, style htmlStyle) *htmlTable {
	return &htmlTable{collector: newCollector(info, p.limits), page: p, style: style}
}

// holdsData says whether a table within a cell is one of its own: it has
// several rows and several columns.
func (t *htmlTable) holdsData() bool {
	wide := 0
	for _, r := range t.grid.Rows {
		if len(r.Cells) > 1 {
			wide++
		}
	}
	return wide > 1
}

func (t *htmlTable) start(tag htmlTag) error {
	if t.inCell && t.hidden > 0 {
		if tag.name == t.hiddenTag {
			t.hidden++
		}
		if tag.name != "td" && tag.name != "th" && tag.name != "tr" {
			return nil
		}
	}
	switch tag.name {
	case "col":
		t.column(tag)
	case "tr":
		if err := t.endTableRow(); err != nil {
			return err
		}
		t.row++
		t.col, t.inRow = 0, true
		t.rowStyle = t.page.css.style(tag)
	case "td", "th":
		return t.startCell(tag)
	case "br":
		return t.lineBreak()
	case "img", "input", "hr", "wbr", "link", "meta":
		// Without an end tag, and without text.
	case "p", "div", "li":
		if t.inCell && !blank(t.value) {
			if err := t.lineBreak(); err != nil {
				return err
			}
		}
		t.inline(tag)
	default:
		t.inline(tag)
	}
	return nil
}

// inline takes an element within a cell's text.
func (t *htmlTable) inline(tag htmlTag) {
	if !t.inCell {
		return
	}
	style := t.page.css.style(tag)
	if style.hidden {
		t.hidden, t.hiddenTag = 1, tag.name
	}
	if style.kept && t.kept == 0 {
		t.keptTag = tag.name
	}
	if tag.name == t.keptTag {
		t.kept++
	}
	if face := style.font; face != "" {
		// The font of a part counts for the cell, a legacy one before others.
		if legacy := legacyFont(face); legacy != "" || blank(t.value) {
			t.cellStyle.font = face
		}
	}
}

func (t *htmlTable) end(name string) error {
	switch name {
	case "td", "th":
		return t.endCell()
	case "tr":
		return t.endTableRow()
	}
	if t.hidden > 0 && name == t.hiddenTag {
		t.hidden--
	}
	if t.kept > 0 && name == t.keptTag {
		t.kept--
	}
	return nil
}

// column notes the columns that a col element hides.
func (t *htmlTable) column(tag htmlTag) {
	count := repetitions(tag.attr("span"), maxColumn)
	if t.page.css.style(tag).hidden {
		t.hideCols(t.cols+1, count)
	}
	t.cols = min(t.cols+count, maxColumn)
}

// startCell begins a cell, in the first column that none from above takes.
func (t *htmlTable) startCell(tag htmlTag) error {
	if err := t.endCell(); err != nil {
		return err
	}
	if !t.inRow {
		t.row++
		t.col, t.inRow = 0, true
	}
	t.col++
	for t.col <= len(t.busy) && t.busy[t.col-1] >= t.row {
		t.col++
	}
	cols := repetitions(tag.attr("colspan"), maxColumn)
	rows := repetitions(tag.attr("rowspan"), maxRowNumber)
	if err := t.merge(t.row, t.col, rows, cols); err != nil {
		return err
	}
	last := min(t.col+cols-1, maxColumn)
	if rows > 1 {
		for col := t.col; col <= min(last, t.limits.Cols); col++ {
			for len(t.busy) < col {
				t.busy = append(t.busy, 0)
			}
			t.busy[col-1] = t.row + rows - 1
		}
	}
	t.cell = Cell{Col: t.col}
	t.cellTag, t.cellStyle = tag, t.style.with(t.rowStyle).with(t.page.css.style(tag))
	t.value = t.value[:0]
	t.inCell, t.space, t.kept, t.hidden = true, true, 0, 0
	t.col = last
	return nil
}

// text appends text to the current cell: white space counts as one blank, and
// as none at the start of a line, but where Excel says otherwise.
func (t *htmlTable) text(text []byte) error {
	if !t.inCell || t.hidden > 0 {
		return nil
	}
	if t.kept > 0 {
		// Excel writes the blanks that count as no-break ones.
		t.value = append(t.value, strings.ReplaceAll(string(text), "\u00a0", " ")...)
		t.space = false
		return t.tooLong()
	}
	for _, c := range text {
		if !isSpace(c) && c != '\f' {
			t.value = append(t.value, c)
			t.space = false
		} else if !t.space {
			t.value = append(t.value, ' ')
			t.space = true
		}
	}
	return t.tooLong()
}

func (t *htmlTable) tooLong() error {
	if len(t.value) > t.limits.CellBytes+1 {
		_, err := t.collector.text(t.value)
		return err
	}
	return nil
}

func (t *htmlTable) lineBreak() error {
	if t.inCell && t.hidden == 0 {
		t.value = append(t.trimmed(), '\n')
		t.space = true
	}
	return t.tooLong()
}

// flow appends a text that stood in a table of its own.
func (t *htmlTable) flow(text string) error {
	if !blank(t.value) {
		t.value = append(t.trimmed(), '\n')
	}
	t.value = append(t.value, text...)
	t.space = false
	return t.tooLong()
}

// trimmed is the value without the blank that a line break or the end makes
// invisible.
func (t *htmlTable) trimmed() []byte {
	if t.space {
		return bytes.TrimSuffix(t.value, []byte(" "))
	}
	return t.value
}

// endCell keeps the cell that is open, unless it is blank.
func (t *htmlTable) endCell() error {
	if !t.inCell {
		return nil
	}
	t.inCell = false
	value := bytes.TrimRight(t.trimmed(), "\n")
	if blank(value) && !t.cellTag.typed() {
		return nil
	}
	t.setFormat(&t.cell, t.cellStyle.format)
	if err := t.setValue(&t.cell, value); err != nil {
		return err
	}
	return t.add(t.cell)
}

func (t *htmlTable) setFormat(cell *Cell, code string) {
	cell.Style = t.looks.Of(code, legacyFont(t.cellStyle.font))
}

// setValue takes the value that Excel or LibreOffice put into an attribute, or
// else the text as it is.
func (t *htmlTable) setValue(cell *Cell, text []byte) error {
	tag := t.cellTag
	cell.Formula = tag.has("x:fmla")
	number, as := string(text), classifyFormat(t.cellStyle.format)
	isNumber := tag.has("x:num")
	switch v := tag.attr("x:num"); {
	case tag.attr("data-t") != "" && tag.has("data-v"):
		// SheetJS, with which many web systems export: the type, the value and
		// the format.
		return t.setExported(cell, text)
	case isNumber && v != "":
		number = v
	case tag.has("sdval"):
		// LibreOffice: the value, and "language;language;format".
		number, isNumber = tag.attr("sdval"), true
		if parts := strings.SplitN(tag.attr("sdnum"), ";", 3); len(parts) == 3 {
			t.setFormat(cell, namedFormat(parts[2]))
			as = classifyFormat(cell.Format())
		}
		if cell.Format() == "BOOLEAN" {
			t.setBool(cell, number == "1")
			return nil
		}
		if isErrorName(string(text)) { // which has the value 0
			err := t.setText(cell, text)
			cell.Kind = Error
			return err
		}
	}
	if isNumber {
		if v, ok := parseNumber([]byte(strings.TrimSpace(number))); ok {
			if as == day && from1904(v, text) {
				v += offset1904
			}
			return t.setNumber(cell, v, as)
		}
	}
	if tag.has("x:bool") {
		t.setBool(cell, strings.EqualFold(tag.attr("x:bool"), "true"))
		return nil
	}
	err := t.setText(cell, text)
	if tag.has("x:err") {
		cell.Kind = Error
	}
	return err
}

// setExported takes a value from the attributes that SheetJS writes.
func (t *htmlTable) setExported(cell *Cell, text []byte) error {
	value := t.cellTag.attr("data-v")
	if format := t.cellTag.attr("data-z"); format != "" {
		t.setFormat(cell, namedFormat(format))
	}
	switch t.cellTag.attr("data-t") {
	case "n":
		if v, ok := parseNumber([]byte(value)); ok {
			return t.setNumber(cell, v, classifyFormat(cell.Format()))
		}
	case "b":
		t.setBool(cell, value == "true")
		return nil
	case "e":
		err := t.setText(cell, text)
		cell.Kind = Error
		return err
	}
	// Of texts it does not escape the quotes in the attribute.
	return t.setText(cell, text)
}

func (t *htmlTable) endTableRow() error {
	if err := t.endCell(); err != nil {
		return err
	}
	if !t.inRow {
		return nil
	}
	t.inRow = false
	return t.endRow(t.row, t.rowStyle.hidden)
}

func (t *htmlTable) finish() error { return t.endTableRow() }

// isErrorName says whether a text is what programs show for an error value.
func isErrorName(text string) bool {
	switch text {
	case "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A":
		return true
	}
	return strings.HasPrefix(text, "Err:")
}
