package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

// writeHTML writes a table as Excel 2003 saves a web page.
func writeHTML(_ testing.TB, tab table) []byte {
	var b strings.Builder
	b.WriteString(`<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8">` +
		`<style><!-- .xl24 {mso-number-format:"dd\/mm\/yyyy";} .xl25 {mso-number-format:"\@";} --></style></head><body><table>`)
	for _, col := range slices.Sorted(slices.Values(tab.hideCol)) {
		fmt.Fprintf(&b, `<col span=%d><col style='display:none'>`, col-1)
	}
	at := placed(tab)
	rows := slices.Sorted(maps.Keys(at))
	for row, next := 1, 0; next < len(rows); row++ {
		if rows[next] != row {
			b.WriteString("<tr></tr>")
			continue
		}
		next++
		hidden := ""
		if slices.Contains(tab.hidden, row) {
			hidden = ` style='height:15pt;display:none'`
		}
		b.WriteString("<tr" + hidden + ">")
		last := 0
		for _, col := range slices.Sorted(maps.Keys(at[row])) {
			b.WriteString(strings.Repeat("<td></td>", col-last-1))
			last = col
			span := ""
			for _, m := range tab.merges {
				if m.FirstRow == row && m.FirstCol == col {
					span = fmt.Sprintf(` colspan=%d rowspan="%d"`, m.LastCol-m.FirstCol+1, m.LastRow-m.FirstRow+1)
				}
			}
			b.WriteString("<td" + span + htmlValueOf(at[row][col]) + "</td>")
		}
		b.WriteString("</tr>\n")
	}
	return []byte(b.String() + "</table></body></html>")
}

func htmlValueOf(v any) string {
	switch v := v.(type) {
	case string:
		text := html.EscapeString(v)
		kept := "<span style='mso-spacerun:yes'>%</span>"
		return ` class=xl25 x:str>` + strings.NewReplacer("\n", "<br>", " ", strings.Replace(kept, "%", "\u00a0", 1), "\t", strings.Replace(kept, "%", "\t", 1)).Replace(text)
	case bool:
		return fmt.Sprintf(` x:bool="%v">`, strings.ToUpper(fmt.Sprint(v)))
	case date:
		return fmt.Sprintf(` class=xl24 x:num="%v">%s`, serialOf(v.time()), v)
	}
	return fmt.Sprintf(` align=right x:num="%v">`, v)
}

// asHTML is the table without line breaks at the ends of texts, and without
// texts of white space that is not seen.
func asHTML(tab table) table {
	reduced := tab
	reduced.cells = make(map[string]any)
	for name, v := range tab.cells {
		if text, ok := v.(string); ok {
			text = strings.TrimRight(text, "\n")
			if blank([]byte(text)) {
				continue
			}
			v = text
		}
		reduced.cells[name] = v
	}
	return reduced
}

func readHTML(t *testing.T, page string) (Book, string) {
	t.Helper()
	book := openBytes(t, []byte(page))
	return book, dump(readSheet(t, book, 0))
}

func TestHTMLCells(t *testing.T) {
	tests := []struct{ name, page, want string }{
		{"line breaks, entities and blanks", "<table><tr><td>\n  Nguyễn <b>Văn\n An</b><br>\n(tổ&nbsp;trưởng)</td><td>&#7910;BND &amp; H&#272;ND</td><td>&nbsp;</td></tr></table>", "A1=\"Nguyễn Văn An\n(tổ\u00a0trưởng)\" B1=\"ỦBND & HĐND\""},
		{"tags that are not closed", "<table><tr><td>a<td>b<tr><td>c<td>d", `A1="a" B1="b" A2="c" B2="d"`},
		{"cells without a row", "<table><td>a</td><td>b</td></table>", `A1="a" B1="b"`},
		{"spans", `<table><tr><td rowspan=2>TT</td><td colspan="2">Năm sinh</td><td rowspan="2">Lớp</td></tr><tr><td>Nam</td><td>Nữ</td></tr><tr><td>1</td><td>1979</td><td></td><td>x</td></tr></table>`, `A1="TT" B1="Năm sinh" D1="Lớp" B2="Nam" C2="Nữ" A3="1" B3="1979" D3="x"`},
		{"paragraphs are lines", "<table><tr><td><p>a</p><p>b</p></td><td><div>c</div></td></tr></table>", "A1=\"a\nb\" B1=\"c\""},
		{"what is not shown", `<style>.k{display:none}</style><table><tr><td><span class=k>19790815 <span>x</span></span>15/08/1979<img style="display:none"><script>var a = 1</script> sau</td></tr><tr style="display: none"><td>ẩn</td></tr><tr hidden><td>nữa</td></tr></table>`, `A1="15/08/1979 sau" ~A2="ẩn" ~A3="nữa"`},
		{"values of Excel", `<table><tr><td x:num>51079001234</td><td x:num="29082" style='mso-number-format:"Short Date"'>15/8/79</td><td x:bool="TRUE">Đúng</td><td x:err="#N/A">#N/A</td><td x:str="'0123">0123</td><td x:num="2" x:fmla="=A1">2</td><td x:num>?</td></tr></table>`, `A1=51079001234 B1=d15/08/1979 C1=bTRUE D1=e#N/A E1="0123" F1==2 G1="?"`},
		{"values of LibreOffice", `<table><tr><td sdval="29082" sdnum="1033;0;DD/MM/YYYY">15/08/79</td><td sdval="51079001234" sdnum="1033;">5E+10</td><td sdval="1" sdnum="1033;1033;BOOLEAN">TRUE</td><td sdval="0" sdnum="1033;">#DIV/0!</td></tr></table>`, `A1=d15/08/1979 B1=51079001234 C1=bTRUE D1=e#DIV/0!`},
		{"values of SheetJS", `<table><tr><td data-t="n" data-v="29082" data-z="dd/mm/yyyy">15/08/1979</td><td data-t="n" data-v="51079001234">5.1E+10</td><td data-t="b" data-v="true">TRUE</td><td data-t="s" data-v="Phạm "An"">Phạm "An"</td><td data-t="e" data-v="42">#N/A</td><td data-t="z"></td></tr></table>`, `A1=d15/08/1979 B1=51079001234 C1=bTRUE D1="Phạm "An"" E1=e#N/A`},
		{"days counted from 1904", `<table><tr><td sdval="27454" sdnum="1033;0;DD/MM/YYYY">02/03/1979</td><td sdval="43538.25" sdnum="1033;0;DD/MM/YYYY HH:MM">15/03/2023 06:00</td><td sdval="0" sdnum="1033;0;DD/MM/YYYY">01/01/1904</td><td sdval="27454" sdnum="1033;0;DD/MM/YY">02/03/79</td><td x:num="27454" style='mso-number-format:"Short Date"'>2/3/1979</td></tr></table>`, `A1=d02/03/1979 B1=d15/03/2023 06:00 C1=d01/01/1904 D1=d02/03/1979 E1=d02/03/1979`},
		{"days counted from 1900", `<table><tr><td sdval="28916" sdnum="1033;0;DD/MM/YY">02/03/79</td><td sdval="28916" sdnum="1033;0;MMM YYYY">Mar 1979</td><td sdval="28916" sdnum="1033;0;DD/MM/YYYY">###</td><td sdval="0.25" sdnum="1033;0;HH:MM">06:00</td></tr></table>`, `A1=d02/03/1979 B1=d02/03/1979 C1=d02/03/1979 D1=d06:00`},
		{"a table for the looks in a cell", `<table><tr><td>a</td><td><table><tr><td>b</td></tr><tr><td>c</td></tr></table> d</td></tr></table>`, "A1=\"a\" B1=\"b\nc d\""},
		{"digits stay text", `<table><tr><td>0905123456</td><td>08/12/1983</td></tr></table>`, `A1="0905123456" B1="08/12/1983"`},
		{"blank rows count", `<table><tr><td>a</td></tr><tr></tr><tr><td>&nbsp;</td></tr><tr><td>b</td></tr></table>`, `A1="a" A4="b"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, got := readHTML(t, tt.page); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestHTMLSheets(t *testing.T) {
	names := func(page string) (names []string) {
		for _, info := range openBytes(t, []byte(page)).Sheets() {
			names = append(names, info.Name)
		}
		return names
	}
	data := `<tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>`
	excel := `<html><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>Biểu 1 &amp; 2</x:Name></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]-->`
	for name, tt := range map[string]struct {
		page string
		want []string
	}{
		"Excel's name":              {excel + `<table>` + data, []string{"Biểu 1 & 2"}},
		"one without a name":        {`<table>` + data, []string{""}},
		"several without names":     {`<table>` + data + `<table><tr><td>&nbsp;</td></tr></table><table>` + data, []string{"Bảng 1", "Bảng 2"}},
		"headings and captions":     {`<html><h2>Danh sách <i>lớp 1</i></h2><table>` + data + `<table><caption>Lớp 2</caption>` + data, []string{"Danh sách lớp 1", "Lớp 2"}},
		"a layout table around one": {`<table><tr><td><table>` + data + `</td></tr></table>`, []string{""}},
	} {
		if diff := cmp.Diff(tt.want, names(tt.page)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestHTMLAbove(t *testing.T) {
	page := `<html><title>x</title><p>TỈNH ỦY&nbsp;QUẢNG NGÃI<br><b>BAN</b> DÂN VẬN<div>Danh sách
		đăng ký</div><table><caption>Lớp 1</caption><tr><td>1</td><td>2</td></tr></table>Ghi chú<h3>Danh sách 2</h3><table><tr><td>3<td><table><tr><td>a</table></tr></table>`
	book := openBytes(t, []byte(page))
	for i, want := range [][]string{
		{"TỈNH ỦY QUẢNG NGÃI", "BAN DÂN VẬN", "Danh sách đăng ký", "Lớp 1"},
		{"Ghi chú", "Danh sách 2"},
	} {
		if diff := cmp.Diff(want, readSheet(t, book, i).Above); diff != "" {
			t.Errorf("table %d: %s", i+1, diff)
		}
	}
}

func TestHTMLStyles(t *testing.T) {
	page := `<html><style>td {font-family:".VnTime"; mso-number-format:General} td.xl1, .xl2 {mso-number-format:"\#\,\#\#0\0022 đ\0022";font-family:Arial, sans-serif}</style>` +
		`<table><col span=2><col style="display:none" span=2><tr><td>Céng</td><td class="xl1 x">1</td><td class=xl2 style='mso-number-format:"\@"'>2</td><td class=xl1><font face="VNI-Times">Coäng</font></td><td style="font-family:'Times New Roman'">x</td></tr></table>`
	grid := readSheet(t, openBytes(t, []byte(page)), 0)
	var got []string
	for _, c := range grid.Rows[0].Cells {
		got = append(got, c.Text+"|"+c.Format()+"|"+c.Font())
	}
	if diff := cmp.Diff([]string{"Céng||.VnTime", `1|\#\,\#\#0" đ"|`, "2|@|", `Coäng|\#\,\#\#0" đ"|VNI-Times`, "x||"}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[int]bool{3: true, 4: true}, grid.HiddenCols); diff != "" {
		t.Error(diff)
	}
}

func TestHTMLEncodings(t *testing.T) {
	const body = "<table><tr><td>Nguyễn Thị Ánh Tuyết, ư ơ ă đ</td></tr></table>"
	windows, err := charmap.Windows1258.NewEncoder().String(apart(body))
	must(t, err)
	old := "<table><tr><td>L\xAD\xACng Th\xDE H\xAD\xACng</td></tr></table>"
	meta := func(charset string) string {
		return `<html><meta http-equiv="Content-Type" content="text/html; charset=` + charset + `">`
	}
	const want = `A1="Nguyễn Thị Ánh Tuyết, ư ơ ă đ"`
	for name, tt := range map[string]struct{ page, want string }{
		"nothing named":           {body, want},
		"UTF-8":                   {`<html><meta charset="utf-8">` + body, want},
		"UTF-8 by another name":   {meta("windows-1252") + body, want},
		"Windows-1258":            {meta("windows-1258") + windows, want},
		"Windows-1258, not named": {"<html>" + windows, want},
		"UTF-16":                  {utf16XML(meta("utf-16")+body, false), want},
		"TCVN3":                   {meta("x-user-defined") + old, "A1=\"L\u00ad\u00acng ThÞ H\u00ad\u00acng\""},
	} {
		if _, got := readHTML(t, tt.page); got != tt.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// What LibreOffice writes as HTML is the workbook that it wrote it from.
func TestHTMLAgreesWithXLSX(t *testing.T) {
	want := openBytes(t, readFile(t, "testdata/samples/DS trich ngang CCLLCT_Thanh uy QNg.xlsx"))
	got := openBytes(t, readFile(t, "testdata/html/DS trich ngang CCLLCT_Thanh uy QNg.html"))
	for i, info := range want.Sheets() {
		x, y := readSheet(t, want, i), readSheet(t, got, i)
		if !strings.HasSuffix(y.Name, ": "+info.Name) {
			t.Errorf("sheet %q is %q", info.Name, y.Name)
		}
		// LibreOffice leaves out blanks at the end, which nobody sees.
		trim := cmp.Transformer("trim", strings.TrimSpace)
		if diff := cmp.Diff(filled(x, nil), filled(y, nil), trim); diff != "" {
			t.Errorf("sheet %s: %s", info.Name, diff)
		}
		if diff := cmp.Diff(x.Merges, y.Merges); diff != "" {
			t.Errorf("sheet %s: merges: %s", info.Name, diff)
		}
	}
}

func TestHTMLRefused(t *testing.T) {
	row := func(n int) string { return strings.Repeat("<tr><td>x", n) }
	for name, tt := range map[string]struct {
		page   string
		reason error
	}{
		"no table":         {"<html><p>Kính gửi", ErrNotASheet},
		"a blank table":    {"<table><tr><td>&nbsp;</table>", ErrEmpty},
		"frames":           {`<html><frameset><frame src="sheet001.htm"></frameset>`, ErrUnsupported},
		"nested tables":    {strings.Repeat("<table><tr><td>", 100_000), ErrTooLarge},
		"rows":             {"<table>" + row(200_001), ErrTooLarge},
		"columns":          {"<table><tr><td colspan=2000>a<td>b", ErrTooLarge},
		"tables":           {strings.Repeat("<table><tr><td>x</table>", 257), ErrTooLarge},
		"a long text":      {"<table><tr><td>" + strings.Repeat("ệ", 40_000), ErrTooLarge},
		"an endless tag":   {"<table><tr><td " + strings.Repeat("x", 5<<20), ErrTooLarge},
		"broken by <br>s":  {"<table><tr><td>a" + strings.Repeat("<br>", 100_000) + "b", ErrTooLarge},
		"merged and wide":  {"<table><tr>" + strings.Repeat("<td rowspan=9999999 colspan=9999999>x", 3), ErrTooLarge},
		"deep other marks": {"<table><tr><td>x" + strings.Repeat("<b>", 300_000), nil},
	} {
		if err := readAll([]byte(tt.page), DefaultLimits()); !errors.Is(err, tt.reason) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		`<table><col style="display:none"><tr><td rowspan=2 colspan=3>a<br>b<td x:num="29082" style='mso-number-format:"dd\/mm\/yyyy"'>x<tr><td><table><tr><td>1<td>2<tr><td>3<td>4</table></table>`,
		`<style>td.x{mso-number-format:"\0022";display:none}</style><table><caption>a</caption><tr hidden><th class=x>&nbsp;<span style="mso-spacerun:yes"> </span><td sdval="1" sdnum="1;1;BOOLEAN">`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		limits := fuzzLimits().orDefault()
		src := &source{r: bytes.NewReader(content), size: int64(len(content)), limits: limits}
		book, err := openHTML(context.Background(), src)
		if err != nil {
			return
		}
		for i := range book.Sheets() {
			if grid, err := book.Read(context.Background(), i); err == nil {
				checkGrid(t, grid, limits)
			}
		}
	})
}
