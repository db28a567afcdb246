package reconcile

// Encoding is an encoding of Vietnamese from before Unicode. Its text is stored
// as Latin letters and signs that only its own fonts show as Vietnamese.
type Encoding string

// The legacy encodings that offices still send.
const (
	TCVN3 Encoding = "TCVN3"       // also called ABC; fonts .VnTime, .VnTimeH, …
	VNI   Encoding = "VNI-Windows" // fonts VNI-Times, …
)

// Conversion tells of the cells of one column that held text in a legacy
// encoding and were read as Unicode.
type Conversion struct {
	Encoding Encoding
	Column   string // "B"
	Cells    int
	// ByLetters counts those of the cells whose font did not say it: their
	// letters did, which modern Vietnamese never uses.
	ByLetters int
	// Examples are names of people from the column, as a proof of the reading.
	Examples []ConvertedName
}

// ConvertedName is a name as the cell stores it and as it was read.
type ConvertedName struct {
	Stored string // "NguyÔn V¨n An"
	Read   string // "Nguyễn Văn An"
}
