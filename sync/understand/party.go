package understand

import (
	"unicode/utf8"

	"doisoat/reconcile"
)

// partyLabels are the words by which a cell tells its dates of the Party apart.
// The value is c for that of becoming a full member, d for that of joining.
var partyLabels = func() *phrases[byte] {
	p := newPhrases[byte]()
	for _, w := range []string{"chính thức", "ct", "c thức", "chinh thuc"} {
		p.add(words(w), 'c')
	}
	for _, w := range []string{"dự bị", "db", "d bị", "du bi", "kết nạp", "kn", "ket nap"} {
		p.add(words(w), 'd')
	}
	return p
}()

// partyOrder writes down in which order labels and dates follow each other:
// "cNdN" is "CT: 02/03/2006, DB: 02/03/2005". What is denied ("chưa chính
// thức") labels nothing, and "" is returned.
func partyOrder(text string) string {
	var order []byte
	list := words(text)
	for i := 0; i < len(list); {
		if m, ok := partyLabels.at(list, i); ok {
			order = append(order, m.value)
			i = m.end
			continue
		}
		switch w := list[i]; {
		case w == denied[0] || w == denied[1]:
			return ""
		case w[0] >= '0' && w[0] <= '9' && (len(order) == 0 || order[len(order)-1] != 'N'):
			order = append(order, 'N')
		}
		i++
	}
	return string(order)
}

var denied = words("chưa không")

// holdsLetter tells of a clean text whether a letter can be among its
// characters; all others are taken for letters but those of ASCII.
func holdsLetter(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || c|0x20 >= 'a' && c|0x20 <= 'z' {
			return true
		}
	}
	return false
}

// sortParty puts the date of joining first, as the cell's own words say.
// onlyOfficial tells of a cell that holds just the other one.
func sortParty(text string, read dates) (sorted dates, onlyOfficial bool) {
	if !holdsLetter(text) {
		return read, false // the date alone, as nearly always
	}
	switch partyOrder(text) {
	case "cNdN", "NcNd":
		if read.n == 2 {
			read.list[0], read.list[1] = read.list[1], read.list[0]
		}
	case "cN", "Nc":
		return read, read.n == 1
	}
	return read, false
}

// setParty takes the date of joining and, where the cell holds two, that of
// becoming a full member.
func (d *draft) setParty(c *column, text string, read dates) {
	read, onlyOfficial := sortParty(text, read)
	if onlyOfficial {
		d.note(reconcile.FieldPartyDate, c, text, reconcile.NoFault)
		d.reg.OfficialDate = read.first()
		d.note(reconcile.FieldOfficialDate, c, text, read.fault)
		return
	}
	d.reg.PartyDate = read.first()
	d.note(reconcile.FieldPartyDate, c, text, read.fault)
	if read.n > 1 && d.reg.OfficialDate.IsZero() {
		d.reg.OfficialDate = read.list[1]
		d.note(reconcile.FieldOfficialDate, c, text, reconcile.NoFault)
	}
}
