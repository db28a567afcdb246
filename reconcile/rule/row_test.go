package rule

import (
	"strings"
	"testing"

	"doisoat/reconcile"
)

func TestPassed(t *testing.T) {
	tests := []struct {
		spent, whole reconcile.VND
		severity     reconcile.Severity
		message      string
	}{
		{80, 100, "", ""},
		{800_001, 1_000_000, reconcile.SeverityInfo, "đã dùng 80% số tiền dự toán"},
		{95, 100, reconcile.SeverityInfo, "đã dùng 95% số tiền dự toán"},
		{974_999, 1_000_000, reconcile.SeverityWarning, "đã dùng 97,4% số tiền dự toán"},
		{36_511_988_779, 36_511_988_780, reconcile.SeverityWarning, "đã dùng 99,9% số tiền dự toán"},
		{36_511_988_780, 36_511_988_780, reconcile.SeverityWarning, "vừa hết số tiền dự toán"},
		{36_511_988_781, 36_511_988_780, reconcile.SeverityError, "vượt 1 đồng so với số tiền dự toán"},
		{1 << 62, 1<<62 - 1, reconcile.SeverityError, "vượt 1 đồng so với số tiền dự toán"},
		{5, 0, "", ""},
	}
	for _, test := range tests {
		f, ok := passed(test.spent, test.whole)
		if ok != (test.severity != "") || ok && (f.Severity != test.severity || f.Message != test.message) {
			t.Errorf("%d of %d: %v, %s, %q; want %s, %q", test.spent, test.whole, ok, f.Severity, f.Message, test.severity, test.message)
		}
	}
}

func TestShownOf(t *testing.T) {
	const header = "Bồi dưỡng công tác dân vận"
	tests := []struct {
		field         reconcile.Field
		cell, program string
		want          string
	}{
		{reconcile.FieldProgram, "x", header, "đánh dấu “x” ở “" + header + "”"},
		{reconcile.FieldProgram, " TRUE ", header, "đánh dấu “TRUE” ở “" + header + "”"},
		{reconcile.FieldForm, "√", header, "đánh dấu “√” ở “" + header + "”"},
		{reconcile.FieldProgram, header, header, header},
		{reconcile.FieldProgram, "x", "", "x"},
		{reconcile.FieldPosition, "x", header, "x"},
		{reconcile.FieldProgram, "", header, "(để trống)"},
	}
	for _, test := range tests {
		r := &reconcile.Registration{ProgramText: test.program}
		r.Readings.Set(test.field, reconcile.Reading{Cell: "F8", Text: test.cell})
		if got := shownOf(r, test.field); got != test.want {
			t.Errorf("%s %q under %q is shown as %q, want %q", test.field, test.cell, test.program, got, test.want)
		}
	}
}

// Counts of people are written as the country writes numbers.
func TestLongListIsCountedWithDots(t *testing.T) {
	d := &reconcile.Document{Source: "folder:inbox/H01/dang ky.xlsx", Agency: "H01", Sheets: []reconcile.Sheet{{Name: "DS", Role: reconcile.RoleRegistration}}}
	for i := range 1234 {
		r := &reconcile.Registration{Agency: "H01", FullName: "Nguyễn Văn An", Origin: reconcile.Origin{Source: d.Source, Sheet: "DS", Row: 8 + i}}
		d.Sheets[0].Rows = append(d.Sheets[0].Rows, reconcile.Row{Number: 8 + i, Registrations: []*reconcile.Registration{r}})
	}
	in := &Input{Plan: &reconcile.Plan{}, Register: &reconcile.Register{}, Documents: []*reconcile.Document{d}, Registrations: d.Registrations()}
	reconcile.AssignKeys(in.Registrations)
	findings := Run([]Rule{dl03()}, in, Options{})
	if len(findings) != 1 || !strings.Contains(findings[0].Message, "1.234 người") {
		t.Errorf("a sheet without a column of IDs: %+v", findings)
	}
}
