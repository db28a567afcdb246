package understand

import "doisoat/reconcile"

// block is the columns of one list; two lists can stand side by side.
type block struct {
	columns []column // in their order from the left
	groups
	// femaleOnly: women are ticked and men are not.
	femaleOnly bool
	order      dateOrder
	// readings is the most fields that were read of one person, for which the
	// next one's readings have room from the beginning.
	readings int
	// heading is the class that a line above the header gives to this list
	// alone, where several lists stand side by side.
	heading     Mention
	headingCell string
	alone       [1]*line // see oneEach
	// bare is the name in the row at hand when it is one name and nothing else.
	bare string
}

// groups are the columns of a block by what they hold, so that not each of the
// rows has to ask each column for it. Of a group that is one column it is the
// first, nil when there is none.
type groups struct {
	name, family, given, position, unit, agency, party, official, member, program, remarks *column

	ordinals, births, sexes, levels, career, forms, grades []*column

	parted []*column // a part of a date each, but of the birth's

	ticks    []*column // each stands for a class
	classes  []*column // each holds the classes' names
	families []*column // each holds what completes the name of a family's class
	plain    []*column // see readPlain
	hidden   bool      // one of the names' columns is
}

// group fills in the groups, once it is settled what the columns hold.
func (b *block) group() {
	b.groups = groups{}
	known := map[reconcile.Field]bool{}
	for i := range b.columns {
		c := &b.columns[i]
		c.at, c.shows = i, showsOf(c.field)
		if !known[c.field] {
			known[c.field] = true
			b.first(c)
		}
		b.join(c)
	}
	b.hidden = b.name != nil && b.name.hidden || b.family != nil && b.family.hidden
}

// first notes the first column of its field.
func (b *block) first(c *column) {
	switch c.field {
	case reconcile.FieldFullName:
		b.name = c
	case reconcile.FieldFamilyName:
		b.family = c
	case reconcile.FieldGivenName:
		b.given = c
	case reconcile.FieldPosition:
		b.position = c
	case reconcile.FieldUnit:
		b.unit = c
	case reconcile.FieldAgency:
		b.agency = c
	case reconcile.FieldPartyDate:
		b.party = c
	case reconcile.FieldOfficialDate:
		b.official = c
	case reconcile.FieldPartyMember:
		b.member = c
	case reconcile.FieldProgram:
		b.program = c
	case reconcile.FieldNote:
		b.remarks = c
		b.plain = append(b.plain, c)
	case reconcile.FieldEthnicity, reconcile.FieldCitizenID, reconcile.FieldPhone, reconcile.FieldPriority,
		reconcile.FieldReligion, reconcile.FieldHometown, reconcile.FieldEmail, reconcile.FieldPlannedPosition:
		b.plain = append(b.plain, c)
	}
}

// join adds the column to the groups of several.
func (b *block) join(c *column) {
	switch c.field {
	case reconcile.FieldOrdinal:
		b.ordinals = append(b.ordinals, c)
	case reconcile.FieldBirthDate:
		b.births = append(b.births, c)
		if c.sex != "" {
			b.sexes = append(b.sexes, c)
		}
	case reconcile.FieldSex:
		b.sexes = append(b.sexes, c)
	case reconcile.FieldPartyDate, reconcile.FieldOfficialDate:
		if c.isPart() {
			b.parted = append(b.parted, c)
		}
	case reconcile.FieldEducation, reconcile.FieldPoliticalTheory:
		b.levels = append(b.levels, c)
	case reconcile.FieldForm:
		b.forms = append(b.forms, c)
	case reconcile.FieldProgram:
		switch c.holds {
		case aMark:
			b.ticks = append(b.ticks, c)
		case aValue:
			b.classes = append(b.classes, c)
		case aFamily:
			b.families = append(b.families, c)
		}
	case reconcile.FieldPlannedPosition, reconcile.FieldEmployment, reconcile.FieldRank, reconcile.FieldRankSince, reconcile.FieldRecruited,
		reconcile.FieldMajor, reconcile.FieldRating, reconcile.FieldCommitment, reconcile.FieldFirstPostgraduate, reconcile.FieldMinority,
		reconcile.FieldReligiousRank:
		b.career = append(b.career, c)
	default:
		if c.holds == aGrade {
			b.career = append(b.career, c)
		}
	}
	if c.holds == aGrade {
		b.grades = append(b.grades, c)
	}
}

// shows is what a filled cell of a column shows of there being a person.
type shows uint8

const (
	showsMore    shows = iota // something of a person besides the name
	showsOrdinal              // that a row is one of the list
	showsName
	showsBirth
	showsNothing // people have remarks and priorities, and so do other rows
)

func showsOf(f reconcile.Field) shows {
	switch f {
	case reconcile.FieldOrdinal:
		return showsOrdinal
	case reconcile.FieldFullName, reconcile.FieldFamilyName, reconcile.FieldGivenName:
		return showsName
	case reconcile.FieldBirthDate:
		return showsBirth
	case reconcile.FieldNote, reconcile.FieldIgnored, reconcile.FieldUnclear, reconcile.FieldPriority:
		return showsNothing
	}
	return showsMore
}

func (b *block) evidence(row *line) evidence {
	var e evidence
	j := 0
	for k := range b.columns {
		col := &b.columns[k]
		if j = row.from(j, col.col); j == len(row.cells) {
			break
		}
		c := &row.cells[j]
		if c.Col != col.col || isBroken(*c) {
			continue
		}
		switch col.shows {
		case showsOrdinal:
			e.ordinal = ordinalOf(*c) > 0
		case showsName:
			if e.name == "" {
				e.name = c.text
			}
		case showsBirth:
			e.birth = e.birth || !saysNone(c.text)
			e.others++
		case showsMore:
			e.others++
		}
	}
	return e
}

// isNumbered tells at a look what evidence would say of the row's ordinal,
// where one column has them all; false leaves it open.
func (b *block) isNumbered(row *line) bool {
	if len(b.ordinals) != 1 {
		return false
	}
	c, ok := row.at(b.ordinals[0].col)
	return ok && !isBroken(c) && ordinalOf(c) > 0
}

// place is where a row has the cell of a column: its index, nowhere, or, when
// it is broken, its index taken from brokenAt.
type place int

const (
	nowhere  place = -1
	brokenAt place = -2
)

// places appends the places of the row's cells in the order of the columns.
func (b *block) places(row *line, places []place) []place {
	j := 0
	for k := range b.columns {
		col := b.columns[k].col
		at := nowhere
		if j = row.from(j, col); j < len(row.cells) && row.cells[j].Col == col {
			if at = place(j); isBroken(row.cells[j]) {
				at = brokenAt - at
			}
		}
		places = append(places, at)
	}
	return places
}

// from is the index of the line's first cell from the j-th on that stands in
// that column or to its right.
func (l *line) from(j, col int) int {
	for j < len(l.cells) && l.cells[j].Col < col {
		j++
	}
	return j
}
