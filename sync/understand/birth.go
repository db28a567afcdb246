package understand

import (
	"regexp"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// readBirth reads the birth date from its column, from those that give the sex
// as well, from day, month and year, or from the name's cell.
func (d *draft) readBirth() {
	reader := d.dateReader()
	reader.order = dayFirst
	for _, c := range d.block.births {
		if c.isPart() {
			continue
		}
		found, ok := d.own(c)
		switch {
		case ok && !isMark(found.text):
			column := d.readerOf(c)
			column.shortYears = true
			d.setBirth(c, found.text, column.cell(found))
		default:
			if !ok && !d.reg.Readings.Has(reconcile.FieldBirthDate) {
				d.note(reconcile.FieldBirthDate, c, "", reconcile.NoFault)
			}
		}
	}
	d.addDay()
	if first, day, month, year := d.parts(reconcile.FieldBirthDate, d.block.births); first != nil && d.reg.BirthDate.IsZero() {
		d.setBirth(first, joinDate(day, month, year), splitDate(reader, day, month, year))
	}
	if d.reg.BirthDate.IsZero() && d.reg.Readings.Get(reconcile.FieldBirthDate).Fault == reconcile.NoFault && !d.found.birth.IsZero() {
		if col := d.block.name; col != nil {
			d.setBirth(col, d.found.birth.Vietnamese(), oneDate(d.found.birth))
		}
	}
}

// addDay completes a year by the day and the month that stand in another column. A
// number of theirs (5.1) may have lost a nought and says nothing.
func (d *draft) addDay() {
	year := d.reg.BirthDate
	if year.Year == 0 || year.Month > 0 {
		return
	}
	for _, c := range d.block.births {
		found, ok := d.own(c)
		if !ok || found.Kind != sheet.Text || !lacksYear.MatchString(found.text) {
			continue
		}
		whole := found.text + "/" + year.String()
		d.reg.BirthDate = reconcile.Date{}
		d.setBirth(c, whole, d.readerOf(c).text(whole))
		return
	}
}

// lacksYear is a day and a month whose year stands in a column of its own.
var lacksYear = regexp.MustCompile(`^\d{1,2}\s*[/.-]\s*\d{1,2}$`)

// setBirth takes a date that a person on the list can have been born on.
func (d *draft) setBirth(c *column, text string, found dates) {
	fault := found.fault
	date := found.first()
	switch {
	case found.n > 1:
		fault = reconcile.Several
	case !date.IsZero() && !d.list.sheet.canBeBorn(date):
		fault = reconcile.Impossible
	}
	if !d.reg.BirthDate.IsZero() && fault == reconcile.NoFault && agree(date, d.reg.BirthDate) {
		if precision(date) > precision(d.reg.BirthDate) {
			d.reg.BirthDate = date
			d.note(reconcile.FieldBirthDate, c, text, fault)
		}
		return
	}
	if !d.reg.BirthDate.IsZero() {
		if fault == reconcile.NoFault && date != d.reg.BirthDate && !date.IsZero() {
			d.reg.BirthDate = reconcile.Date{}
			d.note(reconcile.FieldBirthDate, c, text, reconcile.Contradictory)
		}
		return
	}
	if fault == reconcile.NoFault || fault == reconcile.Ambiguous {
		d.reg.BirthDate = date
	}
	d.note(reconcile.FieldBirthDate, c, text, fault)
}

// agree tells whether two dates can be the same, one of them being less
// precise: "1991" stands beside "17/04/1991".
func agree(a, b reconcile.Date) bool {
	return a.Year == b.Year && (a.Month == 0 || b.Month == 0 || a.Month == b.Month && (a.Day == 0 || b.Day == 0 || a.Day == b.Day))
}

// precision is how many of year, month and day a date has.
func precision(d reconcile.Date) int {
	switch {
	case d.IsZero():
		return 0
	case d.Month == 0:
		return 1
	case d.Day == 0:
		return 2
	}
	return 3
}

// Officials are adults, and nobody on a list of theirs is over ninety (the
// religious dignitaries are the oldest); a date outside is a slip of the pen.
const (
	youngest = 18
	oldest   = 90
)

func (s *sheetReader) canBeBorn(d reconcile.Date) bool {
	year := s.reader.plan.Year
	if year == 0 {
		year = s.dates.pivot
	}
	return year-d.Year >= youngest && year-d.Year <= oldest
}
