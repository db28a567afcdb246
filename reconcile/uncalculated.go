package reconcile

// MaxUncalculatedExamples is how many cells an Uncalculated names.
const MaxUncalculatedExamples = 5

// Uncalculated tells of the cells of one column that hold formulas of which the
// file has no results, because a program wrote it that does not calculate, and
// which could not be calculated here either.
type Uncalculated struct {
	Column string // "B"
	Cells  int
	// Examples are the first of the cells ("B12"), at most
	// MaxUncalculatedExamples.
	Examples []string
}
