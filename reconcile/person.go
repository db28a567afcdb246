package reconcile

// Person is one human being as far as the registrations tell: those that
// surely belong to the same person, joined.
type Person struct {
	// ID stays the same over runs; the store gives it, "" before that.
	ID      string
	Members []*Registration // in a stable order
	// Pairs tell why the members were joined.
	Pairs []Pair
}

// Pair is two registrations that are, or perhaps are, of the same person.
type Pair struct {
	A, B        *Registration
	Probability float64 // 0 to 1
	Sure        bool    // enough to act on without a human eye
	// Apart: an agency or the office said that these are two people. Such a
	// pair is never Sure, however likely.
	Apart bool
	Why   string // in plain Vietnamese, without birth date or ID number
}

// Newcomers are the persons of one list, and what has to be known to tell whom
// of the persons of other lists, of this plan or another, they are.
type Newcomers struct {
	Persons []Person
	// Had is, for each of Persons, the index of the known one whose ID it has,
	// -1 when it has none that another list has, too.
	Had []int
	// Known are persons of other lists, with their IDs; Apart are pairs of them,
	// by index, that people said are two.
	Known []Person
	Apart [][2]int
	// Population is how many persons are known in all.
	Population int
}

// Introduce tells for each newcomer which known person it surely is, by index,
// or -1.
type Introduce func(Newcomers) []int
