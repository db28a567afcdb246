package sheet

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// htmlBook is an HTML file, which many systems export under the name of .xls.
// Each table that holds data is a sheet. The tables are read when the file is
// opened, since what a table is shows at its end.
type htmlBook struct {
	grids []*Grid
}

// charsetLabel finds the encoding that a page names, in either way to do it.
var charsetLabel = regexp.MustCompile(`(?i)<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)`)

func openHTML(ctx context.Context, s *source) (Book, error) {
	label := ""
	if m := charsetLabel.FindSubmatch(s.head); m != nil {
		label = string(m[1])
	}
	text, err := s.readText(ctx, label)
	if err != nil {
		return nil, err
	}
	p := newHTMLPage(s.limits, text)
	if err := p.scan(ctx); err != nil {
		return nil, err
	}
	if len(p.grids) == 0 {
		switch {
		case p.frames:
			return nil, fmt.Errorf("%w: the sheets of the page are in other files", ErrUnsupported)
		case p.tables == 0:
			return nil, fmt.Errorf("%w: a page without tables", ErrNotASheet)
		}
		return nil, fmt.Errorf("%w: all tables of the page are blank", ErrEmpty)
	}
	p.nameSheets()
	return &htmlBook{grids: p.grids}, nil
}

func (b *htmlBook) Format() string { return "html" }

func (b *htmlBook) Sheets() []Info {
	infos := make([]Info, len(b.grids))
	for i, g := range b.grids {
		infos[i] = g.Info
	}
	return infos
}

func (b *htmlBook) Close() error { return nil }

func (b *htmlBook) Read(ctx context.Context, i int) (*Grid, error) {
	if i < 0 || i >= len(b.grids) {
		return nil, fmt.Errorf("sheet %d of %d", i, len(b.grids))
	}
	return b.grids[i], ctx.Err()
}

// htmlPage reads a page from tag to tag. Tags need not be closed.
type htmlPage struct {
	limits Limits
	tokens *html.Tokenizer
	css    htmlCSS

	open   []*htmlTable // the tables that are open, the innermost last
	grids  []*Grid
	tables int
	cells  int      // of all tables
	names  []string // of worksheets, as Excel notes them in a comment
	frames bool

	above     htmlAbove
	heading   []byte // the last heading
	inHeading bool
	raw       string // the element whose text is none of the page: style, script
}

const (
	// maxTables bounds how deep tables may be nested.
	maxTables = 32
	// maxHTMLTag bounds one tag or one piece of text.
	maxHTMLTag = 4 << 20
)

func newHTMLPage(limits Limits, text []byte) *htmlPage {
	p := &htmlPage{limits: limits, tokens: html.NewTokenizer(bytes.NewReader(text)), css: make(htmlCSS)}
	p.tokens.SetMaxBuf(maxHTMLTag)
	return p
}

func (p *htmlPage) scan(ctx context.Context) error {
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		var err error
		switch p.tokens.Next() {
		case html.ErrorToken:
			if p.tokens.Err() == html.ErrBufferExceeded {
				return fmt.Errorf("%w: a tag or text of more than %d bytes", ErrTooLarge, maxHTMLTag)
			}
			for len(p.open) > 0 && err == nil {
				err = p.endTable()
			}
			return err
		case html.CommentToken:
			p.comment(string(p.tokens.Text()))
		case html.TextToken:
			err = p.text(p.tokens.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			err = p.start(htmlTagOf(p.tokens))
		case html.EndTagToken:
			name, _ := p.tokens.TagName()
			err = p.end(string(name))
		}
		if err != nil {
			return err
		}
	}
}

var worksheetName = regexp.MustCompile(`(?s)<x:ExcelWorksheet>\s*<x:Name>(.*?)</x:Name>`)

// comment takes the names of worksheets out of the XML that Excel hides in a
// comment.
func (p *htmlPage) comment(text string) {
	for _, m := range worksheetName.FindAllStringSubmatch(text, p.limits.Sheets) {
		p.names = append(p.names, strings.TrimSpace(html.UnescapeString(m[1])))
	}
	p.frames = p.frames || strings.Contains(text, "<x:WorksheetSource")
}

func (p *htmlPage) current() *htmlTable {
	if len(p.open) == 0 {
		return nil
	}
	return p.open[len(p.open)-1]
}

func (p *htmlPage) text(text []byte) error {
	switch t := p.current(); {
	case p.raw == "style":
		p.css.parse(string(text))
	case p.raw != "":
	case p.inHeading:
		if len(p.heading) < p.limits.CellBytes {
			p.heading = append(p.heading, text...)
		}
		if t == nil || len(p.open) == 1 {
			p.above.add(text)
		}
	case t != nil:
		return t.text(text)
	default:
		p.above.add(text)
	}
	return nil
}

func (p *htmlPage) start(tag htmlTag) error {
	t := p.current()
	if t == nil || tag.name == "caption" {
		p.above.line(tag.name)
	}
	switch tag.name {
	case "style", "script", "title", "textarea", "noscript":
		p.raw = tag.name
	case "frameset", "frame":
		p.frames = true
	case "h1", "h2", "h3", "h4", "h5", "h6", "caption":
		if t == nil || tag.name == "caption" {
			p.inHeading, p.heading = true, p.heading[:0]
		}
	case "table":
		return p.startTable(tag)
	case "tr", "td", "th":
		p.inHeading = false // a caption that was not closed
	}
	if t == nil {
		return nil
	}
	return t.start(tag)
}

func (p *htmlPage) end(name string) error {
	if name == p.raw {
		p.raw = ""
	}
	if p.current() == nil || name == "caption" {
		p.above.line(name)
	}
	switch name {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		p.inHeading = false
	case "caption":
		if t := p.current(); t != nil {
			p.inHeading = false
			t.grid.Name = oneLine(p.heading)
		}
	case "table":
		if len(p.open) > 0 {
			return p.endTable()
		}
	}
	if t := p.current(); t != nil {
		return t.end(name)
	}
	return nil
}

func (p *htmlPage) startTable(tag htmlTag) error {
	if len(p.open) == maxTables {
		return fmt.Errorf("%w: more than %d tables one within the other", ErrTooLarge, maxTables)
	}
	p.tables++
	style := p.css.style(tag)
	t := newHTMLTable(p, Info{Name: oneLine(p.heading), Hidden: style.hidden}, style)
	p.heading, p.inHeading = p.heading[:0], false
	p.open = append(p.open, t)
	return nil
}

// endTable closes the innermost table. One that holds data becomes a sheet;
// one in a cell that is there for the looks becomes text of that cell.
func (p *htmlPage) endTable() error {
	t := p.current()
	if err := t.finish(); err != nil {
		return err
	}
	p.open = p.open[:len(p.open)-1]
	outer := p.current()
	if outer != nil && outer.inCell && !t.holdsData() {
		for _, r := range t.grid.Rows {
			for _, c := range r.Cells {
				if err := outer.flow(c.Text); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if len(t.grid.Rows) == 0 {
		return nil
	}
	if len(p.grids) == p.limits.Sheets {
		return fmt.Errorf("%w: more than %d tables", ErrTooLarge, p.limits.Sheets)
	}
	if p.cells += t.total; p.cells > p.limits.Cells {
		return t.tooManyCells()
	}
	t.grid.Index = len(p.grids)
	if outer == nil {
		t.grid.Above = p.above.take()
	}
	p.grids = append(p.grids, t.grid)
	return nil
}

// nameSheets gives the tables the names that Excel noted, and those of several
// that have none their number.
func (p *htmlPage) nameSheets() {
	for i, g := range p.grids {
		if len(p.names) == len(p.grids) {
			g.Name = p.names[i]
		}
		if g.Name == "" && len(p.grids) > 1 {
			g.Name = fmt.Sprintf("Bảng %d", i+1)
		}
	}
}

// oneLine is a text without line breaks and blanks that are not seen.
func oneLine(text []byte) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(string(text), "\uFFFD")), " ")
}
