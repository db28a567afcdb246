package understand

import (
	"strings"

	"doisoat/reconcile"
)

// costGroup is a subtotal that stands above the lines that it sums.
type costGroup struct {
	at    int // in the sheet's Estimates
	depth int // of its numbering
}

// The numberings of an estimate, from the outermost. Those that are dotted lie
// between byNumberDepth and byLetterDepth, one deeper for each dot; a line
// without any belongs to the innermost group.
const (
	capitalDepth = iota + 1 // A
	romanDepth              // I
	numberDepth             // 1
	letterDepth  = numberDepth + 6
	dashDepth    = letterDepth + 1
	noDepth      = dashDepth + 1
)

// depthOf is how deep the numbering of a row lies: A, I, 1, 1.1, a, a dash.
func depthOf(row *line) int {
	first := row.cells[0].text
	if strings.HasPrefix(first, "-") || strings.HasPrefix(first, "+") {
		return dashDepth
	}
	number := first
	kind, ok := markerOf(number)
	if !ok {
		m := sectionMark.FindStringSubmatch(first)
		if m == nil {
			return noDepth
		}
		number = m[2]
		kind, _ = markerOf(number)
	}
	switch {
	case kind == byRoman:
		return romanDepth
	case kind == byNumber:
		return numberDepth
	case kind == byDotted:
		return min(numberDepth+strings.Count(strings.Trim(number, ".) "), "."), letterDepth-1)
	case strings.ToUpper(number) == number:
		return capitalDepth
	}
	return letterDepth
}

// headsGroup tells whether the i-th row, which has a figure, is the subtotal of
// the rows below it: it multiplies nothing, and is numbered A or I, or the next
// row with a figure lies deeper. A class is that only above its costs, which
// need no numbers; alone it is a line like others.
func (r *costReader) headsGroup(i, end int) bool {
	row := &r.sheet.view.rows[i]
	depth := depthOf(row)
	if depth >= letterDepth || !r.lacksFactors(row) {
		return false
	}
	_, ofClass := r.sheet.headsClass(row)
	if i+1 >= end {
		return depth <= romanDepth && !ofClass
	}
	next := &r.sheet.view.rows[i+1]
	switch {
	case depth <= romanDepth && !ofClass:
		return true
	case depth <= romanDepth:
		return !isTotal(next) && depthOf(next) > depth
	case ofClass && depthOf(next) == noDepth && !r.lacksFactors(next) && !isTotal(next):
		return r.hasAmount(next)
	}
	return depthOf(next) > depth && depthOf(next) < noDepth && !isTotal(next) && r.hasAmount(next)
}

func (r *costReader) hasAmount(row *line) bool {
	for k := range r.header.columns {
		if c := &r.header.columns[k]; c.field == reconcile.FieldAmount {
			if found, ok := row.at(c.col); ok {
				_, ok = money(found, r.unit)
				return ok
			}
		}
	}
	return false
}

// leaveGroups closes the groups that a line of that depth does not belong to.
func (r *costReader) leaveGroups(depth int) {
	if depth >= noDepth {
		return
	}
	for len(r.groups) > 0 && r.groups[len(r.groups)-1].depth >= depth {
		r.groups = r.groups[:len(r.groups)-1]
	}
}

// count adds a line to what the innermost group sums, or to what waits for a
// total below.
func (r *costReader) count(at int) {
	if len(r.groups) == 0 {
		r.pending = append(r.pending, at)
		return
	}
	sum := &r.sheet.out.Estimates[r.groups[len(r.groups)-1].at]
	sum.Lines = append(sum.Lines, at)
}

// subtotalAbove opens a group whose lines follow.
func (r *costReader) subtotalAbove(row *line) {
	e := r.line(row, reconcile.SubtotalLine)
	e.Programs = r.codes(r.class())
	at := len(r.sheet.out.Estimates)
	r.sheet.out.Estimates = append(r.sheet.out.Estimates, e)
	depth := depthOf(row)
	r.leaveGroups(depth)
	r.count(at)
	r.groups = append(r.groups, costGroup{at, depth})
	r.grouped = true
}

// countLearners makes "Số người" the number of learners in a table of classes,
// which multiplies nothing.
func countLearners(h header) {
	var people *column
	classes := false
	for k := range h.columns {
		c := &h.columns[k]
		switch c.field {
		case reconcile.FieldRate, reconcile.FieldLearners:
			return
		case reconcile.FieldClasses, reconcile.FieldProgram:
			classes = true
		case reconcile.FieldQuantity:
			if people == nil && contains(words(c.header), peopleWords) {
				people = c
			}
		}
	}
	if classes && people != nil {
		people.meaning = meaning{field: reconcile.FieldLearners}
	}
}
