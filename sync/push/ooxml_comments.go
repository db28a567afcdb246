package push

import (
	"fmt"
	"strconv"
	"strings"
)

// emptyComments is the comments part of a sheet that has none.
const emptyComments = xmlHeader + `<comments xmlns="` + mainNamespace + `"><authors/><commentList/></comments>`

// commentsPart is the part that holds a sheet's comments.
type commentsPart struct {
	data     []byte
	prefix   string
	authors  element
	names    []string
	list     element
	comments []comment
}

// comment is one comment with its text.
type comment struct {
	element  element
	cell     string // in capitals, without $
	author   string
	text     element
	children []element // of the text
	pieces   []piece
}

// piece is a <t> of a comment and the child of the text that it stands in.
type piece struct {
	t, child element
	text     string
}

func parseComments(data []byte) (*commentsPart, error) {
	c := &commentsPart{data: data}
	outer, children, err := root(data)
	if err != nil {
		return nil, err
	}
	if c.prefix, err = prefixOf(data, outer, mainNamespace); err != nil {
		return nil, err
	}
	for _, e := range children {
		switch e.name() {
		case c.prefix + "authors":
			c.authors = e
		case c.prefix + "commentList":
			c.list = e
		}
	}
	if c.authors.end() == 0 || c.list.end() == 0 {
		return nil, fmt.Errorf("%w: comments without a list", ErrPackageUnknown)
	}
	_, authors, err := expand(data, c.authors.open)
	if err != nil {
		return nil, err
	}
	for _, e := range authors {
		c.names = append(c.names, xmlText(e.inner(data)))
	}
	_, items, err := expand(data, c.list.open)
	if err != nil {
		return nil, err
	}
	for _, e := range items {
		one, err := c.parseOne(e)
		if err != nil {
			return nil, err
		}
		c.comments = append(c.comments, one)
	}
	return c, nil
}

func (c *commentsPart) parseOne(e element) (comment, error) {
	one := comment{element: e}
	ref, _ := attr(c.data, e.open, "ref")
	one.cell = strings.ToUpper(strings.ReplaceAll(ref, "$", ""))
	if i, ok := attrInt(c.data, e.open, "authorId"); ok && i >= 0 && i < len(c.names) {
		one.author = c.names[i]
	}
	_, parts, err := expand(c.data, e.open)
	if err != nil {
		return comment{}, err
	}
	for _, part := range parts {
		if part.local() == "text" {
			one.text = part
			break
		}
	}
	if one.text.end() == 0 {
		return comment{}, fmt.Errorf("%w: a comment without text", ErrPackageUnknown)
	}
	if _, one.children, err = expand(c.data, one.text.open); err != nil {
		return comment{}, err
	}
	for _, child := range one.children {
		switch child.local() {
		case "t":
			one.pieces = append(one.pieces, piece{t: child, child: child, text: xmlText(child.inner(c.data))})
		case "r":
			_, parts, err := expand(c.data, child.open)
			if err != nil {
				return comment{}, err
			}
			for _, t := range parts {
				if t.local() == "t" {
					one.pieces = append(one.pieces, piece{t: t, child: child, text: xmlText(t.inner(c.data))})
				}
			}
		}
	}
	return one, nil
}

// ourPlace is the offset in the comment's whole text at which ours begins: 0
// when all of it is ours, -1 when none is.
func (one *comment) ourPlace() int {
	var whole strings.Builder
	for _, p := range one.pieces {
		whole.WriteString(p.text)
	}
	switch text := whole.String(); {
	case one.author == author || strings.HasPrefix(text, noteHead):
		return 0
	default:
		return strings.Index(text, "\n"+noteHead)
	}
}

// withoutOurs takes back what an earlier run wrote into a comments part. kept
// is nil when that is nothing; cells are those whose comment is gone; left is
// how many comments remain.
func withoutOurs(data []byte) (kept []byte, cells []string, left int, err error) {
	c, err := parseComments(data)
	if err != nil {
		return nil, nil, 0, err
	}
	var edits []splice
	for i := range c.comments {
		one := &c.comments[i]
		switch at := one.ourPlace(); at {
		case -1:
			left++
		case 0:
			cells = append(cells, one.cell)
			edits = append(edits, cut(one.element))
		default:
			left++
			edits = append(edits, c.cutText(one, at)...)
		}
	}
	if len(edits) == 0 {
		return nil, nil, left, nil
	}
	return apply(data, edits), cells, left, nil
}

// cutText removes a comment's text from an offset on.
func (c *commentsPart) cutText(one *comment, at int) []splice {
	var edits []splice
	done := make(map[int]bool) // children that are cut, by their start
	for _, p := range one.pieces {
		switch {
		case at >= len(p.text):
			at -= len(p.text)
		case at > 0:
			edits = append(edits, splice{
				at: p.t.open.end, drop: p.t.close.start - p.t.open.end, add: escapeXML(p.text[:at]),
			})
			at = 0
		case !done[p.child.start()]:
			done[p.child.start()] = true
			edits = append(edits, cut(p.child))
		}
	}
	return edits
}

// withNotes writes notes into a comments part: below the text of the comment
// that a cell has already, or as comments of their own, which are returned and
// need a box each.
func withNotes(data []byte, notes []*note) (written []byte, boxed []*note, err error) {
	c, err := parseComments(data)
	if err != nil {
		return nil, nil, err
	}
	byCell := make(map[string]*comment, len(c.comments))
	for i := range c.comments {
		byCell[c.comments[i].cell] = &c.comments[i]
	}
	signature, edits := c.signature()
	var added strings.Builder
	for _, n := range notes {
		one := byCell[n.cell()]
		switch {
		case one == nil:
			boxed = append(boxed, n)
			fmt.Fprintf(&added, `<%[1]scomment ref="%[2]s" authorId="%[3]d"><%[1]stext>%[4]s</%[1]stext></%[1]scomment>`,
				c.prefix, n.cell(), signature, n.runs(c.prefix, ""))
		case strings.HasPrefix(one.author, "tc="):
			// The stand-in for a threaded comment; programs write it anew.
		default:
			edits = append(edits, c.below(one, n)...)
		}
	}
	if added.Len() > 0 {
		edits = append(edits, appendTo(data, c.list, added.String()))
	}
	return apply(data, edits), boxed, nil
}

// signature is the index of the service among the authors, to whom it is added
// where it is not yet one of them.
func (c *commentsPart) signature() (int, []splice) {
	for i, name := range c.names {
		if name == author {
			return i, nil
		}
	}
	xml := fmt.Sprintf("<%[1]sauthor>%[2]s</%[1]sauthor>", c.prefix, author)
	return len(c.names), []splice{appendTo(c.data, c.authors, xml)}
}

// below adds a note under the text of an existing comment.
func (c *commentsPart) below(one *comment, n *note) []splice {
	runs := n.runs(c.prefix, "\n")
	var edits []splice
	at := -1
	for _, child := range one.children {
		switch child.local() {
		case "t": // a plain text becomes the first run
			edits = append(edits,
				splice{at: child.start(), add: "<" + c.prefix + "r>"},
				splice{at: child.end(), add: "</" + c.prefix + "r>"})
		case "r":
		default: // readings stand below the runs
			if at < 0 {
				at = child.start()
			}
		}
	}
	if at < 0 {
		return append(edits, appendTo(c.data, one.text, runs))
	}
	return append(edits, splice{at: at, add: runs})
}

// runs is the note as formatted text.
func (n *note) runs(prefix, before string) string {
	var b strings.Builder
	run := func(bold bool, text string) {
		weight := ""
		if bold {
			weight = "<" + prefix + "b/>"
		}
		fmt.Fprintf(&b, `<%[1]sr><%[1]srPr>%[2]s<%[1]ssz val="%[3]s"/><%[1]scolor indexed="81"/><%[1]srFont val="Tahoma"/>`+
			`<%[1]sfamily val="2"/></%[1]srPr><%[1]st xml:space="preserve">%[4]s</%[1]st></%[1]sr>`,
			prefix, weight, strconv.Itoa(noteSize), stringXML(text))
	}
	for i, l := range n.lines {
		if i > 0 {
			before = "\n"
		}
		run(true, before+l.head)
		run(false, l.text)
	}
	return b.String()
}

// noteSize is the size of a comment's font in points.
const noteSize = 9
