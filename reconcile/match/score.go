package match

// numberKind says how two citizen IDs compare.
type numberKind uint8

const (
	noNumber numberKind = iota
	otherNumber
	slipNumber // one digit differs, or two neighbours are swapped
	sameNumber
)

func compareIDs(a, b string) numberKind {
	switch {
	case a == "" || b == "":
		return noNumber
	case a == b:
		return sameNumber
	case len(a) == len(b) && oneLetter(a, b):
		return slipNumber
	}
	return otherNumber
}

// evidence is how two records compare, field by field.
type evidence struct {
	name  nameKind
	date  dateKind
	id    numberKind
	place placeKind
	// What agrees, or does not, of the fields that a row may lack.
	samePhone, sameParty, otherParty, samePosition, otherSex bool
}

// verdict is what the comparison of two records says.
type verdict struct {
	evidence
	bits        float64 // the sum of all weights, to compare verdicts by
	probability float64
}

// model weighs pairs of records.
type model struct {
	names
	prior float64
}

// judge compares two records. It is symmetric. Of pairs that cannot be related
// it says no more than that: most pairs of a block are such.
func (m *model) judge(a, b *record) verdict {
	e := evidence{
		date: compareDates(a.born, b.born), id: compareIDs(a.id, b.id),
		samePhone: a.phone != "" && a.phone == b.phone,
	}
	if e.hopeless() {
		return verdict{evidence: e}
	}
	kind, sum := m.compare(a, b)
	e.name = kind
	if kind == otherName && e.id != sameNumber {
		return verdict{evidence: e}
	}
	e.place = comparePlaces(a, b)
	e.sameParty = a.party.IsFull() && a.party == b.party
	e.otherParty = a.party.IsFull() && b.party.IsFull() && a.party != b.party
	e.samePosition = a.position != 0 && a.position == b.position
	e.otherSex = a.sex != "" && b.sex != "" && a.sex != b.sex
	sum += m.prior + m.dateBits(a.born, b.born, e.date) + idBits(e.id) + phoneBits(a, b, e.samePhone) + sexBits(a, b, e.otherSex) +
		m.placeBits(a, b, e.place) + m.positionBits(a, b) + m.partyBits(a, b)
	return verdict{e, sum, probability(sum)}
}

// hopeless reports whether the numbers and dates alone say that these are two
// people: two citizen IDs, or birth dates that contradict each other, and
// neither ID nor phone in common.
func (e *evidence) hopeless() bool {
	return e.id == otherNumber || e.date == otherDate && e.id != sameNumber && !e.samePhone
}

func sexBits(a, b *record, other bool) float64 {
	switch {
	case other:
		return bits(1-mSex, uSex)
	case a.sex != "" && b.sex != "":
		return bits(mSex, uSex)
	}
	return 0
}

func phoneBits(a, b *record, same bool) float64 {
	switch {
	case same:
		return bits(mPhone, uPhone)
	case a.phone != "" && b.phone != "":
		return bits(1-mPhone, 1-uPhone)
	}
	return 0
}

func idBits(kind numberKind) float64 {
	switch kind {
	case sameNumber:
		return bits(mID, uID)
	case slipNumber:
		return bits(mIDSlip, uIDSlip)
	}
	return 0
}

// sure reports whether the two records are joined without a human eye. However
// probable, they are not
//   - with two citizen IDs, two sexes, or birth dates that contradict each
//     other by more than one typing error (dateKind.slip);
//   - by name, year and unit alone: namesakes of one year in one office exist.
//     One of citizen ID, full birth date, and a phone of their own must agree;
//   - by a full birth date and a name that differs in the given name, a missing
//     word, an abbreviation, i for y, or all its marks, unless something else
//     than the place says so too: sisters and twins have such names;
//   - with two dates of joining the Party, or birth dates one typing error
//     apart, unless the citizen ID or the phone agrees.
func (v *verdict) sure() bool {
	switch {
	case v.probability < sureAt, v.name == otherName, v.id == otherNumber, v.id == slipNumber, v.date == otherDate, v.otherSex:
		return false
	case v.id == sameNumber:
		return true
	case v.date == sameDate && v.name >= slip:
		return !v.otherParty || v.samePhone
	case v.date == sameDate && v.name == slipGiven, v.date.slip(), v.date != sameDate:
		return v.samePhone
	}
	return v.samePhone || v.sameParty || v.place >= sameAgency && v.samePosition && v.name != iForY
}

// related reports whether somebody should look at the pair: it is probable, or
// one citizen ID stands in both rows, which cannot be right for two people.
func (v *verdict) related() bool { return v.id == sameNumber || v.probability >= reviewAt }
