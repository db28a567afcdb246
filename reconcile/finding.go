package reconcile

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"
)

// Severity says how much a finding matters.
type Severity string

// An error must be mended, a warning looked at, an info known.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityInfo    Severity = "info"
)

// Finding is what a rule found. It is a value: the same data gives the same
// finding, byte for byte.
type Finding struct {
	Rule     string // "DL02"
	Severity Severity
	// NotChecked: the rule could not be applied for lack of an input; the
	// message says which.
	NotChecked bool
	// Subject identifies, together with the rule, what the finding is about,
	// and stays the same when rows move, sheets are renamed or files are sent
	// again. It holds keys, never text for people.
	Subject string
	Agency  string // code of the agency that must act, "" for the plan's office
	Program string // code, "" when the finding is about none
	Person  string // full name where the finding is about one person
	Place   Origin
	// Related are further places in documents of the same agency.
	Related []Origin
	// Invalidates are the keys of the registrations that cannot count as
	// valid while the finding stands: a wrong value, a repeated entry. It is
	// empty for warnings, and for errors about no single registration.
	Invalidates []string
	// Same are the pairs of registrations, by their marks, that the finding
	// takes for one person, or perhaps one: whom an answer tells apart.
	Same []Couple
	// Settled: an answer given before already says what is to be said; the
	// finding is kept, waived, where the answer can be seen and changed.
	Settled bool

	Message    string // what is wrong, in plain Vietnamese
	Found      string // the value now; may hold personal data of the agency's own rows
	Expected   string
	LegalBasis string
	Remedy     string // what to do, one sentence
}

// Code is the short stable name of the finding that people quote (Mã):
// the rule and eight letters made from plan, rule and subject.
func (f *Finding) Code(planID string) string {
	sum := sha256.Sum256([]byte(planID + "\x00" + f.Rule + "\x00" + f.Subject))
	return f.Rule + "-" + base32.StdEncoding.EncodeToString(sum[:5])
}

// DiscrepancyCode is a code that people typed or copied in the form in which
// codes are compared: they may change the case or leave a space.
func DiscrepancyCode(text string) string { return strings.ToUpper(Clean(text)) }

// Status is where a discrepancy is in its life.
type Status string

// A discrepancy is open, gone (no longer found), or waived (accepted by the
// responsible body).
const (
	StatusOpen   Status = "open"
	StatusGone   Status = "gone"
	StatusWaived Status = "waived"
)

// Discrepancy is a finding with its life over the runs.
type Discrepancy struct {
	Code string
	Finding
	Status    Status
	FirstSeen time.Time
	LastSeen  time.Time
	// Reopened counts how often it came back after it was gone.
	Reopened int
	// New: it was found for the first time since the last run whose reports were
	// written, so that none has shown it before.
	New bool
	// Solved: it is gone, and the last run was the first not to find it.
	Solved   bool
	Response *Response
	Decision *Decision
}

// Answer is a word of the list that staff choose from (Phản hồi).
type Answer string

// The answers of staff, as the sheet's drop-down has them.
const (
	AnswerFixed     Answer = "đã sửa"
	AnswerCorrect   Answer = "dữ liệu đúng"
	AnswerAdvice    Answer = "xin ý kiến"
	AnswerWithdrawn Answer = "rút đăng ký"
)

// Answers lists the drop-down of the column Phản hồi.
func Answers() []Answer {
	return []Answer{AnswerFixed, AnswerCorrect, AnswerAdvice, AnswerWithdrawn}
}

// Response is what staff of an agency wrote beside a discrepancy.
type Response struct {
	Code   string // of the discrepancy
	Answer string // usually one of Answers, as typed
	Text   string // Giải trình
	Seen   time.Time
	Origin Origin // where it was read
	// Tab tells copies of the tab in one document apart, "" for the tab itself.
	Tab string `json:",omitempty"`
	// By is who last changed the document before the answer was read, and Edited
	// when, as far as its provider tells; "" and zero when it does not.
	By     string    `json:",omitempty"`
	Edited time.Time `json:",omitzero"`
}

// Verdict is a word of the list that the office chooses from.
type Verdict string

// The decisions of the responsible body.
const (
	Accepted Verdict = "chấp nhận"
	Refused  Verdict = "không chấp nhận"
	Opinion  Verdict = "ý kiến"
)

// Verdicts lists the drop-down of the decision column.
func Verdicts() []Verdict { return []Verdict{Accepted, Refused, Opinion} }

// Decision is what the responsible body decided on a discrepancy.
type Decision struct {
	Code    string
	Verdict string // usually one of Verdicts, as typed
	Text    string
	Seen    time.Time
	Origin  Origin
	// As in Response.
	Tab    string    `json:",omitempty"`
	By     string    `json:",omitempty"`
	Edited time.Time `json:",omitzero"`
}
