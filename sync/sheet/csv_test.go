package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// writeCSV writes a table as Excel does: texts as they are shown, in quotes,
// and nothing of what a text file cannot say.
func writeCSV(_ testing.TB, tab table) []byte {
	lastRow, lastCol := 0, 0
	at := placed(tab)
	for row, cells := range at {
		lastRow = max(lastRow, row)
		for col := range cells {
			lastCol = max(lastCol, col)
		}
	}
	var b strings.Builder
	b.WriteString("sep=;\r\n")
	for row := 1; row <= lastRow; row++ {
		for col := 1; col <= lastCol; col++ {
			if col > 1 {
				b.WriteByte(';')
			}
			if v, ok := at[row][col]; ok {
				fmt.Fprintf(&b, `"%s"`, strings.ReplaceAll(cellOf(col, v).Text, `"`, `""`))
			}
		}
		b.WriteString("\r\n")
	}
	return []byte(b.String())
}

// asText is the table that is left of one in a format without types, merged
// and hidden cells.
func asText(tab table) table {
	texts := table{name: tab.name, cells: make(map[string]any)}
	for name, v := range tab.cells {
		if text := cellOf(1, v).Text; text != "" {
			texts.cells[name] = text
		}
	}
	return texts
}

const csvRoster = "TT;Họ và tên;Ngày sinh;Số điện thoại\n1;Nguyễn Thị Ánh Tuyết;15/08/1979;0905123456\n2;Đinh Văn Đức;28/02/1985;0914000001\n"

const csvRosterDump = `A1="TT" B1="Họ và tên" C1="Ngày sinh" D1="Số điện thoại" A2="1" B2="Nguyễn Thị Ánh Tuyết" C2="15/08/1979" D2="0905123456" A3="2" B3="Đinh Văn Đức" C3="28/02/1985" D3="0914000001"`

func TestCSVEncodings(t *testing.T) {
	windows, err := charmap.Windows1258.NewEncoder().String(apart(csvRoster))
	must(t, err)
	little := []byte(utf16XML(csvRoster, false))
	big := []byte(utf16XML(csvRoster, true))
	for name, content := range map[string][]byte{
		"UTF-8":                   []byte(csvRoster),
		"UTF-8 with a mark":       []byte(utf8BOM + csvRoster),
		"UTF-16":                  little,
		"UTF-16 big endian":       big,
		"UTF-16 without a mark":   bytes.TrimPrefix(little, []byte{0xFF, 0xFE}),
		"UTF-16BE without a mark": bytes.TrimPrefix(big, []byte{0xFE, 0xFF}),
		"Windows-1258":            []byte(windows),
		"lines of DOS":            []byte(strings.ReplaceAll(csvRoster, "\n", "\r\n") + "\x1a"),
		"lines of an old Mac":     []byte(strings.ReplaceAll(csvRoster, "\n", "\r")),
		"tabs":                    []byte(strings.ReplaceAll(csvRoster, ";", "\t")),
		"commas":                  []byte(strings.ReplaceAll(csvRoster, ";", ",")),
		"pipes":                   []byte(strings.ReplaceAll(csvRoster, ";", "|")),
		"a separator declared":    []byte("sep=^\r\n" + strings.ReplaceAll(csvRoster, ";", "^")),
	} {
		book := openBytes(t, content)
		if got := dump(readSheet(t, book, 0)); got != csvRosterDump || book.Format() != "csv" {
			t.Errorf("%s: %s: %s", name, book.Format(), got)
		}
	}
}

// TCVN3 and VNI stay codes, one character each, for the reader of the cells.
func TestCSVLegacyFonts(t *testing.T) {
	for name, content := range map[string]string{
		"TCVN3": "TT;H\xE4 v\xB5 t\xAAn\r\n1;\xA7inh V\xA8n \xA7\xF8c\r\n2;L\xAD\xACng Th\xDE H\xAD\xACng\r\n",
		"VNI":   "TT;Hoï vaø teân\r\n1;Ñinh Vaên Ñöùc\r\n2;Löông Thò Höông\r\n",
	} {
		if name == "VNI" {
			latin, err := charmap.Windows1252.NewEncoder().String(content)
			must(t, err)
			content = latin
		}
		want, err := charmap.Windows1252.NewDecoder().String(content)
		must(t, err)
		grid := readSheet(t, openBytes(t, []byte(content)), 0)
		fields := strings.Split(strings.Split(want, "\r\n")[2], ";")
		if got := grid.Rows[2].Cells[1].Text; got != fields[1] {
			t.Errorf("%s: %q, want %q", name, got, fields[1])
		}
	}
}

func TestCSVRecords(t *testing.T) {
	head := "TT;Họ và tên;Chức vụ\n"
	tests := []struct{ name, content, want string }{
		{"quoted line breaks, separators and quotes", head + "1;\"Đinh\r\nVăn; \"\"Đức\"\"\";x\n", "A2=\"1\" B2=\"Đinh\nVăn; \"Đức\"\" C2=\"x\""},
		{"blank lines count", "\n" + head + "\n;;\n1;a;b\n", `A2="TT" B2="Họ và tên" C2="Chức vụ" A5="1" B5="a" C5="b"`},
		{"ragged", head + "1;a\n2;b;c;d\n3\n", `A2="1" B2="a" A3="2" B3="b" C3="c" D3="d" A4="3"`},
		{"stray quotes", head + "1;Trường \"Sao Mai\";x\n2;\"Sao Mai\" (trường);y\n", `A2="1" B2="Trường "Sao Mai"" C2="x" A3="2" B3=""Sao Mai" (trường)" C3="y"`},
		{"a quote that is never closed", head + "1;\"Sao Mai;x\n2;b;c\n3;\"d\";e\n", `A2="1" B2=""Sao Mai" C2="x" A3="2" B3="b" C3="c" A4="3" B4="d" C4="e"`},
		{"a quote that no other follows", head + "1;\"Sao Mai;x\n2;b;c\n", `A2="1" B2=""Sao Mai" C2="x" A3="2" B3="b" C3="c"`},
		{"blanks", head + "1; ;\u00a0\n\" \";b;\"\"\n", `A2="1" A3=" " B3="b"`},
		{"blanks behind quotes", head + "1;\"a\" ;b\n", `A2="1" B2="a" C2="b"`},
		{"digits stay text", head + "01;0905123456;1,5\n", `A2="01" B2="0905123456" C2="1,5"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := dump(readSheet(t, openBytes(t, []byte(tt.content)), 0))
			if got = strings.TrimPrefix(got, `A1="TT" B1="Họ và tên" C1="Chức vụ" `); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// The separator is found among the other ones in the values.
func TestCSVSeparator(t *testing.T) {
	tests := []struct {
		name, content string
		comma         byte
	}{
		{"commas in values", "TT;Họ tên;Chức vụ, đơn vị\n1;A;Trưởng phòng, Sở Nội vụ\n2;B;Chuyên viên, Sở Y tế, tỉnh\n", ';'},
		{"semicolons in values", "TT,Họ tên,Lớp\n1,A,CCLLCT; QLNN\n2,B,TCLLCT\n", ','},
		{"decimal commas", "A\t1,5\n B\t2,25\n", '\t'},
		{"titles above and signatures below", "UBND TỈNH QUẢNG NGÃI\nSỞ NỘI VỤ\nDANH SÁCH\nNăm 2024\nKính gửi: Sở Nội vụ\n" + csvRoster + "Người lập\n(Ký tên)\n", ';'},
		{"a header alone", "TT;Họ và tên;Ngày sinh\n", ';'},
		{"blanks behind all commas", "1, Nguyễn Văn A, Nam\n2, Lê Thị B, Nữ\n3, Trần C, Nam\n", ','},
		{"a survey's timestamps", "2024-01-15 10:00:00,Nguyễn Văn A,x\n2024-01-15 10:05:00,Lê Thị B,\n", ','},
		{"a list of names", "Họ và tên\nNguyễn Văn A\nLê Thị B\nTrần Văn C\n", '\t'},
		{"quoted separators", "\"a;b;c\",\"d;e\"\n\"f\",\"g\"\n", ','},
	}
	for _, tt := range tests {
		if comma, ok := findComma(tt.content); !ok || comma != tt.comma {
			t.Errorf("%s: %q, %v", tt.name, comma, ok)
		}
	}
}

func TestTextThatIsNoTable(t *testing.T) {
	for name, content := range map[string]string{
		"a letter":         "Kính gửi: Sở Nội vụ tỉnh Quảng Ngãi,\n\nThực hiện Công văn số 36, ngày 15/01/2024, đơn vị xin báo cáo, cụ thể như sau.\nTrân trọng.\n",
		"one sentence":     "Đơn vị không có nhu cầu, xin báo cáo.",
		"prose":            "Trong năm 2023, Sở đã cử 12 đồng chí đi học.\nNăm 2024, nhu cầu tăng, nhất là lớp cao cấp, trung cấp.\nĐề nghị Sở Nội vụ, Ban Tổ chức Tỉnh ủy xem xét.\n",
		"JSON":             "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n",
		"a list in JSON":   "[\n  {\"a\": 1, \"b\": 2},\n  {\"a\": 3, \"b\": 4}\n]\n",
		"Markdown":         "# Báo cáo\n\nNội dung\n",
		"a Markdown table": "| TT | Họ tên |\n|----|--------|\n| 1 | A |\n| 2 | B |\n",
		"a log":            "2024-01-15 10:00:00,123 INFO start\n2024-01-15 10:00:01,456 ERROR stop, failed\n2024-01-15 10:00:02,789 INFO end\n",
		"program code":     "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"a\", \"b\");\n}\n",
		"C":                "int main(void)\n{\n  int a;\n  int b;\n  return 0;\n}\n",
		"an e-mail":        "From: a@b.vn\nTo: c@d.vn\nSubject: Danh sách\n\nGửi anh, danh sách kèm theo.\n",
		"settings":         "[main]\nname=value\nother=value\npath=x\n",
		"YAML":             "plan: quang-ngai\nsources:\n  - type: folder\n    path: ./inbox\n",
		"two words":        "không có\n",
		"control signs":    "TT;Họ\x01 tên;x\n1;2;3\n" + strings.Repeat("1;2;3\n", 1000) + "\x00\x01",
	} {
		_, err := Open(context.Background(), strings.NewReader(content), int64(len(content)), DefaultLimits())
		if !errors.Is(err, ErrNotASheet) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCSVLimits(t *testing.T) {
	for name, content := range map[string]string{
		"rows":    "a;b;c\n" + strings.Repeat("1;2;3\n", 200_000),
		"columns": "a;b;c\n" + strings.Repeat(";", 2000) + "x\n",
		"a cell":  "a;b;c\n1;\"" + strings.Repeat("x", 100_000) + "\";2\n",
	} {
		if err := readAll([]byte("sep=;\n"+content), DefaultLimits()); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Quotes that are not closed must not make reading quadratic.
	quotes := "sep=;\n" + strings.Repeat("\"a;b\n", 100_000)
	if err := readAll([]byte(quotes), DefaultLimits()); err != nil {
		t.Error(err)
	}
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{csvRoster, "sep=,\n\"a\"\"b\",c\r\n,\n", "\"a;\n\"b\";c\n", "a|b\n\xE0\xCC|c\n", utf16XML("a\tb\nc\td", false)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		limits := fuzzLimits()
		book, err := Open(context.Background(), bytes.NewReader(content), int64(len(content)), limits)
		if err != nil || book.Format() != "csv" {
			return
		}
		grid, err := book.Read(context.Background(), 0)
		if err != nil {
			return
		}
		checkGrid(t, grid, limits)
		if text := book.(*csvBook).text; !utf8.ValidString(text) {
			t.Fatalf("text %q", text)
		}
	})
}
