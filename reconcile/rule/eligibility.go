package rule

import (
	"slices"

	"doisoat/reconcile"
)

// criterion is one condition that a plan's standards set for the learners of
// some kinds of program. Its judgement has three values: it holds, it fails, or
// nobody can tell, and then the answer says for lack of what.
type criterion struct {
	id    string // in subjects
	name  string // what is checked, in messages: "tuổi"
	kinds []reconcile.ProgramKind
	field reconcile.Field // where a finding stands
	judge func(c *candidate) answer
}

// candidate is a registration judged as of a day.
type candidate struct {
	in      *Input
	r       *reconcile.Registration
	program *reconcile.Program
	form    reconcile.Form
	day     reconcile.Date
	// dated: the day is the class's own; otherwise it is the last day of the
	// plan's period, and only years can be counted by it.
	dated bool
}

type verdict uint8

const (
	holds verdict = iota
	fails
	// lacking: the sheet has no column for what must be known.
	lacking
	// unread: the column is there, and the row's cell gave nothing to judge.
	unread
	// told: as unread, and a rule about data speaks of that cell already.
	told
	// unsettled: it is not known which standard holds, or what it says.
	unsettled
)

// answer is what a criterion says of a candidate.
type answer struct {
	verdict  verdict
	severity reconcile.Severity
	message  string
	found    string // "" shows the cell of the criterion's field
	cell     string // where it fails, when the field has several: "K12"
	expected string
	remedy   string
	basis    string
	field    reconcile.Field // lacking or unread; where it fails, "" for the criterion's
	why      string          // unsettled
}

// eligibility makes a rule of criteria. Rows that fail are findings of their
// own; what could not be judged is told once for a sheet, and what no standard
// settles once for the plan.
func eligibility(id, title string, criteria ...criterion) Rule {
	return Rule{
		ID: id, Title: title, Alone: true,
		Sheet: func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
			g := &gaps{in: in, d: d, s: s}
			for _, r := range in.sheet(d, s).rows {
				in.judgeAll(criteria, r, g, report)
			}
			g.report(report)
		},
		Plan: func(in *Input, report Report) {
			if len(in.Plan.Standards) == 0 {
				report(notChecked("standards", "kế hoạch chưa nêu bộ tiêu chuẩn, điều kiện", planTitle(in),
					"Ghi tên bộ tiêu chuẩn (mục standards) và loại của từng chương trình (kind) trong tệp kế hoạch rồi đối soát lại."))
			}
		},
	}
}

func (in *Input) judgeAll(criteria []criterion, r *reconcile.Registration, g *gaps, report Report) {
	p := in.index.byCode[r.Program]
	if p == nil || p.Kind == "" {
		return
	}
	for i := range criteria {
		c := &criteria[i]
		if !slices.Contains(c.kinds, p.Kind) {
			continue
		}
		switch a := in.answer(c, r, p); a.verdict {
		case fails:
			report(failure(c, r, &a))
		case lacking, unread:
			g.add(c, r, &a)
		case unsettled:
			g.unsettled(c, p, &a, report)
		}
	}
}

func failure(c *criterion, r *reconcile.Registration, a *answer) reconcile.Finding {
	field := c.field
	if a.field != "" {
		field = a.field
	}
	f := about(r, field, a.severity)
	f.Subject += "|" + c.id
	f.Message, f.Expected, f.Remedy, f.LegalBasis = a.message, a.expected, a.remedy, a.basis
	if a.found != "" {
		f.Found = a.found
	}
	if a.cell != "" {
		f.Place.Cell = a.cell
	}
	return f
}

// answer judges a registration by the class's day. Where that is not known and
// the standards change during the plan, it must not matter which of them holds.
func (in *Input) answer(c *criterion, r *reconcile.Registration, p *reconcile.Program) answer {
	days, dated := in.judgingDays(r, p)
	form := p.Form
	if form == "" {
		form = r.Form
	}
	var first answer
	for i, day := range days {
		a := c.judge(&candidate{in: in, r: r, program: p, form: form, day: day, dated: dated})
		switch {
		case i == 0:
			first = a
		case a.verdict != first.verdict:
			return undecided(programBasis(in, p.Code), dated)
		}
	}
	return first
}

// undecided says that it matters on which of several days the class opens.
// Dated: these are the days of the program's classes, of which the list does
// not say which it is for.
func undecided(basis string, dated bool) answer {
	a := answer{
		verdict: unsettled, basis: basis,
		why:    "tiêu chuẩn thay đổi trong thời gian thực hiện kế hoạch mà chưa biết ngày khai giảng",
		remedy: "Bổ sung ngày khai giảng của lớp (mục classes) rồi đối soát lại.",
	}
	if dated {
		a.why = "các lớp của chương trình khai giảng khác ngày, kết quả kiểm tra khác nhau, mà danh sách chưa ghi tên lớp"
		a.remedy = "Ghi tên lớp của từng người vào cột “Lớp đăng ký” hoặc vào tiêu đề danh sách, đúng như danh mục lớp."
	}
	return a
}

// judgingDays are the day of the registration's class; where the list does not
// say which of several classes it is for, the days of all; where nothing is
// known of any, the last day of the plan's period and the day before each
// change of the standards inside of it.
func (in *Input) judgingDays(r *reconcile.Registration, p *reconcile.Program) (days []reconcile.Date, dated bool) {
	switch c := in.class(r); {
	case c != nil && !c.Opens.IsZero():
		return []reconcile.Date{c.Opens}, true
	case c == nil:
		if days = in.openings(p.Code); len(days) > 0 {
			return days, true
		}
	}
	if known, ok := in.index.days[p.Code]; ok {
		return known, false
	}
	from, to := in.Plan.From, in.Plan.To
	if to.IsZero() {
		from, to = reconcile.Date{Year: in.Plan.Year, Month: 1, Day: 1}, reconcile.Date{Year: in.Plan.Year, Month: 12, Day: 31}
	}
	days = []reconcile.Date{to}
	for _, change := range in.Plan.Standards.Changes(p.Kind, from, to) {
		days = append(days, change.DayBefore())
	}
	in.index.days[p.Code] = days
	return days, false
}

type standardRef struct {
	key  reconcile.StandardKey
	kind reconcile.ProgramKind
	form reconcile.Form
	day  reconcile.Date
}

// standard is what holds for the candidate, nil when no act sets it.
func (c *candidate) standard(key reconcile.StandardKey) *reconcile.Standard {
	return c.in.standard(standardRef{key, c.program.Kind, c.form, c.day})
}

// standard looks a standard up once for all rows that it is asked for.
func (in *Input) standard(ref standardRef) *reconcile.Standard {
	s, known := in.index.standards[ref]
	if !known {
		s = in.Plan.Standards.At(ref.key, ref.kind, ref.form, ref.day)
		in.index.standards[ref] = s
	}
	return s
}

// settled passes where no standard applies, and says so where one does whose
// content nobody knows; only when ok is true is there something to judge.
func settled(s *reconcile.Standard) (a answer, ok bool) {
	switch {
	case s == nil:
		return answer{verdict: holds}, false
	case s.NotKnown:
		return answer{
			verdict: unsettled, basis: s.Act, why: "chưa có nội dung của " + s.Act,
			remedy: "Bổ sung tiêu chuẩn này vào tệp tiêu chuẩn hoặc mục own_standards của kế hoạch theo văn bản, rồi đối soát lại.",
		}, false
	}
	return answer{basis: s.Act}, true
}

// failing begins the answer that a standard is not met: an error when the
// standard is verified, a warning else.
func failing(s *reconcile.Standard, message, expected, remedy string) answer {
	a := answer{verdict: fails, severity: reconcile.SeverityError, message: message, expected: expected, remedy: remedy, basis: s.Act}
	if !s.Binding() {
		a.severity = reconcile.SeverityWarning
	}
	return a
}

func warning(a answer) answer {
	a.severity = reconcile.SeverityWarning
	return a
}

// unknown says for want of what a criterion cannot be judged: a column, or a
// value in its cell. Rules about data speak of some cells by themselves.
func (c *candidate) unknown(f reconcile.Field, basis string) answer {
	a := answer{verdict: lacking, field: f, basis: basis}
	if !c.in.has(c.r, f) {
		return a
	}
	a.verdict = unread
	reading := c.r.Readings.Get(f)
	switch f {
	case reconcile.FieldBirthDate:
		a.verdict = told
	case reconcile.FieldPosition:
		if reconcile.Clean(reading.Text) == "" {
			a.verdict = told
		}
	case reconcile.FieldPartyDate, reconcile.FieldOfficialDate:
		if reading.Fault == reconcile.Impossible || reading.Fault == reconcile.Malformed {
			a.verdict = told
		}
	}
	return a
}
