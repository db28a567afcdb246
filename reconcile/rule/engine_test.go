package rule

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"doisoat/config/plan"
	"doisoat/reconcile"
)

func inputOf(t *testing.T, roster string) *Input {
	t.Helper()
	s := scenario{in: &Input{Plan: fixturePlan(), Register: fixtureRegister(), Today: reconcile.Date{Year: 2024, Month: 2, Day: 1}}}
	d := &reconcile.Document{Source: "folder:S03/a.xlsx", File: "a.xlsx"}
	if err := parseDocument(d, ".roster", strings.Split(roster, "\n")); err != nil {
		t.Fatal(err)
	}
	s.in.Documents = []*reconcile.Document{d}
	s.complete()
	return s.in
}

const faultyRoster = `agency: S03
sheet: DS
title: Danh sách
row | name | birth | position | program
8 | Hồ Hoài Ánh | 12/08/1977 | | QPAN-3
9 | Lê Thọ | | Chuyên viên | QPAN-3`

func TestCatalogue(t *testing.T) {
	seen := make(map[string]bool)
	for _, r := range All() {
		if seen[r.ID] || r.Title == "" {
			t.Errorf("%s occurs twice or has no title", r.ID)
		}
		seen[r.ID] = true
		if r.Row == nil && r.Sheet == nil && r.Document == nil && r.Plan == nil {
			t.Errorf("%s does nothing", r.ID)
		}
	}
}

func TestGrades(t *testing.T) {
	in := inputOf(t, faultyRoster)
	opts := Options{Grades: map[string]string{"DL02": Off, "DL04": "warning", "CT03": "error"}}
	if err := opts.Check(All()); err != nil {
		t.Fatal(err)
	}
	for _, f := range Run(All(), in, opts) {
		switch {
		case f.Rule == "DL02":
			t.Errorf("a rule that is off found %+v", f)
		case f.Rule == "DL04" && (f.Severity != reconcile.SeverityWarning || len(f.Invalidates) > 0):
			t.Errorf("graded to a warning: %+v", f)
		case f.NotChecked && f.Severity != reconcile.SeverityInfo:
			t.Errorf("what was not checked is no error: %+v", f)
		}
	}
	for _, r := range in.Registrations {
		if !in.Valid(r.Key) {
			t.Errorf("%s is invalid by a rule that is off or only warns", r.FullName)
		}
	}
	want := []Departure{
		{Rule: "DL02", Title: "Ngày sinh thiếu hoặc không hợp lệ", Grade: "off"},
		{Rule: "DL04", Title: "Thiếu chức vụ hoặc cơ quan", Grade: "warning"},
		{Rule: "CT03", Title: "Vượt chỉ tiêu phân bổ cho cơ quan", Grade: "error"},
	}
	if diff := cmp.Diff(want, opts.Departures(All())); diff != "" {
		t.Error(diff)
	}
	if got := want[0].String(); !strings.Contains(got, "không áp dụng") {
		t.Errorf("got %q", got)
	}
}

func TestGradesAreChecked(t *testing.T) {
	err := Options{Grades: map[string]string{"XX99": "error", "DL01": "fatal"}}.Check(All())
	if err == nil || !strings.Contains(err.Error(), "XX99") || !strings.Contains(err.Error(), "fatal") {
		t.Errorf("got %v", err)
	}
}

func TestAlone(t *testing.T) {
	in := inputOf(t, faultyRoster)
	for _, f := range Run(All(), in, Options{Alone: true}) {
		switch f.Rule[:2] {
		case "CT", "NG":
			t.Errorf("%s needs more than the file", f.Rule)
		case "KP":
			t.Errorf("a roster need not hold an estimate: %+v", f)
		}
	}
}

func TestErrorsInvalidate(t *testing.T) {
	in := inputOf(t, faultyRoster)
	if !in.Valid(in.Registrations[0].Key) {
		t.Error("invalid before any rule ran")
	}
	Run(All(), in, Options{})
	for _, r := range in.Registrations {
		if in.Valid(r.Key) {
			t.Errorf("%s is valid in spite of an error", r.FullName)
		}
	}
}

// Sheets may say anything; a rule neither panics nor hangs.
func TestOddInput(t *testing.T) {
	at := reconcile.Origin{Source: "gone", Sheet: "?", Row: -1}
	odd := &reconcile.Registration{FullName: "\x00", CitizenID: "không phải số", Program: "CAPXA", Agency: "H05", Origin: at, Priority: -3, Key: "k"}
	in := &Input{
		Plan: fixturePlan(), Deadline: reconcile.Date{Year: 2024},
		Documents:     []*reconcile.Document{{}, {Source: "a", Sheets: []reconcile.Sheet{{}, {}}}},
		Registrations: []*reconcile.Registration{{}, odd, odd},
		Allocations:   []reconcile.Allocation{{Agency: "H05", Programs: []string{"CAPXA"}, Places: -2}, {Programs: []string{""}}, {}},
		Estimates: []reconcile.EstimateLine{
			{Kind: reconcile.TotalLine, HasAmount: true, Lines: []int{-1, 99}},
			{Kind: reconcile.ProgramLine, Programs: []string{"?"}, HasAmount: true, Amount: 1 << 62, Learners: -1},
			{HasAmount: true, HasRate: true, HasQuantity: true, Rate: 1 << 62, QuantityMil: 1 << 62, FactorsMil: []int64{-1 << 62}},
		},
		Persons: []reconcile.Person{{}, {Members: []*reconcile.Registration{odd, odd}}},
	}
	if len(Run(All(), in, Options{})) == 0 {
		t.Error("nothing found")
	}
	Run(All(), &Input{Plan: &reconcile.Plan{}}, Options{})
}

// Findings of one identity become one; places of another agency are not shown.
func TestOneFindingPerIdentity(t *testing.T) {
	at := func(row int) reconcile.Origin {
		return reconcile.Origin{Source: "folder:S03/a.xlsx", Sheet: "DS", Row: row}
	}
	twice := Rule{ID: "DL01", Plan: func(_ *Input, report Report) {
		for _, f := range []reconcile.Finding{
			{Subject: "x", Agency: "S03", Severity: reconcile.SeverityError, Place: at(9), Invalidates: []string{"b"}},
			{Subject: "x", Agency: "S03", Severity: reconcile.SeverityError, Place: at(8), Invalidates: []string{"a"}},
			{Subject: "x", Agency: "S04", Severity: reconcile.SeverityError, Place: at(7), Invalidates: []string{"a"}},
		} {
			report(f)
		}
	}}
	want := []reconcile.Finding{{
		Rule: "DL01", Subject: "x", Agency: "S03", Severity: reconcile.SeverityError,
		Place: at(8), Related: []reconcile.Origin{at(9)}, Invalidates: []string{"a", "b"},
	}}
	if diff := cmp.Diff(want, Run([]Rule{twice}, inputOf(t, faultyRoster), Options{})); diff != "" {
		t.Error(diff)
	}
}

func TestMask(t *testing.T) {
	tests := []struct {
		text    string
		grouped bool
		want    string
	}{
		{"051090012345", false, "••••••••2345"},
		{"số 212345678 cũ", false, "số •••••5678 cũ"},
		{"051 090 012 345", true, "••• ••• ••2 345"},
		{"051 090 012 345", false, "051 090 012 345"},
		{"36.511.988.780 đồng", false, "36.511.988.780 đồng"},
		{"12/08/1977", true, "12/08/1977"},
		{"export_20240115.xls", false, "export_20240115.xls"},
		{"", true, ""},
	}
	for _, tt := range tests {
		if got := mask(tt.text, tt.grouped); got != tt.want {
			t.Errorf("mask(%q, %v) = %q, want %q", tt.text, tt.grouped, got, tt.want)
		}
	}
}

// The real plan's numbers go to the rules that they are for.
func TestRealPlan(t *testing.T) {
	p, register, err := plan.Load("quang-ngai-2024")
	if err != nil {
		t.Fatal(err)
	}
	in := &Input{Plan: p, Register: register, Today: reconcile.Date{Year: 2024, Month: 4, Day: 1}}
	for i := range 52 {
		in.Registrations = append(in.Registrations, sound(p, "CCLLCT-TT", "S03", i))
	}
	for i := range 110 {
		in.Registrations = append(in.Registrations, sound(p, "TCLLCT-UBND-TT", "S04", i))
	}
	for i := range 801 {
		in.Registrations = append(in.Registrations, sound(p, "QPAN-3", "H05", i))
	}
	reconcile.AssignKeys(in.Registrations)
	got := make(map[string]reconcile.Severity)
	for _, f := range Run(All(), in, Options{}) {
		if !f.NotChecked {
			got[f.Rule+" "+f.Subject] = f.Severity
		}
		complete(t, f)
	}
	want := map[string]reconcile.Severity{
		"CT02 CCLLCT-TT": reconcile.SeverityError, // 50, by the centre
		"CT06 QPAN-3":    reconcile.SeverityInfo,  // 800 and by further need
		// TCLLCT-UBND-TT: 110 are inside the tolerance of "khoảng 100".
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := len(notCheckedRules(Run(All(), in, Options{}))); n != 20 {
		t.Errorf("%d rules say that an input is missing, want 20", n)
	}
	wholes, parts := in.targets()
	sum := 0
	for _, target := range wholes {
		sum += target.quota.Places
	}
	if sum != p.StatedPlaces {
		t.Errorf("the wholes have %d places, the plan %d", sum, p.StatedPlaces)
	}
	if len(parts) != 5 {
		t.Errorf("%d forms with places of their own, want 50 + 60 + 3 and 100 + 70", len(parts))
	}
}

func sound(p *reconcile.Plan, program, agency string, i int) *reconcile.Registration {
	digits := []string{"An", "Ba", "Chín", "Dung", "Em", "Phú", "Giang", "Hai", "Khoa", "Lan"}
	return &reconcile.Registration{
		FullName:  strings.Join([]string{"Trần", digits[i/100%10], digits[i/10%10], digits[i%10]}, " "),
		BirthDate: reconcile.Date{Year: 1975, Month: 3, Day: 4}, Position: "Trưởng phòng",
		Program: program, Form: p.Program(program).Form, Agency: agency,
		Origin: reconcile.Origin{Source: "folder:" + agency, Sheet: program, Row: 8 + i},
	}
}

func notCheckedRules(findings []reconcile.Finding) map[string]bool {
	ids := make(map[string]bool)
	for _, f := range findings {
		if f.NotChecked {
			ids[f.Rule] = true
		}
	}
	return ids
}
