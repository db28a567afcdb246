package understand

import (
	"regexp"
	"strconv"

	"doisoat/reconcile"
)

// A sheet says on which day it was written under its letterhead, or over its
// signature: "Quảng Ngãi, ngày 15 tháng 8 năm 2025".
var writtenMark = regexp.MustCompile(`(?i)^(?:[^\d,:;()]{2,40},\s*)?(?:ngày|ngay)\s+(\d{1,2})(?:\s+(?:tháng|thang)\s+|\s*[/.-]\s*)(\d{1,2})(?:\s+(?:năm|nam)\s+|\s*[/.-]\s*)(\d{4})\s*\.?$`)

const (
	// edgeRows is how many rows from the top and from the end are looked at, and
	// edgeCells how many cells such a row may have: the date of a row of people
	// is theirs.
	edgeRows  = 15
	edgeCells = 3
	// A sheet of a plan is written at most so many years before or after it.
	yearsBefore, yearsAfter = 1, 10
)

// writtenOn is the latest day that the sheet says it was written on, zero when
// it says none.
func writtenOn(v *view, plan *reconcile.Plan) reconcile.Date {
	var latest reconcile.Date
	for i := range v.rows {
		if i >= edgeRows && i < len(v.rows)-edgeRows || len(v.rows[i].cells) > edgeCells {
			continue
		}
		for j := range v.rows[i].cells {
			for _, text := range cellLines(&v.rows[i].cells[j]) {
				day := dayIn(text)
				if plan.Year != 0 && (day.Year < plan.Year-yearsBefore || day.Year > plan.Year+yearsAfter) {
					continue
				}
				if latest.SurelyBefore(day) || latest.IsZero() {
					latest = day
				}
			}
		}
	}
	return latest
}

func dayIn(text string) reconcile.Date {
	found := writtenMark.FindStringSubmatch(text)
	if found == nil {
		return reconcile.Date{}
	}
	var numbers [3]int
	for i := range numbers {
		numbers[i], _ = strconv.Atoi(found[i+1]) // digits, by the pattern
	}
	day, err := reconcile.NewDate(numbers[2], numbers[1], numbers[0])
	if err != nil {
		return reconcile.Date{}
	}
	return day
}

// day is when a document's names were written that does not say it: the plan's
// first day, since a plan's sheets are read long after bodies have merged, or
// any later one up to that of its arrival.
func (r *Reader) day(o Options) asOf {
	first := r.plan.From
	switch {
	case !first.IsZero():
	case r.plan.Year != 0:
		first = reconcile.Date{Year: r.plan.Year, Month: 1, Day: 1}
	default:
		first = o.Today
	}
	if o.Received.IsZero() || o.Received.SurelyBefore(first) {
		return on(first)
	}
	return asOf{first, o.Received}
}

// dayOf is when the sheet was written, as far as it says so itself; the first
// day that a sheet says stands for what belongs to the whole document.
func (w *workbook) dayOf(v *view) asOf {
	day := writtenOn(v, w.reader.plan)
	if day.IsZero() {
		return w.reader.day(w.options)
	}
	if w.written.IsZero() {
		w.written = day
	}
	return on(day)
}
