package report_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// render writes a tab as text: a line for each row, cells apart by " | ", links
// behind an arrow, volatile cells after a tilde.
func render(t *report.Tab) string {
	var b strings.Builder
	fmt.Fprintf(&b, "tab %q landscape=%t freeze=%d,%d filter=%t widths=%v\n", t.Name, t.Landscape, t.FreezeRow, t.FreezeCol, t.Filter, t.Widths)
	for i := range t.Blocks {
		block := &t.Blocks[i]
		switch block.Kind {
		case report.Table:
			fmt.Fprintf(&b, "== table %s\n", block.ID)
		case report.Lines:
			fmt.Fprintln(&b, "== lines")
		}
		for _, row := range block.Rows {
			cells := make([]string, len(row))
			for j := range row {
				cells[j] = renderCell(&row[j])
			}
			fmt.Fprintln(&b, strings.TrimSpace(strings.Join(cells, " | ")))
		}
	}
	for _, c := range t.Charts {
		fmt.Fprintf(&b, "== chart %+v\n", c)
	}
	return b.String()
}

func renderCell(c *report.Cell) string {
	var s string
	switch v := c.Value.(type) {
	case nil:
	case reconcile.VND:
		s = v.Format()
	case reconcile.Date:
		s = v.Vietnamese()
	case time.Time:
		s = report.MomentWord(v)
	case report.Percent:
		s = fmt.Sprintf("%.1f%%", float64(v)*100)
	default:
		s = strings.ReplaceAll(fmt.Sprint(v), "\n", " / ")
	}
	if c.Volatile {
		s = "~" + s
	}
	if l := c.Link; l != nil {
		s += " -> " + l.Sheet + "!" + l.Cell
		if l.Origin != nil {
			s = strings.TrimSuffix(s, "!") + l.Origin.Source + " " + l.Origin.String()
		}
	}
	return s
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run the test with -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}
