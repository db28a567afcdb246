package reconcile

// Registration is one person put down by one agency for one program. A value
// that the sheet does not give, or gives in an impossible or lossy form, is
// the zero value; Readings says what stood in the cell.
type Registration struct {
	FullName        string
	BirthDate       Date
	Sex             Sex
	Ethnicity       string
	CitizenID       string // 12 digits
	PartyDate       Date   // joined, as a probationary member
	OfficialDate    Date   // became a full member
	Position        string
	Agency          string // code of the body that submits, "" when unknown
	AgencyText      string // the unit as the row names it
	Education       Education
	PoliticalTheory PoliticalTheory
	Phone           string
	Program         string // code, "" when not recognised
	ProgramText     string // as the sheet names it
	Form            Form
	Priority        int // the agency's own order, 0 when it gives none
	Note            string
	Career          Career

	Origin Origin
	// Hidden: the row, its column or its sheet is hidden or filtered away.
	Hidden bool
	// Readings tells, for each field that has a column or another place in
	// the sheet, where it was read and what stood there.
	Readings Readings
	// Key identifies the registration inside the plan across runs, rows and
	// files; see AssignKeys.
	Key string
}

// Reading is the place and the text from which a value was read.
type Reading struct {
	Cell  string `json:"cell,omitempty"` // "D12"
	Text  string `json:"text,omitempty"` // as the cell shows it
	Fault Fault  `json:"fault,omitempty"`
}

// Fault says why a text did not become a value, or what was done to make it one.
type Fault string

// The faults of a reading.
const (
	NoFault       Fault = ""
	Impossible    Fault = "impossible"    // 30/02/1980, a birth in the future
	Lossy         Fault = "lossy"         // 5,10900E+10
	Repaired      Fault = "repaired"      // a lost leading zero was put back
	Contradictory Fault = "contradictory" // x under Nam and under Nữ
	Unrecognised  Fault = "unrecognised"  // a text that is none of the known words
	Several       Fault = "several"       // two programs, two names in one cell
	Malformed     Fault = "malformed"     // wrong length, letters among digits
	Ambiguous     Fault = "ambiguous"     // 5/6/1979 among 15/8/1979 and 8/15/1979: the year is kept
)

// Reading returns the reading of a field, the zero Reading when the sheet has
// no place for it.
func (r *Registration) Reading(f Field) (Reading, bool) {
	return r.Readings.Lookup(f)
}

// Place is where the field stands: its cell when it has one, else the row.
func (r *Registration) Place(f Field) Origin {
	o := r.Origin
	if reading, ok := r.Readings.Lookup(f); ok {
		o.Cell = reading.Cell
	}
	return o
}
