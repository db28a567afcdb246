package pull

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"google.golang.org/api/sheets/v4"

	"doisoat/sync/sheet"
)

// numberFormat is how a Google cell shows numbers.
type numberFormat struct {
	kind string // Google's type: NUMBER, DATE, DATE_TIME, TIME, …
	code string // the pattern, "" for automatic
}

func cellFormat(v *sheets.CellData) numberFormat {
	if v.EffectiveFormat == nil || v.EffectiveFormat.NumberFormat == nil {
		return numberFormat{}
	}
	f := v.EffectiveFormat.NumberFormat
	return numberFormat{f.Type, f.Pattern}
}

func (f numberFormat) isDate() bool {
	return f.kind == "DATE" || f.kind == "DATE_TIME" || f.kind == "TIME"
}

// setNumber fills in a number, or a date where the format says so. Google
// counts days as Excel's 1900 system does from March 1900 on.
func setNumber(cell *sheet.Cell, n float64, f numberFormat) {
	cell.Number = n
	if f.isDate() {
		if text, ok := f.timeText(n); ok {
			cell.Kind, cell.Text = sheet.Date, text
			return
		}
	}
	cell.Kind, cell.Text = sheet.Number, strconv.FormatFloat(n, 'f', -1, 64)
}

// timeText writes a time of day or a duration as hh:mm, all else as a date.
func (f numberFormat) timeText(n float64) (text string, ok bool) {
	isElapsed := strings.Contains(f.code, "[")
	if f.kind != "TIME" || n < 0 || n >= lastSerial || (n >= 1 && !isElapsed) {
		return dateText(n)
	}
	minutes := int64(math.Round(n*24*60*60)) / 60
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60), true
}

// lastSerial is 31 December 9999, the last day that a spreadsheet has.
const lastSerial = 2958465

// dateText writes a serial day number as dd/mm/yyyy, with hh:mm where the time
// is not midnight; ok is false where the calendar has no such day.
func dateText(serial float64) (text string, ok bool) {
	if math.IsNaN(serial) || serial < 0 || serial >= lastSerial+1 {
		return "", false
	}
	// Times are fractions of a day: round to the second before cutting off.
	seconds := int64(math.Round(serial * 24 * 60 * 60))
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(seconds/86400)).Add(time.Duration(seconds%86400) * time.Second)
	if seconds%86400 == 0 {
		return t.Format("02/01/2006"), true
	}
	return t.Format("02/01/2006 15:04"), true
}

// errorName is the name that a person sees for an error.
func errorName(v *sheets.CellData) string {
	if strings.HasPrefix(v.FormattedValue, "#") {
		return v.FormattedValue
	}
	switch v.EffectiveValue.ErrorValue.Type {
	case "NULL_VALUE":
		return "#NULL!"
	case "DIVIDE_BY_ZERO":
		return "#DIV/0!"
	case "VALUE":
		return "#VALUE!"
	case "REF":
		return "#REF!"
	case "NAME":
		return "#NAME?"
	case "NUM":
		return "#NUM!"
	case "N_A":
		return "#N/A"
	}
	return "#ERROR!"
}

// legacyFont is the font's name when it is one of a legacy Vietnamese encoding.
func legacyFont(v *sheets.CellData) string {
	if v.EffectiveFormat == nil || v.EffectiveFormat.TextFormat == nil {
		return ""
	}
	name := v.EffectiveFormat.TextFormat.FontFamily
	if lower := strings.ToLower(name); strings.HasPrefix(lower, ".vn") || strings.HasPrefix(lower, "vni-") {
		return name
	}
	return ""
}
