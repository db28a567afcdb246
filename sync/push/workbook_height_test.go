package push

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/reconcile/report/reporttest"
)

// Rows of tables must grow when staff write more into them; merged heads, which
// no program fits, and the page over which charts lie, must not shrink.
func TestRowHeights(t *testing.T) {
	w := report.Consolidated(reporttest.Data(4, 100), "")
	xlsx := rendered(t, w)
	for _, tt := range []struct {
		tab, row string
		fixed    bool
	}{
		{report.OverviewTab, `<row r="9"`, true},
		{report.QuotasTab, `<row r="1"`, true},
		{report.QuotasTab, `<row r="8"`, false},
		{reconcile.DecisionsTab, `<row r="7"`, false},
	} {
		i := slices.IndexFunc(w.Tabs, func(tab report.Tab) bool { return tab.Name == tt.tab })
		xml := partText(t, xlsx, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		at := strings.Index(xml, tt.row)
		if at < 0 {
			t.Fatalf("%s has no %s", tt.tab, tt.row)
		}
		row := xml[at : at+strings.Index(xml[at:], ">")]
		if !strings.Contains(row, " ht=") || strings.Contains(row, "customHeight") != tt.fixed {
			t.Errorf("%s: %s>, want a height that is fixed: %t", tt.tab, row, tt.fixed)
		}
	}
}

func TestWrappedLines(t *testing.T) {
	l := look{size: 11}
	for _, tt := range []struct {
		text string
		room float64
		want int
	}{
		{"", 10, 1},
		{"một", 10, 1},
		{"một hai ba bốn", 7, 2},
		{"dòng 1\ndòng 2", 40, 2},
		{strings.Repeat("a", 100), 10, 10},
		{"Ủy ban nhân dân huyện Tư Nghĩa", 27.7, 2},
	} {
		if got := wrappedLines(tt.text, tt.room, l); got != tt.want {
			t.Errorf("%q in %v: %d lines, want %d", tt.text, tt.room, got, tt.want)
		}
	}
}

// Most texts are seen to fit without being measured.
func TestWidestIsNoLessThanAnyText(t *testing.T) {
	for _, l := range []look{{size: 9}, {size: 11, bold: true}, {size: 18, bold: true}} {
		for _, text := range []string{"WWWW", "ẮẶỦY BAN", "0123", "a b c", "…,;"} {
			if got, most := textWidth(text, l), widest(len(text), l); got > most {
				t.Errorf("%q is %g wide, more than %g", text, got, most)
			}
		}
	}
}
