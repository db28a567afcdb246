package understand

import (
	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// A list of people whose header calls the names by an unknown wording is known
// by the other columns of a person and by the names themselves.

// ofPeople are the fields that only people have.
var ofPeople = map[reconcile.Field]bool{
	reconcile.FieldBirthDate: true, reconcile.FieldSex: true, reconcile.FieldCitizenID: true, reconcile.FieldPartyDate: true,
	reconcile.FieldOfficialDate: true, reconcile.FieldEthnicity: true, reconcile.FieldPosition: true, reconcile.FieldPhone: true,
}

// namesBelow tells whether the row can be the header of people although no cell
// of it names the column of names.
func (s *sheetReader) namesBelow(i int, fields map[reconcile.Field]bool) bool {
	n := 0
	for f := range fields {
		if ofPeople[f] {
			n++
		}
	}
	if n < 2 && (n == 0 || len(fields) < 3) {
		return false
	}
	row := &s.view.rows[i]
	for j := range row.cells {
		c := &row.cells[j]
		if m, known := s.headerMeaning(c); (!known || notOfPeople[m.field]) && c.Kind == sheet.Text && s.holdsNames(c.Col, i+1) {
			return true
		}
	}
	return false
}

// notOfPeople are the fields whose wordings can also head the names: "Học
// viên", "Đối tượng cử đi học", "Tên" without a column of family names.
var notOfPeople = map[reconcile.Field]bool{
	reconcile.FieldUnclear: true, reconcile.FieldLearners: true, reconcile.FieldOtherInfo: true, reconcile.FieldItem: true, reconcile.FieldUnit: true,
	reconcile.FieldGivenName: true,
}

// namesInRows is how many rows are looked at for names.
const namesInRows = 12

// holdsNames tells whether most cells of the column in the next rows are names
// of people by their family names.
func (s *sheetReader) holdsNames(col, from int) bool {
	filled, names := 0, 0
	for i := from; i < len(s.view.rows) && i < from+namesInRows; i++ {
		c, ok := s.view.rows[i].at(col)
		if !ok || isNumbering(&s.view.rows[i]) || isTotal(&s.view.rows[i]) || isSignature(&s.view.rows[i]) {
			continue
		}
		filled++
		if allNames([]string{c.Text}) {
			names++
		}
	}
	return names > 0 && names*3 > filled*2
}

// nameByValues gives the first unknown column of names its meaning, when no
// other is the names'.
func (s *sheetReader) nameByValues(h header) {
	unknown := -1
	for i := range h.columns {
		c := &h.columns[i]
		switch {
		case c.field == reconcile.FieldFullName || c.field == reconcile.FieldFamilyName:
			return
		case notOfPeople[c.field], c.field == reconcile.FieldProgram && c.holds == aMark:
			if unknown < 0 && s.holdsNames(c.col, h.last+1) {
				unknown = i
			}
		}
	}
	if unknown >= 0 {
		h.columns[unknown].meaning = meaning{field: reconcile.FieldFullName}
	}
}
