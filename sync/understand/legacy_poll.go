package understand

import (
	"slices"
	"strings"
	"unicode"

	"doisoat/sync/sheet"
)

// poll is what the cells of a sheet say of its encodings, asked where one cell
// by itself can be read both ways.
type poll struct {
	verdicts memo[*verdict]
	sheet    ballot
	columns  map[int]*ballot
	rows     map[int]*ballot
}

// verdict is what a text says by itself.
type verdict struct {
	as [len(codecs)]judgement
	// modern: Vietnamese in Unicode, and in no legacy encoding.
	modern bool
	// reads: Vietnamese in Unicode, whatever else it may be.
	reads bool
}

// ballot counts what speaks for each encoding, in proofs, and for Unicode, in
// texts.
type ballot struct {
	legacy [len(codecs)]int
	modern int
}

func newPoll(g *sheet.Grid) *poll {
	p := &poll{columns: map[int]*ballot{}, rows: map[int]*ballot{}}
	type voter struct {
		col  int
		text string
	}
	voted := map[voter]bool{}
	for i := range g.Rows {
		row := &ballot{}
		p.rows[g.Rows[i].Number] = row
		for k := range g.Rows[i].Cells {
			c := &g.Rows[i].Cells[k]
			if c.Kind != sheet.Text {
				continue
			}
			v := p.verdict(c.Text)
			row.add(v)
			// A text that a column repeats says nothing new.
			if id := (voter{c.Col, c.Text}); !voted[id] {
				voted[id] = true
				if p.columns[c.Col] == nil {
					p.columns[c.Col] = &ballot{}
				}
				p.columns[c.Col].add(v)
				p.sheet.add(v)
			}
		}
	}
	return p
}

func (b *ballot) add(v *verdict) {
	if v.modern {
		b.modern++
		return
	}
	if e, ok := v.proven(); ok {
		b.legacy[e] += v.as[e].proofs
	}
}

// enough proofs settle what a text is, fewer need others beside them.
const enough = 2

// leads by: an encoding that this many times more proofs speak for than for
// another; short words are proofs of both now and then.
const leads = 4

// most is the encoding that the proofs are for.
func (b *ballot) most() (encoding int, ok bool) {
	for e, n := range b.legacy {
		if n < enough {
			continue
		}
		ok = true
		for other, m := range b.legacy {
			ok = ok && (other == e || n >= leads*m)
		}
		if ok {
			return e, true
		}
	}
	return 0, false
}

// sole is the encoding that the proofs are for while nothing is in Unicode.
func (b *ballot) sole() (encoding int, ok bool) {
	if b.modern > 0 {
		return 0, false
	}
	return b.most()
}

func (p *poll) verdict(text string) *verdict { return p.verdicts.get(text, newVerdict) }

func newVerdict(text string) *verdict {
	v := &verdict{}
	if isASCII([]rune(text)) {
		return v
	}
	v.reads, v.modern = isModernText(text), true
	if strings.ContainsFunc(text, neverLegacy) {
		for e := range v.as {
			v.as[e] = judgement{text: text, foreign: true, marked: 1}
		}
		v.modern = v.reads
		return v
	}
	for e, c := range codecs {
		v.as[e] = c.judge(text)
		v.modern = v.modern && !v.as[e].possible()
	}
	v.modern = v.modern && v.reads
	return v
}

// neverLegacy: a letter that no legacy encoding has, such as ễ. Most texts in
// Unicode hold one and need no further look.
func neverLegacy(r rune) bool {
	return r > 'þ' && (unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)) && latin(r) == r
}

// proven is the encoding that the text can only be in; of two, the one that
// more words prove. A text that proves two alike is proof of none.
func (v *verdict) proven() (encoding int, ok bool) {
	most := 0
	for e := range v.as {
		switch n := v.as[e].proofs; {
		case !v.as[e].proven() || n < most:
		case n == most:
			ok = false
		default:
			most, encoding, ok = n, e, true
		}
	}
	return encoding, ok
}

// provesAny: the text can be in one legacy encoding or another, and in Unicode
// it cannot.
func (v *verdict) provesAny() bool {
	return slices.ContainsFunc(v.as[:], func(j judgement) bool { return j.proven() })
}

// fits tells whether the text may be in the encoding, beside others that are:
// it is no worse there than in Unicode.
func (v *verdict) fits(e int) bool {
	j := &v.as[e]
	return !j.foreign && j.marked > 0 && (j.misfits == 0 || j.proven() || !v.reads)
}

// decide returns the cell's text as Unicode, and what made it so. A text that
// is returned as it was is no legacy text.
func (p *poll) decide(row int, c *sheet.Cell) (string, converted) {
	if c.Kind != sheet.Text || c.Text == "" {
		return c.Text, converted{}
	}
	v := p.verdict(c.Text)
	if font, capitals := fontCodec(c.Font()); font != nil {
		return p.byFont(v, row, c, font, capitals), converted{encoding: font.name}
	}
	e, ok := v.proven()
	if !ok || v.as[e].proofs < enough && !p.upholds(e, row, c.Col) {
		if e, ok = p.others(v, row, c.Col); !ok || !v.fits(e) {
			return c.Text, converted{}
		}
	}
	return v.as[e].text, converted{encoding: codecs[e].name, byLetters: true}
}

// upholds tells whether a single word that is proof of an encoding is not the
// only one: "Bö" alone may be anybody's name.
func (p *poll) upholds(e, row, col int) bool {
	column := p.columns[col]
	return p.rows[row].legacy[e] >= enough || column.legacy[e] >= max(enough, column.modern) ||
		column.modern == 0 && p.sheet.legacy[e] > enough
}

// others is the encoding of the cell's neighbours: those of its column, else
// of its row, else of the sheet, the first who are of one mind. A text that is
// no Unicode does not ask whether some of them are: "Hreâ" in a column of
// Unicode may stand in a row that was typed in VNI.
func (p *poll) others(v *verdict, row, col int) (encoding int, ok bool) {
	for _, b := range []*ballot{p.columns[col], p.rows[row], &p.sheet} {
		if v.provesAny() {
			encoding, ok = b.most()
		} else {
			encoding, ok = b.sole()
		}
		if ok {
			return encoding, true
		}
		if v.reads && b.modern > 0 && b.legacy == [len(codecs)]int{} {
			return 0, false
		}
	}
	return 0, false
}

// byFont reads the cell in its font's encoding, unless the text shows that it
// was typed in Unicode all the same: such a font stays behind when a list is
// typed anew, and letters it lacks are shown in another.
func (p *poll) byFont(v *verdict, row int, c *sheet.Cell, font *codec, capitals bool) string {
	text := c.Text
	for e := range codecs {
		if codecs[e] != font || v.as[e].marked == 0 {
			continue
		}
		j := &v.as[e]
		if j.foreign || !j.proven() && v.reads && (j.misfits > 0 || p.typedAnew(row, c.Col)) {
			return c.Text
		}
		text = j.text
	}
	if capitals && !isAddress(text) && !p.typedAnew(row, c.Col) {
		text = strings.Map(unicode.ToUpper, text)
	}
	return text
}

// isAddress: the text's case matters, whatever the font makes of it.
func isAddress(text string) bool { return strings.Contains(text, "@") || strings.Contains(text, "://") }

// typedAnew: what the neighbours show is Unicode alone.
func (p *poll) typedAnew(row, col int) bool {
	for _, b := range []*ballot{p.columns[col], p.rows[row], &p.sheet} {
		if b.legacy != [len(codecs)]int{} {
			return false
		}
		if b.modern > 0 {
			return true
		}
	}
	return false
}
