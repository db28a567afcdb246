package push

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"doisoat/reconcile"
)

const bookOpen = xmlHeader + `<workbook xmlns="` + mainNamespace + `" xmlns:r="` + relationNamespace + `">`

// TestStructures: what workbooks may look like inside, and what has to stand in
// a part of the copy.
func TestStructures(t *testing.T) {
	sheets := `<sheets><sheet name="Danh sách" sheetId="4" r:id="rId1"/><sheet name="Bình Sơn's" sheetId="2" r:id="rId2"/></sheets>`
	comments := []Comment{{Sheet: "Danh sách", Cell: "B2", Text: "Sai", Severity: reconcile.SeverityError}}
	withComments := func(body string) []part {
		return []part{
			{"xl/worksheets/_rels/sheet1.xml.rels", `<Relationships xmlns="` + partRelations + `"><Relationship Id="a" Type="` + relComments + `" Target="../ghi chú/c.xml"/></Relationships>`},
			{"xl/ghi chú/c.xml", `<comments xmlns="` + mainNamespace + `"><authors><author>tc={1}</author><author>An</author></authors><commentList>` + body + `</commentList></comments>`},
		}
	}
	for _, tt := range []struct {
		name  string
		parts []part
		in    string // a part of the copy
		want  string // stands in it
		never string // does not
	}{
		{name: "no views, no styles, no names", in: "xl/workbook.xml", want: `<sheets><sheet name="SAI LỆCH" sheetId="5" r:id="rId4"/><sheet name="Danh sách"`},
		{name: "a styles part is added", in: "xl/styles1.xml", want: `<cellXfs count="`},
		{
			name: "views, names, protection", parts: []part{{"xl/workbook.xml", bookOpen +
				`<workbookPr date1904="1"/><workbookProtection lockStructure="1"/><bookViews><workbookView firstSheet="1" activeTab="1"/><workbookView activeTab="1"/></bookViews>` +
				sheets + `<externalReferences/><definedNames><definedName name="_xlnm.Print_Area" localSheetId="1">'Bình Sơn''s'!$A$1</definedName></definedNames><calcPr calcId="1"/></workbook>`}},
			in: "xl/workbook.xml", want: `<workbookView firstSheet="0" activeTab="0"/><workbookView activeTab="0"/>`, never: `localSheetId="1"`,
		},
		{
			name: "names come after external references", parts: []part{{"xl/workbook.xml", bookOpen + sheets + `<externalReferences/><calcPr/></workbook>`}},
			in: "xl/workbook.xml", want: `<externalReferences/><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">`,
		},
		{
			name: "a date system of its own", parts: []part{{"xl/workbook.xml", bookOpen + `<workbookPr date1904="true"/>` + sheets + `</workbook>`}},
			in: "xl/worksheets/sheet3.xml", want: `<v>43890</v>`, // 01/03/2024
		},
		{
			name: "prefixes", parts: []part{
				{"xl/workbook.xml", `<x:workbook xmlns:x="` + mainNamespace + `" xmlns:q="` + relationNamespace + `"><x:sheets><x:sheet name="Danh sách" sheetId="1" q:id="rId1"/></x:sheets></x:workbook>`},
				{"xl/worksheets/sheet1.xml", `<x:worksheet xmlns:x="` + mainNamespace + `"><x:sheetData/><x:tableParts count="0"/></x:worksheet>`},
			},
			in: "xl/worksheets/sheet1.xml", want: `<x:sheetData/><x:legacyDrawing xmlns:r="` + relationNamespace + `" r:id="rId2"/><x:tableParts count="0"/>`,
		},
		{
			name: "the drawing stands before controls", parts: []part{{"xl/worksheets/sheet1.xml", plainSheet(
				`<pageMargins/><mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent><extLst/>`)}},
			in: "xl/worksheets/sheet1.xml", want: `<pageMargins/><legacyDrawing xmlns:r="` + relationNamespace + `" r:id="rId2"/><mc:AlternateContent`,
		},
		{
			name: "another's plain comment", parts: withComments(`<comment ref="B2" authorId="1"><text><t>Xem lại</t></text></comment>`),
			in: "xl/ghi chú/c.xml", want: `<text><r><t>Xem lại</t></r><r><rPr><b/>`,
		},
		{
			name: "another's comment elsewhere", parts: withComments(`<comment ref="C3" authorId="1"><text><r><t>Xem lại</t></r></text></comment>`),
			in: "xl/ghi chú/c.xml", want: `<text><r><t>Xem lại</t></r></text></comment><comment ref="B2" authorId="2">`,
		},
		{
			name: "a threaded comment", parts: withComments(`<comment ref="B2" authorId="0"><text><t>[Threaded comment]</t></text></comment>`),
			in: "xl/ghi chú/c.xml", want: `<text><t>[Threaded comment]</t></text>`, never: noteHead,
		},
		{
			name: "ours without its author", parts: withComments(`<comment ref="B2" authorId="1"><text><t>[Đối soát] LỖI: cũ</t></text></comment><comment ref="C3" authorId="1"><text><t>a&#10;[Đối soát] LỖI: cũ</t></text></comment>`),
			in: "xl/ghi chú/c.xml", want: `<text><t>a</t></text>`, never: "cũ",
		},
		{name: "the unselected sheets", in: "xl/worksheets/sheet2.xml", want: `tabSelected="0"`},
		{name: "a name in use", parts: []part{{"xl/workbook.xml", bookOpen + `<sheets><sheet name="Sai lệch" sheetId="1" r:id="rId1"/></sheets></workbook>`}}, in: "xl/workbook.xml", want: `name="SAI LỆCH (2)"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			original := plainBook(t, append(tt.parts, part{"docProps/x.xml", "<x/>"})...)
			once := annotate(t, original, sampleTab("Danh sách"), comments)
			checkPackage(t, original, once)
			got, _ := parts(t, once)
			if tt.want != "" && !strings.Contains(got[tt.in], tt.want) {
				t.Errorf("%s lacks %s:\n%s", tt.in, tt.want, got[tt.in])
			}
			if tt.never != "" && strings.Contains(got[tt.in], tt.never) {
				t.Errorf("%s holds %s:\n%s", tt.in, tt.never, got[tt.in])
			}
			sameBytes(t, once, annotate(t, once, sampleTab("Danh sách"), comments))
		})
	}
}

// TestMacros: a workbook with macros keeps them and its type.
func TestMacros(t *testing.T) {
	base, _ := parts(t, plainBook(t))
	original := plainBook(t,
		part{typesName, strings.Replace(base[typesName], typeBook, typeMacros, 1) + " "},
		part{"xl/vbaProject.bin", "\xd0\xcf\x11\xe0 macros"},
		part{"xl/_rels/workbook.xml.rels", strings.Replace(base["xl/_rels/workbook.xml.rels"], "</Rel", `<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Rel`, 1)})
	once := annotate(t, original, sampleTab("Danh sách"), nil)
	got, _ := parts(t, once)
	if !strings.Contains(got[typesName], typeMacros) {
		t.Error("the type is lost")
	}
	if got["xl/vbaProject.bin"] != "\xd0\xcf\x11\xe0 macros" {
		t.Error("the macros are changed")
	}
}

func TestRefusals(t *testing.T) {
	base, _ := parts(t, plainBook(t))
	changed := func(name, from, to string) []byte {
		if !strings.Contains(base[name], from) {
			t.Fatalf("%s lacks %s", name, from)
		}
		return plainBook(t, part{name, strings.ReplaceAll(base[name], from, to)})
	}
	locked := plainBook(t)
	for _, signature := range []string{"PK\x01\x02", "PK\x03\x04"} { // the flag stands at 8 and at 6
		for i := 0; i+10 < len(locked); i++ {
			if string(locked[i:i+4]) == signature {
				locked[i+8-2*int(signature[2]/3)] |= 1
			}
		}
	}
	whole := plainBook(t)
	for name, tt := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":            {nil, ErrPackageDamaged},
		"a text":             {[]byte("Họ và tên;Ngày sinh\n"), ErrPackageDamaged},
		"cut off":            {whole[:len(whole)/2], ErrPackageDamaged},
		"encrypted":          {[]byte(oleMagic + "EncryptedPackage"), ErrPackageEncrypted},
		"an encrypted entry": {locked, ErrPackageEncrypted},
		"signed":             {changed("_rels/.rels", "<Relationship ", `<Relationship Id="s" Type="`+relSignature+`" Target="s"/><Relationship `), ErrPackageSigned},
		"strict":             {changed("_rels/.rels", relOffice, strictRoot+"officeDocument/relationships/officeDocument"), ErrPackageStrict},
		"a strict part":      {changed("xl/workbook.xml", mainNamespace, strictRoot+"spreadsheetml/main"), ErrPackageStrict},
		"a letter":           {changed(typesName, typeBook, "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"), ErrPackageUnknown},
		"binary":             {changed(typesName, typeBook, "application/vnd.ms-excel.sheet.binary.macroEnabled.main"), ErrPackageUnknown},
		"a shared workbook":  {changed("xl/_rels/workbook.xml.rels", "<Relationship ", `<Relationship Id="s" Type="`+relRevisions+`" Target="s"/><Relationship `), ErrPackageUnknown},
		"a document type":    {changed("xl/workbook.xml", "<workbook", `<!DOCTYPE x [<!ENTITY a "b">]><workbook`), ErrPackageDamaged},
		"UTF-16":             {changed("xl/workbook.xml", `encoding="UTF-8"`, `encoding="UTF-16"`), ErrPackageUnknown},
		"another encoding":   {changed("xl/workbook.xml", `encoding="UTF-8"`, `encoding="windows-1258"`), ErrPackageUnknown},
		"no list of sheets":  {changed("xl/workbook.xml", "sheets>", "trang>"), ErrPackageUnknown},
		"a missing part":     {changed("xl/workbook.xml", `r:id="rId2"`, `r:id="rId7"`), ErrPackageDamaged},
		"no workbook":        {plainBook(t, part{"xl/workbook.xml", ""}), ErrPackageDamaged},
		"wrong tags":         {changed("xl/workbook.xml", "</sheets>", "</sheet>"), ErrPackageDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := Annotate(bytes.NewReader(tt.data), int64(len(tt.data)), sampleTab("Danh sách"), sampleComments("Danh sách"))
			if !errors.Is(err, tt.want) || !errors.Is(err, ErrNotAnnotatable) || out != nil {
				t.Errorf("%d bytes, %v; want %v", len(out), err, tt.want)
			}
		})
	}
}

// TestTwoHundredSheets, each with comments.
func TestTwoHundredSheets(t *testing.T) {
	list := []part{{typesName, ""}, {"xl/workbook.xml", ""}, {"xl/_rels/workbook.xml.rels", ""}}
	var types, lines, rels strings.Builder
	var comments []Comment
	for i := 1; i <= 200; i++ {
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%s"/>`, i, typeSheet)
		fmt.Fprintf(&lines, `<sheet name="Xã %d" sheetId="%d" r:id="r%d"/>`, i, i, i)
		fmt.Fprintf(&rels, `<Relationship Id="r%d" Type="%s" Target="worksheets/sheet%d.xml"/>`, i, relSheet, i)
		list = append(list, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i), plainSheet("")})
		comments = append(comments, Comment{Sheet: fmt.Sprintf("Xã %d", i), Cell: "B2", Text: "Sai", Severity: reconcile.SeverityWarning})
	}
	list[0].content = `<Types xmlns="` + partTypes + `"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="` + typeBook + `"/>` + types.String() + `</Types>`
	list[1].content = bookOpen + "<sheets>" + lines.String() + "</sheets></workbook>"
	list[2].content = `<Relationships xmlns="` + partRelations + `">` + rels.String() + `</Relationships>`
	original := plainBook(t, list...)
	once := annotate(t, original, sampleTab("Xã 7"), comments)
	checkPackage(t, original, once)
	sameBytes(t, once, annotate(t, once, sampleTab("Xã 7"), comments))
}

// TestZip64: entries with 64-bit sizes and stored ones come out as plain ones.
func TestZip64(t *testing.T) {
	content, order := parts(t, plainBook(t))
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i, name := range order {
		f, err := w.CreateHeader(&zip.FileHeader{
			Name: name, Method: []uint16{zip.Store, zip.Deflate}[i%2],
			Extra: append([]byte{1, 0, 16, 0}, make([]byte, 16)...),
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, content[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	once := annotate(t, out.Bytes(), sampleTab("Danh sách"), nil)
	checkPackage(t, out.Bytes(), once)
	z, err := zip.NewReader(bytes.NewReader(once), int64(len(once)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if len(f.Extra) > 0 {
			t.Errorf("%s keeps %x", f.Name, f.Extra)
		}
	}
}

func TestStandalone(t *testing.T) {
	tab := sampleTab("Mẫu 2")
	data, err := Standalone(tab, "DS_Mo Duc_2024.xls")
	if err != nil {
		t.Fatal(err)
	}
	checkPackage(t, data, data)
	f := openExcelize(t, data)
	if got := f.GetSheetList(); len(got) != 1 || got[0] != reconcileTab {
		t.Errorf("sheets %q", got)
	}
	rows, err := f.GetRows(reconcileTab)
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, row := range rows {
		for _, cell := range row {
			said += strings.Count(cell, "Lập từ tệp: DS_Mo Duc_2024.xls")
		}
	}
	if said != 1 || rows[tab.FreezeRow][0] != "Mã" {
		t.Errorf("the source is named %d times, the header is %q", said, rows[tab.FreezeRow])
	}
	if len(tab.Blocks) != len(sampleTab("Mẫu 2").Blocks) {
		t.Error("the caller's tab was changed")
	}
	again, err := Standalone(tab, "DS_Mo Duc_2024.xls")
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("the same input gives other bytes, %v", err)
	}
}
