package sheet

// Limits bound what a file may make the reader do. A file beyond one of them
// is refused as too large; nothing is cut off in silence. A field that is zero
// or negative stands for its default.
type Limits struct {
	FileBytes     int64 // size of the file
	InflatedBytes int64 // all parts of the package that are read, unpacked
	PartBytes     int64 // one part of the package, unpacked
	Rows          int   // rows of one sheet that are not blank
	Cols          int   // the highest column that may hold a cell
	Cells         int   // cells of one sheet that are not blank
	CellBytes     int   // text of one cell
	TextBytes     int64 // text of one sheet, or of the table of shared texts
	Sheets        int
}

// DefaultLimits are ample for what an office sends (the largest lists have some
// ten thousand rows), and small enough for understanding a file in 256 MB.
func DefaultLimits() Limits {
	return Limits{
		FileBytes:     64 << 20,
		InflatedBytes: 1 << 30,
		PartBytes:     256 << 20,
		Rows:          100_000,
		Cols:          1024,
		Cells:         1_000_000,
		CellBytes:     96 << 10, // the 32,767 characters that Excel takes, in UTF-8
		TextBytes:     256 << 20,
		Sheets:        256,
	}
}

// orDefault fills in the defaults, so that a caller who sets one limit need
// not know the others.
func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	return Limits{
		FileBytes:     positive(l.FileBytes, d.FileBytes),
		InflatedBytes: positive(l.InflatedBytes, d.InflatedBytes),
		PartBytes:     positive(l.PartBytes, d.PartBytes),
		Rows:          positive(l.Rows, d.Rows),
		Cols:          positive(l.Cols, d.Cols),
		Cells:         positive(l.Cells, d.Cells),
		CellBytes:     positive(l.CellBytes, d.CellBytes),
		TextBytes:     positive(l.TextBytes, d.TextBytes),
		Sheets:        positive(l.Sheets, d.Sheets),
	}
}

func positive[T int | int64](v, otherwise T) T {
	if v > 0 {
		return v
	}
	return otherwise
}
