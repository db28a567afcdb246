package sheet

// What the comparison with other readers, which stands outside of the package
// since it reaches beyond it, needs of its tests.
var (
	RosterXLSX = rosterXLSX
	RosterXLS  = rosterXLS
)

const (
	BenchRows  = benchRows
	RosterCols = rosterCols
)
