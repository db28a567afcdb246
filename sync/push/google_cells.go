package push

import (
	"math"
	"strconv"
	"strings"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile/report"
)

// wanted is what a cell shall hold: a text, a number or nothing.
type wanted struct {
	value  cellValue
	number float64
	link   string // "#gid=0&range=D12", "" for none
}

func (w wanted) isBlank() bool { return !w.value.numeric && w.value.text == "" }

// shown is the text by which a written cell is recognised.
func (w wanted) shown() string {
	if w.value.numeric {
		return w.value.number
	}
	return w.value.text
}

// want turns a cell of a report into what the Google cell shall hold.
func want(c report.Cell, to links) wanted {
	w := wanted{value: valueOf(c.Value, false)}
	w.value.text = plainText(w.value.text)
	if w.value.numeric {
		n, err := strconv.ParseFloat(w.value.number, 64)
		if err != nil {
			w.value = cellValue{text: w.value.number}
		}
		w.number = n
	}
	w.link = to.link(c.Link)
	return w
}

// isIn reports whether the cell already holds it. Google may show a link in
// full or not at all; one that it does not show is taken to be right.
func (w wanted) isIn(c *sheets.CellData) bool {
	if c == nil || c.EffectiveValue == nil {
		return w.isBlank()
	}
	v := c.EffectiveValue
	switch {
	case w.value.numeric:
		if v.NumberValue == nil || math.Abs(*v.NumberValue-w.number) > 1e-9*math.Max(1, math.Abs(w.number)) {
			return false
		}
	case v.StringValue == nil || *v.StringValue != w.value.text:
		return false
	}
	return c.Hyperlink == "" || strings.HasSuffix(c.Hyperlink, w.link)
}

// data is the cell as typed data: a text stays a text whatever it begins with,
// since only formulaValue can become a formula.
func (w wanted) data(l look) *sheets.CellData {
	d := &sheets.CellData{}
	format := l.google()
	switch {
	case w.value.numeric:
		n := w.number
		d.UserEnteredValue = &sheets.ExtendedValue{NumberValue: &n}
		if format.NumberFormat == nil {
			format.NumberFormat = googleNumber(w.value.format)
		}
	case w.value.text != "":
		s := w.value.text
		d.UserEnteredValue = &sheets.ExtendedValue{StringValue: &s}
		// As text, so that an edit by hand makes no formula or date of it.
		format.NumberFormat = &sheets.NumberFormat{Type: "TEXT"}
	}
	if w.link != "" {
		format.TextFormat.Link = &sheets.Link{Uri: w.link}
		format.TextFormat.ForegroundColorStyle = colour(linkBlue)
		format.TextFormat.Underline = true
	}
	d.UserEnteredFormat = format
	return d
}

// googleNumber is a number format of an .xlsx as Google has it: its own locale
// groups the digits. No format asks for Google's own.
func googleNumber(code string) *sheets.NumberFormat {
	switch code {
	case "":
		return nil
	case billionsFormat:
		return &sheets.NumberFormat{Type: "NUMBER", Pattern: `#,##0.00,,," tỷ"`}
	case shareFormat:
		return &sheets.NumberFormat{Type: "PERCENT", Pattern: "0.0%"}
	case dayFormat:
		return &sheets.NumberFormat{Type: "DATE", Pattern: "dd/mm/yyyy"}
	case momentFormat:
		return &sheets.NumberFormat{Type: "DATE_TIME", Pattern: "hh:mm dd/mm/yyyy"}
	case percentFormat:
		return &sheets.NumberFormat{Type: "PERCENT", Pattern: "0%"}
	}
	return &sheets.NumberFormat{Type: "NUMBER", Pattern: "#,##0"}
}

// google is the look as a cell format of the Sheets API.
func (l look) google() *sheets.CellFormat {
	f := &sheets.CellFormat{
		HorizontalAlignment: strings.ToUpper(l.horizontal),
		NumberFormat:        googleNumber(l.format),
		VerticalAlignment:   "MIDDLE",
		TextFormat: &sheets.TextFormat{
			FontFamily: fontFace, FontSize: int64(math.Round(l.size)),
			Bold: l.bold, Italic: l.italic, Underline: l.underline,
			ForegroundColorStyle: colour(l.colour),
		},
	}
	if l.vertical == "top" {
		f.VerticalAlignment = "TOP"
	}
	if l.wrap {
		f.WrapStrategy = "WRAP"
	}
	if l.turned {
		f.TextRotation = &sheets.TextRotation{Angle: 90}
	}
	if l.fill != "" {
		f.BackgroundColorStyle = colour(l.fill)
	}
	if l.edges {
		edge := &sheets.Border{Style: "SOLID", ColorStyle: colour(lineGrey)}
		f.Borders = &sheets.Borders{Top: edge, Bottom: edge, Left: edge, Right: edge}
	}
	return f
}

// colour reads RRGGBB.
func colour(rgb string) *sheets.ColorStyle {
	n, err := strconv.ParseUint(rgb, 16, 32)
	if err != nil {
		return nil
	}
	part := func(shift uint) float64 { return float64(n>>shift&0xff) / 255 }
	return &sheets.ColorStyle{RgbColor: &sheets.Color{Red: part(16), Green: part(8), Blue: part(0)}}
}

// choices is the drop-down of a column. What is not on the list may be typed
// all the same: an answer in other words is an answer.
func choices(c report.Column) *sheets.DataValidationRule {
	if len(c.Choices) == 0 {
		return nil
	}
	condition := &sheets.BooleanCondition{Type: "ONE_OF_LIST"}
	for _, v := range c.Choices {
		condition.Values = append(condition.Values, &sheets.ConditionValue{UserEnteredValue: v})
	}
	return &sheets.DataValidationRule{Condition: condition, ShowCustomUi: true}
}
