package rule

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"doisoat/reconcile"
)

// applicant draws one row of every column that the rules of eligibility read.
func applicant(t *rapid.T) map[string]string {
	pick := func(column string, of ...string) string { return rapid.SampledFrom(of).Draw(t, column) }
	return map[string]string{
		"name": "Lê Thị Như Vy", "birth": pick("birth", "01/01/1970", "30/11/1985", "1989", "05/05/1999", "30/02/1980 !impossible", ""), "sex": pick("sex", "Nam", "Nữ", ""),
		"program":   pick("program", "CCLLCT-TT", "CCLLCT-KTT", "CCLLCT-HC", "TCLLCT-UBND-KTT", "SDH", "DH", "QPAN-3", "QPAN-TG", "XDD-BITHU", "CAPXA", "QD263", "QLNN-CVC", "CNKT-4"),
		"position":  pick("position", "Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên", "Chuyên viên chính", "Bác sĩ", "Bí thư Đảng ủy xã", "Cố vấn", "Linh mục", ""),
		"education": pick("education", "university", "college", "upper_secondary", "? !unrecognised", ""), "theory": pick("theory", "none", "intermediate", "advanced", ""),
		"ethnicity": pick("ethnicity", "Kinh", "Hrê", ""), "planned": pick("planned", "Trưởng phòng", "x", ""), "employment": pick("employment", "civil_servant", "cadre", "public_servant", "part_timer", ""),
		"since": pick("since", "01/01/2010", "01/01/2023", ""), "recruited": pick("recruited", "01/01/2010", "01/01/2023", ""), "ratings": pick("ratings", "2022 good, 2023 good", "2023 failed", ""),
		"commitment": pick("commitment", "yes", "no", ""), "official": pick("official", "01/01/2005", "01/01/2030", "30/02/2005 !impossible", ""), "party": pick("party", "01/01/2004", ""),
	}
}

// judged are the findings of eligibility for a row with some of its columns:
// the subjects of failures, and those of what could not be checked.
func judged(t *rapid.T, row map[string]string, columns []string) (failed, open map[string]string) {
	s := scenario{in: &Input{Today: reconcile.Date{Year: 2024, Month: 3, Day: 1}}}
	s.in.Plan, s.in.Register = builtin()
	columns = slices.Clone(columns)
	slices.Sort(columns)
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = row[c]
	}
	text := "agency: H05\nsheet: DS\ntitle: Danh sách\nrow | " + strings.Join(columns, " | ") + "\n8 | " + strings.Join(cells, " | ")
	d := &reconcile.Document{Source: "folder:a", File: "a"}
	if err := parseDocument(d, ".roster", strings.Split(text, "\n")); err != nil {
		t.Fatal(err)
	}
	s.in.Documents = []*reconcile.Document{d}
	s.complete()
	failed, open = make(map[string]string), make(map[string]string)
	for _, f := range Run(All(), s.in, Options{}) {
		switch {
		case !strings.HasPrefix(f.Rule, "DK"):
		case f.NotChecked:
			open[f.Rule+" "+f.Subject] = f.Message
		default:
			failed[f.Rule+" "+f.Subject] = f.Message
		}
	}
	return failed, open
}

// A further column can settle what was open; what has failed goes on failing,
// but for the membership of the Party, of which another date may tell.
func TestAnotherColumnHidesNoFailure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := applicant(t)
		all := slices.Sorted(maps.Keys(row))
		some := []string{"name", "program", "position"}
		for _, c := range all {
			if !slices.Contains(some, c) && rapid.Bool().Draw(t, "has "+c) {
				some = append(some, c)
			}
		}
		before, _ := judged(t, row, some)
		after, _ := judged(t, row, all)
		for subject, message := range before {
			if _, ok := after[subject]; !ok && !strings.HasSuffix(subject, "|party") && !settledByEmployment(row, subject) {
				t.Fatalf("with all columns %q is gone (%s): %v", subject, message, row)
			}
		}
	})
}

// settledByEmployment: a title or place of work suggests a relation or level
// that the column of employment corrects.
func settledByEmployment(row map[string]string, subject string) bool {
	return row["employment"] != "" && (strings.HasPrefix(subject, "DK06") || strings.HasPrefix(subject, "DK10"))
}

// A missing column is never a failure of what it would tell, and never silence.
func TestMissingColumnIsNotChecked(t *testing.T) {
	for column, test := range map[string]struct{ rule, program string }{
		"birth": {"DK02", "CCLLCT-KTT"}, "education": {"DK01", "CCLLCT-TT"}, "theory": {"DK03", "TCLLCT-UBND-TT"}, "official": {"DK01", "CCLLCT-TT"},
		"party": {"DK03", "TCLLCT-UBND-TT"}, "employment": {"DK06", "SDH"}, "recruited": {"DK06", "SDH"}, "ratings": {"DK06", "SDH"}, "commitment": {"DK07", "DH"},
		"planned": {"DK05", "CCLLCT-TT"}, "rank": {"DK11", "QLNN-CVC"},
	} {
		t.Run(column, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				row := applicant(t)
				row["program"], row["position"], row["birth"], row["party"], row["official"] = test.program, "Chuyên viên", "01/01/1985", "", ""
				row["employment"] = map[bool]string{true: "", false: "civil_servant"}[column == "employment"]
				if column == "employment" {
					row["recruited"] = "01/01/2023" // would fail for a civil servant
				}
				delete(row, column)
				if column == "party" {
					delete(row, "official")
				}
				failed, open := judged(t, row, slices.Sorted(maps.Keys(row)))
				name := columnName(mustField(t, column))
				if !slices.ContainsFunc(slices.Collect(maps.Keys(open)), func(s string) bool {
					return strings.HasPrefix(s, test.rule) && strings.Contains(open[s], "“"+name+"”")
				}) {
					t.Fatalf("%s does not ask for %q: failed %v, open %v", test.rule, name, failed, open)
				}
			})
		})
	}
}

func mustField(t *rapid.T, column string) reconcile.Field {
	f, ok := rosterField(column)
	if !ok {
		t.Fatal(column)
	}
	return f
}

// Columns that no condition is about change nothing.
func TestIrrelevantColumnsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := applicant(t)
		failed, open := judged(t, row, slices.Sorted(maps.Keys(row)))
		row["note"], row["phone"], row["priority"] = rapid.SampledFrom([]string{"", "dự bị", "học lại"}).Draw(t, "note"), "0914000000", fmt.Sprint(rapid.IntRange(1, 9).Draw(t, "priority"))
		failedToo, openToo := judged(t, row, slices.Sorted(maps.Keys(row)))
		if diff := cmp.Diff(failed, failedToo) + cmp.Diff(open, openToo); diff != "" {
			t.Fatal(diff)
		}
	})
}
