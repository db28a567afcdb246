package push

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// fixtures are workbooks of four programs, each with the sheet that is
// commented.
var fixtures = []struct{ file, sheet string }{
	{"stc.xlsx", "Bieu 1"},            // XlsxWriter
	{"sonha.xlsx", "Bieu 1"},          // XlsxWriter, frozen panes, 100 rows
	{"thads.xlsx", "Sheet1"},          // LibreOffice
	{"dkdt.xlsx", "TCLLCT TT"},        // openpyxl, 14 sheets, inline strings
	{"openpyxl.xlsx", "Danh sách"},    // chart, picture, comments, names, hidden sheets
	{"libreoffice.xlsx", "Danh sách"}, // the same and a pivot table, saved by LibreOffice
}

func TestAnnotateFixtures(t *testing.T) {
	for _, tt := range fixtures {
		t.Run(tt.file, func(t *testing.T) {
			original := readFixture(t, tt.file)
			once := annotate(t, original, sampleTab(tt.sheet), sampleComments(tt.sheet))
			if dir := os.Getenv("ANNOTATED"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, tt.file), once, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			checkPackage(t, original, once)
			untouched(t, original, once, "?Content_Types?.xml", "xl/workbook.xml", "xl/_rels/*", "xl/styles.xml",
				"xl/worksheets/*.xml", "xl/worksheets/_rels/*", "xl/comments*", "xl/comments/*", "xl/drawings/*.vml")
			onlyAdded(t, original, once)
			sameCells(t, original, once, reconcileTab)
			sameBytes(t, once, annotate(t, once, sampleTab(tt.sheet), sampleComments(tt.sheet)))
			if again := annotate(t, original, sampleTab(tt.sheet), sampleComments(tt.sheet)); !bytes.Equal(once, again) {
				t.Error("the same input gives other bytes")
			}
		})
	}
}

const reconcileTab = "SAI LỆCH"

var (
	addedSheet    = regexp.MustCompile(`<sheet [^>]*name="SAI LỆCH"[^>]*/>`)
	addedNames    = regexp.MustCompile(`<definedName name="(_xlnm._FilterDatabase|_xlnm.Print_Titles)" localSheetId="0"[^>]*>[^<]*</definedName>`)
	emptyNames    = regexp.MustCompile(`<definedNames>\s*</definedNames>|<definedNames/>`)
	activeAndSeen = regexp.MustCompile(`(activeTab|firstSheet)="\d+"`)
	localID       = regexp.MustCompile(`localSheetId="\d+"`)
	addedDrawing  = regexp.MustCompile(`<legacyDrawing [^>]*/>`)
	isSelected    = regexp.MustCompile(`tabSelected="(1|true)"`)
	countedList   = regexp.MustCompile(` count="\d+"`)
)

// onlyAdded checks that taking the additions out of the touched parts gives
// the parts as they were.
func onlyAdded(t *testing.T, before, after []byte) {
	t.Helper()
	was, _ := parts(t, before)
	now, _ := parts(t, after)
	for name, content := range was {
		got := now[name]
		switch {
		case got == content:
		case name == "xl/workbook.xml":
			got = addedSheet.ReplaceAllString(addedNames.ReplaceAllString(got, ""), "")
			for _, r := range []*regexp.Regexp{emptyNames, activeAndSeen, localID} {
				got, content = r.ReplaceAllString(got, ""), r.ReplaceAllString(content, "")
			}
			sameText(t, name, content, got)
		case strings.HasPrefix(name, "xl/worksheets/sheet"):
			got, content = addedDrawing.ReplaceAllString(got, ""), addedDrawing.ReplaceAllString(content, "")
			sameText(t, name, isSelected.ReplaceAllString(content, `tabSelected="0"`), got)
		case name == "xl/styles.xml":
			stylesGrew(t, content, got)
		default:
			// Lists that grew: everything that was there is there, in order.
			rest := countedList.ReplaceAllString(got, "")
			for piece := range strings.SplitSeq(countedList.ReplaceAllString(content, ""), "<") {
				_, after, found := strings.Cut(rest, strings.TrimSuffix(piece, "/>"))
				if !found {
					t.Errorf("%s lost %q", name, piece)
					break
				}
				rest = after
			}
		}
	}
}

func sameText(t *testing.T, name, want, got string) {
	t.Helper()
	if want != got {
		t.Errorf("%s differs by more than the additions:\n%s", name, cmp.Diff(strings.Split(want, "<"), strings.Split(got, "<")))
	}
}

func stylesGrew(t *testing.T, before, after string) {
	t.Helper()
	was, err := parseStyles([]byte(before))
	if err != nil {
		t.Fatal(err)
	}
	now, err := parseStyles([]byte(after))
	if err != nil {
		t.Fatal(err)
	}
	for name, list := range was.lists {
		if got := now.lists[name].items; len(got) < len(list.items) || !slices.Equal(got[:len(list.items)], list.items) {
			t.Errorf("styles: the entries of %s have moved", name)
		}
	}
	for i, e := range was.children {
		if list := was.lists[e.local()]; list == nil {
			sameText(t, "styles", before[e.start():e.end()], after[now.children[i].start():now.children[i].end()])
		}
	}
}

// sameCells checks with another reader that no cell of the agency's sheets has
// changed its value, formula or style, and that our tab is in front.
func sameCells(t *testing.T, before, after []byte, tab string) {
	t.Helper()
	was, now := openExcelize(t, before), openExcelize(t, after)
	if got, want := now.GetSheetList(), append([]string{tab}, was.GetSheetList()...); !slices.Equal(got, want) {
		t.Fatalf("sheets %q, want %q", got, want)
	}
	if i := now.GetActiveSheetIndex(); i != 0 {
		t.Errorf("sheet %d is active", i)
	}
	for _, sheet := range was.GetSheetList() {
		if diff := cmp.Diff(cellsOf(t, was, sheet), cellsOf(t, now, sheet)); diff != "" {
			t.Errorf("%s (-was +now):\n%s", sheet, diff)
		}
		a, errA := was.GetSheetVisible(sheet)
		b, errB := now.GetSheetVisible(sheet)
		if a != b || errA != nil || errB != nil {
			t.Errorf("%s: visible %v, was %v", sheet, b, a)
		}
	}
}

func openExcelize(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func cellsOf(t *testing.T, f *excelize.File, sheet string) map[string]string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	cells := make(map[string]string)
	for r := range rows {
		for c := range rows[r] {
			name := cellName(c+1, r+1)
			formula, err := f.GetCellFormula(sheet, name)
			if err != nil {
				t.Fatal(err)
			}
			style, err := f.GetCellStyle(sheet, name)
			if err != nil {
				t.Fatal(err)
			}
			cells[name] = strings.Join([]string{rows[r][c], formula, string(rune('0' + style))}, "|")
		}
	}
	merges, err := f.GetMergeCells(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range merges {
		cells[m[0]] = m.GetCellValue()
	}
	return cells
}

func TestTheTabAsAnotherReaderSeesIt(t *testing.T) {
	tab := sampleTab("Bieu 1")
	f := openExcelize(t, annotate(t, readFixture(t, "stc.xlsx"), tab, sampleComments("Bieu 1")))
	rows, err := f.GetRows(reconcileTab)
	if err != nil {
		t.Fatal(err)
	}
	header := tab.FreezeRow
	if got := rows[header-1]; got[0] != "Mã" || got[12] != "Phản hồi" || got[14] != "Ý kiến của Ban Tổ chức" {
		t.Errorf("header %q", got)
	}
	if got := rows[header]; got[1] != "lỗi" || got[4] != "Nguyễn Thị Hồng Đào" || got[10] != "01/03/2024" {
		t.Errorf("first finding %q", got)
	}
	linked, target, err := f.GetCellHyperLink(reconcileTab, cellName(6, header+1))
	if err != nil || !linked || target != "'Bieu 1'!C9" {
		t.Errorf("link %v %q %v", linked, target, err)
	}
	lists, err := f.GetDataValidations(reconcileTab)
	if err != nil || len(lists) != 1 || !strings.Contains(lists[0].Formula1, "đã sửa,dữ liệu đúng,xin ý kiến,rút đăng ký") {
		t.Errorf("drop-downs %+v, %v", lists, err)
	}
	formulas := 0
	for i := range rows {
		for j := range rows[i] {
			if formula, _ := f.GetCellFormula(reconcileTab, cellName(j+1, i+1)); formula != "" {
				formulas++
			}
		}
	}
	if formulas > 0 {
		t.Errorf("%d formulas", formulas)
	}
	names := make(map[string]string)
	for _, n := range f.GetDefinedName() {
		if n.Scope == reconcileTab {
			names[n.Name] = n.RefersTo
		}
	}
	want := map[string]string{
		"_xlnm._FilterDatabase": "'SAI LỆCH'!$A$7:$O$11",
		"_xlnm.Print_Titles":    "'SAI LỆCH'!$7:$7",
	}
	if !maps.Equal(names, want) {
		t.Errorf("names %v", names)
	}
}

func TestCommentsAsAnotherReaderSeesThem(t *testing.T) {
	f := openExcelize(t, annotate(t, readFixture(t, "stc.xlsx"), sampleTab("Bieu 1"), sampleComments("Bieu 1")))
	list, err := f.GetComments("Bieu 1")
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for _, c := range list {
		if c.Author != author {
			t.Errorf("%s is signed %q", c.Cell, c.Author)
		}
		text := c.Text
		for _, run := range c.Paragraph {
			text += run.Text
		}
		got[c.Cell] = text
	}
	want := map[string]string{
		"C9":  "[Đối soát] LỖI: Ngày sinh 30/02/1980 không có trong lịch. Ghi lại ngày sinh đúng.",
		"E10": "[Đối soát] LỖI: Số căn cước chỉ có 11 chữ số.\n[Đối soát] CẢNH BÁO: Số căn cước có ở dòng 15 nữa.",
		"G14": "[Đối soát] THÔNG TIN: Ô chức vụ để trống. <Bổ sung> & \"ghi rõ\".",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("comments (-want +got):\n%s", diff)
	}
}
