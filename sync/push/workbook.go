package push

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"

	"doisoat/reconcile/report"
)

// application is what the file's properties say made it; they hold nothing of
// the machine, the user or the hour.
const application = "doisoat"

// epoch stands in the file's properties, which must have some time: equal
// reports are equal bytes whenever they are made.
const epoch = "2024-01-01T00:00:00Z"

// Workbook renders a report to the bytes of an .xlsx file. The same report
// gives the same bytes.
//
// Sheets go row by row into the compressed file, and nothing of them is kept
// but the texts, each once, and what stands behind the rows. A report has some
// hundred thousand cells and is written anew whenever one of them changes.
//
// The sheets are not protected: Excel's protection would keep staff from
// sorting, filtering and inserting rows, which they may do, and guards
// nothing, since cells of the service are written anew and answers are found
// by their code.
func Workbook(w report.Workbook) ([]byte, error) {
	b, err := newBookWriter(&w)
	if err != nil {
		return nil, fmt.Errorf("render workbook %q: %w", w.Title, err)
	}
	if err := b.write(); err != nil {
		return nil, fmt.Errorf("render workbook %q: %w", w.Title, err)
	}
	return b.out.Bytes(), nil
}

// bookWriter renders the tabs of one report into one package.
type bookWriter struct {
	report *report.Workbook
	out    bytes.Buffer
	parts  *entryWriter
	styles *styles
	kinds  map[cellKind]kindLook
	texts  sharedTexts
	charts [][]drawnChart  // by tab
	names  strings.Builder // <definedName> of all tabs
}

func newBookWriter(w *report.Workbook) (*bookWriter, error) {
	if len(w.Tabs) == 0 {
		return nil, errors.New("it has no tabs")
	}
	seen, rows := make(map[string]bool), 0
	for i := range w.Tabs {
		name := w.Tabs[i].Name
		if err := checkSheetName(name); err != nil {
			return nil, err
		}
		key := strings.ToLower(name)
		if seen[key] {
			return nil, fmt.Errorf("two tabs named %q", name)
		}
		seen[key] = true
		rows += w.Tabs[i].Height()
	}
	b := &bookWriter{report: w, kinds: make(map[cellKind]kindLook), texts: newSharedTexts(rows)}
	var err error
	if b.styles, err = parseStyles([]byte(xmlHeader + plainStyles)); err != nil {
		return nil, err
	}
	b.parts = newEntryWriter(&b.out)
	return b, nil
}

// checkSheetName refuses what no program takes for the name of a sheet.
func checkSheetName(name string) error {
	switch {
	case name == "" || len(utf16.Encode([]rune(name))) > 31:
		return fmt.Errorf("the name %q of a tab is empty or longer than 31 letters", name)
	case strings.ContainsAny(name, `[]:*?/\`) || name != strings.Trim(name, "'") || plainText(name) != name:
		return fmt.Errorf("the name %q of a tab has letters that a sheet's may not have", name)
	}
	return nil
}

// write writes the parts. Programs that tell files by their beginning look for
// the content types there.
func (b *bookWriter) write() error {
	if err := b.drawCharts(); err != nil {
		return err
	}
	if err := b.put(typesName, b.contentTypesXML()); err != nil {
		return err
	}
	for i := range b.report.Tabs {
		t := &tabWriter{bookWriter: b, tab: &b.report.Tabs[i], number: i + 1}
		if err := t.write(); err != nil {
			return fmt.Errorf("tab %q: %w", t.tab.Name, err)
		}
	}
	if err := b.parts.stream(newEntry("xl/sharedStrings.xml"), b.texts.write); err != nil {
		return err
	}
	if err := b.parts.write(newEntry("xl/styles.xml"), b.styles.bytes()); err != nil {
		return err
	}
	for _, part := range []struct{ name, content string }{
		{"xl/workbook.xml", b.bookXML()},
		{"xl/_rels/workbook.xml.rels", b.bookRelations()},
		{"docProps/core.xml", b.properties()},
		{"docProps/app.xml", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>` + application + `</Application></Properties>`},
		{"_rels/.rels", relationsXML(
			relation{kind: relOffice, target: "xl/workbook.xml"},
			relation{kind: relCore, target: "docProps/core.xml"},
			relation{kind: relApp, target: "docProps/app.xml"})},
	} {
		if err := b.put(part.name, part.content); err != nil {
			return err
		}
	}
	return b.parts.close()
}

// put writes a small part.
func (b *bookWriter) put(name, xml string) error {
	if err := b.parts.write(newEntry(name), []byte(xmlHeader+xml)); err != nil {
		return fmt.Errorf("writing the part %s: %w", name, err)
	}
	return nil
}

// sheetPart is where a tab stands.
const sheetPart = "xl/worksheets/sheet%d.xml"

// bookXML lists the tabs, the first of which people see when they open the file.
func (b *bookWriter) bookXML() string {
	var xml strings.Builder
	xml.WriteString(`<workbook xmlns="` + mainNamespace + `" xmlns:r="` + relationNamespace + `">` +
		`<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" windowHeight="12000"/></bookViews><sheets>`)
	for i := range b.report.Tabs {
		fmt.Fprintf(&xml, `<sheet name="%s" sheetId="%[2]d" r:id="rId%[2]d"/>`, escapeXML(b.report.Tabs[i].Name), i+1)
	}
	xml.WriteString(`</sheets>`)
	if b.names.Len() > 0 {
		xml.WriteString(`<definedNames>` + b.names.String() + `</definedNames>`)
	}
	return xml.String() + `</workbook>`
}

func (b *bookWriter) bookRelations() string {
	var all []relation
	for i := range b.report.Tabs {
		all = append(all, relation{kind: relSheet, target: fmt.Sprintf("worksheets/sheet%d.xml", i+1)})
	}
	return relationsXML(append(all, relation{kind: relStyles, target: "styles.xml"}, relation{kind: relStrings, target: "sharedStrings.xml"})...)
}

// relationsXML numbers the relations from one on.
func relationsXML(all ...relation) string {
	var xml strings.Builder
	xml.WriteString(`<Relationships xmlns="` + partRelations + `">`)
	for i, r := range all {
		fmt.Fprintf(&xml, `<Relationship Id="rId%d" Type="%s" Target="%s"/>`, i+1, r.kind, r.target)
	}
	return xml.String() + `</Relationships>`
}

func (b *bookWriter) contentTypesXML() string {
	var xml strings.Builder
	xml.WriteString(`<Types xmlns="` + partTypes + `">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>`)
	part := func(kind, name string, numbers ...any) {
		fmt.Fprintf(&xml, `<Override PartName="/%s" ContentType="%s"/>`, fmt.Sprintf(name, numbers...), kind)
	}
	part(typeBook, "xl/workbook.xml")
	part(typeStyles, "xl/styles.xml")
	part(typeStrings, "xl/sharedStrings.xml")
	part("application/vnd.openxmlformats-package.core-properties+xml", "docProps/core.xml")
	part("application/vnd.openxmlformats-officedocument.extended-properties+xml", "docProps/app.xml")
	for i, charts := range b.charts {
		part(typeSheet, sheetPart, i+1)
		if len(charts) > 0 {
			part(typeDrawings, drawingPart, i+1)
		}
		for _, c := range charts {
			part(typeChart, chartPart, c.number)
		}
	}
	return xml.String() + `</Types>`
}

func (b *bookWriter) properties() string {
	return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escapeXML(b.report.Title) + `</dc:title><dc:creator>` + application + `</dc:creator>` +
		`<cp:lastModifiedBy>` + application + `</cp:lastModifiedBy><dc:language>vi-VN</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + epoch + `</dcterms:created>` +
		`<dcterms:modified xsi:type="dcterms:W3CDTF">` + epoch + `</dcterms:modified></cp:coreProperties>`
}
