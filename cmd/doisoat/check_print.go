package main

import (
	"cmp"
	"fmt"
	"strings"
	"text/tabwriter"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// printChecked tells a person what `check` read and found.
func (a *app) printChecked(file string, d *reconcile.Document, findings []reconcile.Finding) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", file)
	if d.Failure != nil {
		fmt.Fprintf(&b, "  %s: %s\n", a.lang.pick("KHÔNG ĐỌC ĐƯỢC", "UNREADABLE"), d.Failure.Message)
	}
	for i := range d.Sheets {
		s := &d.Sheets[i]
		fmt.Fprintf(&b, "  %s\n", a.lang.pickf(
			"Trang «%s»: %s, %d dòng, %d đăng ký, %d dòng chưa hiểu",
			"Sheet «%s»: %s, %d rows, %d registrations, %d rows not understood",
			s.Name, a.roleWord(s.Role), s.NonEmptyRows, len(s.Registrations()), s.NotUnderstood()))
	}
	a.listFindings(&b, findings)
	_, err := fmt.Fprintln(a.out, b.String())
	return err
}

func (a *app) listFindings(b *strings.Builder, findings []reconcile.Finding) {
	if len(findings) == 0 {
		return
	}
	table := tabwriter.NewWriter(b, 2, 4, 2, ' ', 0)
	for i := range findings {
		f := &findings[i]
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\n", f.Rule, a.severityWord(f.Severity), f.Place.String(), f.Message)
	}
	_ = table.Flush() // a strings.Builder never fails
}

func (a *app) severityWord(s reconcile.Severity) string {
	return a.lang.pick(report.SeverityWord(s), string(s))
}

func (a *app) roleWord(r reconcile.Role) string {
	english := map[reconcile.Role]string{
		reconcile.RoleRegistration: "registrations", reconcile.RoleSummary: "summary", reconcile.RoleCostEstimate: "cost estimate",
		reconcile.RoleAllocation: "allocation", reconcile.RoleResult: "results", reconcile.RoleDiscrepancies: "discrepancies",
	}
	return a.lang.pick(report.RoleWord(r), cmp.Or(english[r], "other"))
}
