package sheet

import (
	"bytes"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// Cells that are taken at a glance are what the scanner makes of them, and all
// that differs from their form is left to it. Byte by byte no cell ever lies in
// the buffer as a whole, so that all go through the scanner.
func TestQuickCells(t *testing.T) {
	book := fuzzBook()
	for name, tt := range map[string]struct{ cells, want string }{
		"number":                {`<c r="B7"><v>17</v></c>`, `B7=17`},
		"number with style":     {`<c r="B7" s="1"><v>45366.5</v></c>`, `B7=d15/03/2024 12:00`},
		"shared text":           {`<c r="B7" s="2" t="s"><v>0</v></c><c r="C7" t="s"><v>0</v></c>`, `B7="Họ và tên" C7="Họ và tên"`},
		"blanks in the value":   {`<c r="B7"><v> 17 </v></c>`, `B7=17`},
		"no value":              {`<c r="B7"><v></v></c><c r="C7"/><c r="D7"><v>1</v></c>`, `D7=1`},
		"no number":             {`<c r="B7"><v>mười</v></c>`, `B7="mười"`},
		"references":            {`<c r="B7" t="str"><v>A &amp; B</v></c><c r="C7"><v>&#49;</v></c>`, `B7="A & B" C7=1`},
		"other attributes":      {`<c s="1" r="B7"><v>45366</v></c><c r='C7'><v>2</v></c><c r="D7" cm="1"><v>3</v></c>`, `B7=d15/03/2024 C7=2 D7=3`},
		"other elements":        {`<c r="B7"><f>1+1</f><v>2</v></c><c r="C7"><v>3</v><extLst/></c>`, `B7==2 C7=3`},
		"comments":              {`<c r="B7"><v>1<!-- 2 -->3</v></c><!-- <c r="C7"><v>2</v></c> --><c r="D7"><v>4</v></c>`, `B7=13 D7=4`},
		"no reference":          {`<c r="B7"><v>1</v></c><c><v>2</v></c><c r="7"><v>3</v></c>`, `B7=1 C7=2 D7=3`},
		"columns out of order":  {`<c r="C7"><v>3</v></c><c r="B7"><v>2</v></c><c r="B7"><v>4</v></c>`, `B7=4 C7=3`},
		"style of many figures": {`<c r="B7" s="1234567"><v>1</v></c><c r="C7" s="9"><v>2</v></c>`, `B7=1 C7=2`},
		"lines between":         {"\n <c r=\"B7\"><v>1</v></c>\n <c r=\"C7\">\n<v>2</v></c>", `B7=1 C7=2`},
	} {
		t.Run(name, func(t *testing.T) {
			content := `<worksheet><sheetData><row r="7">` + tt.cells + `</row></sheetData></worksheet>`
			quick, err := scanWorksheet(t, book, strings.NewReader(content))
			if err != nil {
				t.Fatal(err)
			}
			slow, err := scanWorksheet(t, book, iotest.OneByteReader(strings.NewReader(content)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(slow, quick); diff != "" {
				t.Errorf("-byte by byte +at once:\n%s", diff)
			}
			if got := dump(quick); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// A row whose number is missing has that of its first cell, however that is
// written.
func TestQuickRowByCell(t *testing.T) {
	content := `<worksheet><sheetData><row><c r="B7"><v>1</v></c><c r="C7"><v>2</v></c></row></sheetData></worksheet>`
	g, err := scanWorksheet(t, fuzzBook(), strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if got := dump(g); got != `B7=1 C7=2` {
		t.Error(got)
	}
}

func TestQuickTexts(t *testing.T) {
	content := []byte(`<sst><si><t>Đinh Thị Hòa</t></si><si><t/></si><si><t></t></si><si><t xml:space="preserve"> a </t></si>` +
		`<si><r><t>b</t></r><r><t>c</t></r></si><si><t>x_x000D_y_x005F_</t></si><si><t>A &amp; B</t></si></sst>`)
	want := []string{"Đinh Thị Hòa", "", "", " a ", "bc", "x\ny_", "A & B"}
	quick, err := scanTexts(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	slow, err := scanTexts(iotest.OneByteReader(bytes.NewReader(content)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, quick.texts); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, slow.texts); diff != "" {
		t.Errorf("byte by byte: %s", diff)
	}
}
