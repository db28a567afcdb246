package reconcile

import (
	"slices"
	"time"
)

// Format is what a file is by its content, whatever its name says.
type Format string

// The formats that offices send.
const (
	XLSX          Format = "xlsx"
	XLS           Format = "xls"
	ODS           Format = "ods"
	CSV           Format = "csv"
	HTML          Format = "html"
	SpreadsheetML Format = "spreadsheetml"
	GoogleSheet   Format = "google_sheet"
)

// Role is what a sheet is for.
type Role string

// The roles of a sheet.
const (
	RoleRegistration  Role = "registration"
	RoleSummary       Role = "summary"
	RoleCostEstimate  Role = "cost_estimate"
	RoleAllocation    Role = "allocation"
	RoleResult        Role = "result"
	RoleDiscrepancies Role = "discrepancies"
	RoleOther         Role = "other"
)

// RowKind is what a row is. Every row that is not blank has one.
type RowKind string

// The kinds of row (see design/interfaces).
const (
	RowRegistration  RowKind = "registration"
	RowTitle         RowKind = "title"
	RowHeader        RowKind = "header"
	RowNumbering     RowKind = "numbering"
	RowSection       RowKind = "section"
	RowTotal         RowKind = "total"
	RowSignature     RowKind = "signature"
	RowNote          RowKind = "note"
	RowPlaceholder   RowKind = "placeholder"
	RowNilReturn     RowKind = "nil_return"
	RowItem          RowKind = "item"
	RowNotUnderstood RowKind = "not_understood"
)

// Document is one file or one Google spreadsheet as it was understood.
type Document struct {
	// Source identifies the document in the plan and stays the same when the
	// file is sent again: "folder:inbox/S03/dang ky.xlsx", "google:1AbC".
	Source string
	// File is the name that people know it by.
	File   string
	Format Format
	// Version changes when the content does: a hash or a Drive version.
	Version string
	// Agency is the body that submits the document: by the source's setting,
	// the subfolder, the sheets' heads and rows, or the file's name, in that
	// order; "" when nothing says it, or when it is of several.
	Agency string
	// Received is when the file was last changed where it came from.
	Received time.Time
	// Editor is who did that, as far as its provider tells. It is not stored.
	Editor string
	// Large: it is a spreadsheet of a provider that had to be read in pieces. It
	// is not stored with the document.
	Large   bool
	Failure *Failure // set when the document could not be read
	Sheets  []Sheet
}

// FailureCode is the public word for why a file cannot be read.
type FailureCode string

// The reasons for which a document is unreadable.
const (
	Encrypted       FailureCode = "encrypted"
	Damaged         FailureCode = "damaged"
	TooLarge        FailureCode = "too_large"
	NotASpreadsheet FailureCode = "not_a_spreadsheet"
	EmptyFile       FailureCode = "empty"
	Unsupported     FailureCode = "unsupported"
	NotShared       FailureCode = "not_shared"  // a Google file the account may not read
	Unreachable     FailureCode = "unreachable" // the source did not answer
)

// Failure says why a document cannot be read, in plain Vietnamese, with what
// to do about it.
type Failure struct {
	Code    FailureCode `json:"code"`
	Message string      `json:"message"`
}

// Error makes a Failure an error.
func (f *Failure) Error() string { return f.Message }

// Sheet is one tab as it was understood.
type Sheet struct {
	Name   string
	Index  int
	Hidden bool
	Role   Role
	Title  string // the sheet's own title, "" when it has none
	// ID is the provider's identity of the tab, which survives a renaming
	// ("0" in Google), "" for files.
	ID           string
	NonEmptyRows int
	Columns      []Column
	Rows         []Row
	Allocations  []Allocation
	Estimates    []EstimateLine
	Results      []*Result // of a list of a class or of its results
	Responses    []Response
	Decisions    []Decision
	// Codes are those of the findings whose rows stand in a tab of
	// discrepancies, answered or not, in the order of the rows, and Tab is that
	// of its responses. They are not stored.
	Codes []string
	Tab   string
	// Converted tells which columns held text in a legacy encoding, in their
	// order; nil when all of it was Unicode.
	Converted []Conversion
	// Uncalculated tells, by columns, of formulas whose values nobody knows.
	Uncalculated []Uncalculated
}

// Column is a column of the table and what it holds.
type Column struct {
	Letter string // "B"
	Header string // as the sheet has it, levels joined by " / "
	Field  Field
	// Program and Form are set where the column itself stands for them (a
	// needs matrix, x under Tập trung).
	Program string
	Form    Form
	Sex     Sex
	Hidden  bool
	// Examples are the first values of a column that was not understood, with
	// every digit masked that may tell a date or a person's number.
	Examples []string
}

// Row is one row that is not blank.
type Row struct {
	Number        int
	Kind          RowKind
	Text          string // the row's cells joined, for rows that are no registrations
	Hidden        bool
	Registrations []*Registration
	// Stated is what a total row says the number of people is; Rows counted
	// by it are those from CountsFrom on.
	Stated *StatedTotal
}

// StatedTotal is a number of people that a sheet writes under its rows.
type StatedTotal struct {
	Count    int
	Cell     string
	FromRow  int // first row that it counts
	ToRow    int // last row that it counts
	Counted  int // registrations' rows that were read between them
	PageOnly bool
}

// Accounted is the number of rows whose kind is known, the honest
// "not understood" included; it always equals NonEmptyRows.
func (s *Sheet) Accounted() int { return len(s.Rows) }

// NotUnderstood is the number of rows of that kind.
func (s *Sheet) NotUnderstood() int {
	n := 0
	for i := range s.Rows {
		if s.Rows[i].Kind == RowNotUnderstood {
			n++
		}
	}
	return n
}

// Registrations returns the sheet's registrations in the order of the rows.
func (s *Sheet) Registrations() []*Registration {
	n := 0
	for i := range s.Rows {
		n += len(s.Rows[i].Registrations)
	}
	all := slices.Grow([]*Registration(nil), n)
	for i := range s.Rows {
		all = append(all, s.Rows[i].Registrations...)
	}
	return all
}

// HasField reports whether a column of the sheet holds the field.
func (s *Sheet) HasField(f Field) bool {
	for i := range s.Columns {
		if s.Columns[i].Field == f {
			return true
		}
	}
	return false
}

// Registrations returns the document's registrations in the order of sheets
// and rows.
func (d *Document) Registrations() []*Registration {
	var all []*Registration
	for i := range d.Sheets {
		all = append(all, d.Sheets[i].Registrations()...)
	}
	return all
}
