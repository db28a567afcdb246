package understand

import (
	"strings"
	"testing"

	"doisoat/sync/sheet"
)

func TestIsNumbering(t *testing.T) {
	for text, want := range map[string]bool{
		"1 | 2 | 3 | 4":                 true,
		"(1) | (2) | (3)":               true,
		"A | B | 1 | 2 | 3=1x2":         true,
		"A | B | C | 1 | 2 | 3=1x2 | D": true, // remarks behind the figures
		"1 | 2 | 4 | 5=2+4":             true,
		"1 | A | 2":                     false, // a class named A
		"A | B | 1 | B":                 false,
		"1 | x | x":                     false,
		"1 | Nguyễn Văn An | 2":         false,
		"7 | 8 | 9":                     false,
	} {
		g := &sheet.Grid{Rows: []sheet.Row{{Number: 1}}}
		for i, cell := range strings.Split(text, " | ") {
			g.Rows[0].Cells = append(g.Rows[0].Cells, sheet.Cell{Col: i + 1, Text: cell})
		}
		if got := isNumbering(&newView(g).rows[0]); got != want {
			t.Errorf("%s: %t, want %t", text, got, want)
		}
	}
}
