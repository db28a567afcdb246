package rule

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"doisoat/reconcile"
)

// about begins a finding on one field of one registration.
func about(r *reconcile.Registration, f reconcile.Field, severity reconcile.Severity) reconcile.Finding {
	return reconcile.Finding{
		Severity:    severity,
		Subject:     r.Key,
		Agency:      r.Agency,
		Program:     r.Program,
		Person:      r.FullName,
		Place:       r.Place(f),
		Found:       shownOf(r, f),
		Invalidates: []string{r.Key},
	}
}

// shownOf is the field's reading as a finding shows it. A tick says nothing
// without what it stands under.
func shownOf(r *reconcile.Registration, f reconcile.Field) string {
	reading := r.Readings.Get(f)
	if (f == reconcile.FieldProgram || f == reconcile.FieldForm) && isTick(reading.Text) && r.ProgramText != "" {
		return fmt.Sprintf("đánh dấu “%s” ở “%s”", cellText(reading.Text), cellText(r.ProgramText))
	}
	return shown(reading)
}

// isTick reports whether a text is what marks a cell: x, X, 1, v, +, √, TRUE.
func isTick(text string) bool {
	text = reconcile.Clean(text)
	return utf8.RuneCountInString(text) == 1 || strings.EqualFold(text, "true")
}

// shown is a reading as a finding shows it.
func shown(reading reconcile.Reading) string {
	if text := cellText(reading.Text); text != "" {
		return text
	}
	return "(để trống)"
}

// noColumn reports, once for a sheet with registrations, that a field has no
// column there, so that the rule could not be applied to its rows.
func noColumn(in *Input, d *reconcile.Document, s *reconcile.Sheet, f reconcile.Field, column, basis string, report Report) {
	info := in.sheet(d, s)
	if len(info.rows) == 0 || info.fields[f] {
		return
	}
	report(reconcile.Finding{
		NotChecked: true,
		Subject:    info.key + "|" + string(f),
		Agency:     info.agency,
		Place:      reconcile.Origin{Source: d.Source, Sheet: s.Name},
		Message:    fmt.Sprintf("Chưa kiểm tra được %s người trong biểu vì biểu không có cột “%s”.", count(len(info.rows)), column),
		Found:      "không có cột “" + column + "”",
		Expected:   "biểu có cột “" + column + "”",
		LegalBasis: basis,
		Remedy:     fmt.Sprintf("Bổ sung cột “%s” vào biểu và điền cho từng người.", column),
	})
}
