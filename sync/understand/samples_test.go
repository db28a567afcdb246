package understand

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doisoat/config/plan"
	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// truth is one line of testdata/expected.jsonl: what an ideal reader returns.
type truth struct {
	File   string
	Sheets []struct {
		Sheet string
		Role  reconcile.Role
		Rows  []struct {
			Row           int
			Kind          reconcile.RowKind
			Registrations []map[string]string
		}
	}
}

// exceptions are values that the truth does not give although the sheet does.
var exceptions = map[string]string{
	"VPUB_Mau 03.xlsx|political_theory": "the sheet ticks Cao cấp or Trung cấp under Chính trị; the truth leaves it out",
	"DS_Mo Duc_2024.xlsx!2024 row 55|party_date": "born in 1980 and joined in 1992: one of the two is wrong, the truth leaves this one out; " +
		"the reader keeps what the cells say and rule DL07 asks",
}

func readTruth(t *testing.T) []truth {
	t.Helper()
	data, err := os.ReadFile("testdata/expected.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var all []truth
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one truth
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

func loadPlan(t testing.TB) (*reconcile.Plan, *reconcile.Register) {
	t.Helper()
	p, r, err := plan.Load("quang-ngai-2024")
	if err != nil {
		t.Fatal(err)
	}
	return p, r
}

func newReader(t testing.TB) *Reader {
	t.Helper()
	return New(loadPlan(t))
}

// openBook opens a workbook of the testdata; a .csv is read as the one-sheet
// grid that its records are.
func openBook(t testing.TB, path string) sheet.Book {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(path, ".csv") {
		return csvBook(t, data)
	}
	book, err := sheet.Open(context.Background(), bytes.NewReader(data), int64(len(data)), sheet.DefaultLimits())
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func csvBook(t testing.TB, data []byte) sheet.Book {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.Comma, r.FieldsPerRecord = ';', -1
	records, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	g := &sheet.Grid{}
	for i, record := range records {
		row := sheet.Row{Number: i + 1}
		for j, text := range record {
			if text != "" {
				row.Cells = append(row.Cells, sheet.Cell{Col: j + 1, Text: text})
			}
		}
		if len(row.Cells) > 0 {
			g.Rows = append(g.Rows, row)
		}
	}
	return grids{g}
}

// grids are sheets built by hand, as a workbook.
type grids []*sheet.Grid

func (g grids) Format() string { return "xlsx" }
func (g grids) Close() error   { return nil }
func (g grids) Sheets() []sheet.Info {
	list := make([]sheet.Info, len(g))
	for i := range g {
		list[i] = g[i].Info
	}
	return list
}
func (g grids) Read(_ context.Context, i int) (*sheet.Grid, error) { return g[i], nil }

func readFile(t testing.TB, r *Reader, path string, o Options) *reconcile.Document {
	t.Helper()
	o.File = filepath.Base(path)
	o.Source = "folder:" + o.File
	o.Today = reconcile.Date{Year: 2024, Month: 3, Day: 1}
	d, err := r.Document(context.Background(), openBook(t, path), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// score is how well the samples are read.
type score struct {
	rows, found, wrong, kinds, kindsRight int
	sheets, roles                         int
	fields                                map[string]*[2]int // right, of
	faults                                []string
}

func (s *score) fault(format string, args ...any) {
	s.faults = append(s.faults, fmt.Sprintf(format, args...))
}

func scoreSamples(t *testing.T) *score {
	s := &score{fields: map[string]*[2]int{}}
	r := newReader(t)
	for _, want := range readTruth(t) {
		got := readFile(t, r, filepath.Join("testdata/samples", want.File), Options{})
		if len(got.Sheets) != len(want.Sheets) {
			t.Fatalf("%s: %d sheets, want %d", want.File, len(got.Sheets), len(want.Sheets))
		}
		for i := range want.Sheets {
			s.sheets++
			w, g := &want.Sheets[i], &got.Sheets[i]
			at := want.File + "!" + g.Name
			if g.Role == w.Role {
				s.roles++
			} else {
				s.fault("%s: role %s, want %s", at, g.Role, w.Role)
			}
			if g.Accounted() != g.NonEmptyRows {
				s.fault("%s: %d of %d rows accounted for", at, g.Accounted(), g.NonEmptyRows)
			}
			if len(w.Rows) == 0 {
				continue
			}
			rows := map[int]*reconcile.Row{}
			for j := range g.Rows {
				rows[g.Rows[j].Number] = &g.Rows[j]
			}
			for j := range w.Rows {
				wr := &w.Rows[j]
				gr := rows[wr.Row]
				delete(rows, wr.Row)
				if gr == nil {
					s.fault("%s row %d: not read, want %s", at, wr.Row, wr.Kind)
					gr = &reconcile.Row{}
				}
				s.kinds++
				if gr.Kind == wr.Kind {
					s.kindsRight++
				} else {
					s.fault("%s row %d: %s, want %s: %s", at, wr.Row, gr.Kind, wr.Kind, gr.Text)
				}
				if wr.Kind == reconcile.RowRegistration {
					s.rows++
					if len(gr.Registrations) == len(wr.Registrations) {
						s.found++
					} else {
						s.fault("%s row %d: %d registrations, want %d", at, wr.Row, len(gr.Registrations), len(wr.Registrations))
					}
				} else if len(gr.Registrations) > 0 {
					s.wrong++
				}
				for k := range min(len(wr.Registrations), len(gr.Registrations)) {
					s.compare(want.File, fmt.Sprintf("%s row %d", at, wr.Row), wr.Registrations[k], gr.Registrations[k])
				}
			}
			for n, extra := range rows {
				s.fault("%s row %d: %s is not in the truth", at, n, extra.Kind)
			}
		}
	}
	slices.Sort(s.faults)
	return s
}

func (s *score) compare(file, at string, want map[string]string, got *reconcile.Registration) {
	have := map[string]string{
		"full_name": got.FullName, "birth_date": got.BirthDate.String(), "sex": string(got.Sex), "ethnicity": got.Ethnicity,
		"citizen_id": got.CitizenID, "party_date": got.PartyDate.String(), "official_date": got.OfficialDate.String(),
		"position": got.Position, "agency": got.Agency, "education": string(got.Education),
		"political_theory": string(got.PoliticalTheory), "phone": got.Phone, "program": got.Program, "form": string(got.Form),
	}
	for _, f := range slices.Sorted(maps.Keys(have)) {
		if exceptions[file+"|"+f] != "" || exceptions[at+"|"+f] != "" {
			continue
		}
		w, h := want[f], have[f]
		if w == "" && h == "" {
			continue
		}
		if s.fields[f] == nil {
			s.fields[f] = &[2]int{}
		}
		s.fields[f][1]++
		if w == h || f == "full_name" && reconcile.Key(w) == reconcile.Key(h) {
			s.fields[f][0]++
			continue
		}
		s.fault("%s: %s %q, want %q (%+v)", at, f, h, w, got.Readings.Get(reconcile.Field(f)))
	}
}

// TestSamples demands every row, kind and field of the samples.
func TestSamples(t *testing.T) {
	s := scoreSamples(t)
	for _, f := range s.faults {
		t.Error(f)
	}
}

// TestScore prints the figures.
func TestScore(t *testing.T) {
	s := scoreSamples(t)
	t.Logf("sheets: %d of %d roles right", s.roles, s.sheets)
	t.Logf("rows: %d of %d kinds right; registrations: %d of %d rows found, %d rows wrongly taken for people", s.kindsRight, s.kinds, s.found, s.rows, s.wrong)
	total := [2]int{}
	names := slices.SortedFunc(maps.Keys(s.fields), cmp.Compare[string])
	for _, f := range names {
		t.Logf("%-17s %4d of %4d", f, s.fields[f][0], s.fields[f][1])
		total[0] += s.fields[f][0]
		total[1] += s.fields[f][1]
	}
	t.Logf("fields: %d of %d right", total[0], total[1])
	if s.rows == 0 || total[1] == 0 {
		t.Fatal("nothing was compared")
	}
}
