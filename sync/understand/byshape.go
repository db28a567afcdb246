package understand

import (
	"regexp"
	"strings"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// Some values show by their shape what they are, whatever their column is
// called: a mobile number, a personal number, an address of mail, "Nam" and
// "Nữ". Surveys ask for them in words of their own.

// shapes are the values that are told by their shape, the surest first.
var shapes = []struct {
	field reconcile.Field
	is    func(cell) bool
}{
	{reconcile.FieldEmail, isMailAddress},
	{reconcile.FieldCitizenID, isPersonalNumber},
	{reconcile.FieldPhone, isMobileNumber},
	{reconcile.FieldSex, saysSex},
	{reconcile.FieldEthnicity, isEthnicGroup},
}

// shapeOf is the field whose shape most of the values have, "" when they have
// none of them.
func shapeOf(sample []cell) reconcile.Field {
	for _, s := range shapes {
		if mostly(sample, s.is) {
			return s.field
		}
	}
	return ""
}

var mailAddress = regexp.MustCompile(`^[\w.+-]+@[\w-]+(\.[\w-]+)+$`)

func isMailAddress(c cell) bool {
	return strings.IndexByte(c.text, '@') > 0 && mailAddress.MatchString(c.text)
}

// isPersonalNumber asks for all twelve digits: fewer can be anything.
func isPersonalNumber(c cell) bool {
	id, fault := citizenID(c)
	return id != "" && fault == reconcile.NoFault && id[0] == '0'
}

// isMobileNumber asks for the leading zero or the country's code: nine digits
// can be those of an old identity card.
func isMobileNumber(c cell) bool {
	number, fault := phone(c)
	return len(number) == mobileDigits && (fault == reconcile.NoFault || fault == reconcile.Several) && c.Kind == sheet.Text
}

const mobileDigits = 10

// saysSex leaves out the single letters, which can be the size of a shirt, and
// the forms of address.
func saysSex(c cell) bool {
	switch strings.ToLower(c.text) {
	case "nam", "nữ", "nu", "male", "female":
		return true
	}
	return false
}

func isEthnicGroup(c cell) bool { return ethnicGroups[reconcile.Key(ethnicity(c.text))] }

// ethnicGroups are those of the province and the larger ones of the country, by
// which a column of them is known. Names that mean something else as well
// (Thái, Hoa, Mông) are left out: no column is known by them alone.
var ethnicGroups = func() map[string]bool {
	set := map[string]bool{}
	for name := range strings.SplitSeq("Kinh,Hrê,H're,Hre,Cor,Co,Kor,Ca Dong,Cadong,Ka Dong,Xơ Đăng,Xê Đăng,Ba Na,Bana,Gia Rai,Ê Đê,Tày,Nùng,Mường,Dao,Khmer,Chăm,Cơ Tu,Sán Dìu", ",") {
		set[reconcile.Key(name)] = true
	}
	return set
}()

// unitCode are the words of a header that speaks of bodies.
var unitCode = wordings("đv", "đơn vị", "cq", "cơ quan", "địa phương", "don vi", "co quan", "dv", "unit", "agency", "department", "dept", "org", "organization")

// codesOfAgencies tells whether a column of codes names the body that each row
// belongs to. Codes of people can look the same, so the header has to say it.
func (s *sheetReader) codesOfAgencies(c *column, sample []cell) bool {
	if c.field != reconcile.FieldIgnored || !contains(words(splitCamel(c.header)), unitCode) {
		return false
	}
	return mostly(sample, func(c cell) bool {
		_, sure := s.reader.agencies.resolve(c.text, s.book.day)
		return sure
	})
}
