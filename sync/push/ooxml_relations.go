package push

import (
	"fmt"
	"net/url"
	"path"
	"strconv"
	"strings"
)

// Namespaces and relation types of transitional OOXML, which every office
// program writes unless it is told to write the strict kind.
const (
	mainNamespace     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	partRelations     = "http://schemas.openxmlformats.org/package/2006/relationships"
	partTypes         = "http://schemas.openxmlformats.org/package/2006/content-types"
	strictRoot        = "http://purl.oclc.org/ooxml/"

	relOffice    = relationNamespace + "/officeDocument"
	relSheet     = relationNamespace + "/worksheet"
	relStyles    = relationNamespace + "/styles"
	relStrings   = relationNamespace + "/sharedStrings"
	relApp       = relationNamespace + "/extended-properties"
	relCore      = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
	relChain     = relationNamespace + "/calcChain"
	relComments  = relationNamespace + "/comments"
	relDrawing   = relationNamespace + "/vmlDrawing"
	relRevisions = relationNamespace + "/revisionHeaders"
	relSignature = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
)

// relation is a line of a part's relations.
type relation struct {
	id, kind string
	target   string // the name of a part; as written when external
	external bool
	element  element
}

// relations is the relations part of one part.
type relations struct {
	part  string // whose relations these are, "" for the package's
	name  string // of the part that holds them
	data  []byte // nil when there is none
	outer element
	list  []relation
}

// relationsName is where the relations of a part stand.
func relationsName(part string) string {
	return path.Join(path.Dir(part), "_rels", path.Base("/"+part)+".rels")
}

// relationsOf reads the relations of a part, "" for the package's own.
func (p *pack) relationsOf(part string) (*relations, error) {
	name := "_rels/.rels"
	if part != "" {
		name = relationsName(part)
	}
	r := &relations{part: part, name: name}
	if !p.has(name) {
		return r, nil
	}
	data, err := p.content(name)
	if err != nil {
		return nil, err
	}
	outer, children, err := root(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if _, err := prefixOf(data, outer, partRelations); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	r.data, r.outer = data, outer
	for _, e := range children {
		rel := relation{element: e}
		rel.id, _ = attr(data, e.open, "Id")
		rel.kind, _ = attr(data, e.open, "Type")
		rel.target, _ = attr(data, e.open, "Target")
		mode, _ := attr(data, e.open, "TargetMode")
		if rel.external = mode == "External"; !rel.external {
			rel.target = resolve(part, rel.target)
		}
		r.list = append(r.list, rel)
	}
	return r, nil
}

// resolve makes the name of a part from a target as it is written.
func resolve(part, target string) string {
	target, _, _ = strings.Cut(target, "#")
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	target = strings.ReplaceAll(target, `\`, "/")
	if strings.HasPrefix(target, "/") {
		return path.Clean(target)[1:]
	}
	return strings.TrimPrefix(path.Join("/", path.Dir(part), target), "/")
}

// byKind returns the first relation of the type.
func (r *relations) byKind(kind string) (relation, bool) {
	for _, rel := range r.list {
		if rel.kind == kind && !rel.external {
			return rel, true
		}
	}
	return relation{}, false
}

func (r *relations) byID(id string) (relation, bool) {
	for _, rel := range r.list {
		if rel.id == id {
			return rel, true
		}
	}
	return relation{}, false
}

// addRelation gives the part a relation and returns its ID.
func (p *pack) addRelation(part, kind, target string) (string, error) {
	r, err := p.relationsOf(part)
	if err != nil {
		return "", err
	}
	highest := 0
	for _, rel := range r.list {
		if n, err := strconv.Atoi(strings.TrimPrefix(rel.id, "rId")); err == nil {
			highest = max(highest, n)
		}
	}
	id := "rId" + strconv.Itoa(highest+1)
	attributes := `Id="` + id + `" Type="` + kind + `" Target="` + escapeXML(relative(part, target)) + `"/>`
	if r.data == nil {
		p.add(r.name, []byte(xmlHeader+`<Relationships xmlns="`+partRelations+`"><Relationship `+attributes+`</Relationships>`))
		return id, nil
	}
	prefix := strings.TrimSuffix(r.outer.name(), r.outer.local())
	p.set(r.name, apply(r.data, []splice{appendTo(r.data, r.outer, "<"+prefix+"Relationship "+attributes)}))
	return id, nil
}

// dropRelations removes the part's relations with these IDs, and its relations
// part when none is left.
func (p *pack) dropRelations(part string, ids ...string) error {
	r, err := p.relationsOf(part)
	if err != nil || r.data == nil {
		return err
	}
	var edits []splice
	for _, id := range ids {
		if rel, ok := r.byID(id); ok {
			edits = append(edits, cut(rel.element))
		}
	}
	if len(edits) == len(r.list) {
		p.remove(r.name)
		return nil
	}
	p.set(r.name, apply(r.data, edits))
	return nil
}

// reachable lists, by partKey, the parts that relations lead to from one part.
func (p *pack) reachable(from string, found map[string]bool) error {
	r, err := p.relationsOf(from)
	if err != nil {
		return err
	}
	for _, rel := range r.list {
		key := partKey(rel.target)
		if rel.external || found[key] || !p.has(rel.target) {
			continue
		}
		found[key] = true
		if err := p.reachable(rel.target, found); err != nil {
			return err
		}
	}
	return nil
}
