package rule

import (
	"fmt"

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
		Found:       shown(r.Readings.Get(f)),
		Invalidates: []string{r.Key},
	}
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
		Message:    fmt.Sprintf("Chưa kiểm tra được %d người trong biểu vì biểu không có cột “%s”.", len(info.rows), column),
		Found:      "không có cột “" + column + "”",
		Expected:   "biểu có cột “" + column + "”",
		LegalBasis: basis,
		Remedy:     fmt.Sprintf("Bổ sung cột “%s” vào biểu và điền cho từng người.", column),
	})
}
