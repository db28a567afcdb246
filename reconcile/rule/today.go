package rule

import "doisoat/reconcile"

// Rules ask of the reference date only whether a day has come, through the
// functions of this file, so that it is known until when nothing else would be
// found: the next of the days that had not come.

// Until returns, after Run, the first day on which the same input may give
// other findings, zero when no day to come matters.
func (in *Input) Until() reconcile.Date { return in.until }

// notYet reports whether today is surely before the day.
func (in *Input) notYet(day reconcile.Date) bool {
	if !in.Today.SurelyBefore(day) {
		return false
	}
	day.Month, day.Day = max(day.Month, 1), max(day.Day, 1)
	if in.until.IsZero() || day.Compare(in.until) < 0 {
		in.until = day
	}
	return true
}

// over reports whether the day, or all of the month or year, surely is over.
func (in *Input) over(day reconcile.Date) bool {
	if day.IsZero() {
		return false
	}
	return !in.notYet(dayAfter(day))
}

// dayAfter is the first day after a date of whatever precision.
func dayAfter(d reconcile.Date) reconcile.Date {
	switch {
	case d.Month == 0:
		return reconcile.Date{Year: d.Year + 1, Month: 1, Day: 1}
	case d.Day == 0:
		return reconcile.Date{Year: d.Year, Month: d.Month, Day: 1}.AddMonths(1)
	}
	return reconcile.Date{Year: d.Year, Month: d.Month, Day: d.Day}.AddDays(1)
}
