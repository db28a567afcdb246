package understand

import (
	"maps"
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
	names []person
	unit  string // as the row or the section says it
}

// registrations reads the row: one registration for each person and class in
// it. people is how many persons they are.
func (d *draft) registrations() (list []*reconcile.Registration, people int) {
	s := d.list.sheet
	d.reg.Readings = make(map[reconcile.Field]reconcile.Reading, len(d.block.columns))
	d.reg.Origin = reconcile.Origin{Source: s.book.options.Source, Sheet: s.out.Name, Row: d.row.number}
	d.reg.Hidden = d.row.hidden || s.out.Hidden || d.hiddenColumn()
	d.readName()
	d.readBirth()
	d.readSex()
	d.readLevels()
	d.readPosition()
	d.readParty()
	d.readPlain()
	classes := d.classes()
	for i := range max(1, len(d.names)) {
		for _, class := range classes {
			r := d.reg
			if len(d.names) > 0 {
				r.FullName = d.names[i].name
			}
			r.Readings = d.reg.Readings
			if len(classes) > 1 || i > 0 {
				r.Readings = copied(d.reg.Readings)
			}
			class.write(&r, d)
			s.remember(&r, d)
			list = append(list, &r)
		}
	}
	return list, max(1, len(d.names))
}

func copied(m map[reconcile.Field]reconcile.Reading) map[reconcile.Field]reconcile.Reading {
	return maps.Clone(m)
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
	if found, ok := d.row.at(c.col); ok {
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
	d.reg.Readings[f] = reconcile.Reading{Cell: cellName(c.col, d.row.number), Text: text, Fault: fault}
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
			d.setNames(full, c.Text, c.text)
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
	d.setNames(family, parts, parts)
}

func (d *draft) setNames(col *column, raw, clean string) {
	reader := d.dateReader()
	found := people(raw, reader)
	fault := reconcile.NoFault
	for _, p := range found {
		if p.name != "" {
			d.names = append(d.names, p)
		}
		if p.fault != reconcile.NoFault {
			fault = p.fault
		}
	}
	d.note(reconcile.FieldFullName, col, clean, fault)
}

func (d *draft) dateReader() dateReader {
	r := d.list.sheet.dates
	r.monthFirst = d.block.monthFirst
	return r
}

// readBirth reads the birth date from its column, from those that give the sex
// as well, from day, month and year, or from the name's cell.
func (d *draft) readBirth() {
	reader := d.dateReader()
	var day, month, year string
	var split *column
	for i := range d.block.columns {
		c := &d.block.columns[i]
		if c.field != reconcile.FieldBirthDate {
			continue
		}
		found, ok := d.row.at(c.col)
		switch {
		case c.holds == aDay || c.holds == aMonth || c.holds == aYear:
			if split == nil {
				split = c
			}
			if ok {
				*map[holds]*string{aDay: &day, aMonth: &month, aYear: &year}[c.holds] = found.text
			}
		case ok && !isMark(found.text):
			d.setBirth(c, found.text, reader.cell(found))
		default:
			if _, noted := d.reg.Readings[reconcile.FieldBirthDate]; !noted && !ok {
				d.note(reconcile.FieldBirthDate, c, "", reconcile.NoFault)
			}
		}
	}
	if split != nil && d.reg.BirthDate.IsZero() {
		d.setBirth(split, joinDate(day, month, year), splitDate(reader, day, month, year))
	}
	if len(d.names) == 1 && d.reg.BirthDate.IsZero() && d.reg.Readings[reconcile.FieldBirthDate].Fault == reconcile.NoFault && !d.names[0].birth.IsZero() {
		if col := d.block.byField[reconcile.FieldFullName]; col != nil {
			d.setBirth(col, d.names[0].birth.Vietnamese(), dates{list: []reconcile.Date{d.names[0].birth}})
		}
	}
}

func joinDate(day, month, year string) string {
	out := year
	for _, part := range []string{month, day} {
		if part != "" {
			out = part + "/" + out
		}
	}
	return out
}

func splitDate(r dateReader, day, month, year string) dates {
	switch {
	case year == "" && month == "" && day == "":
		return dates{}
	case year == "":
		return dates{fault: reconcile.Malformed}
	}
	r.monthFirst = false
	return r.text(joinDate(day, month, year))
}

// setBirth takes a date that a person on the list can have been born on.
func (d *draft) setBirth(c *column, text string, found dates) {
	fault := found.fault
	date := found.first()
	switch {
	case len(found.list) > 1:
		fault = reconcile.Several
	case fault == reconcile.NoFault && !date.IsZero() && !d.list.sheet.canBeBorn(date):
		fault = reconcile.Impossible
	}
	if !d.reg.BirthDate.IsZero() {
		if fault == reconcile.NoFault && date != d.reg.BirthDate && !date.IsZero() {
			d.reg.BirthDate = reconcile.Date{}
			d.note(reconcile.FieldBirthDate, c, text, reconcile.Contradictory)
		}
		return
	}
	if fault == reconcile.NoFault {
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

// readSex reads the sex from its column, from ticks, from the column in which
// the birth date stands, or from the name's cell.
func (d *draft) readSex() {
	var said []reconcile.Sex
	var at *column
	text := ""
	fault := reconcile.NoFault
	for i := range d.block.columns {
		c := &d.block.columns[i]
		isSex := c.field == reconcile.FieldSex || c.field == reconcile.FieldBirthDate && c.sex != ""
		if !isSex {
			continue
		}
		if at == nil || text == "" {
			at = c
		}
		found, ok := d.row.at(c.col)
		if !ok || d.list.sheet.saysNone(found.text) {
			continue
		}
		text = found.text
		switch sex := d.list.sheet.readSex(found.text); {
		case c.sex != "":
			said = append(said, c.sex)
			if c.field == reconcile.FieldSex && sex != "" && sex != c.sex {
				said = append(said, sex)
			}
			at = c
		case sex != "":
			said = append(said, sex)
		default:
			fault = reconcile.Unrecognised
		}
	}
	if at == nil {
		if len(d.names) == 1 && d.names[0].sex != "" {
			d.reg.Sex = d.names[0].sex
			d.reg.Readings[reconcile.FieldSex] = d.reg.Readings[reconcile.FieldFullName]
		}
		return
	}
	switch {
	case len(said) == 0 && d.block.femaleOnly && fault == reconcile.NoFault:
		d.reg.Sex = reconcile.Male
	case len(said) > 0:
		d.reg.Sex = said[0]
		for _, other := range said[1:] {
			if other != said[0] {
				d.reg.Sex, fault = "", reconcile.Contradictory
			}
		}
	}
	d.note(reconcile.FieldSex, at, text, fault)
}

// readLevels reads education and political theory, from words or from ticks
// under the levels; of several ticks the highest counts.
func (d *draft) readLevels() {
	theoryText := false
	for i := range d.block.columns {
		c := &d.block.columns[i]
		found, ok := d.row.at(c.col)
		switch {
		case c.field == reconcile.FieldEducation && c.holds == aMark:
			if ok && !d.list.sheet.saysNone(found.text) && educationRank[c.education] > educationRank[d.reg.Education] {
				d.reg.Education = c.education
				d.note(reconcile.FieldEducation, c, found.text, reconcile.NoFault)
			}
		case c.field == reconcile.FieldEducation:
			level, fault := d.list.sheet.readEducation(found.text)
			if ok && educationRank[level] > educationRank[d.reg.Education] || d.reg.Education == "" {
				d.reg.Education = level
				d.note(reconcile.FieldEducation, c, found.text, fault)
			}
		case c.field == reconcile.FieldPoliticalTheory && c.holds == aMark:
			if ok && !d.list.sheet.saysNone(found.text) && theoryRank[c.theory] > theoryRank[d.reg.PoliticalTheory] {
				d.reg.PoliticalTheory = c.theory
				d.note(reconcile.FieldPoliticalTheory, c, found.text, reconcile.NoFault)
			}
		case c.field == reconcile.FieldPoliticalTheory && !theoryText:
			theoryText = true
			level, fault := d.list.sheet.readTheory(found.text)
			d.reg.PoliticalTheory = level
			d.note(reconcile.FieldPoliticalTheory, c, found.text, fault)
		}
	}
}

// readPosition reads position and unit, in one cell or in two.
func (d *draft) readPosition() {
	if c := d.block.byField[reconcile.FieldPosition]; c != nil {
		found, _ := d.cell(c)
		text := found.text
		if d.list.sheet.saysNone(text) {
			text = ""
		}
		d.reg.Position = text
		if c.holds == withUnit {
			d.reg.Position, d.unit = d.list.sheet.splitPosition(text)
			if d.unit != "" {
				d.note(reconcile.FieldUnit, c, found.text, reconcile.NoFault)
			}
		}
		d.note(reconcile.FieldPosition, c, found.text, reconcile.NoFault)
	} else if len(d.names) == 1 && d.names[0].role != "" {
		d.reg.Position, d.unit = d.list.sheet.splitPosition(d.names[0].role)
		d.reg.Readings[reconcile.FieldPosition] = d.reg.Readings[reconcile.FieldFullName]
	}
	if c := d.block.byField[reconcile.FieldUnit]; c != nil {
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
	reader := d.dateReader()
	if c := d.block.byField[reconcile.FieldPartyDate]; c != nil {
		found, ok := d.row.at(c.col)
		var read dates
		if ok {
			read = reader.cell(found)
		}
		d.reg.PartyDate = read.first()
		d.note(reconcile.FieldPartyDate, c, found.text, read.fault)
		if len(read.list) > 1 {
			d.reg.OfficialDate = read.list[1]
			d.note(reconcile.FieldOfficialDate, c, found.text, reconcile.NoFault)
		}
	}
	if c := d.block.byField[reconcile.FieldOfficialDate]; c != nil {
		found, ok := d.row.at(c.col)
		var read dates
		if ok {
			read = reader.cell(found)
		}
		if date := read.first(); !date.IsZero() || d.reg.OfficialDate.IsZero() {
			d.reg.OfficialDate = date
			d.note(reconcile.FieldOfficialDate, c, found.text, read.fault)
		}
	}
	if c := d.block.byField[reconcile.FieldPartyMember]; c != nil {
		found, ok := d.row.at(c.col)
		d.note(reconcile.FieldPartyMember, c, found.text, reconcile.NoFault)
		if ok && d.reg.PartyDate.IsZero() && !isMark(found.text) {
			if read := reader.cell(found); read.fault == reconcile.NoFault && len(read.list) > 0 {
				d.reg.PartyDate = read.first()
				d.note(reconcile.FieldPartyDate, c, found.text, reconcile.NoFault)
			}
		}
	}
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
