package formula

import (
	"bufio"
	"errors"
	"os"
	"strings"
	"testing"
)

// FuzzFormula: whatever the formulas say, they end within the budget, and each
// has a value or a reason for having none.
func FuzzFormula(f *testing.F) {
	file, err := os.Open("../testdata/formulas/truth.csv")
	if err != nil {
		f.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		_, rest, _ := strings.Cut(lines.Text(), ",")
		f.Add(strings.ReplaceAll(rest, `""`, `"`), "A1+1", byte(A1))
	}
	f.Add("R[-1]C+SUM(C1:C[2])", "RC[1]&R1C1", byte(R1C1))
	f.Add("of:=SUM([.A1:.B5];{1;2|3;4})", "of:=[$'S2'.A1]&[.B$2]", byte(OpenFormula))
	f.Add(`SUMPRODUCT((A1:B9="x")*ROW(A1:A9))`, `IF(A2:A5>1,LEN(B1:B9),"")`, byte(A1))
	f.Add(strings.Repeat("(", 250)+"-1%%^2", "REPT(REPT(\"ab\",9999),9999)", byte(A1))
	f.Fuzz(func(t *testing.T, first, second string, syntax byte) {
		m, e := newMemory(t, "A1=1", "A2=2.5", "A3=-3", "B1=Nguyễn Văn An", "B2=15/08/1979", "B3=", "B4=TRUE", "B5=#N/A", "S2!A1=7")
		e.left = 200_000
		cells := []Address{{0, 4, 1}, {0, 5, 1}, {1, 2, 2}}
		shared := New(second, Syntax(syntax%3), cells[1]).Share()
		for i, of := range []*Formula{New(first, Syntax(syntax%3), cells[0]), shared, shared.AsArray()} {
			m.cells[cells[i]] = Value{Kind: Waiting}
			e.Add(cells[i], of)
		}
		for _, at := range cells {
			err := e.Calculate(at)
			switch v := m.cells[at]; {
			case err == nil && (v.Kind == Blank || v.Kind == Waiting):
				t.Errorf("%q, %q: no value and no reason", first, second)
			case err != nil && v.Kind != Waiting:
				t.Errorf("%q, %q: a value in spite of %v", first, second, err)
			case v.Kind == Text && length(v.Str) > maxText:
				t.Errorf("%q, %q: a text of %d characters", first, second, length(v.Str))
			case errors.Is(err, errDeeper):
				t.Errorf("%q, %q: %v", first, second, err)
			}
		}
		if e.left < 0 || len(e.chain) > 0 {
			t.Errorf("%q, %q: %d steps left, %d cells wait", first, second, e.left, len(e.chain))
		}
	})
}

// FuzzTokens: so do formulas in tokens, whatever bytes they are.
func FuzzTokens(f *testing.F) {
	f.Add([]byte("\x1e\x01\x00\x1e\x02\x00\x03"))
	f.Add([]byte("\x25\x00\x00\xff\xff\x00\x00\x01\x00\x19\x10\x00\x00"))
	f.Add([]byte("\x44\x00\x00\x00\x00\x1e\x05\x00\x0b\x17\x01\x00a\x17\x01\x01\x11\x01\x42\x03\x01\x00"))
	f.Add([]byte("\x3a\x00\x00\x00\x00\x00\xc0\x16\x1c\x2a\x1d\x01\x42\x04\x04\x00\x14"))
	book := &BIFF{
		Sheet: func(number int) (string, bool) { return "S2", number == 0 },
		Text: func(b []byte, chars int) (string, int, bool) {
			if len(b) < chars {
				return "", 0, false
			}
			return strings.ToValidUTF8(string(b[:chars]), "?"), chars, true
		},
	}
	f.Fuzz(func(t *testing.T, tokens []byte) {
		m, e := newMemory(t, "A1=1", "A2=2.5", "B1=Nguyễn Văn An", "B3=", "S2!A1=7")
		e.left = 200_000
		at := Address{0, 4, 1}
		m.cells[at] = Value{Kind: Waiting}
		e.Add(at, NewBIFF(tokens, book, at))
		err := e.Calculate(at)
		if v := m.cells[at]; (err == nil) == (v.Kind == Waiting) || e.left < 0 {
			t.Errorf("%x: %v %v", tokens, v, err)
		}
	})
}
