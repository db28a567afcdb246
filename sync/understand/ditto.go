package understand

import (
	"regexp"
	"strings"
)

// ditto is how people write that the value of the row above holds here too:
// "nt", "-nt-", "như trên", the marks " and 〃, "//".
var ditto = regexp.MustCompile(`(?i)^(["”“″〃]{1,2}|[-–]?\s*//\s*[-–]?|[-–"(]?\s*(nt|n/t|như trên|nhu tren)\s*[-–").]?)$`)

// isDitto spares the expression the texts that are too long for any of them or
// begin otherwise, which are nearly all.
func isDitto(text string) bool { return len(text) <= 16 && mayBeDitto(text) && ditto.MatchString(text) }

// mayBeDitto looks at the first two bytes: a mark (beyond ASCII those of the
// blocks U+2000 and U+3000), or an n before t, h or a slash.
func mayBeDitto(text string) bool {
	if text == "" {
		return false
	}
	switch text[0] {
	case '"', '-', '/', '(', 0xE2, 0xE3:
		return true
	case 'n', 'N':
		return len(text) > 1 && strings.IndexByte("tThH/", text[1]) >= 0
	}
	return false
}

// said tells by column in which row of the view something stood last, for the
// rows that repeat it by a ditto mark; 0 where nothing did, else one more than
// the row's index.
type said []int32

func (s *said) remember(row *line, index int) {
	last := row.cells[len(row.cells)-1].Col
	for len(*s) <= last {
		*s = append(*s, 0)
	}
	for j := range row.cells {
		if c := &row.cells[j]; !isDitto(c.text) {
			(*s)[c.Col] = int32(index + 1)
		}
	}
}

// at is the row's cell in a column; for a ditto mark it is the cell meant by
// it, none when nothing stands above.
func (d *draft) at(c *column) (cell, bool) {
	found, ok := d.own(c)
	if !ok || !isDitto(found.text) {
		return found, ok
	}
	if above := d.list.said; c.col < len(above) && above[c.col] > 0 {
		if found, ok = d.list.sheet.view.rows[above[c.col]-1].at(c.col); ok && !isBroken(found) {
			return found, true
		}
	}
	return noCell, false
}
