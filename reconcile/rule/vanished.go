package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// emptied is from how many lines on a file that is still there and holds none
// of them any more is taken for an accident: nobody withdraws a whole list by
// leaving an empty one in its place.
const emptied = 3

// Line is one line of a document that counts for something, as Lines finds it.
type Line struct {
	Key  string // kind, programs and name: see Lines
	Name string // what people call it
}

// Lines are the lines of a document that count for something: registrations,
// results, shares of places and lines of estimates. Their keys do not say where
// they stand, so that a line is the same one in another file of the agency.
func Lines(p *reconcile.Plan, d *reconcile.Document) []Line {
	seen := make(map[string]string)
	for i := range d.Sheets {
		s := &sentSheet{d: d, s: &d.Sheets[i], lines: make(map[string]sentLine)}
		s.read()
		for key, line := range s.lines {
			seen[string(s.s.Role)+" "+strings.ReplaceAll(key, "\x00", "|")] = line.shown
		}
	}
	lines := make([]Line, 0, len(seen))
	for _, key := range slices.Sorted(maps.Keys(seen)) {
		lines = append(lines, Line{key, seen[key]})
	}
	return lines
}

// Without are the lines that are not among the others.
func Without(lines []Line, others map[string]bool) []Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return others[l.Key] })
}

// KeysOf is the set of the lines' keys.
func KeysOf(lines []Line) map[string]bool {
	keys := make(map[string]bool, len(lines))
	for _, l := range lines {
		keys[l.Key] = true
	}
	return keys
}

// Held reports whether a document that said before what it says no more has to
// be confirmed: too many lines are gone at once, or it came empty.
func (g Guard) Held(vanished, before, after int) bool {
	return g.Many(vanished, before) || after == 0 && before >= emptied
}

// Withdrawal is a document whose lines vanished, and that goes on counting as
// it was until somebody confirms it.
type Withdrawal struct {
	Source, File, Agency string
	// Gone: the file itself is no longer where it came from.
	Gone          bool
	Before, After int // lines
	Vanished      []Line
	// Lost are those that no other document of the agency has.
	Lost []Line
}

// Subject identifies the withdrawal across runs: the document and exactly the
// lines that vanished, so that a decision is about what people saw.
func (w *Withdrawal) Subject() string {
	sum := sha256.New()
	for _, l := range w.Vanished {
		sum.Write([]byte(l.Key + "\x00"))
	}
	return maskedSubject(w.Source + "|" + hex.EncodeToString(sum.Sum(nil)[:6]))
}
