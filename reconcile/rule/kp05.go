package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// kp05 compares the rates of an estimate with the norms in force: those of the
// province that the office loads, and the central ceiling. A rate is compared
// only with a norm of surely the same cost, unit and rank; what fits none is
// told once and never judged.
func kp05() Rule {
	given := ofConfiguration(rates)
	return Rule{
		ID: "KP05", Title: "Mức chi vượt định mức", Alone: true,
		Sheet: ofSheet(rates),
		Plan: func(in *Input, report Report) {
			given(in, report)
			provincial := slices.ContainsFunc(in.Norms, func(n reconcile.Norm) bool { return !n.National })
			if !in.alone && len(in.Estimates) > 0 && !provincial {
				report(notChecked("norms", "chưa nạp định mức chi của tỉnh, mới so được với mức trần của trung ương", moneyBasis(in),
					"Nạp định mức chi (mục norms trong tệp dữ liệu) kèm văn bản quy định."))
			}
		},
	}
}

func rates(in *Input, e *estimates, report Report) {
	kinds := costKinds()
	norms := normsByKind(kinds, in.Norms)
	var open []*reconcile.EstimateLine // that no norm could be found for
	e.each(func(l *reconcile.EstimateLine, id string) {
		if l.Kind != reconcile.ItemLine || !l.HasRate || l.Rate <= 0 {
			return
		}
		kind := kindOfCost(kinds, l.Text)
		verdict := judgeRate(norms[kind], l, in.classDays(l.Programs))
		if kind == "" || !verdict.comparedLocally {
			open = append(open, l)
		}
		if verdict.norm != nil {
			f := tooHigh(in, l, verdict)
			f.Subject, f.Agency = id, e.agency
			report(f)
		}
	})
	if len(open) > 0 && slices.ContainsFunc(in.Norms, func(n reconcile.Norm) bool { return !n.National }) {
		report(unmatched(in, e, open))
	}
}

func normsByKind(kinds []costKind, norms []reconcile.Norm) map[string][]*reconcile.Norm {
	byKind := make(map[string][]*reconcile.Norm)
	for i := range norms {
		if kind := kindOfCost(kinds, norms[i].Item); kind != "" {
			byKind[kind] = append(byKind[kind], &norms[i])
		}
	}
	return byKind
}

// span is the first and the last day on which something may happen.
type span struct{ from, to reconcile.Date }

// classDays are the days on which classes of the programs may open: those that
// are known, else all of the plan's.
func (in *Input) classDays(programs []string) span {
	if len(programs) == 1 {
		if days := in.openings(programs[0]); len(days) > 0 {
			return span{days[0], days[len(days)-1]}
		}
	}
	if in.Plan.From.IsZero() || in.Plan.To.IsZero() {
		year := reconcile.Date{Year: in.Plan.Year}
		return span{year, year}
	}
	return span{in.Plan.From, in.Plan.To}
}

func (s span) meets(n *reconcile.Norm) bool {
	return !s.to.SurelyBefore(n.From) && !n.To.SurelyBefore(s.from)
}

// rateVerdict is what the norms say of a rate.
type rateVerdict struct {
	norm    *reconcile.Norm // that the rate breaks, nil when it breaks none
	allowed reconcile.VND   // in the unit of the line
	// comparedLocally: a norm of the province applies.
	comparedLocally bool
}

// judgeRate compares the rate with the norms of its kind. Where several apply
// and nothing tells which (a rank that the line does not name, a norm that
// changes in the middle of the plan's year) the highest does: what passes even
// that is too high whatever the case.
func judgeRate(norms []*reconcile.Norm, l *reconcile.EstimateLine, days span) rateVerdict {
	var verdict rateVerdict
	for _, national := range []bool{true, false} {
		highest, allowed, unsure := highestNorm(norms, l, days, national)
		if highest == nil {
			continue
		}
		breaks := l.Rate > allowed || highest.Fixed && !unsure && l.Rate != allowed
		if !national {
			verdict.comparedLocally = breaks || !unsure
		}
		if breaks && verdict.norm == nil {
			verdict.norm, verdict.allowed = highest, allowed
		}
	}
	return verdict
}

// highestNorm is the highest of the norms that may apply; unsure: others with
// lower rates may apply as well.
func highestNorm(norms []*reconcile.Norm, l *reconcile.EstimateLine, days span, national bool) (best *reconcile.Norm, allowed reconcile.VND, unsure bool) {
	var fit []*reconcile.Norm
	named := 0 // words of the rank that the line names
	for _, n := range norms {
		if n.National != national || !days.meets(n) {
			continue
		}
		rank := 0
		if n.Rank != "" {
			rank = rankNamed(n.Rank, l.Text)
		}
		switch {
		case rank > named:
			fit, named = []*reconcile.Norm{n}, rank
		case rank == named:
			fit = append(fit, n)
		}
	}
	u := lineUnit(l)
	for _, n := range fit {
		rate, ok := rateIn(n, u)
		if !ok {
			continue
		}
		if best != nil && rate != allowed {
			unsure = true
		}
		if best == nil || rate > allowed {
			best, allowed = n, rate
		}
	}
	return best, allowed, unsure
}

// rankNamed counts the words of the longest of the ranks, between commas, that
// stands in the text.
func rankNamed(ranks, text string) int {
	key, longest := costWords(text), 0
	for rank := range strings.FieldsFuncSeq(ranks, func(r rune) bool { return r == ',' || r == ';' }) {
		if w := costWords(rank); strings.TrimSpace(w) != "" && strings.Contains(key, w) {
			longest = max(longest, strings.Count(w, " ")-1)
		}
	}
	return longest
}

func tooHigh(in *Input, l *reconcile.EstimateLine, v rateVerdict) reconcile.Finding {
	f := reconcile.Finding{
		Severity:   reconcile.SeverityError,
		Program:    only(l.Programs),
		Place:      fieldPlace(l, reconcile.FieldRate),
		Message:    fmt.Sprintf("“%s”: mức chi cao hơn %s so với định mức.", cellText(l.Text), l.Rate.Plus(-v.allowed)),
		Found:      fmt.Sprintf("%s/%s (%s)", l.Rate, unitWords(l, v.norm), fieldPlace(l, reconcile.FieldRate)),
		Expected:   fmt.Sprintf("không quá %s/%s", v.allowed, unitWords(l, v.norm)),
		LegalBasis: v.norm.Source,
		Remedy:     "Lập lại mức chi trong phạm vi định mức, hoặc ghi rõ căn cứ áp dụng mức cao hơn.",
	}
	if v.norm.Rank != "" {
		f.Expected += " (" + v.norm.Rank + ")"
	}
	if l.Rate < v.allowed {
		f.Message = fmt.Sprintf("“%s”: mức chi khác mức quy định.", cellText(l.Text))
		f.Expected = fmt.Sprintf("%s/%s", v.allowed, unitWords(l, v.norm))
	}
	if !v.norm.Verified {
		f.Severity = reconcile.SeverityWarning
		f.Message += " Số định mức này chưa được đối chiếu với văn bản gốc."
	}
	return f
}

// unmatched tells once per estimate which rates no norm could be found for.
func unmatched(in *Input, e *estimates, open []*reconcile.EstimateLine) reconcile.Finding {
	var names []string
	for _, l := range open {
		names = append(names, fmt.Sprintf("%s (%s)", cellText(l.Text), fieldPlace(l, reconcile.FieldRate).Cell))
	}
	f := notChecked("items|"+e.key, fmt.Sprintf("%d mức chi không khớp chắc chắn với định mức nào về nội dung, đơn vị tính và chức danh", len(open)),
		moneyBasis(in), "Ghi nội dung chi, đơn vị tính và chức danh như trong văn bản định mức, hoặc nạp thêm định mức.")
	f.Agency = e.agency
	f.Found = strings.Join(names[:min(len(names), shownPeople)], "; ")
	if rest := len(names) - shownPeople; rest > 0 {
		f.Found += fmt.Sprintf(" và %d khoản khác", rest)
	}
	f.Place = open[0].Origin
	return f
}

// fieldPlace is the cell of a field of the line, else the line.
func fieldPlace(l *reconcile.EstimateLine, f reconcile.Field) reconcile.Origin {
	o := l.Origin
	o.Cell = cmp.Or(l.Readings.Get(f).Cell, o.Cell)
	return o
}
