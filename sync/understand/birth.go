package understand

import "doisoat/reconcile"

// readBirth reads the birth date from its column, from those that give the sex
// as well, from day, month and year, or from the name's cell.
func (d *draft) readBirth() {
	reader := d.dateReader()
	reader.order = dayFirst
	var parts [3]string // year, month, day
	var split *column
	for _, c := range d.block.births {
		found, ok := d.own(c)
		switch {
		case c.holds == aDay || c.holds == aMonth || c.holds == aYear:
			if split == nil {
				split = c
			}
			if ok {
				parts[aYear-c.holds] = found.text
			}
		case ok && !isMark(found.text):
			d.setBirth(c, found.text, d.readerOf(c).cell(found))
		default:
			if !ok && !d.reg.Readings.Has(reconcile.FieldBirthDate) {
				d.note(reconcile.FieldBirthDate, c, "", reconcile.NoFault)
			}
		}
	}
	if split != nil && d.reg.BirthDate.IsZero() {
		d.setBirth(split, joinDate(parts), splitDate(reader, parts))
	}
	if d.reg.BirthDate.IsZero() && d.reg.Readings.Get(reconcile.FieldBirthDate).Fault == reconcile.NoFault && !d.found.birth.IsZero() {
		if col := d.block.name; col != nil {
			d.setBirth(col, d.found.birth.Vietnamese(), oneDate(d.found.birth))
		}
	}
}

// joinDate writes the parts of a date, the year first, as one text.
func joinDate(parts [3]string) string {
	out := parts[0]
	for _, part := range parts[1:] {
		if part != "" {
			out = part + "/" + out
		}
	}
	return out
}

func splitDate(r dateReader, parts [3]string) dates {
	switch {
	case parts == [3]string{}:
		return dates{}
	case parts[0] == "":
		return dates{fault: reconcile.Malformed}
	}
	return r.text(joinDate(parts))
}

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
