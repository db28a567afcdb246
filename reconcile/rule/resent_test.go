package rule

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"doisoat/reconcile"
)

func TestFileNames(t *testing.T) {
	tests := []struct {
		name string
		want fileName
	}{
		{"DS CCLLCT.xlsx", fileName{about: "ds ccllct"}},
		{"DS CCLLCT (1).xlsx", fileName{about: "ds ccllct", edition: 1}},
		{"DS CCLLCT (bản sửa).xlsx", fileName{about: "ds ccllct", edition: 1}},
		{"DS_CCLLCT_ban sua lan 2.xls", fileName{about: "ds ccllct", edition: 2}},
		{"DS CCLLCT final.xlsx", fileName{about: "ds ccllct", edition: 1000}},
		{"Bản sao của DS CCLLCT.xlsx", fileName{about: "cua ds ccllct", edition: 1}},
		{"DS CCLLCT v3.ods", fileName{about: "ds ccllct", edition: 3}},
		{"DS CCLLCT gửi lại 15.3.xlsx", fileName{about: "ds ccllct", edition: 1, day: reconcile.Date{Year: 2024, Month: 3, Day: 15}}},
		{"DS_20240315.xlsx", fileName{about: "ds", day: reconcile.Date{Year: 2024, Month: 3, Day: 15}}},
		{"DS nam 2024 huyen 35.99.xlsx", fileName{about: "ds nam 2024 huyen 35 99"}},
		// These add people or name a program; they replace nothing.
		{"DS CCLLCT bổ sung.xlsx", fileName{about: "ds ccllct bo sung"}},
		{"DS hoàn chỉnh CCLLCT.xlsx", fileName{about: "ds hoan chinh ccllct"}},
		{"(1).xlsx", fileName{edition: 1}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, readFileName(tt.name, 2024), cmp.AllowUnexported(fileName{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// sending is a file with one list for a program, for the table below.
type sending struct {
	file, agency, program string
	day, hour             int // of March 2024; hour 0 has no time at all
	people                string
	role                  reconcile.Role
	folder                string
}

func (s sending) document() *reconcile.Document {
	d := &reconcile.Document{Source: "folder:" + s.agency + "/" + s.folder + s.file, File: s.file, Agency: s.agency}
	if s.hour > 0 {
		d.Received = time.Date(2024, time.March, s.day, s.hour, 0, 0, 0, time.UTC)
	}
	sheet := reconcile.Sheet{Name: "DS", Role: reconcile.RoleRegistration}
	if s.role != "" {
		sheet.Role = s.role
	}
	for i, letter := range s.people {
		if sheet.Role == reconcile.RoleCostEstimate {
			sheet.Estimates = append(sheet.Estimates, reconcile.EstimateLine{
				Kind: reconcile.ItemLine, Text: string(letter), Programs: []string{s.program}, Amount: reconcile.VND(len(s.folder)+len(s.file)) * 1000, HasAmount: true,
			})
			continue
		}
		r := &reconcile.Registration{FullName: "Nguyễn Văn " + string(letter), Program: s.program, Agency: s.agency}
		sheet.Rows = append(sheet.Rows, reconcile.Row{Number: 8 + i, Kind: reconcile.RowRegistration, Registrations: []*reconcile.Registration{r}})
	}
	d.Sheets = []reconcile.Sheet{sheet}
	return d
}

func TestFindResent(t *testing.T) {
	const counted, asked, apart = "counted", "asked", "apart"
	at := func(file string, day int, people string) sending {
		return sending{file: file, agency: "S03", program: "CAPXA", day: day, hour: 8, people: people}
	}
	money := func(s sending) sending { s.role = reconcile.RoleCostEstimate; return s }
	of := func(s sending, agency, program string) sending { s.agency, s.program = agency, program; return s }
	untimed := func(s sending) sending { s.hour = 0; return s }
	tests := []struct {
		name           string
		earlier, later sending
		want           string
		dropped        int
	}{
		{"numbered by a browser, one mended, one more", at("ds.xlsx", 1, "ABCD"), at("ds (1).xlsx", 3, "ABCDE"), counted, 0},
		{"a correction that drops one", at("ds.xlsx", 1, "ABCDE"), at("ds bản sửa.xlsx", 3, "ABCD"), counted, 1},
		{"half of it is new", at("ds.xlsx", 1, "ABCD"), at("ds lần 2.xlsx", 3, "ABXYZ"), counted, 2},
		{"most of it is new", at("ds.xlsx", 1, "ABCD"), at("ds lần 2.xlsx", 3, "AXYZ"), asked, 3},
		{"nobody twice", at("ds.xlsx", 1, "ABCD"), at("ds (1).xlsx", 3, "WXYZ"), apart, 0},
		{"another name, all of them again", at("phòng a.xlsx", 1, "ABC"), at("tổng hợp.xlsx", 3, "ABCDEF"), counted, 0},
		{"another name, all but one again", at("phòng a.xlsx", 1, "ABCDEFG"), at("tổng hợp.xlsx", 3, "ABCDEFX"), asked, 1},
		{"another name, two by chance", at("phòng a.xlsx", 1, "ABCDEFG"), at("phòng b.xlsx", 3, "ABVWXYZ"), apart, 0},
		{"more people in a list of its own", at("ds.xlsx", 1, "ABCD"), at("ds bổ sung.xlsx", 3, "XY"), apart, 0},
		{"another program", at("ds.xlsx", 1, "ABCD"), of(at("ds (1).xlsx", 3, "ABCD"), "S03", "QPAN-3"), apart, 0},
		{"another agency", at("ds.xlsx", 1, "ABCD"), of(at("ds (1).xlsx", 3, "ABCD"), "S04", "CAPXA"), apart, 0},
		{"no agency", of(at("ds.xlsx", 1, "ABCD"), "", "CAPXA"), of(at("ds (1).xlsx", 3, "ABCD"), "", "CAPXA"), apart, 0},
		{"names alone tell the order", untimed(at("ds.xlsx", 1, "ABCDE")), untimed(at("ds (2).xlsx", 1, "ABCD")), counted, 1},
		{"nothing tells the order", untimed(at("ds a.xlsx", 1, "ABCDE")), untimed(at("ds b.xlsx", 1, "ABCD")), asked, 1},
		{"nothing tells the order of two that are alike", untimed(at("ds a.xlsx", 1, "ABCD")), untimed(at("ds b.xlsx", 1, "ABCD")), counted, 0},
		{"copied together within a day", at("ds (1).xlsx", 3, "ABCD"), sending{file: "ds.xlsx", agency: "S03", program: "CAPXA", day: 3, hour: 9, people: "ABCDE"}, counted, 1},
		{"names against times", at("ds (1).xlsx", 3, "ABCD"), at("ds.xlsx", 9, "ABCDE"), asked, 1},
		{"many vanish", at("ds.xlsx", 1, "ABCDEFGHIKLMNOPQRSTUVXY"), at("ds final.xlsx", 3, "ABCDEFGHIKLMN"), asked, 10},
		{"money of one name", money(at("du toan.xlsx", 1, "ABC")), money(at("du toan (1).xlsx", 3, "ABC")), counted, 0},
		{"money of another name with other amounts", money(at("du toan.xlsx", 1, "ABC")), money(at("kinh phi lop.xlsx", 3, "ABC")), asked, 0},
		{"a list beside an estimate", at("ds.xlsx", 1, "ABC"), money(at("ds (1).xlsx", 3, "ABC")), apart, 0},
	}
	for _, tt := range tests {
		for _, turned := range []bool{false, true} {
			documents := []*reconcile.Document{tt.earlier.document(), tt.later.document()}
			if turned {
				documents[0], documents[1] = documents[1], documents[0]
			}
			found := FindResent(fixturePlan(), documents, DefaultGuard(), nil)
			got, dropped := apart, 0
			if len(found) == 1 {
				got, dropped = asked, len(found[0].Dropped)
				if found[0].Counted {
					got = counted
				}
				if found[0].Why == "" != found[0].Counted {
					t.Errorf("%s: counted %v, why %q", tt.name, found[0].Counted, found[0].Why)
				}
			}
			if got != tt.want || dropped != tt.dropped {
				t.Errorf("%s: %s with %d dropped, want %s with %d: %+v", tt.name, got, dropped, tt.want, tt.dropped, found)
			}
		}
	}
}

// Of three sendings each is replaced by the next, and the office's word stands
// over the rule's.
func TestResentChainsAndDecisions(t *testing.T) {
	var documents []*reconcile.Document
	for i, file := range []string{"ds.xlsx", "ds (1).xlsx", "ds final.xlsx"} {
		documents = append(documents, sending{file: file, agency: "S03", program: "CAPXA", day: 1 + i, hour: 8, people: "ABCD"}.document())
	}
	in := &Input{Plan: fixturePlan(), Register: fixtureRegister()}
	in.AddDocuments(documents)
	if len(in.Registrations) != 4 || len(in.Resent) != 2 {
		t.Errorf("%d registrations and %d resendings of three sendings, want 4 and 2", len(in.Registrations), len(in.Resent))
	}

	first := FindResent(in.Plan, documents[:2], DefaultGuard(), nil)
	decided := map[string]reconcile.Verdict{first[0].subject(): reconcile.Refused}
	refused := &Input{Plan: fixturePlan(), Register: fixtureRegister(), Decided: decided}
	refused.AddDocuments(documents[:2])
	if len(refused.Registrations) != 8 {
		t.Errorf("%d registrations though the office lets both files count, want 8", len(refused.Registrations))
	}
	if f := Run([]Rule{ng06()}, refused, Options{}); len(f) != 1 || f[0].Severity != reconcile.SeverityInfo {
		t.Errorf("what the office decided is told as %+v", f)
	}
}
