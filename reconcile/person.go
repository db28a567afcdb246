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
