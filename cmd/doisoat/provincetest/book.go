package provincetest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// cell is what a cell holds: a text or, where number is set, a number.
type cell struct {
	text    string
	number  bool
	day     bool // the number is a date
	formula bool // the text is a formula whose result nobody stored
}

func text(s string) cell { return cell{text: s} }

func number(n int) cell { return cell{text: strconv.Itoa(n), number: true} }

// date is a date cell that shows as dd/mm/yyyy.
func date(t time.Time) cell {
	serial := int(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
	return cell{text: strconv.Itoa(serial), number: true, day: true}
}

// page is one sheet of a workbook; row n of the sheet is rows[n-1].
type page struct {
	name   string
	rows   [][]cell
	hidden map[int]bool // row numbers
	legacy bool         // its text is TCVN3, in a font of that encoding
}

// add appends a row and returns its number.
func (p *page) add(cells ...cell) int {
	p.rows = append(p.rows, cells)
	return len(p.rows)
}

func (p *page) addText(texts ...string) int {
	row := make([]cell, len(texts))
	for i, t := range texts {
		row[i] = text(t)
	}
	return p.add(row...)
}

// column is the letter of a column, counted from 0.
func column(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return column(i/26-1) + string(rune('A'+i%26))
}

const (
	xmlHead       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNames     = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relationNames = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	packageNames  = `http://schemas.openxmlformats.org/package/2006/`
	contentBase   = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
)

// styles: 0 plain, 1 a date, 2 a font of the old encoding.
const styles = xmlHead + `<styleSheet ` + mainNames + `><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>` +
	`<fonts count="2"><font><sz val="12"/><name val="Times New Roman"/></font><font><sz val="12"/><name val=".VnTime"/></font></fonts>` +
	`<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>` +
	`<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`

// xlsx writes the pages as a workbook, with no more than the format asks for.
// It is not the writer of the program: what that gets wrong must show.
func xlsx(pages []*page) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	var sheets, relations, types strings.Builder
	for i, p := range pages {
		n := i + 1
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escape(p.name), n, n)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, n, relationNames, n)
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, n, contentBase)
	}
	parts := []struct{ name, content string }{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="` + packageNames + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + contentBase + `sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + contentBase + `styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + packageNames + `relationships"><Relationship Id="rId1" Type="` + relationNames + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xmlHead + `<workbook ` + mainNames + ` xmlns:r="` + relationNames + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="` + packageNames + `relationships">` + relations.String() +
			fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(pages)+1, relationNames) + `</Relationships>`},
		{"xl/styles.xml", styles},
	}
	for i, p := range pages {
		parts = append(parts, struct{ name, content string }{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), p.worksheet()})
	}
	for _, part := range parts {
		w, err := z.Create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(w, part.content); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

func (p *page) worksheet() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<worksheet ` + mainNames + `><sheetData>`)
	for i, row := range p.rows {
		if len(row) == 0 {
			continue
		}
		hidden := ""
		if p.hidden[i+1] {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(&b, `<row r="%d"%s>`, i+1, hidden)
		for j, c := range row {
			switch {
			case c.text == "":
			case c.formula:
				fmt.Fprintf(&b, `<c r="%s%d"><f>%s</f></c>`, column(j), i+1, escape(c.text))
			case c.day:
				fmt.Fprintf(&b, `<c r="%s%d" s="1"><v>%s</v></c>`, column(j), i+1, c.text)
			case c.number:
				fmt.Fprintf(&b, `<c r="%s%d"><v>%s</v></c>`, column(j), i+1, c.text)
			case p.legacy:
				fmt.Fprintf(&b, `<c r="%s%d" s="2" t="inlineStr"><is><t>%s</t></is></c>`, column(j), i+1, escape(toTCVN3(c.text)))
			default:
				fmt.Fprintf(&b, `<c r="%s%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, column(j), i+1, escape(c.text))
			}
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData></worksheet>`)
	return b.String()
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder never fails
	return b.String()
}

// csvFile writes a page as a text file, as offices save one.
func csvFile(p *page) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\uFEFF")
	w := csv.NewWriter(&out)
	for _, row := range p.rows {
		record := make([]string, max(1, len(row)))
		for j, c := range row {
			record[j] = c.text
		}
		if err := w.Write(record); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}
