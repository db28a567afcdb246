package push

import (
	"fmt"
	"path"
	"strings"
)

const (
	xmlHeader = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

	typesName    = "[Content_Types].xml"
	typeSheet    = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
	typeStyles   = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
	typeComments = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
	typeDrawing  = "application/vnd.openxmlformats-officedocument.vmlDrawing"
	typeBook     = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
	typeStrings  = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
	typeMacros   = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
)

// contentTypes is the list that gives every part its type. It is read once, and
// its edits are made at the end: a book may have hundreds of sheets.
type contentTypes struct {
	data      []byte
	outer     element
	defaults  map[string]string  // by extension in lower case
	overrides map[string]string  // by partKey
	elements  map[string]element // overrides, by partKey
	edits     []splice
}

func (p *pack) contentTypes() (*contentTypes, error) {
	if p.types != nil {
		return p.types, nil
	}
	data, err := p.content(typesName)
	if err != nil {
		return nil, err
	}
	outer, children, err := root(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", typesName, err)
	}
	if _, err := prefixOf(data, outer, partTypes); err != nil {
		return nil, fmt.Errorf("%s: %w", typesName, err)
	}
	c := &contentTypes{
		data: data, outer: outer,
		defaults: map[string]string{}, overrides: map[string]string{}, elements: map[string]element{},
	}
	for _, e := range children {
		kind, _ := attr(data, e.open, "ContentType")
		switch e.local() {
		case "Default":
			extension, _ := attr(data, e.open, "Extension")
			c.defaults[strings.ToLower(extension)] = kind
		case "Override":
			name, _ := attr(data, e.open, "PartName")
			c.overrides[partKey(name)] = kind
			c.elements[partKey(name)] = e
		}
	}
	if outer.open.empty {
		return nil, fmt.Errorf("%w: %s is empty", ErrPackageDamaged, typesName)
	}
	p.types = c
	return c, nil
}

// storeTypes makes the edits of the content types.
func (p *pack) storeTypes() {
	if c := p.types; c != nil && len(c.edits) > 0 {
		p.set(typesName, apply(c.data, c.edits))
		p.types = nil
	}
}

// of returns the type of a part, "" when it has none.
func (c *contentTypes) of(part string) string {
	if kind, ok := c.overrides[partKey(part)]; ok {
		return kind
	}
	return c.defaults[strings.ToLower(strings.TrimPrefix(path.Ext(part), "."))]
}

// attach adds a part with its type and its relation from another.
func (p *pack) attach(to, kind, contentType, part string, data []byte) (id string, err error) {
	p.add(part, data)
	if err := p.setType(part, contentType); err != nil {
		return "", err
	}
	return p.addRelation(to, kind, part)
}

// setType gives an added part its type.
func (p *pack) setType(part, kind string) error {
	c, err := p.contentTypes()
	if err != nil {
		return err
	}
	prefix := strings.TrimSuffix(c.outer.name(), c.outer.local())
	extension := strings.ToLower(strings.TrimPrefix(path.Ext(part), "."))
	// Some programs leave lines for parts that they did not write.
	c.drop(part)
	other, taken := c.defaults[extension]
	switch {
	case taken && other == kind:
	case !taken && kind == typeDrawing:
		c.defaults[extension] = kind
		c.edits = append(c.edits, prependTo(c.data, c.outer,
			"<"+prefix+`Default Extension="`+extension+`" ContentType="`+kind+`"/>`))
	default:
		c.overrides[partKey(part)] = kind
		c.edits = append(c.edits, appendTo(c.data, c.outer,
			"<"+prefix+`Override PartName="/`+escapeXML(part)+`" ContentType="`+kind+`"/>`))
	}
	return nil
}

// dropParts removes parts, by partKey, with their relations and types.
func (p *pack) dropParts(keys map[string]bool) error {
	if len(keys) == 0 {
		return nil
	}
	c, err := p.contentTypes()
	if err != nil {
		return err
	}
	for key := range keys {
		p.remove(key)
		p.remove(relationsName(key))
		c.drop(key)
	}
	return nil
}

// drop removes the part's line.
func (c *contentTypes) drop(part string) {
	key := partKey(part)
	if e, ok := c.elements[key]; ok {
		c.edits = append(c.edits, cut(e))
		delete(c.elements, key)
		delete(c.overrides, key)
	}
}
