//go:build !race

// What is counted here is what the other nights of Google do: the detector sees
// it there.

package pipeline_test

import (
	"fmt"
	"strings"
	"testing"
	"text/tabwriter"

	"doisoat/sync/google/googletest"
)

// TestGoogleNights counts the requests of nights in which nothing, a tenth and
// all of the spreadsheets have changed; -v prints the table.
func TestGoogleNights(t *testing.T) {
	t.Parallel()
	const books = 20
	n := newNights(t, books)
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	methods := []string{googletest.MethodList, googletest.MethodFile, googletest.MethodGet, googletest.MethodUpdate, googletest.MethodDownload}
	fmt.Fprintf(table, "night of %d spreadsheets\t%s\tper spreadsheet\t\n", books, strings.Join(methods, "\t"))
	night := func(name string) map[string]int {
		n.server.ResetCounts()
		n.run()
		counts, all := make(map[string]int), 0
		fmt.Fprint(table, name)
		for _, m := range methods {
			counts[m] = n.server.Count(m)
			all += counts[m]
			fmt.Fprintf(table, "\t%d", counts[m])
		}
		fmt.Fprintf(table, "\t%.2f\t\n", float64(all)/books)
		return counts
	}
	hold := func(counts map[string]int, reads, writes int) {
		t.Helper()
		if counts[googletest.MethodGet] > reads || counts[googletest.MethodUpdate] > writes ||
			counts[googletest.MethodList] != 2 || counts[googletest.MethodFile] != 0 || counts[googletest.MethodDownload] != 0 {
			t.Errorf("%v, want at most %d reads and %d writes", counts, reads, writes)
		}
	}
	hold(night("first"), 2*books, books)
	hold(night("second: what was written is read"), books, 0)
	hold(night("quiet"), 0, 0)
	n.change(books/10, 0)
	hold(night("10 % changed"), 2*books/10, books/10)
	hold(night("the one after"), books/10, 0)
	n.change(books, 1)
	hold(night("100 % changed"), 2*books, books)
	hold(night("the one after"), books, 0)
	hold(night("quiet"), 0, 0)
	if refused := n.server.Refused(); len(refused) > 0 {
		t.Errorf("Google refused %q", refused)
	}
	_ = table.Flush() // a strings.Builder never fails
	t.Log("\n" + b.String())
}
