package sheet

// Limits bound what a file may make the reader do. A file beyond one of them
// is refused as too large; nothing is cut off in silence.
type Limits struct {
	FileBytes     int64 // size of the file
	InflatedBytes int64 // all parts of the package that are read, unpacked
	Rows          int   // rows of one sheet that are not blank
	Cols          int   // the highest column that may hold a cell
	CellBytes     int   // text of one cell
	Sheets        int
}

// DefaultLimits are ample for what an office sends and small enough for a
// machine with 1 GB of memory.
func DefaultLimits() Limits {
	return Limits{
		FileBytes:     64 << 20,
		InflatedBytes: 1 << 30,
		Rows:          200_000,
		Cols:          1024,
		CellBytes:     32 << 10,
		Sheets:        256,
	}
}
