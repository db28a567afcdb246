package understand

import (
	"strconv"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// draft is a row of a roster while its values are read.
type draft struct {
	list  *rosterReader
	block *block
	row   *line
	place []place // of the row's cells, in the order of the block's columns
	reg   *reconcile.Registration
	found person // what the name's cell says
	unit  string // as the row or the section says it
	// shared: the row is one person's part of whole, which several share.
	shared bool
	whole  *line
}

// draft begins to read a row. It holds until the next one begins.
func (l *rosterReader) draft(b *block, row, whole *line, shared bool) *draft {
	d := &l.current
	*d = draft{list: l, block: b, row: row, whole: whole, shared: shared, place: b.places(row, d.place[:0])}
	return d
}

// registrations reads the row of one person and appends one registration for
// each class.
func (d *draft) registrations(all []*reconcile.Registration) []*reconcile.Registration {
	s := d.list.sheet
	d.reg = s.newRegistration()
	d.reg.Readings = s.readings.Make(d.block.readings, s.slabbed)
	d.reg.Origin = reconcile.Origin{Source: s.book.options.Source, Sheet: s.out.Name, Row: d.row.number}
	d.reg.Hidden = d.row.hidden || s.out.Hidden || d.block.hidden
	d.readName()
	d.readBirth()
	d.readSex()
	d.readLevels()
	d.readPosition()
	d.readParty()
	d.readPlain()
	d.readCareer()
	if d.shared {
		d.together(d.whole)
	}
	d.reg.Agency = d.ownAgency()
	classes := d.classes()
	for i, class := range classes {
		r := d.reg
		if i+1 < len(classes) {
			r = s.newRegistration()
			*r = *d.reg
			r.Readings = d.reg.Readings.Clone()
		}
		class.write(r, d)
		all = append(all, r)
		d.block.readings = max(d.block.readings, r.Readings.Len())
	}
	return all
}

// registrationSlab is how many registrations share one allocation.
const registrationSlab = 64

func (s *sheetReader) newRegistration() *reconcile.Registration {
	if len(s.slab) == 0 {
		s.slabbed = min(registrationSlab, 2*s.slabbed+1) // short lists get by with less
		s.slab = make([]reconcile.Registration, s.slabbed)
	}
	r := &s.slab[0]
	s.slab = s.slab[1:]
	return r
}

// ownAgency is the agency whose code the row gives or that the row's own unit
// is, which counts when neither the source nor the head of the sheet says it.
func (d *draft) ownAgency() string {
	if c := d.block.agency; c != nil {
		if found, ok := d.cell(c); ok {
			if code := d.list.sheet.unitAgency(found.text); code != "" {
				return code
			}
		}
	}
	if d.reg.AgencyText != "" {
		if code := d.list.sheet.unitAgency(d.reg.AgencyText); code != "" {
			return code
		}
	}
	_, code := d.list.sections.unit()
	return code
}

// unitAgency remembers which agency a unit's text names.
func (s *sheetReader) unitAgency(text string) string {
	return s.bodies.get(text, func(text string) string { return s.reader.agencies.unit(text, s.book.day) })
}

// own is the row's cell in a column of the block, none when it is broken.
func (d *draft) own(c *column) (cell, bool) {
	if at := d.place[c.at]; at >= 0 {
		return d.row.cells[at], true
	}
	return noCell, false
}

// cell returns the row's cell in a column; for what people share (unit, class)
// also the one that is merged downwards over the row.
func (d *draft) cell(c *column) (cell, bool) {
	if found, ok := d.at(c); ok {
		return found, true
	}
	v := d.list.sheet.view
	if len(v.over) == 0 || !shared[c.field] {
		return noCell, false
	}
	m, ok := v.over[cellAt{d.row.number, c.col}]
	if !ok || m.FirstRow == d.row.number {
		return noCell, false
	}
	if found, ok := v.merged(d.row.number, c.col); ok && !isBroken(found) {
		return found, true
	}
	return noCell, false
}

var shared = map[reconcile.Field]bool{
	reconcile.FieldUnit: true, reconcile.FieldAgency: true, reconcile.FieldProgram: true, reconcile.FieldForm: true,
	reconcile.FieldPosition: true, reconcile.FieldEthnicity: true, reconcile.FieldNote: true,
}

// note records where a field was read. A column without a value is recorded
// too, so that what is missing has a place.
func (d *draft) note(f reconcile.Field, c *column, text string, fault reconcile.Fault) {
	d.noteIn(&d.reg.Readings, f, c, text, fault)
}

// noteIn is note for a registration that need not be the draft's own.
func (d *draft) noteIn(readings *reconcile.Readings, f reconcile.Field, c *column, text string, fault reconcile.Fault) {
	text, fault = d.shown(c, text, fault)
	readings.SetAt(f, c.col, d.row.number, text, fault)
}

// reading is a reading of the row's cell in the column.
func (d *draft) reading(c *column, text string, fault reconcile.Fault) reconcile.Reading {
	text, fault = d.shown(c, text, fault)
	return reconcile.Reading{Cell: d.cellName(c), Text: text, Fault: fault}
}

// shown is what a reading shows: of a broken cell it is what stands there.
func (d *draft) shown(c *column, text string, fault reconcile.Fault) (string, reconcile.Fault) {
	if text == "" && d.broken(c) {
		return d.brokenText(c), reconcile.Unrecognised
	}
	return text, fault
}

// cellName is the name of the row's cell in the column.
func (d *draft) cellName(c *column) string { return d.list.sheet.names.of(c.col, d.row.number) }

// readName reads the name: the column of the whole name before the split one.
func (d *draft) readName() {
	full, family, given := d.block.name, d.block.family, d.block.given
	if full != nil {
		if c, ok := d.cell(full); ok {
			d.setName(full, c.Text, c.text)
			return
		}
		d.note(reconcile.FieldFullName, full, "", reconcile.NoFault)
	}
	if family == nil || given == nil {
		if given == nil || full != nil {
			return
		}
		family = given
	}
	var parts string
	for _, col := range []*column{family, given} {
		if c, ok := d.own(col); ok && (col != given || family != given || parts == "") {
			parts += " " + c.text
		}
	}
	parts = reconcile.Clean(parts)
	if parts == "" {
		if full == nil {
			d.note(reconcile.FieldFullName, family, "", reconcile.NoFault)
		}
		return
	}
	d.setName(family, parts, parts)
}

func (d *draft) setName(col *column, raw, clean string) {
	if raw == d.block.bare {
		d.found = person{name: titleCase(raw)}
	} else if list := people(raw, d.dateReader()); len(list) > 0 {
		d.found = list[0]
	}
	d.reg.FullName = d.found.name
	d.note(reconcile.FieldFullName, col, clean, d.found.fault)
}

func (d *draft) dateReader() dateReader {
	r := d.list.sheet.dates
	r.order = d.block.order
	return r
}

// readerOf is dateReader for a column, which may write its dates in its own way.
func (d *draft) readerOf(c *column) dateReader {
	r := d.list.sheet.dates
	r.order, r.swapped = c.order, c.swapped
	return r
}

// readPlain reads the values that have one column and one way to be read.
func (d *draft) readPlain() {
	for _, c := range d.block.plain {
		found, ok := d.cell(c)
		fault := reconcile.NoFault
		switch c.field {
		case reconcile.FieldEthnicity:
			d.reg.Ethnicity = d.list.sheet.readEthnicity(found.text)
		case reconcile.FieldCitizenID:
			if ok {
				d.reg.CitizenID, fault = citizenID(found)
			}
		case reconcile.FieldPhone:
			if ok {
				d.reg.Phone, fault = phone(found)
			}
		case reconcile.FieldNote:
			d.reg.Note = found.text
		case reconcile.FieldPriority:
			if found.Kind == sheet.Number || plainNumber.MatchString(found.text) {
				d.reg.Priority, _ = strconv.Atoi(found.text)
			}
		}
		d.note(c.field, c, found.text, fault)
	}
}
