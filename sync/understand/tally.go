package understand

import (
	"strconv"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// tally counts the people of a list as it is read, to set against the numbers
// that the sheet states.
type tally struct {
	page, since, all span
	totals           []total
}

// span is a run of rows with people.
type span struct{ first, last, people int }

func (s *span) add(row, people int) {
	if s.people == 0 || s.first == 0 {
		s.first = row
	}
	s.last = row
	s.people += people
}

// total is a row that states a number, with what it can mean.
type total struct {
	index            int
	count            int
	cell             string
	onPage           bool
	grand            bool // calls itself the total of all
	running          bool // of all so far: "Lũy kế", "Mang sang"
	page, since, all span
}

func (t *tally) people(row, n int) {
	t.page.add(row, n)
	t.since.add(row, n)
	t.all.add(row, n)
}

// newPage begins with every repeated header.
func (t *tally) newPage() { t.page = span{} }

// closed tells whether the last thing read was a total.
func (t *tally) closed() bool { return len(t.totals) > 0 && t.since.people == 0 }

// total takes the number that a total's row states. Numbers under columns of
// classes count classes and are left out.
// Lists side by side state theirs in one row, each for itself.
func (t *tally) total(index int, row *line, ofClasses map[int]bool, lists int) {
	if isPartCount(row) {
		return // a number of some of them
	}
	list := words(leadText(row))
	entry := total{index: index, onPage: contains(list, pageWord), grand: contains(list, grandWords), running: contains(list, runningWords), page: t.page, since: t.since, all: t.all}
	n, cell, ok := statedCount(row, ofClasses)
	if lists > 1 {
		n, cell, ok = statedCounts(row)
	}
	if !ok {
		return
	}
	entry.count, entry.cell = n, cell
	t.totals = append(t.totals, entry)
	switch {
	case entry.running:
	case entry.onPage:
		t.page = span{}
	default:
		t.since = span{}
	}
}

var (
	pageWord     = wordings("trang")
	runningWords = wordings("lũy kế", "cộng dồn", "mang sang", "chuyển sang", "chuyển trang")
	grandWords   = wordings("tổng", "tổng cộng", "tổng số", "danh sách", "tong cong", "toàn")
)

// settle decides which rows each total counts. The last one counts all; the
// others what stands since the one before. A total that calls itself one of
// all and agrees with all does so wherever it stands.
func (t *tally) settle(s *sheetReader) {
	last := -1
	for i := range t.totals {
		if !t.totals[i].onPage && !t.totals[i].running {
			last = i
		}
	}
	several := false
	for i := range t.totals {
		entry := &t.totals[i]
		counted := entry.since
		switch {
		case entry.running:
			counted = entry.all
		case entry.onPage:
			counted = entry.page
		case i == last && (!several || entry.grand || entry.since.people == 0),
			entry.grand && entry.count == entry.all.people && entry.count != entry.since.people:
			counted = entry.all
		}
		if !entry.onPage && !entry.running {
			several = true
		}
		s.rows[entry.index].stated = &reconcile.StatedTotal{
			Count: entry.count, Cell: entry.cell, FromRow: counted.first, ToRow: counted.last,
			Counted: counted.people, PageOnly: entry.onPage,
		}
	}
	*t = tally{}
}

// statedCount finds the number of people in a total's row: in its words, else
// in the only other cell with a number.
func statedCount(row *line, ofClasses map[int]bool) (n int, cell string, ok bool) {
	figures := 0
	for j := range row.cells {
		c := &row.cells[j]
		if ordinalOnly.MatchString(c.text) && j == 0 && len(row.cells) > 1 || ofClasses[c.Col] {
			continue
		}
		name := cellName(c.Col, row.number)
		if found, isCount := count(*c); isCount && j > 0 {
			if figures++; figures == 1 {
				n, cell = found, name
			}
			continue
		}
		if found, inWords := countIn(words(c.text)); inWords {
			return found, name, true
		}
	}
	return n, cell, figures == 1
}

// statedCounts adds the numbers of people that the words of several cells state.
func statedCounts(row *line) (n int, cell string, ok bool) {
	for j := range row.cells {
		c := &row.cells[j]
		if found, inWords := countIn(words(c.text)); inWords && c.Kind == sheet.Text && !ordinalOnly.MatchString(c.text) {
			if n += found; !ok {
				cell, ok = cellName(c.Col, row.number), true
			}
		}
	}
	return n, cell, ok
}

// countIn finds the number of people in a text: the number before the word for
// people, else the first one that is no page's.
func countIn(list []string) (int, bool) {
	first, found := 0, false
	for i, w := range list {
		n, err := strconv.Atoi(w)
		if err != nil || len(w) > 6 {
			continue
		}
		if i+1 < len(list) {
			if _, people := peopleWords.at(list, i+1); people {
				return n, true
			}
		}
		if i > 0 && (list[i-1] == "trang" || pageBefore[list[i-1]] && !contains(list[max(0, i-2):i], sumOf)) {
			continue
		}
		if i+1 < len(list) {
			// "02 (hai) đồng chí" writes the number out in between.
			if i+3 <= len(list) {
				for k := i + 2; k < min(i+5, len(list)); k++ {
					if _, people := peopleWords.at(list, k); people {
						return n, true
					}
				}
			}
		}
		if !found {
			first, found = n, true
		}
	}
	if found {
		return first, true
	}
	return spelledCount(list)
}

// sumOf ends in a word that also stands before the number of a page.
var sumOf = wordings("tổng số", "tong so")

var pageBefore = wordSet("trang số khối mục tờ")

// spelledCount reads a number written in words before the word for people:
// "Tổng cộng có hai mươi ba đồng chí".
func spelledCount(list []string) (int, bool) {
	total, current, found := 0, 0, false
	for i, w := range list {
		if _, people := peopleWords.at(list, i); people && found {
			return total + current, true
		}
		digit, isDigit := digitWords[w]
		switch {
		case isDigit:
			current += digit
			found = true
		case tenWords[w]:
			current = max(current, 1) * 10
			found = true
		case hundredWords[w]:
			total += max(current, 1) * 100
			current = 0
			found = true
		default:
			if found && !linkWords[w] {
				total, current, found = 0, 0, false
			}
		}
	}
	return 0, false
}

var (
	digitWords = func() map[string]int {
		m := map[string]int{}
		for i, w := range []string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"} {
			m[words(w)[0]] = i
		}
		m[words("mốt")[0]], m[words("lăm")[0]], m[words("tư")[0]] = 1, 5, 4
		return m
	}()
	tenWords     = wordSet("mười mươi")
	hundredWords = wordSet("trăm")
	linkWords    = wordSet("linh lẻ")
)
