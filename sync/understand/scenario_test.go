package understand

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/sync/sheet"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the wanted output of testdata/*.txtar")

// TestScenarios reads the sheets of testdata/*.txtar and compares what was
// understood with the file's part "want". Each file tells in its comment which
// habit it shows and which sheet is the counter-example.
//
// A line of a sheet is "row| cell | cell"; a cell of digits is a number unless
// it begins with "0" or "'", "@2024-01-31" is a date, "\n" a line break.
// "!merge A1:B2", "!hide 5", "!hide C", "!hidden", "!file NAME", "!agency TEXT"
// and "!folder TEXT" set what their words say.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no scenarios", err)
	}
	r := newReader(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var book grids
			o := Options{File: "danh sach.xlsx", Source: "folder:danh sach.xlsx", Today: reconcile.Date{Year: 2024, Month: 3, Day: 1}}
			want := -1
			for i, f := range archive.Files {
				if f.Name == "want" {
					want = i
					continue
				}
				book = append(book, parseGrid(t, f.Name, string(f.Data), &o))
				book[len(book)-1].Index = len(book) - 1
			}
			d, err := r.Document(context.Background(), book, o)
			if err != nil {
				t.Fatal(err)
			}
			got := describe(d)
			if *update {
				if want < 0 {
					archive.Files = append(archive.Files, txtar.File{Name: "want"})
					want = len(archive.Files) - 1
				}
				archive.Files[want].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 {
				t.Fatal("no part “want”")
			}
			if diff := cmp.Diff(string(archive.Files[want].Data), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

var (
	numberCell = regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?$`)
	dateCell2  = regexp.MustCompile(`^@(\d{4})-(\d\d)-(\d\d)$`)
)

func parseGrid(t *testing.T, name, text string, o *Options) *sheet.Grid {
	t.Helper()
	g := &sheet.Grid{Info: sheet.Info{Name: name}, HiddenCols: map[int]bool{}}
	hidden := map[int]bool{}
	for l := range strings.Lines(text) {
		l = strings.TrimSpace(l)
		if l == "" {
			continue
		}
		if command, arg, _ := strings.Cut(l, " "); strings.HasPrefix(command, "!") {
			setUp(t, g, hidden, o, command, arg)
			continue
		}
		number, cells, ok := strings.Cut(l, "|")
		n, err := strconv.Atoi(strings.TrimSpace(number))
		if !ok || err != nil {
			t.Fatalf("%s: %q is no row", name, l)
		}
		row := sheet.Row{Number: n, Hidden: hidden[n]}
		for j, text := range strings.Split(cells, "|") {
			if text = strings.TrimSpace(text); text != "" {
				row.Cells = append(row.Cells, parseCell(j+1, text))
			}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func setUp(t *testing.T, g *sheet.Grid, hidden map[int]bool, o *Options, command, arg string) {
	t.Helper()
	switch command {
	case "!merge":
		from, to, _ := strings.Cut(arg, ":")
		c1, r1, ok1 := sheet.ParseCell(from)
		c2, r2, ok2 := sheet.ParseCell(to)
		if !ok1 || !ok2 {
			t.Fatalf("%q is no range", arg)
		}
		g.Merges = append(g.Merges, sheet.Range{FirstRow: r1, FirstCol: c1, LastRow: r2, LastCol: c2})
	case "!hide":
		if n, err := strconv.Atoi(arg); err == nil {
			hidden[n] = true
		} else {
			col, _, _ := sheet.ParseCell(arg + "1")
			g.HiddenCols[col] = true
		}
	case "!hidden":
		g.Hidden = true
	case "!file":
		o.File = arg
	case "!agency":
		o.Agency = arg
	case "!folder":
		o.Folder = arg
	default:
		t.Fatalf("unknown %q", command)
	}
}

func parseCell(col int, text string) sheet.Cell {
	if m := dateCell2.FindStringSubmatch(text); m != nil {
		y, mo, d := number(m[1]), number(m[2]), number(m[3])
		day := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC)
		serial := day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
		return sheet.Cell{Col: col, Kind: sheet.Date, Text: day.Format("02/01/2006"), Number: serial, Style: &sheet.Style{Format: "dd/mm/yyyy"}}
	}
	if text == "=?" {
		return sheet.Cell{Col: col, Kind: sheet.Error, Formula: true, Uncalculated: true}
	}
	if numberCell.MatchString(text) {
		f, _ := strconv.ParseFloat(text, 64)
		return sheet.Cell{Col: col, Kind: sheet.Number, Text: text, Number: f}
	}
	return sheet.Cell{Col: col, Text: strings.ReplaceAll(strings.TrimPrefix(text, "'"), `\n`, "\n")}
}

// describe writes a document in lines that people can check.
func describe(d *reconcile.Document) string {
	var b strings.Builder
	for i := range d.Sheets {
		s := &d.Sheets[i]
		fmt.Fprintf(&b, "%s: %s, %d of %d rows accounted for\n", s.Name, s.Role, s.Accounted(), s.NonEmptyRows)
		var columns []string
		for _, c := range s.Columns {
			what := string(c.Field)
			for _, more := range []string{c.Program, string(c.Form), string(c.Sex)} {
				if more != "" {
					what += "/" + more
				}
			}
			columns = append(columns, c.Letter+" "+what)
		}
		if len(columns) > 0 {
			fmt.Fprintf(&b, "  columns: %s\n", strings.Join(columns, ", "))
		}
		for _, u := range s.Uncalculated {
			fmt.Fprintf(&b, "  %d formulas without a value in %s: %s\n", u.Cells, u.Column, strings.Join(u.Examples, ", "))
		}
		for j := range s.Rows {
			describeRow(&b, &s.Rows[j])
		}
		for _, a := range s.Allocations {
			sum := ""
			if a.Subtotal {
				sum = " (a sum)"
			}
			fmt.Fprintf(&b, "  %s: %d places of %s for %s%s\n", a.Origin.Cell, a.Places, strings.Join(a.Programs, ", "), orDash(a.Agency), sum)
		}
		for n, e := range s.Estimates {
			fmt.Fprintf(&b, "  [%d] %s %q %s:%s\n", n, e.Kind, e.Text, strings.Join(e.Programs, ","), figures(e))
		}
		for _, r := range s.Results {
			fmt.Fprintf(&b, "  result %s\n", describeResult(r))
		}
		for _, r := range s.Responses {
			fmt.Fprintf(&b, "  %s answers %q, %q at %s\n", r.Code, r.Answer, r.Text, r.Origin.Cell)
		}
		for _, r := range s.Decisions {
			fmt.Fprintf(&b, "  %s is decided %q, %q at %s\n", r.Code, r.Verdict, r.Text, r.Origin.Cell)
		}
	}
	return b.String()
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func figures(e reconcile.EstimateLine) string {
	var b strings.Builder
	if e.Classes > 0 || e.Learners > 0 {
		fmt.Fprintf(&b, " %d classes, %d learners", e.Classes, e.Learners)
	}
	if e.HasQuantity {
		fmt.Fprintf(&b, " %d/1000", e.QuantityMil)
	}
	for _, f := range e.FactorsMil {
		fmt.Fprintf(&b, " x %d/1000", f)
	}
	if e.HasRate {
		fmt.Fprintf(&b, " x %d", e.Rate)
	}
	if e.HasAmount {
		fmt.Fprintf(&b, " = %d", e.Amount)
	}
	if e.HasSpent {
		fmt.Fprintf(&b, " spent %d", e.Spent)
	}
	if len(e.Lines) > 0 {
		fmt.Fprintf(&b, " sums %v", e.Lines)
	}
	return b.String()
}

func describeRow(b *strings.Builder, row *reconcile.Row) {
	fmt.Fprintf(b, "  %d %s", row.Number, row.Kind)
	if row.Hidden {
		b.WriteString(", hidden")
	}
	if t := row.Stated; t != nil {
		fmt.Fprintf(b, ": %s says %d, rows %d to %d hold %d", t.Cell, t.Count, t.FromRow, t.ToRow, t.Counted)
		if t.PageOnly {
			b.WriteString(" on the page")
		}
	}
	if row.Kind == reconcile.RowNotUnderstood {
		fmt.Fprintf(b, ": %s", row.Text)
	}
	b.WriteByte('\n')
	for _, r := range row.Registrations {
		fmt.Fprintf(b, "    %s\n", describePerson(r))
	}
}

func describePerson(r *reconcile.Registration) string {
	parts := []string{orDash(r.FullName)}
	for _, p := range [][2]string{
		{"born", r.BirthDate.String()},
		{"", string(r.Sex)},
		{"", r.Ethnicity},
		{"id", r.CitizenID},
		{"phone", r.Phone},
		{"party", r.PartyDate.String()},
		{"official", r.OfficialDate.String()},
		{"", string(r.Education)},
		{"llct", string(r.PoliticalTheory)},
		{"as", r.Position},
		{"of", r.AgencyText},
		{"from", r.Agency},
		{"for", r.Program},
		{"", string(r.Form)},
	} {
		if p[1] != "" {
			parts = append(parts, strings.TrimSpace(p[0]+" "+p[1]))
		}
	}
	if !reflect.DeepEqual(r.Career, reconcile.Career{}) {
		career, _ := json.Marshal(r.Career)
		parts = append(parts, string(career))
	}
	if r.Program == "" && r.ProgramText != "" {
		parts = append(parts, fmt.Sprintf("for ? %q", r.ProgramText))
	}
	if r.Hidden {
		parts = append(parts, "hidden")
	}
	for f, reading := range r.Readings.All() {
		if reading.Fault != reconcile.NoFault {
			parts = append(parts, fmt.Sprintf("%s!%s %s %q", reading.Cell, f, reading.Fault, reading.Text))
		}
	}
	return strings.Join(parts, "; ")
}
