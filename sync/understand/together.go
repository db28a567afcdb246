package understand

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// personal are the values that two people never share: one value beside two
// names is nobody's.
var personal = map[reconcile.Field]bool{
	reconcile.FieldBirthDate: true, reconcile.FieldSex: true, reconcile.FieldCitizenID: true, reconcile.FieldPhone: true,
	reconcile.FieldPartyDate: true, reconcile.FieldOfficialDate: true, reconcile.FieldEmail: true,
}

// oneEach takes apart a row in which several people stand: a row for each of
// them, with that person's part of every cell that has as many parts as there
// are names, and with the cells that they share. For one person it returns the
// row itself. What it returns holds until the next call.
func (b *block) oneEach(s *sheetReader, row *line) []*line {
	b.alone[0], b.bare = row, ""
	if b.name == nil {
		return b.alone[:]
	}
	c, ok := row.at(b.name.col)
	if !ok {
		return b.alone[:]
	}
	// A text that is clean as it stands needs no other look at it: see isOneName.
	if c.Text == c.text && s.bare.isBare(c.text) && !joinsNames(c.text) {
		b.bare = c.Text
		return b.alone[:]
	}
	parts := splitPeople(c.Text)
	if len(parts) < 2 || len(people(c.Text, s.dates)) != len(parts) {
		return b.alone[:]
	}
	rows := make([]*line, len(parts))
	for k := range parts {
		one := *row
		one.cells = slices.Clone(row.cells)
		for j := range one.cells {
			if one.cells[j].Col == b.name.col {
				one.cells[j].setText(parts[k])
			} else if shares := s.sharesOf(b.fieldAt(one.cells[j].Col), one.cells[j].Text, len(parts)); shares != nil {
				one.cells[j].setText(shares[k])
			}
		}
		rows[k] = &one
	}
	return rows
}

func (c *cell) setText(text string) {
	changed := *c.Cell
	changed.Kind, changed.Text = sheet.Text, text
	c.Cell, c.text = &changed, reconcile.Clean(text)
}

// sharesOf cuts a cell into n parts, nil when it has not just as many or is one
// text that they share: a name of a class or a body goes on over commas and
// lines.
func (s *sheetReader) sharesOf(f reconcile.Field, text string, n int) []string {
	for _, sep := range []string{"\n", ";", ","} {
		parts := nonEmpty(strings.Split(text, sep))
		if len(parts) != n {
			continue
		}
		for i := range parts {
			parts[i] = itemNumber.ReplaceAllString(reconcile.Clean(parts[i]), "")
		}
		if s.eachWhole(f, parts, sep == ",") {
			return parts
		}
	}
	return nil
}

// eachWhole tells whether every part of a cell is a value of its field by
// itself. Between commas that has to show; in lines it is enough that none goes
// on with the one above.
func (s *sheetReader) eachWhole(f reconcile.Field, parts []string, commas bool) bool {
	is := func(string) bool { return !commas }
	switch {
	case f == reconcile.FieldProgram:
		is = func(part string) bool {
			form, _ := formOf(part)
			return s.namesClass(cell{Cell: &sheet.Cell{Text: part}}) || form != "" && len(withoutForm(words(part))) == 0
		}
	case personal[f], f == reconcile.FieldEthnicity, f == reconcile.FieldFamilyName, f == reconcile.FieldGivenName:
		return true
	case f == reconcile.FieldUnit || f == reconcile.FieldAgency:
		is = func(part string) bool { return !commas && !beginsSmall(part) || commas && startsUnit(part) }
	case f == reconcile.FieldPosition:
		is = func(part string) bool { return !commas && !beginsSmall(part) || startsPosition(part) }
	case f == reconcile.FieldEducation:
		is = func(part string) bool { level, _ := s.readEducation(part); return !commas || level != "" }
	case f == reconcile.FieldPoliticalTheory:
		is = func(part string) bool { level, _ := s.readTheory(part); return !commas || level != "" }
	}
	for _, part := range parts {
		if !is(part) {
			return false
		}
	}
	return true
}

// beginsSmall tells whether a line goes on with the one above.
func beginsSmall(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r) || r == '('
}

var itemNumber = regexp.MustCompile(`^\d{1,2}\s*[.)]\s+`)

// together marks what was read from a row of several people: the name's cell
// has several, and a personal value that was not cut is nobody's.
func (d *draft) together(row *line) {
	for i := range d.block.columns {
		c := &d.block.columns[i]
		whole, ok := row.at(c.col)
		if !ok {
			continue
		}
		mine, _ := d.own(c)
		switch {
		case c.field == reconcile.FieldFullName:
			d.note(c.field, c, whole.text, reconcile.Several)
		case personal[c.field] && mine.text == whole.text:
			d.forget(c.field)
			d.note(c.field, c, whole.text, reconcile.Several)
		}
	}
}

// forget empties a personal value.
func (d *draft) forget(f reconcile.Field) {
	switch f {
	case reconcile.FieldBirthDate:
		d.reg.BirthDate = reconcile.Date{}
	case reconcile.FieldSex:
		d.reg.Sex = ""
	case reconcile.FieldCitizenID:
		d.reg.CitizenID = ""
	case reconcile.FieldPhone:
		d.reg.Phone = ""
	case reconcile.FieldPartyDate:
		d.reg.PartyDate = reconcile.Date{}
	case reconcile.FieldOfficialDate:
		d.reg.OfficialDate = reconcile.Date{}
	}
}
