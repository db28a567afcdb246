package push

import (
	"bytes"
	"fmt"

	"doisoat/reconcile/report"
)

// Standalone returns a workbook of the same look as an annotated copy that
// holds the tab alone, for sources that are no .xlsx or that Annotate refuses.
// Its head says which file it was made from.
func Standalone(tab report.Tab, source string) ([]byte, error) {
	blank, err := blankPackage()
	if err != nil {
		return nil, err
	}
	return Annotate(bytes.NewReader(blank), int64(len(blank)), saysSource(tab, source), nil)
}

// saysSource puts a line about the source at the end of the tab's head.
func saysSource(tab report.Tab, source string) report.Tab {
	width := max(1, len(tab.Widths))
	line := report.Block{Rows: [][]report.Cell{{{
		Value: fmt.Sprintf("Lập từ tệp: %s. Tệp gốc không ghi thêm được nên không kèm theo đây; "+
			"cột Vị trí nêu trang tính và ô trong tệp gốc.", source),
		Style: report.Note,
		Span:  width,
	}}}}
	at := 0
	if len(tab.Blocks) > 0 && tab.Blocks[0].Kind == report.Lines {
		at = 1
	}
	blocks := append([]report.Block{}, tab.Blocks[:at]...)
	blocks = append(blocks, line)
	tab.Blocks = append(blocks, tab.Blocks[at:]...)
	if tab.FreezeRow > 0 {
		tab.FreezeRow++
	}
	if tab.RepeatRow > 0 {
		tab.RepeatRow++
	}
	return tab
}

// blankPackage is a workbook without a sheet, which no program opens: the tab
// becomes its first.
func blankPackage() ([]byte, error) {
	parts := []struct{ name, content string }{
		{typesName, `<Types xmlns="` + partTypes + `">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + typeBook + `"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + typeStyles + `"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + partRelations + `">` +
			`<Relationship Id="rId1" Type="` + relOffice + `" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + mainNamespace + `" xmlns:r="` + relationNamespace + `">` +
			`<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" windowHeight="12000"/></bookViews>` +
			`<sheets/></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + partRelations + `">` +
			`<Relationship Id="rId1" Type="` + relStyles + `" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", plainStyles},
	}
	var out bytes.Buffer
	w := newEntryWriter(&out)
	for _, p := range parts {
		if err := w.write(newEntry(p.name), []byte(xmlHeader+p.content)); err != nil {
			return nil, fmt.Errorf("writing the part %s: %w", p.name, err)
		}
	}
	if err := w.close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// plainStyles is the styles part of a workbook that holds nothing yet.
const plainStyles = `<styleSheet xmlns="` + mainNamespace + `">` +
	`<fonts count="1"><font><sz val="11"/><name val="` + fontFace + `"/><family val="1"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
