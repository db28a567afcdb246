package sheet

import (
	"bytes"
	"encoding/csv"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// asExcel is what Excel makes of the formulas of testdata/formulas in which
// LibreOffice, which wrote truth.csv, goes ways of its own.
var asExcel = map[string]string{
	// A number that is written as a text counts.
	`SUM(D!F2:F7,10,TRUE,"5")`: "number 36",
	// Truth values are no numbers.
	`"a"&1&TRUE`:              "text a1TRUE",
	`CONCATENATE("a",1,TRUE)`: "text a1TRUE",
	`TRUE&""`:                 "text TRUE",
	`COUNT(D!A1:I7)`:          "number 22",
	// Years are counted from 1900, and digits written out to 10^21.
	`DATE(24,1,1)`: "number 8767",
	`1E+20&""`:     "text 100000000000000000000",
	// Errors have their own names.
	`SQRT(-1)`: "error #NUM!",
	`VLOOKUP(D!E2,'Đơn vị'!$A$2:$C$4,4,FALSE)`: "error #REF!",
	`INDEX(D!B2:C7,9,1)`:                       "error #REF!",
	// Functions that are newer than that LibreOffice.
	`XLOOKUP("STC",'Đơn vị'!A2:A4,'Đơn vị'!B2:B4)`:           "text Sở Tài chính",
	`XLOOKUP("XX",'Đơn vị'!A2:A4,'Đơn vị'!B2:B4,"không có")`: "text không có",
	// A circle has no value.
	`=C4`: "none",
	`=C3`: "none",
}

// The formulas of a file that nobody has calculated have the values that
// LibreOffice calculates.
func TestCalculates(t *testing.T) {
	for name, missing := range map[string]int{
		"openpyxl.xlsx":   0,
		"xlsxwriter.xlsx": 0,
		"libreoffice.ods": 0,
		"export.xml":      5,
		"xlwt.xls":        46,
	} {
		t.Run(name, func(t *testing.T) {
			compareTruth(t, readFile(t, filepath.Join("testdata", "formulas", name)), missing)
		})
	}
}

// compareTruth compares the formulas of a workbook with truth.csv, of which so
// many are missing in the file.
func compareTruth(t *testing.T, content []byte, missing int) {
	t.Helper()
	book := openBytes(t, content)
	cells := make(map[string]Cell)
	for i, info := range book.Sheets() {
		for _, row := range readSheet(t, book, i).Rows {
			for _, c := range row.Cells {
				cells[info.Name+"!"+CellName(c.Col, row.Number)] = c
			}
		}
	}
	truth, err := csv.NewReader(bytes.NewReader(readFile(t, "testdata/formulas/truth.csv"))).ReadAll()
	must(t, err)
	left := 0
	for _, line := range truth {
		at, formula, want := line[0], line[1], line[2]+" "+line[3]
		if excel := asExcel[formula]; excel != "" {
			want = excel
		}
		c, ok := cells[at]
		if !ok || !c.Formula {
			left++
			continue
		}
		if got := calculated(c); !same(got, want) {
			t.Errorf("%s %s: %s, want %s", at, formula, got, want)
		}
	}
	if left != missing {
		t.Errorf("%d formulas are missing, want %d", left, missing)
	}
}

// calculated is the value of a cell in the manner of truth.csv.
func calculated(c Cell) string {
	switch {
	case c.Uncalculated:
		return "none"
	case c.Kind == Number:
		return "number " + strconv.FormatFloat(c.Number, 'g', 15, 64)
	}
	return map[Kind]string{Text: "text", Date: "date", Bool: "bool", Error: "error"}[c.Kind] + " " + c.Text
}

// same compares numbers in the digits that count.
func same(got, want string) bool {
	a, isNumber := strings.CutPrefix(got, "number ")
	b, ok := strings.CutPrefix(want, "number ")
	if !isNumber || !ok {
		return got == want
	}
	x, err := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err == nil && err2 == nil && math.Abs(x-y) <= 1e-13*math.Abs(y)
}

// Which values of formulas are results, and which only stand in for one.
func TestWhatIsCalculated(t *testing.T) {
	const recalculates = `<calcPr calcId="124519" fullCalcOnLoad="1"/>`
	for _, c := range []struct{ name, calcPr, cells, want string }{
		{"without a value", "", `<c r="B1"><f>A1*2</f></c><c r="C1"><f>A1*3</f><v/></c><c r="D1" t="str"><f>A1&amp;"đ"</f></c>`, `A1=5 B1==10 C1==15 D1=="5đ"`},
		{"an empty text is a result", "", `<c r="B1" t="str"><f>A1*2</f><v></v></c>`, `A1=5 B1==""`},
		{"a 0 is a result", `<calcPr calcId="191029"/>`, `<c r="B1"><f>A1*2</f><v>0</v></c>`, `A1=5 B1==0`},
		{"unless all is to be calculated", recalculates, `<c r="B1"><f>A1*2</f><v>0</v></c><c r="C1" t="str"><f>A1*3</f><v></v></c><c r="D1" t="str"><f>A1*4</f><v>0</v></c>`, `A1=5 B1==10 C1==15 D1==20`},
		{"other values are results in any case", recalculates, `<c r="B1"><f>A1*2</f><v>7</v></c><c r="C1" t="str"><f>A1</f><v>x</v></c><c r="D1" t="e"><f>A1</f><v>#N/A</v></c><c r="E1"><v>0</v></c>`, `A1=5 B1==7 C1=="x" D1==e#N/A E1=0`},
		{"a shared formula", "", `<c r="B1"><f t="shared" ref="B1:C1" si="0">A1+$A$1</f><v>10</v></c><c r="C1"><f t="shared" si="0"/></c><c r="D1"><f t="shared" si="7"/></c>`, `A1=5 B1==10 C1==15 D1==?`},
		{"formats decide", "", `<c r="B1" s="1"><f>DATE(1979,8,15)</f></c><c r="C1" s="1"><f>-A1</f></c><c r="D1"><f>A1=5</f></c><c r="E1"><f>1/0</f></c>`, `A1=5 B1==d15/08/1979 C1==-5 D1==bTRUE E1==e#DIV/0!`},
		{"what cannot be known", recalculates, `<c r="B1"><f>TODAY()</f><v>0</v></c><c r="C1"><f>B1+1</f></c><c r="D1"><f t="dataTable" ref="D1:D2" r1="A1"/></c><c r="E1"><f>1+</f></c><c r="F1"><f>E1&amp;""</f><v>1</v></c>`, `A1=5 B1==? C1==? D1==? E1==? F1==1`},
		{"of two cells in one place the last counts", "", `<c r="B1"><f>A1*2</f></c><c r="B1"><v>3</v></c>`, `A1=5 B1=3`},
		{"names", `<definedNames><definedName name="Gốc">Sheet1!$A$1</definedName><definedName name="x" localSheetId="0">2</definedName></definedNames>`, `<c r="B1"><f>GỐC*X</f></c><c r="C1"><f>y</f></c>`, `A1=5 B1==10 C1==?`},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := filePart{"xl/workbook.xml", strings.Replace(oneSheet, "</workbook>", c.calcPr+"</workbook>", 1)}
			formats := stylesPart(`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>`)
			got := dump(readParts(t, book, formats, rowsPart(`<row r="1"><c r="A1"><v>5</v></c>`+c.cells+`</row>`)))
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Sheets that refer to one another are read in any order, each as its own.
func TestCalculatesAcrossSheets(t *testing.T) {
	content := readFile(t, "testdata/formulas/openpyxl.xlsx")
	want := make([]string, 4)
	for i := range want {
		want[i] = dump(readSheet(t, openBytes(t, content), i))
	}
	book := openBytes(t, content)
	for _, i := range []int{3, 0, 2, 1, 0, 3, 2, 3} {
		got := readSheet(t, book, i)
		if dump(got) != want[i] {
			t.Errorf("sheet %d: %s\nwant %s", i, dump(got), want[i])
		}
		for _, row := range got.Rows { // what the caller does to a grid is its own affair
			for k := range row.Cells {
				row.Cells[k] = Cell{Col: row.Cells[k].Col, Text: "đổi"}
			}
		}
	}
}
