package understand

import "doisoat/reconcile"

// readPosition reads position and unit, in one cell or in two.
func (d *draft) readPosition() {
	if c := d.block.position; c != nil {
		found, _ := d.cell(c)
		text := found.text
		if d.list.sheet.saysNone(text) {
			text = ""
		}
		d.reg.Position = text
		if c.holds == withUnit && text != "" {
			d.reg.Position, d.unit = d.list.sheet.splitPosition(found.Text)
			if d.unit != "" {
				d.note(reconcile.FieldUnit, c, found.text, reconcile.NoFault)
			}
		}
		d.note(reconcile.FieldPosition, c, found.text, reconcile.NoFault)
	}
	if d.reg.Position == "" && d.found.role != "" {
		d.reg.Position, d.unit = d.list.sheet.splitPosition(d.found.role)
		d.reg.Readings.Set(reconcile.FieldPosition, d.reg.Readings.Get(reconcile.FieldFullName))
	}
	if c := d.block.unit; c != nil {
		found, _ := d.cell(c)
		if !d.list.sheet.saysNone(found.text) {
			d.unit = found.text
		}
		d.note(reconcile.FieldUnit, c, found.text, reconcile.NoFault)
	}
	if d.unit == "" {
		d.unit, _ = d.list.sections.unit()
	}
	d.reg.AgencyText = d.unit
}

// readParty reads the two dates of a Party member; both can share a cell.
func (d *draft) readParty() {
	if c, text, read := d.partyDate(reconcile.FieldPartyDate, d.block.party); c != nil {
		d.setParty(c, text, read)
	}
	if c, text, read := d.partyDate(reconcile.FieldOfficialDate, d.block.official); c != nil {
		if date := read.first(); !date.IsZero() || d.reg.OfficialDate.IsZero() {
			d.reg.OfficialDate = date
			d.note(reconcile.FieldOfficialDate, c, text, read.fault)
		}
	}
	if c := d.block.member; c != nil {
		found, ok := d.at(c)
		d.note(reconcile.FieldPartyMember, c, found.text, reconcile.NoFault)
		if ok && d.reg.PartyDate.IsZero() && !isMark(found.text) {
			if read := d.readerOf(c).cell(found); read.n > 0 {
				d.setParty(c, found.text, read)
			}
		}
	}
}

// partyDate reads one of the two from its column, or from those of its day,
// month and year; without any the column is nil.
func (d *draft) partyDate(f reconcile.Field, whole *column) (c *column, text string, read dates) {
	if first, day, month, year := d.parts(f, d.block.parted); first != nil {
		reader := d.dateReader()
		reader.order = dayFirst
		return first, joinDate(day, month, year), splitDate(reader, day, month, year)
	}
	if whole == nil {
		return nil, "", dates{}
	}
	found, ok := d.at(whole)
	if ok {
		read = d.readerOf(whole).cell(found)
	}
	return whole, found.text, read
}
