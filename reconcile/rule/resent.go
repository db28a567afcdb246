package rule

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"doisoat/reconcile"
)

// Resending is a sheet that a sheet of a later file of the same agency takes
// the place of, or perhaps takes.
type Resending struct {
	Earlier, Later reconcile.Origin // sheets
	// EarlierFile and LaterFile are the names that people know the files by.
	EarlierFile, LaterFile string
	Agency                 string
	Role                   reconcile.Role
	Programs               []string // that the earlier sheet is about
	// Counted: only the later sheet counts. Otherwise both do, and it is a
	// question.
	Counted bool
	// Decided: the office said so.
	Decided bool
	// Lines of the earlier sheet, and those of them that the later has too.
	Lines, Again int
	// Dropped names the lines that the later sheet has no more.
	Dropped []string
	// Why it is not sure, in Vietnamese; "" when it is.
	Why string
}

// Guard says how many lines of a source may vanish at once before somebody has
// to confirm it.
type Guard struct {
	// Lines: fewer are done over by hand in an hour, and offices take that many
	// people back in the ordinary course of things.
	Lines int
	// Percent of what was there: a correction of a list takes out fewer, while a
	// filter that was left on, a wrong tab or a half of a list take out more.
	Percent int
}

// DefaultGuard holds the limits of an office that sets none.
func DefaultGuard() Guard { return Guard{Lines: 10, Percent: 30} }

// OrDefault puts the built-in limit in the place of one that is not set.
func (g Guard) OrDefault() Guard {
	d := DefaultGuard()
	return Guard{cmp.Or(g.Lines, d.Lines), cmp.Or(g.Percent, d.Percent)}
}

// Many reports whether so many of all lines are too many to vanish unasked.
func (g Guard) Many(vanished, all int) bool {
	return vanished >= max(1, g.Lines) && vanished*100 >= all*g.Percent
}

// enoughAlike is the percentage of lines of an earlier sheet that the later one
// must have for a file of the same name to be its correction, and clearlyAlike
// the one from which files of any name are asked about.
const (
	enoughAlike  = 50
	clearlyAlike = 80
	leastAlike   = 3
)

// sameTime is how far apart two files must be for their times to tell which
// came later: copying a folder gives all its files about one time.
const sameTime = time.Minute

// FindResent finds the sheets that later files take the place of. Decided gives
// the office's decision on a finding of NG06 by its subject. The rule is
// conservative, since a list taken for superseded counts no more:
//
//   - both files are of one agency and both sheets of one kind, in two files;
//   - every line of the earlier sheet stands in the later one, whatever the
//     names: then nothing is lost by counting it once; or
//   - the names are the same but for a mark of a later sending ("(1)", "bản
//     sửa", "lần 2", "final", a date), the later sheet is about the same
//     programs, and it has at least half of the lines of the earlier, and not
//     so many vanished that the guard asks;
//   - which one is later is said by the names, by the times, or by both, and
//     they do not contradict each other.
//
// What comes near to that is a question, and both sheets count.
func FindResent(p *reconcile.Plan, documents []*reconcile.Document, guard Guard, decided map[string]reconcile.Verdict) []Resending {
	units := sentSheets(p, documents)
	var all []Resending
	for i, a := range units {
		for _, b := range units[i+1:] {
			if a.d.Source == b.d.Source || a.d.Agency != b.d.Agency || a.s.Role != b.s.Role {
				continue
			}
			if r, ok := compareSent(a, b, guard); ok {
				r.decide(decided)
				all = append(all, r)
			}
		}
	}
	return settleChains(all)
}

// sentSheet is a sheet that counts for something.
type sentSheet struct {
	d    *reconcile.Document
	s    *reconcile.Sheet
	name fileName
	// lines by what identifies them, with what else must agree for two to be
	// the same; shown is what people call them.
	lines map[string]sentLine
	// programs that it is about, sorted.
	programs []string
}

type sentLine struct{ value, shown string }

// sentBy is of whom a sheet is and what for: only sheets of one may take the
// place of each other.
type sentBy struct {
	agency string
	role   reconcile.Role
}

// sentSheets are the sheets that another document has a sheet like: the lines
// of all others, by far the most, are not even looked at.
func sentSheets(p *reconcile.Plan, documents []*reconcile.Document) []*sentSheet {
	first := make(map[sentBy]*reconcile.Document)
	several := make(map[sentBy]bool)
	eachSent(documents, func(d *reconcile.Document, s *reconcile.Sheet) {
		by := sentBy{d.Agency, s.Role}
		if known, ok := first[by]; !ok {
			first[by] = d
		} else if known.Source != d.Source {
			several[by] = true
		}
	})
	var units []*sentSheet
	eachSent(documents, func(d *reconcile.Document, s *reconcile.Sheet) {
		if !several[sentBy{d.Agency, s.Role}] {
			return
		}
		u := &sentSheet{d: d, s: s, lines: make(map[string]sentLine)}
		if u.read(); len(u.lines) == 0 {
			return
		}
		slices.Sort(u.programs)
		u.programs = slices.Compact(u.programs)
		u.name = readFileName(d.File, p.Year)
		units = append(units, u)
	})
	slices.SortFunc(units, func(a, b *sentSheet) int {
		return cmp.Or(cmp.Compare(a.d.Source, b.d.Source), cmp.Compare(a.s.Index, b.s.Index))
	})
	return units
}

// eachSent goes through the sheets that may have been sent again. Whose people
// they are must be known; other sheets may be the office's own.
func eachSent(documents []*reconcile.Document, do func(d *reconcile.Document, s *reconcile.Sheet)) {
	for _, d := range documents {
		if d.Failure != nil {
			continue
		}
		for i := range d.Sheets {
			s := &d.Sheets[i]
			if !s.Hidden && (d.Agency != "" || s.Role != reconcile.RoleRegistration) {
				do(d, s)
			}
		}
	}
}

func (u *sentSheet) read() {
	add := func(programs []string, value, shown string, key ...string) {
		u.lines[strings.Join(key, "\x00")] = sentLine{value, shown}
		u.programs = append(u.programs, programs...)
	}
	switch u.s.Role {
	case reconcile.RoleRegistration:
		for _, r := range u.s.Registrations() {
			program := cmp.Or(r.Program, "?"+reconcile.Key(r.ProgramText))
			add([]string{program}, "", r.FullName, program, reconcile.Key(r.FullName))
		}
	case reconcile.RoleResult:
		for _, r := range u.s.Results {
			program := cmp.Or(r.Learner.Program, "?"+reconcile.Key(r.Learner.ProgramText))
			add([]string{program}, string(r.Outcome), r.Learner.FullName, program, reconcile.Key(r.Class), reconcile.Key(r.Learner.FullName))
		}
	case reconcile.RoleAllocation:
		for i := range u.s.Allocations {
			a := &u.s.Allocations[i]
			add(a.Programs, count(a.Places), a.Text, cmp.Or(a.Agency, "?"+reconcile.Key(a.Text)), strings.Join(a.Programs, "+"))
		}
	case reconcile.RoleCostEstimate:
		for i := range u.s.Estimates {
			l := &u.s.Estimates[i]
			add(l.Programs, l.Amount.Format()+"/"+l.Spent.Format(), l.Text, string(l.Kind), reconcile.Key(l.Text), strings.Join(l.Programs, "+"))
		}
	}
}

// compareSent says whether one of two sheets takes the place of the other.
func compareSent(a, b *sentSheet, guard Guard) (Resending, bool) {
	related := a.name.about != "" && a.name.about == b.name.about
	order, clash := sendingOrder(a, b, related)
	if order > 0 {
		a, b = b, a
	}
	again, same := a.in(b)
	if order == 0 && again == len(a.lines) && same == again && again == len(b.lines) {
		order = -1 // the same twice: it does not matter which of them counts
	}
	alike := slices.Equal(a.programs, b.programs)
	r := Resending{
		Earlier: a.origin(), Later: b.origin(), EarlierFile: a.d.File, LaterFile: b.d.File,
		Agency: a.d.Agency, Role: a.s.Role, Programs: a.programs, Lines: len(a.lines), Again: again, Dropped: a.without(b),
	}
	lost := len(a.lines) - again
	switch {
	case again == 0:
		return r, false
	case lost == 0 && order != 0 && !clash && (same == again || related):
		r.Counted = true
	case related && alike && again*100 >= len(a.lines)*enoughAlike && order != 0 && !clash && !guard.Many(lost, len(a.lines)):
		r.Counted = true
	case related && alike, again >= leastAlike && again*100 >= min(len(a.lines), len(b.lines))*clearlyAlike:
		r.Why = whyUnsure(order, clash, lost, same < again)
	default:
		return r, false
	}
	return r, true
}

// in counts the lines that b has too, and those of them that say the same.
func (u *sentSheet) in(b *sentSheet) (again, same int) {
	for key, line := range u.lines {
		if other, ok := b.lines[key]; ok {
			again++
			if other.value == line.value {
				same++
			}
		}
	}
	return again, same
}

// without names the lines that b does not have.
func (u *sentSheet) without(b *sentSheet) []string {
	var names []string
	for key, line := range u.lines {
		if _, ok := b.lines[key]; !ok {
			names = append(names, line.shown)
		}
	}
	slices.Sort(names)
	return names
}

func (u *sentSheet) origin() reconcile.Origin {
	return reconcile.Origin{Source: u.d.Source, Sheet: u.s.Name}
}

// sendingOrder is negative when a was sent before b, 0 when nothing says which;
// clash is true when names and times contradict each other by more than a day,
// which no copying of files explains.
func sendingOrder(a, b *sentSheet, related bool) (order int, clash bool) {
	byName := 0
	if related {
		byName = a.name.compare(b.name)
	}
	byTime, apart := 0, time.Duration(0)
	if x, y := a.d.Received, b.d.Received; !x.IsZero() && !y.IsZero() {
		if apart = x.Sub(y).Abs(); apart > sameTime {
			byTime = x.Compare(y)
		}
	}
	if byName != 0 {
		return byName, byTime*byName < 0 && apart > 24*time.Hour
	}
	return byTime, false
}

func whyUnsure(order int, clash bool, lost int, changed bool) string {
	switch {
	case clash:
		return "tên tệp và thời điểm gửi cho thấy thứ tự ngược nhau"
	case order == 0:
		return "không rõ tệp nào gửi sau"
	case lost > 0:
		return "tệp sau không còn " + count(lost) + " dòng của tệp trước"
	case changed:
		return "số liệu của hai tệp khác nhau mà tên tệp không cho thấy tệp sau là bản sửa"
	}
	return "chưa đủ căn cứ để coi tệp sau là bản thay thế"
}

// subject identifies the pair across runs.
func (r *Resending) subject() string {
	return maskedSubject(strings.Join([]string{r.Earlier.Source, string(r.Role), strings.Join(r.Programs, "+"), r.Later.Source}, "|"))
}

// decide puts the office's word over the rule's.
func (r *Resending) decide(decided map[string]reconcile.Verdict) {
	switch verdict := decided[r.subject()]; reconcile.Key(string(verdict)) {
	case reconcile.Key(string(reconcile.Accepted)):
		r.Decided = r.Decided || !r.Counted
		r.Counted = true
	case reconcile.Key(string(reconcile.Refused)):
		r.Decided, r.Counted = true, false
	}
}

// settleChains leaves each sheet one that takes its place, drops questions about
// sheets that count no more anyhow, and keeps sheets from taking each other's
// place in a circle.
func settleChains(all []Resending) []Resending {
	next := make(map[reconcile.Origin]reconcile.Origin)
	for i := range all {
		r := &all[i]
		if !r.Counted {
			continue
		}
		for at, ok := r.Later, true; ok; at, ok = next[at] {
			if at == r.Earlier {
				r.Counted, r.Why = false, "các tệp thay thế lẫn nhau theo vòng"
				break
			}
		}
		if _, gone := next[r.Earlier]; !gone && r.Counted {
			next[r.Earlier] = r.Later
		}
	}
	return slices.DeleteFunc(all, func(r Resending) bool {
		by, gone := next[r.Earlier]
		_, laterGone := next[r.Later]
		if r.Counted {
			return by != r.Later // it counts no more for the sake of another
		}
		return !r.Decided && (gone || laterGone)
	})
}
