package sheet

import (
	"encoding/hex"
	"slices"
	"strings"
	"testing"
)

// Which results in an .xls are none.
func TestXLSFormulas(t *testing.T) {
	const empty, zero = "03 00 00 00 00 00 ff ff", "00 00 00 00 00 00 00 00"
	sum := "1e 01 00 1e 02 00 03" // 1+2
	calculated := record(recRecalcID, recRecalcID, 0, uint32(191029))
	for _, c := range []struct {
		name    string
		globals []byte
		cells   []byte
		want    string
	}{
		{"empty texts alone, of a program that does not calculate", nil, slices.Concat(xlsFormula(0, empty, 0, sum), xlsFormula(1, empty, 0, sum)), "A1==3 B1==3"},
		{"empty texts that Excel has calculated", calculated, xlsFormula(0, empty, 0, sum), `A1==""`},
		{"empty texts among other results", nil, slices.Concat(xlsFormula(0, empty, 0, sum), xlsFormula(1, zero, 0, sum)), `A1=="" B1==0`},
		{"left to whoever opens it", calculated, slices.Concat(xlsFormula(0, empty, 2, sum), xlsFormula(1, zero, 3, sum)), `A1==3 B1==3`},
		{"a date", nil, xlsFormula(0x10000, zero, 2, "1e f0 d6"), "A1==d24/08/2050"},
		{"tokens", nil, slices.Concat(
			record(recNumber, 0, 0, 0, 5.0),
			xlsFormula(1, zero, 2, "24 00 00 00 c0 13 15 1e 02 00 07"),                                                 // (-A1)^2
			xlsFormula(2, zero, 2, "25 00 00 00 00 00 00 01 00 19 10 00 00"),                                           // SUM(A1:B1)
			xlsFormula(3, zero, 2, "44 00 00 00 00 1e 05 00 0b 19 02 03 00 17 02 00 c3 b4 17 01 01 11 01 42 03 01 00"), // IF(A1=5,"Ã´","đ")
			xlsFormula(4, zero, 2, "24 00 00 00 00 14 1f 00 00 00 00 00 00 e0 3f 05 41 1b 00"),                         // ROUND without its second argument
			xlsFormula(5, zero, 2, "1c 2a 16 1d 01 42 03 01 00")),                                                      // IF(#N/A,,TRUE)
			`A1=5 B1==25 C1==30 D1=="Ã´" E1==? F1==e#N/A`},
		{
			"what is not understood", nil, slices.Concat(
				xlsFormula(0, zero, 2, "01 00 00 00 00"), xlsFormula(1, zero, 2, "03"), xlsFormula(2, zero, 2, ""), xlsFormula(3, zero, 2, "1e"),
				xlsFormula(4, zero, 2, "41 dd 00"), xlsFormula(5, zero, 2, "3a 00 00 00 00 00 00"), xlsFormula(6, zero, 2, "17 09 00 41"),
				xlsFormula(7, zero, 2, "1e 01 00 1e 01 00"), xlsFormula(8, zero, 2, "1e 01 00"+strings.Repeat(" 13", 300))),
			"A1==? B1==? C1==? D1==? E1==? F1==? G1==? H1==? I1==?",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := dump(readXLS(t, biff8Stream(append(styled(true), c.globals...), c.cells))); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// xlsFormula is a formula of the first row, with the result and the tokens in
// hexadecimal; above the 16 bits of its column stands its style.
func xlsFormula(col int, result string, flags int, tokens string) []byte {
	bytes := func(s string) []byte {
		b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
		if err != nil {
			panic(err)
		}
		return b
	}
	code := bytes(tokens)
	return record(recFormula, 0, col&0xFFFF, col>>16, bytes(result), flags, uint32(0), len(code), code)
}
