package push

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
)

// richBook is a workbook with most of what a library that saves it again could
// lose: a chart, a picture, a pivot table, form controls, conditional formats,
// comments, a filter, names, a hidden sheet, a sheet picture in the header.
func richBook(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "Danh sách"))
	must(f.SetSheetRow("Danh sách", "A2", &[]any{"TT", "Họ và tên", "Đơn vị", "Số tiền"}))
	for i := 1; i <= 20; i++ {
		must(f.SetSheetRow("Danh sách", cellName(1, i+2), &[]any{
			i, "Nguyễn Văn " + string(rune('A'+i)), []string{"Sở Tài chính", "Sở Nội vụ"}[i%2], i * 1_000_000,
		}))
	}
	must(f.SetCellFormula("Danh sách", "D23", "SUM(D3:D22)"))
	must(f.MergeCell("Danh sách", "B14", "B15"))
	for _, sheet := range []string{"Thống kê", "Danh mục", "Ý kiến"} {
		_, err := f.NewSheet(sheet)
		must(err)
	}
	must(f.AddPivotTable(&excelize.PivotTableOptions{
		DataRange: "Danh sách!A2:D22", PivotTableRange: "Thống kê!A3:B8",
		Rows: []excelize.PivotTableField{{Data: "Đơn vị"}}, Data: []excelize.PivotTableField{{Data: "Số tiền", Subtotal: "Sum"}},
		RowGrandTotals: true, ShowDrill: true,
	}))
	must(f.AddChart("Danh sách", "H2", &excelize.Chart{
		Type: excelize.Col, Series: []excelize.ChartSeries{{Name: "'Danh sách'!$D$2", Values: "'Danh sách'!$D$3:$D$12"}},
	}))
	var picture bytes.Buffer
	must(png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))))
	must(f.AddPictureFromBytes("Danh mục", "A1", &excelize.Picture{Extension: ".png", File: picture.Bytes()}))
	must(f.AddComment("Danh sách", excelize.Comment{Cell: "C9", Author: "Lê Thị Ngân", Text: "Đã kiểm tra hồ sơ gốc"}))
	must(f.AddComment("Danh sách", excelize.Comment{Cell: "B3", Author: "Lê Thị Ngân", Text: "Trưởng đoàn"}))
	must(f.AddFormControl("Ý kiến", excelize.FormControl{Cell: "C4", Type: excelize.FormControlButton, Text: "Gửi"}))
	rule, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: "9A0511"}})
	must(err)
	must(f.SetConditionalFormat("Danh sách", "D3:D22", []excelize.ConditionalFormatOptions{
		{Type: "cell", Criteria: ">", Value: "10000000", Format: &rule},
	}))
	must(f.AutoFilter("Danh sách", "A2:D22", nil))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "Rieng", RefersTo: "'Ý kiến'!$A$1", Scope: "Ý kiến"}))
	must(f.SetSheetVisible("Danh mục", false))
	f.SetActiveSheet(1)
	var out bytes.Buffer
	must(f.Write(&out))
	return out.Bytes()
}

func TestAnnotateARichBook(t *testing.T) {
	original := richBook(t)
	comments := append(sampleComments("Danh sách"),
		Comment{Sheet: "Danh sách", Cell: "B15", Severity: reconcile.SeverityError, Text: "Trong ô gộp."},
		Comment{Sheet: "Ý kiến", Cell: "A1", Severity: reconcile.SeverityInfo, Text: "Bên nút bấm."})
	once := annotate(t, original, sampleTab("Danh sách"), comments)
	checkPackage(t, original, once)
	sameCells(t, original, once, reconcileTab)
	untouched(t, original, once, "?Content_Types?.xml", "xl/workbook.xml", "xl/_rels/*", "xl/styles.xml", "xl/worksheets/*.xml",
		"xl/worksheets/_rels/*", "xl/comments*", "xl/drawings/vmlDrawing*")
	sameBytes(t, once, annotate(t, once, sampleTab("Danh sách"), comments))
	f := openExcelize(t, once)
	got := commentTexts(t, f, "Danh sách")
	if want := "Đã kiểm tra hồ sơ gốc\n[Đối soát] LỖI: Ngày sinh 30/02/1980 không có trong lịch. Ghi lại ngày sinh đúng."; got["C9"] != want {
		t.Errorf("C9: %q, want %q", got["C9"], want)
	}
	if got["B3"] != "Trưởng đoàn" || !strings.Contains(got["B14"], "Trong ô gộp.") || got["B15"] != "" {
		t.Errorf("comments %q", got)
	}
	if got := commentTexts(t, f, "Ý kiến"); !strings.Contains(got["A1"], "Bên nút bấm.") {
		t.Errorf("comments beside the button %q", got)
	}
	for sheet, want := range map[string]int{"Danh sách": 0, "Ý kiến": 1} {
		controls, err := f.GetFormControls(sheet)
		if err != nil || len(controls) != want {
			t.Errorf("%s has %d form controls, %v", sheet, len(controls), err)
		}
	}
	pivots, err := f.GetPivotTables("Thống kê")
	if err != nil || len(pivots) != 1 {
		t.Errorf("%d pivot tables, %v", len(pivots), err)
	}
}

// TestNoFindingsLeft: what was written into comments is taken back when there
// is nothing to say any more, and other people's comments stay.
func TestNoFindingsLeft(t *testing.T) {
	original := richBook(t)
	comments := append(sampleComments("Danh sách"), Comment{Sheet: "Thống kê", Cell: "A1", Text: "x"})
	once := annotate(t, original, sampleTab("Danh sách"), comments)
	after := annotate(t, once, sampleTab("Danh sách"), nil)
	checkPackage(t, original, after)
	got := commentTexts(t, openExcelize(t, after), "Danh sách")
	want := map[string]string{"C9": "Đã kiểm tra hồ sơ gốc", "B3": "Trưởng đoàn"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("comments (-want +got):\n%s", diff)
	}
	was, _ := parts(t, annotate(t, original, sampleTab("Danh sách"), nil))
	now, _ := parts(t, after)
	for name := range now {
		if _, ok := was[name]; !ok {
			t.Errorf("%s is left behind", name)
		}
	}
}

// TestSentBack: staff rename and move the tab, write a formula into it, and
// another program saves the file.
func TestSentBack(t *testing.T) {
	once := annotate(t, richBook(t), sampleTab("Danh sách"), sampleComments("Danh sách"))
	f := openExcelize(t, once)
	for _, err := range []error{
		f.SetSheetName(reconcileTab, "Trả lời"),
		f.MoveSheet("Trả lời", "Ý kiến"),
		f.SetCellFormula("Trả lời", "N8", "1+1"),
		f.SetCellStr("Trả lời", "M8", "đã sửa"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var sent bytes.Buffer
	if err := f.Write(&sent); err != nil {
		t.Fatal(err)
	}
	again := annotate(t, sent.Bytes(), sampleTab("Danh sách"), sampleComments("Danh sách"))
	checkPackage(t, sent.Bytes(), again)
	g := openExcelize(t, again)
	want := []string{reconcileTab, "Danh sách", "Thống kê", "Danh mục", "Ý kiến"}
	if got := g.GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("sheets %q, want %q", got, want)
	}
	if got := commentTexts(t, g, "Danh sách"); strings.Count(got["C9"]+got["E10"]+got["G14"], noteHead) != 4 {
		t.Errorf("comments %q", got)
	}
}

// sameBytes names the parts in which two packages differ.
func sameBytes(t *testing.T, once, twice []byte) {
	t.Helper()
	if bytes.Equal(once, twice) {
		return
	}
	was, orderWas := parts(t, once)
	now, orderNow := parts(t, twice)
	t.Errorf("annotating twice differs from once: %s", cmp.Diff(orderWas, orderNow))
	for name := range was {
		if was[name] != now[name] {
			t.Errorf("%s:\n%s", name, cmp.Diff(strings.Split(was[name], "<"), strings.Split(now[name], "<")))
		}
	}
}

// TestSentBackFixtures: an annotated copy of stc.xlsx that other programs have
// saved since; in the second the tab was renamed and moved.
func TestSentBackFixtures(t *testing.T) {
	for _, file := range []string{"sent-libreoffice.xlsx", "sent-openpyxl.xlsx"} {
		t.Run(file, func(t *testing.T) {
			sent := readFixture(t, file)
			again := annotate(t, sent, sampleTab("Bieu 1"), sampleComments("Bieu 1")[1:])
			checkPackage(t, sent, again)
			f := openExcelize(t, again)
			if got, want := f.GetSheetList(), []string{reconcileTab, "Bieu 1", "DanhMuc"}; !slices.Equal(got, want) {
				t.Errorf("sheets %q, want %q", got, want)
			}
			got := commentTexts(t, f, "Bieu 1")
			if len(got) != 2 || strings.Count(got["E10"], noteHead) != 2 || strings.Count(got["G14"], noteHead) != 1 {
				t.Errorf("comments %q", got)
			}
			sameBytes(t, again, annotate(t, again, sampleTab("Bieu 1"), sampleComments("Bieu 1")[1:]))
		})
	}
}

func commentTexts(t *testing.T, f *excelize.File, sheet string) map[string]string {
	t.Helper()
	list, err := f.GetComments(sheet)
	if err != nil {
		t.Fatal(err)
	}
	texts := make(map[string]string)
	for _, c := range list {
		text := c.Text
		for _, run := range c.Paragraph {
			text += run.Text
		}
		texts[c.Cell] += text
	}
	return texts
}
