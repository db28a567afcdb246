package push

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
	"testing"
)

// checkPackage walks a package and reports whatever a strict reader would
// refuse: dangling relations, parts without a type, indexes out of range,
// names that stand twice. What was wrong with the original's content types may
// stay wrong.
func checkPackage(t *testing.T, original, data []byte) {
	t.Helper()
	p, err := openPack(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	types, err := p.contentTypes()
	if err != nil {
		t.Fatal(err)
	}
	contents, order := parts(t, data)
	were, _ := parts(t, original)
	for key := range types.overrides {
		if !p.has(key) && !strings.Contains(strings.ToLower(were[typesName]), `"/`+key+`"`) {
			t.Errorf("a content type for %s, which is not there", key)
		}
	}
	overrides := 0
	for _, name := range order {
		if name != typesName && types.of(name) == "" {
			t.Errorf("%s has no content type", name)
		}
		overrides += strings.Count(contents[typesName], `"/`+name+`"`)
		if ext := path.Ext(name); ext == ".xml" || ext == ".rels" || strings.Contains(name, "vmlDrawing") {
			wellFormed(t, name, contents[name])
		}
		if strings.HasSuffix(name, ".rels") {
			checkRelations(t, p, name)
		}
	}
	if overrides > len(types.overrides) {
		t.Errorf("%d overrides for %d parts", overrides, len(types.overrides))
	}
	b, err := openBook(p)
	if err != nil {
		t.Fatal(err)
	}
	checkBook(t, p, b, contents)
}

func wellFormed(t *testing.T, name, content string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(content))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

func checkRelations(t *testing.T, p *pack, name string) {
	t.Helper()
	folder, file := path.Split(name)
	part := path.Join(path.Dir(path.Clean(folder)), strings.TrimSuffix(file, ".rels"))
	if file == ".rels" {
		part = ""
	}
	if part != "" && !p.has(part) {
		t.Errorf("%s belongs to no part", name)
	}
	rels, err := p.relationsOf(part)
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for _, rel := range rels.list {
		if seen[rel.id] {
			t.Errorf("%s: the ID %s twice", name, rel.id)
		}
		seen[rel.id] = true
		if !rel.external && !p.has(rel.target) {
			t.Errorf("%s: %s leads to %s, which is not there", name, rel.id, rel.target)
		}
	}
}

func checkBook(t *testing.T, p *pack, b *book, contents map[string]string) {
	t.Helper()
	formats := countFormats(t, p, b)
	ids, names, locals := map[int]bool{}, map[string]bool{}, map[string]bool{}
	selected := 0
	for i := range b.sheets {
		s := &b.sheets[i]
		if ids[s.id] || s.id < 1 || s.id > 65534 {
			t.Errorf("sheet %q: the ID %d is not its own", s.name, s.id)
		}
		if lower := strings.ToLower(s.name); names[lower] {
			t.Errorf("two sheets named %q", s.name)
		}
		ids[s.id], names[strings.ToLower(s.name)] = true, true
		if s.worksheet() {
			selected += checkSheet(t, p, s, formats)
		}
	}
	if selected > 1 {
		t.Errorf("%d sheets are selected", selected)
	}
	for _, e := range b.names {
		name, _ := attr(b.data, e.open, "name")
		local, ok := attrInt(b.data, e.open, "localSheetId")
		if ok && (local < 0 || local >= len(b.sheets)) {
			t.Errorf("the name %s is local to sheet %d of %d", name, local, len(b.sheets))
		}
		scope, _ := attr(b.data, e.open, "localSheetId")
		if locals[scope+"!"+name] {
			t.Errorf("the name %s twice in one scope", name)
		}
		locals[scope+"!"+name] = true
	}
}

// countFormats checks that the lists of the styles count right and point into
// each other, and returns how many cell formats there are.
func countFormats(t *testing.T, p *pack, b *book) int {
	t.Helper()
	rels, err := p.relationsOf(b.part)
	if err != nil {
		t.Fatal(err)
	}
	rel, ok := rels.byKind(relStyles)
	if !ok {
		t.Fatal("no styles")
	}
	data, err := p.content(rel.target)
	if err != nil {
		t.Fatal(err)
	}
	s, err := parseStyles(data)
	if err != nil {
		t.Fatal(err)
	}
	for name, list := range s.lists {
		if n, ok := attrInt(data, list.element.open, "count"); ok && n != len(list.items) {
			t.Errorf("%s counts %d and holds %d", name, n, len(list.items))
		}
	}
	for _, xf := range s.lists["cellXfs"].items {
		open, _, err := nextTag([]byte(xf), 0)
		if err != nil {
			t.Fatal(err)
		}
		for of, list := range map[string]string{"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"} {
			if n, ok := attrInt([]byte(xf), open, of); ok && n >= len(s.lists[list].items) {
				t.Errorf("%s %d of %d", of, n, len(s.lists[list].items))
			}
		}
	}
	return len(s.lists["cellXfs"].items)
}

// sheetOrder is the order that the schema gives the children of a worksheet.
var sheetOrder = strings.Fields(`sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
	protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr
	conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks
	customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture
	oleObjects controls webPublishItems tableParts extLst`)

// checkSheet returns 1 when the sheet is selected.
func checkSheet(t *testing.T, p *pack, s *bookSheet, formats int) int {
	t.Helper()
	data, err := p.content(s.rel.target)
	if err != nil {
		t.Fatal(err)
	}
	l, err := readLayout(data)
	if err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	at := 0
	for _, e := range l.children {
		name := e.local()
		if name == "AlternateContent" {
			name = l.alternative(data, e)
		}
		for at < len(sheetOrder) && sheetOrder[at] != name {
			at++
		}
		if at == len(sheetOrder) {
			t.Fatalf("%s: <%s> stands at a wrong place", s.name, name)
		}
	}
	rels, err := p.relationsOf(s.rel.target)
	if err != nil {
		t.Fatal(err)
	}
	if l.drawingID != "" {
		if rel, ok := rels.byID(l.drawingID); !ok || rel.kind != relDrawing {
			t.Errorf("%s: the drawing %s is not there", s.name, l.drawingID)
		}
	}
	checkCells(t, s.name, data, formats)
	edits, _ := selections(data)
	return len(edits)
}

func checkCells(t *testing.T, sheet string, data []byte, formats int) {
	t.Helper()
	for pos := 0; ; {
		c, ok, err := nextTag(data, pos)
		if err != nil || !ok {
			return
		}
		pos = c.end
		if localName(c.name) != "c" || c.closing {
			continue
		}
		if style, ok := attrInt(data, c, "s"); ok && style >= formats {
			t.Errorf("%s: a cell of the format %d of %d", sheet, style, formats)
		}
	}
}

// untouched checks that the parts outside of the list keep their compressed
// bytes and their place.
func untouched(t *testing.T, before, after []byte, touched ...string) {
	t.Helper()
	was, now := rawParts(t, before), rawParts(t, after)
	for name, raw := range was {
		touchedPart := false
		for _, pattern := range touched {
			if ok, err := path.Match(pattern, name); err != nil {
				t.Fatal(err)
			} else if ok {
				touchedPart = true
			}
		}
		if got, ok := now[name]; !ok {
			t.Errorf("%s is gone", name)
		} else if !touchedPart && got != raw {
			t.Errorf("%s has other bytes", name)
		}
	}
	_, orderBefore := parts(t, before)
	_, orderAfter := parts(t, after)
	for i, name := range orderBefore {
		if orderAfter[i] != name {
			t.Fatalf("the entry %d is %s, was %s", i, orderAfter[i], name)
		}
	}
}

func rawParts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	raw := make(map[string]string)
	for _, f := range z.File {
		r, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		raw[f.Name] = string(b)
	}
	return raw
}
