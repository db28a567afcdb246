package push

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// styles is the styles part. Looks are appended to its lists, or found in them
// where they already stand, so that no index that a cell uses ever changes.
type styles struct {
	data     []byte
	outer    element
	prefix   string
	children []element
	lists    map[string]*styleList
	known    map[look]int // the looks that are in the lists already
}

// styleList is one list of the styles part.
type styleList struct {
	element element
	exists  bool
	items   []string // as they are spelt
	added   int      // how many of the items are new, at the end
}

// styleOrder is the order of the styles part's children.
var styleOrder = []string{
	"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs",
	"cellStyles", "dxfs", "tableStyles", "colors", "extLst",
}

// styleFirsts are the entries that a missing list must begin with, since cells
// without a style use the first one.
var styleFirsts = map[string][]string{
	"fonts":   {`<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>`},
	"fills":   {`<fill><patternFill patternType="none"/></fill>`, `<fill><patternFill patternType="gray125"/></fill>`},
	"borders": {`<border><left/><right/><top/><bottom/><diagonal/></border>`},
	"cellXfs": {`<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>`},
}

// emptyStyles is the styles part of a workbook that has none.
const emptyStyles = xmlHeader + `<styleSheet xmlns="` + mainNamespace + `"/>`

func parseStyles(data []byte) (*styles, error) {
	s := &styles{data: data, lists: map[string]*styleList{}, known: map[look]int{}}
	var err error
	if s.outer, s.children, err = root(data); err != nil {
		return nil, err
	}
	if s.prefix, err = prefixOf(data, s.outer, mainNamespace); err != nil {
		return nil, err
	}
	for _, e := range s.children {
		name := e.local()
		if !slices.Contains(styleOrder, name) || s.lists[name] != nil {
			continue
		}
		_, items, err := expand(data, e.open)
		if err != nil {
			return nil, err
		}
		list := &styleList{element: e, exists: true}
		for _, item := range items {
			list.items = append(list.items, string(data[item.start():item.end()]))
		}
		s.lists[name] = list
	}
	return s, nil
}

// index returns the place of an entry in a list, which it joins when it does
// not stand there yet. The entry is spelt without a prefix.
func (s *styles) index(name, xml string) int {
	list := s.lists[name]
	if list == nil {
		list = &styleList{}
		s.lists[name] = list
		for _, first := range styleFirsts[name] {
			list.items = append(list.items, s.spell(first))
		}
		list.added = len(list.items)
	}
	xml = s.spell(xml)
	if i := slices.Index(list.items, xml); i >= 0 {
		return i
	}
	list.items = append(list.items, xml)
	list.added++
	return len(list.items) - 1
}

// spell gives the elements of an entry the part's prefix.
func (s *styles) spell(xml string) string {
	if s.prefix == "" {
		return xml
	}
	return strings.NewReplacer("</", "</"+s.prefix, "<", "<"+s.prefix).Replace(xml)
}

// format returns the ID of a number format.
func (s *styles) format(code string) int {
	if code == "" {
		return 0
	}
	highest := 163 // up to here formats are built in
	if list := s.lists["numFmts"]; list != nil {
		for _, item := range list.items {
			t, ok, err := nextTag([]byte(item), 0)
			if err != nil || !ok {
				continue
			}
			id, _ := attrInt([]byte(item), t, "numFmtId")
			if known, _ := attr([]byte(item), t, "formatCode"); known == code {
				return id
			}
			highest = max(highest, id)
		}
	}
	s.index("numFmts", fmt.Sprintf(`<numFmt numFmtId="%d" formatCode="%s"/>`, highest+1, escapeXML(code)))
	return highest + 1
}

// xf returns the index of the cell format of a look.
func (s *styles) xf(l look) int {
	at, known := s.known[l]
	if !known {
		at = s.addXF(l)
		s.known[l] = at
	}
	return at
}

// addXF makes a cell format of the other lists' entries.
func (s *styles) addXF(l look) int {
	attributes := fmt.Sprintf(`numFmtId="%d" fontId="%d" fillId="%d" borderId="%d"`,
		s.format(l.format), s.index("fonts", l.font()), s.index("fills", l.fillXML()), s.index("borders", l.border()))
	if s.lists["cellStyleXfs"] != nil {
		attributes += ` xfId="0"`
	}
	if l.quote {
		attributes += ` quotePrefix="1"`
	}
	return s.index("cellXfs", "<xf "+attributes+
		` applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">`+l.alignment()+"</xf>")
}

// bytes is the styles part with what was appended.
func (s *styles) bytes() []byte {
	var edits []splice
	at := s.outer.open.end
	missing := "" // lists to be made at the current place
	empty := s.outer.open.empty
	for _, name := range styleOrder {
		list := s.lists[name]
		switch {
		case list == nil:
		case list.exists:
			edits = append(edits, splice{at: at, add: missing})
			missing, at = "", list.element.end()
			if list.added > 0 {
				edits = append(edits, s.extend(list)...)
			}
		default:
			missing += fmt.Sprintf(`<%[1]s%[2]s count="%[3]d">%[4]s</%[1]s%[2]s>`,
				s.prefix, name, len(list.items), strings.Join(list.items, ""))
		}
	}
	if empty {
		return apply(s.data, []splice{appendTo(s.data, s.outer, missing)})
	}
	return apply(s.data, append(edits, splice{at: at, add: missing}))
}

// extend appends a list's new entries and counts them.
func (s *styles) extend(list *styleList) []splice {
	e := list.element
	added := strings.Join(list.items[len(list.items)-list.added:], "")
	count := strconv.Itoa(len(list.items))
	if !e.open.empty {
		edits := []splice{appendTo(s.data, e, added)}
		if edit, ok := setAttr(s.data, e.open, "count", count); ok {
			edits = append(edits, edit)
		}
		return edits
	}
	return []splice{{at: e.start(), drop: e.end() - e.start(), add: fmt.Sprintf(`<%[1]s count="%[2]s">%[3]s</%[1]s>`,
		e.name(), count, added)}}
}
