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
	reg   reconcile.Registration
	found person // what the name's cell says
	unit  string // as the row or the section says it
	// shared: the row is one person's part of whole, which several share.
	shared bool
	whole  *line
}

// registrations reads the row of one person: one registration for each class.
func (d *draft) registrations() []*reconcile.Registration {
	s := d.list.sheet
	d.reg.Readings = reconcile.MakeReadings(d.block.readings)
	d.reg.Origin = reconcile.Origin{Source: s.book.options.Source, Sheet: s.out.Name, Row: d.row.number}
	d.reg.Hidden = d.row.hidden || s.out.Hidden || d.hiddenColumn()
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
	classes := d.classes()
	list := make([]*reconcile.Registration, len(classes))
	for i, class := range classes {
		r := d.reg
		if len(classes) > 1 {
			r.Readings = d.reg.Readings.Clone()
		}
		class.write(&r, d)
		s.remember(&r, d)
		list[i] = &r
		d.block.readings = max(d.block.readings, r.Readings.Len())
	}
	return list
}

// remember keeps which agency the row's own unit is, for when neither the
// source nor the head of the sheet says it.
func (s *sheetReader) remember(r *reconcile.Registration, d *draft) {
	code := ""
	if r.AgencyText != "" {
		code = s.unitAgency(r.AgencyText)
	}
	if code == "" {
		_, code = d.list.sections.unit()
	}
	if code != "" {
		s.units[r] = code
	}
}

// unitAgency remembers which agency a unit's text names.
func (s *sheetReader) unitAgency(text string) string {
	return s.bodies.get(text, func(text string) string { return s.reader.agencies.unit(text, s.book.day) })
}

// cell returns the row's cell in a column; for what people share (unit, class)
// also the one that is merged downwards over the row.
func (d *draft) cell(c *column) (cell, bool) {
	if found, ok := d.at(c.col); ok {
		return found, true
	}
	if !shared[c.field] {
		return cell{}, false
	}
	v := d.list.sheet.view
	m, ok := v.over[cellAt{d.row.number, c.col}]
	if !ok || m.FirstRow == d.row.number {
		return cell{}, false
	}
	return v.merged(d.row.number, c.col)
}

var shared = map[reconcile.Field]bool{
	reconcile.FieldUnit: true, reconcile.FieldAgency: true, reconcile.FieldProgram: true, reconcile.FieldForm: true,
	reconcile.FieldPosition: true, reconcile.FieldEthnicity: true, reconcile.FieldNote: true,
}

// note records where a field was read. A column without a value is recorded
// too, so that what is missing has a place.
func (d *draft) note(f reconcile.Field, c *column, text string, fault reconcile.Fault) {
	d.reg.Readings.Set(f, reconcile.Reading{Cell: cellName(c.col, d.row.number), Text: text, Fault: fault})
}

func (d *draft) hiddenColumn() bool {
	for _, f := range []reconcile.Field{reconcile.FieldFullName, reconcile.FieldFamilyName} {
		if c := d.block.byField[f]; c != nil && c.hidden {
			return true
		}
	}
	return false
}

// readName reads the name: the column of the whole name before the split one.
func (d *draft) readName() {
	full := d.block.byField[reconcile.FieldFullName]
	family, given := d.block.byField[reconcile.FieldFamilyName], d.block.byField[reconcile.FieldGivenName]
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
		if c, ok := d.row.at(col.col); ok && (col != given || family != given || parts == "") {
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
	if list := people(raw, d.dateReader()); len(list) > 0 {
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
	for i := range d.block.columns {
		c := &d.block.columns[i]
		if d.block.byField[c.field] != c {
			continue
		}
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
		case reconcile.FieldReligion, reconcile.FieldHometown, reconcile.FieldEmail, reconcile.FieldPlannedPosition:
		default:
			continue
		}
		d.note(c.field, c, found.text, fault)
	}
}
