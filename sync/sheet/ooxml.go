package sheet

import (
	"cmp"
	"context"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
)

// relationship is a link from one part of an Office package to another.
type relationship struct {
	kind   string // last word of the type: "worksheet", the same in strict files
	target string // name of the part
}

// relationships reads the links of a part by their ID; of the package itself
// when the part is "".
func (a *archive) relationships(ctx context.Context, of string) (map[string]relationship, error) {
	dir, base := path.Split(of)
	list := make(map[string]relationship)
	name := dir + "_rels/" + base + ".rels"
	if !a.has(name) {
		return list, nil
	}
	err := a.scanXML(ctx, name, smallPart, func(s *xmlScanner) error {
		return s.children(func() error {
			if string(s.name) == "Relationship" && s.attr("TargetMode") != "External" {
				kind := s.attr("Type")
				list[s.attr("Id")] = relationship{
					kind:   kind[strings.LastIndexByte(kind, '/')+1:],
					target: a.resolve(dir, s.attr("Target")),
				}
			}
			return s.skip()
		})
	})
	return list, err
}

// resolve finds the part that a target, relative to a folder, names.
func (a *archive) resolve(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = dir + target
	}
	name := partName(target)
	if a.has(name) {
		return name
	}
	if plain, err := url.PathUnescape(name); err == nil && a.has(plain) {
		return partName(plain)
	}
	return name
}

// contentTypes reads the package's list of what each part is, by part and, for
// parts without a line of their own, by extension (".xml").
func (a *archive) contentTypes(ctx context.Context) (map[string]string, error) {
	const name = "[Content_Types].xml"
	types := make(map[string]string)
	if !a.has(name) {
		return types, nil
	}
	err := a.scanXML(ctx, name, smallPart, func(s *xmlScanner) error {
		return s.children(func() error {
			switch string(s.name) {
			case "Override":
				types[partName(s.attr("PartName"))] = s.attr("ContentType")
			case "Default":
				types["."+strings.ToLower(s.attr("Extension"))] = s.attr("ContentType")
			}
			return s.skip()
		})
	})
	return types, err
}

// mainPart is the part that the package is about and its content type, each ""
// when unknown. The type is what tells a workbook from a text.
func (a *archive) mainPart(ctx context.Context) (name, contentType string, err error) {
	links, err := a.relationships(ctx, "")
	if err != nil {
		return "", "", err
	}
	types, err := a.contentTypes(ctx)
	if err != nil {
		return "", "", err
	}
	for _, id := range slices.Sorted(maps.Keys(links)) {
		if link := links[id]; link.kind == "officeDocument" {
			return link.target, cmp.Or(types[link.target], types[path.Ext(link.target)]), nil
		}
	}
	// Some exporters forget the link; the main part then shows by its type.
	for _, part := range slices.Sorted(maps.Keys(types)) {
		if is := types[part]; strings.Contains(is, "main+xml") && a.has(part) {
			return part, is, nil
		}
	}
	return "", "", nil
}
