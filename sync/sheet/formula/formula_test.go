package formula

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// What LibreOffice decides in the tests of package sheet is left out here.
func TestFormulas(t *testing.T) {
	cells := []string{
		"A1=1", "A2=2", "A3=3", "B1=Nguyễn Văn An", "B2=Lê Thị Hòa", "B3=", "C1=15/08/1979", "C2=012", "C3=#N/A", "D1=TRUE",
		"S2!A1=100", "S2!A2==A1*2",
	}
	for f, want := range map[string]string{
		`DATEVALUE("15/08/1979")`:       "29082",
		`DATEVALUE("5/6/79")`:           "29011", // the day first
		`DATEVALUE("30/02/1980")`:       "#VALUE!",
		`C1+1`:                          "29083",
		`YEAR(C1)`:                      "1979",
		`VALUE("7:30")`:                 "0.3125",
		`C2*1`:                          "12",
		`"5%"*200`:                      "10",
		`TEXT(29082,"dd""/""mm\/yyyy")`: `"15/08/1979"`,
		`"Quảng Ngãi, ngày "&TEXT(29082,"d")`: `"Quảng Ngãi, ngày 15"`,
		`TEXT(29082,"ngày dd")`:               "",
		`SUM(S2!A1:A2)`:                       "300",
		`'trang 1'!A2`:                        "2",
		`Khác!A1`:                             "#REF!",
		`A1:A2 + 1`:                           "#VALUE!",
		`SUM(A:A)`:                            "6",
		`SUM(1:1)`:                            "1",
		`SUM($A$1:A2)`:                        "3",
		`_xlfn.IFNA(C3,0)`:                    "0",
		`SUM(A1:A3,C3)`:                       "#N/A",
		`COUNT(A1:D3)`:                        "3",
		`IF(D1,A1)`:                           "1",
		`IF(B3="","trống","có")`:              `"trống"`,
		`IF(,1,)`:                             "0",
		`LEFT("Đặng😀",6)`:                     `"Đặng😀"`,
		`LEN("Đặng😀")`:                        "6",
		`SUBSTITUTE("aaa","a","bb")`:          `"bbbbbb"`,
		`PROPER("NGUYỄN THỊ ÁNH")`:            `"Nguyễn Thị Ánh"`,
		`REPT("a",40000)`:                     "#VALUE!",
		`SUMPRODUCT(ROW(A1:A3)*A1:A3)`:        "14",
		`LOOKUP(2,1/(A1:A9<>""),A1:A9)`:       "3",
		`MATCH("Lê*",B:B,0)`:                  "2",
		`TRIM(RIGHT(SUBSTITUTE(B1," ",REPT(" ",99)),99))`: `"An"`,
		`LEFT(B1,FIND("☺",SUBSTITUTE(B1," ","☺",2))-1)`:   `"Nguyễn Văn"`,
		`COUNTIF(A1:A9,"")`:        "6",
		`COUNTIF(C1:C3,12)`:        "1",
		`SUM(tong)`:                "6",
		`DATEDIF(29082,29081,"D")`: "#NUM!",
		`MOD(1E+20,3)`:             "#NUM!",
		`((((1))))`:                "1",
		`+A1--A2`:                  "3",
		`@A1`:                      "1",
		" \nSUM( A1 , A2 )\t":      "3",
	} {
		m, e := newMemory(t, append(cells, "Z9=="+f)...)
		m.names = map[string]string{"tong": "'Trang 1'!$A$1:$A$3"}
		at := addressOf(t, "Z9")
		err := e.Calculate(at)
		if want == "" {
			if !errors.Is(err, ErrSettings) {
				t.Errorf("%s: %v %v", f, shown(m.cells[at]), err)
			}
			continue
		}
		if got := shown(m.cells[at]); err != nil || got != want {
			t.Errorf("%s: %s %v, want %s", f, got, err, want)
		}
	}
}

// What cannot be known is not calculated, and no IFERROR hides it.
func TestNotCalculated(t *testing.T) {
	for f, want := range map[string]error{
		`TODAY()`:                            ErrFunction,
		`IFERROR(NOW(),0)`:                   ErrFunction,
		`MYFUNCTION(1)`:                      ErrFunction,
		`INDIRECT("A"&1)`:                    ErrFunction,
		`VALUE("1.234")`:                     ErrSettings,
		`"0,5"+1`:                            ErrSettings,
		`TEXT(1234,"#.##0")`:                 ErrSettings,
		`TEXT(29082,"mmmm")`:                 ErrSettings,
		`CHAR(225)`:                          ErrSettings,
		`SUBTOTAL(9,A1:A3)`:                  ErrHidden,
		`[1]Sheet1!A1`:                       ErrSyntax,
		`'[b.xlsx]Sheet1'!A1`:                ErrSyntax,
		`'C:\[b.xlsx]Sheet1'!A1`:             ErrSyntax,
		`S2:S3!A1`:                           ErrSyntax,
		`Table1[Col]`:                        ErrSyntax,
		`A1:A2 A2:A3`:                        ErrSyntax,
		`SUM(1`:                              ErrSyntax,
		`SUM()`:                              ErrSyntax,
		`1+`:                                 ErrSyntax,
		``:                                   ErrSyntax,
		`"abc`:                               ErrSyntax,
		`{1,2;3}`:                            ErrSyntax,
		strings.Repeat("(", 300) + "1":       ErrSyntax,
		strings.Repeat("-", 300) + "1":       ErrSyntax,
		"1" + strings.Repeat("%", 300):       ErrSyntax,
		strings.Repeat("A1&", 20_000) + "A1": ErrSyntax,
		`không_có`:                           ErrName,
		`vòng`:                               ErrName,
		`Z9`:                                 ErrCircular,
		`SUM(Z1:Z20)`:                        ErrCircular,
		`SUMPRODUCT((A1:A1000000=1)*1)`:      ErrBudget,
	} {
		m, e := newMemory(t, "A1=1", "A2=2", "A3=3", "Z9=="+f)
		m.hidden = map[int]bool{2: true}
		m.names = map[string]string{"vòng": "vòng+1"}
		at := addressOf(t, "Z9")
		if err := e.Calculate(at); !errors.Is(err, want) {
			t.Errorf("%.40q: %v %v, want %v", f, shown(m.cells[at]), err, want)
		} else if m.cells[at].Kind != Waiting {
			t.Errorf("%.40q has a value", f)
		}
	}
	if got, err := result(t, "IF(TRUE,1,TODAY())"); err == nil {
		t.Errorf("a formula with an unknown function: %s", got)
	}
}

// The numbers of a long list count on from row to row, in both directions,
// without deep recursion.
func TestLongChains(t *testing.T) {
	const rows = 20_000
	var down, up []string
	for i := 2; i <= rows; i++ {
		down = append(down, fmt.Sprintf("A%d==A%d+1", i, i-1))
		up = append(up, fmt.Sprintf("A%d==A%d+1", i-1, i))
	}
	for last, cells := range map[string][]string{"A20000": append(down, "A1=1"), "A1": append(up, "A20000=1")} {
		m, e := newMemory(t, cells...)
		at := addressOf(t, last)
		if err := e.Calculate(at); err != nil || m.cells[at].Num != rows {
			t.Errorf("%s: %v %v", last, m.cells[at], err)
		}
	}
	m, e := newMemory(t, append(down, "A1==A20000", "B1==A7+1", "C1=5", "C2==C1")...)
	for _, cell := range []string{"A1", "A9999", "B1"} {
		if err := e.Calculate(addressOf(t, cell)); !errors.Is(err, ErrCircular) {
			t.Errorf("a circle of %d cells: %v", rows, err)
		}
	}
	if err := e.Calculate(addressOf(t, "C2")); err != nil || m.cells[addressOf(t, "C2")].Num != 5 {
		t.Errorf("a cell outside of the circle: %v", err)
	}
}

func TestSharedFormula(t *testing.T) {
	m, e := newMemory(t, "A5=5", "A6=6", "B1=100", "B5=", "B6=")
	first := addressOf(t, "B5")
	f := New("A5*$B$1+ROW()", A1, first).Share()
	for _, name := range []string{"B5", "B6"} {
		at := addressOf(t, name)
		m.cells[at] = Value{Kind: Waiting}
		e.Add(at, f)
		if err := e.Calculate(at); err != nil {
			t.Fatal(err)
		}
	}
	if m.cells[first].Num != 505 || m.cells[addressOf(t, "B6")].Num != 606 {
		t.Errorf("%v %v", m.cells[first], m.cells[addressOf(t, "B6")])
	}
}

func TestNeedsSheet(t *testing.T) {
	m, e := newMemory(t, "A1==S2!A1+1", "A2==A1", "S2!A1=5")
	m.away = map[int]bool{1: true}
	at := addressOf(t, "A2")
	var needs *NeedsSheetError
	if err := e.Calculate(at); !errors.As(err, &needs) || needs.Sheet != 1 {
		t.Fatalf("%v", err)
	}
	m.away = nil
	if err := e.Calculate(at); err != nil || m.cells[at].Num != 6 {
		t.Errorf("%v %v", m.cells[at], err)
	}
}

// Formulas that are the same in all three ways of writing.
func TestSyntaxes(t *testing.T) {
	cells := []string{"A1=1", "A2=2", "B1=10", "S2!B2=7", "S2!C3=8"}
	for _, c := range []struct {
		syntax  Syntax
		formula string
		want    string
	}{
		{R1C1, `=R[-1]C[-2]+R1C2`, "12"}, // in C3
		{R1C1, `=SUM(R1C1:R[-1]C[-2])`, "3"},
		{R1C1, `SUM(C1)+SUM(R1)`, "14"},
		{R1C1, `='S2'!R2C2&S2!RC`, `"78"`},
		{R1C1, `ROUND(RC1,0)`, "0"},
		{OpenFormula, `of:=[.A2]+[.$B$1]`, "12"},
		{OpenFormula, `of:=SUM([.A1:.A2];[.B1])`, "13"},
		{OpenFormula, `of:=[$S2.B2]&[$'S2'.C3]`, `"78"`},
		{OpenFormula, `of:=SUM([S2.B2:S2.C3])`, "15"},
		{OpenFormula, `of:=SUM({1;2|3;4})`, "10"},
		{OpenFormula, `of:=IFERROR([.#REF!];"mất")`, `"mất"`},
		{OpenFormula, `oooc:=IF([.A1]=1;"một";"khác")`, `"một"`},
		{OpenFormula, `msoxl:=SUM(A1,B1)`, "11"},
		{OpenFormula, `of:=['file:///b.ods'#$S2.A1]`, "none"},
	} {
		m, e := newMemory(t, cells...)
		at := addressOf(t, "C3")
		m.cells[at] = Value{Kind: Waiting}
		e.Add(at, New(c.formula, c.syntax, at))
		got := "none"
		if err := e.Calculate(at); err == nil {
			got = shown(m.cells[at])
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.formula, got, c.want)
		}
	}
}
