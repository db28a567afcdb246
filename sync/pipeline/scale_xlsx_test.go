package pipeline

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"doisoat/reconcile"
)

// workbookParts are the parts of a package that are the same in each of them,
// with the styles of a list: 1 is a bordered cell, 2 a bordered date, 3 a title.
var workbookParts = map[string]string{
	"_rels/.rels": `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	"xl/styles.xml": `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="12"/><name val="Times New Roman"/></font><font><b/><sz val="13"/><name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1"/><xf numFmtId="14" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`,
}

const (
	officeNamespace   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relationships     = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relationshipTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	contentType       = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// words are the codes of a registration as a list has them.
var words = map[string]string{
	"university": "Đại học", "master": "Thạc sĩ", "college": "Cao đẳng", "intermediate": "Trung cấp",
	"none": "Chưa qua đào tạo", "elementary": "Sơ cấp", "advanced": "Cao cấp",
}

// workbook writes a list as Excel does: shared texts, styled cells, a title over
// several columns. In every other list dates are dates, else texts.
type workbook struct {
	document *reconcile.Document
	dates    bool
	texts    []string
	index    map[string]int
	body     bytes.Buffer
}

// writeWorkbook writes the document as an .xlsx and returns its size.
func writeWorkbook(path string, d *reconcile.Document, dates bool) (size int64, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return 0, err
	}
	file, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	w := &workbook{document: d, dates: dates, index: make(map[string]int)}
	if err := cmp.Or(w.write(file), file.Close()); err != nil {
		return 0, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (w *workbook) write(to io.Writer) error {
	pack := zip.NewWriter(to)
	part := func(name string, text []byte) error {
		p, err := pack.Create(name)
		if err == nil {
			_, err = p.Write(text)
		}
		return err
	}
	var types, links, tabs strings.Builder
	for i := range w.document.Sheets {
		s, no := &w.document.Sheets[i], i+1
		w.sheet(s)
		if err := part(fmt.Sprintf("xl/worksheets/sheet%d.xml", no), w.body.Bytes()); err != nil {
			return err
		}
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, no, contentType)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, no, relationshipTypes, no)
		fmt.Fprintf(&tabs, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, s.Name, no, no)
	}
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	for name, text := range map[string]string{
		"[Content_Types].xml": head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + contentType + `sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + contentType + `styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="` + contentType + `sharedStrings+xml"/>` + types.String() + `</Types>`,
		"xl/workbook.xml":     head + `<workbook ` + officeNamespace + `><sheets>` + tabs.String() + `</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": relationships + links.String() + `<Relationship Id="rId98" Type="` + relationshipTypes + `styles" Target="styles.xml"/>` +
			`<Relationship Id="rId99" Type="` + relationshipTypes + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/sharedStrings.xml": head + w.shared(),
	} {
		if err := part(name, []byte(text)); err != nil {
			return err
		}
	}
	for name, text := range workbookParts {
		if err := part(name, []byte(text)); err != nil {
			return err
		}
	}
	return pack.Close()
}

func (w *workbook) shared() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<sst %s uniqueCount="%d">`, officeNamespace, len(w.texts))
	for _, text := range w.texts {
		b.WriteString(`<si><t xml:space="preserve">`)
		_ = xml.EscapeText(&b, []byte(text)) // a builder takes everything
		b.WriteString(`</t></si>`)
	}
	return b.String() + `</sst>`
}

// sheet leaves the tab's part in w.body.
func (w *workbook) sheet(s *reconcile.Sheet) {
	w.body.Reset()
	fmt.Fprintf(&w.body, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet %s><cols><col min=\"1\" max=\"1\" width=\"6\" customWidth=\"1\"/><col min=\"2\" max=\"15\" width=\"22\" customWidth=\"1\"/></cols><sheetData>", officeNamespace)
	for i := range s.Rows {
		row := &s.Rows[i]
		fmt.Fprintf(&w.body, `<row r="%d" spans="1:15">`, row.Number)
		switch {
		case len(row.Registrations) > 0:
			w.registration(s, row.Registrations[0], row.Number)
		case row.Kind == reconcile.RowHeader:
			for _, c := range s.Columns {
				w.text(c.Letter, row.Number, 1, c.Header)
			}
		case row.Kind == reconcile.RowTotal:
			w.text("B", row.Number, 1, row.Text)
		default:
			w.text("A", row.Number, 3, row.Text)
		}
		w.body.WriteString("</row>")
	}
	w.body.WriteString(`</sheetData><mergeCells count="2"><mergeCell ref="A1:F1"/><mergeCell ref="A2:O2"/></mergeCells></worksheet>`)
}

func (w *workbook) registration(s *reconcile.Sheet, r *reconcile.Registration, row int) {
	dates := map[reconcile.Field]reconcile.Date{
		reconcile.FieldBirthDate: r.BirthDate, reconcile.FieldPartyDate: r.PartyDate, reconcile.FieldOfficialDate: r.OfficialDate,
	}
	for _, c := range s.Columns {
		text := r.Readings.Get(c.Field).Text
		date, isDate := dates[c.Field]
		switch {
		case c.Field == reconcile.FieldOrdinal:
			fmt.Fprintf(&w.body, `<c r="%s%d" s="1"><v>%s</v></c>`, c.Letter, row, text)
		case isDate && w.dates && date.IsFull():
			fmt.Fprintf(&w.body, `<c r="%s%d" s="2"><v>%d</v></c>`, c.Letter, row, serial(date))
		case text == "":
			fmt.Fprintf(&w.body, `<c r="%s%d" s="1"/>`, c.Letter, row)
		default:
			w.text(c.Letter, row, 1, cmp.Or(words[text], text))
		}
	}
}

// serial is the day as Excel counts it.
func serial(d reconcile.Date) int64 {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Unix()/86400 + 25569
}

func (w *workbook) text(letter string, row, style int, text string) {
	at, known := w.index[text]
	if !known {
		at = len(w.texts)
		w.texts, w.index[text] = append(w.texts, text), at
	}
	fmt.Fprintf(&w.body, `<c r="%s%d" s="%d" t="s"><v>%s</v></c>`, letter, row, style, strconv.Itoa(at))
}
