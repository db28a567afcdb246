package push

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// sampleTab is a tab as package report lays it out, about a sheet of that name.
func sampleTab(sheet string) report.Tab {
	data := &report.Data{
		Plan: &reconcile.Plan{
			ID: "quang-ngai-2024", Title: "Kế hoạch đào tạo, bồi dưỡng cán bộ, công chức, viên chức năm 2024",
			Issuer: "Ban Thường vụ Tỉnh ủy Quảng Ngãi",
		},
		Register: &reconcile.Register{Agencies: []reconcile.Agency{{Code: "S05", Name: "Sở Tài chính"}}},
		Run:      reconcile.Run{ID: 7, Started: time.Date(2024, 3, 12, 18, 5, 0, 0, time.UTC)},
		Rules: map[string]string{
			"DL02": "Ngày sinh không có thật", "DL03": "Số căn cước không hợp lệ",
			"TL01": "Một người đăng ký hai lần", "DL09": "Thiếu chức vụ",
		},
	}
	doc := &reconcile.Document{Source: "folder:inbox/S05/dang ky.xlsx", File: "dang ky.xlsx", Agency: "S05"}
	doc.Sheets = []reconcile.Sheet{{Name: sheet, NonEmptyRows: 26}}
	data.Documents = []*reconcile.Document{doc}
	place := func(row int, cell string) reconcile.Origin {
		return reconcile.Origin{Source: doc.Source, Sheet: sheet, Row: row, Cell: cell}
	}
	found := func(rule string, s reconcile.Severity, at reconcile.Origin, person, value, wanted, message, remedy string) {
		f := reconcile.Finding{
			Rule: rule, Severity: s, Subject: rule + at.String(), Agency: "S05", Person: person, Place: at,
			Found: value, Expected: wanted, Message: message, Remedy: remedy, LegalBasis: "Khoản 2 Điều 26 Luật Căn cước",
		}
		data.Discrepancies = append(data.Discrepancies, reconcile.Discrepancy{
			Code: f.Code("quang-ngai-2024"), Finding: f, Status: reconcile.StatusOpen,
			FirstSeen: time.Date(2024, 3, 1, 1, 0, 0, 0, time.UTC), New: rule == "DL02",
		})
	}
	found("DL02", reconcile.SeverityError, place(9, "C9"), "Nguyễn Thị Hồng Đào", "30/02/1980", "Một ngày có thật",
		"Ngày sinh 30/02/1980 không có trong lịch.", "Ghi lại ngày sinh đúng như giấy khai sinh hoặc căn cước.")
	found("DL03", reconcile.SeverityError, place(10, "E10"), "Trần Văn Bảy", "51079001234", "12 chữ số",
		"Số căn cước chỉ có 11 chữ số.", "Ghi lại đủ 12 chữ số, định dạng ô là văn bản.")
	found("TL01", reconcile.SeverityWarning, place(12, ""), "Phạm Minh Khôi", "Hai dòng", "Một dòng",
		"Có thể là cùng một người với dòng 15.", "Giữ lại một dòng; nếu là hai người thì ghi rõ ở cột Giải trình.")
	found("DL09", reconcile.SeverityInfo, place(14, "G14"), "Lê Thị Út", "=1+1", "Chức vụ hiện tại", "Ô chức vụ để trống.",
		"Bổ sung chức vụ.")
	data.Discrepancies[1].Response = &reconcile.Response{Answer: string(reconcile.AnswerFixed), Text: "Đã sửa theo căn cước mới."}
	return report.DiscrepancySheet(data, "S05", doc)
}

func sampleComments(sheet string) []Comment {
	return []Comment{
		{Sheet: sheet, Cell: "C9", Severity: reconcile.SeverityError, Text: "Ngày sinh 30/02/1980 không có trong lịch. Ghi lại ngày sinh đúng."},
		{Sheet: sheet, Cell: "E10", Severity: reconcile.SeverityError, Text: "Số căn cước chỉ có 11 chữ số."},
		{Sheet: sheet, Cell: "E10", Severity: reconcile.SeverityWarning, Text: "Số căn cước có ở dòng 15 nữa."},
		{Sheet: sheet, Cell: "G14", Severity: reconcile.SeverityInfo, Text: "Ô chức vụ để trống. <Bổ sung> & \"ghi rõ\"\x01."},
		{Sheet: "không có", Cell: "A1", Text: "không đặt được"},
		{Sheet: sheet, Cell: "nhầm", Text: "không đặt được"},
	}
}

func readFixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func annotate(t testing.TB, original []byte, tab report.Tab, comments []Comment) []byte {
	t.Helper()
	out, err := Annotate(bytes.NewReader(original), int64(len(original)), tab, comments)
	if err != nil {
		t.Fatalf("Annotate: %v", err)
	}
	return out
}

// parts reads a package: contents by name, and the names in order.
func parts(t testing.TB, data []byte) (map[string]string, []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	content := make(map[string]string)
	var order []string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		content[f.Name] = string(b)
		order = append(order, f.Name)
	}
	return content, order
}

// part is a part of a package that a test builds.
type part struct{ name, content string }

// buildPackage writes parts as most programs do, with data descriptors.
func buildPackage(t testing.TB, list []part) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range list {
		f, err := w.CreateHeader(&zip.FileHeader{
			Name: p.name, Method: zip.Deflate, Modified: time.Date(2024, 1, 15, 8, 30, 0, 0, time.UTC),
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, p.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// plainBook is a small workbook of hand-made parts. extra replaces or adds
// parts; an empty content leaves a part out.
func plainBook(t testing.TB, extra ...part) []byte {
	list := []part{
		{"[Content_Types].xml", xmlHeader + `<Types xmlns="` + partTypes + `"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + typeBook + `"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + typeSheet + `"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="` + typeSheet + `"/></Types>`},
		{"_rels/.rels", xmlHeader + `<Relationships xmlns="` + partRelations + `"><Relationship Id="rId1" Type="` + relOffice + `" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xmlHeader + `<workbook xmlns="` + mainNamespace + `" xmlns:r="` + relationNamespace + `"><sheets><sheet name="Danh sách" sheetId="4" r:id="rId1"/><sheet name="Bình Sơn's" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHeader + `<Relationships xmlns="` + partRelations + `"><Relationship Id="rId1" Type="` + relSheet + `" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + relSheet + `" Target="/xl/worksheets/sheet2.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", plainSheet("")},
		{"xl/worksheets/sheet2.xml", plainSheet("")},
	}
	for _, e := range extra {
		found := false
		for i := range list {
			if list[i].name == e.name {
				list[i].content, found = e.content, true
			}
		}
		if !found {
			list = append(list, e)
		}
	}
	kept := list[:0]
	for _, p := range list {
		if p.content != "" {
			kept = append(kept, p)
		}
	}
	return buildPackage(t, kept)
}

// plainSheet is a worksheet with a name in B2 and whatever follows its cells.
func plainSheet(after string) string {
	return xmlHeader + fmt.Sprintf(`<worksheet xmlns="%s"><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>`+
		`<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>Nguyễn Văn A</t></is></c></row></sheetData>%s</worksheet>`, mainNamespace, after)
}
