package provincetest

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"doisoat/reconcile"
)

// none, as the agency or the program of a place, stands for the office and for
// no single program.
const none = "-"

// Score is how one rule fared.
type Score struct {
	// Planted counts plants; of those, Asked are ones of which the program only
	// asks whether they are so, and Missed ones of which it says nothing.
	Planted, Asked, Missed int
	// Found counts what the rule found; of that, Wrong is nowhere planted.
	Found, Wrong int
}

// Precision is the part of what was found that is right, 1 for nothing found.
func (s Score) Precision() float64 {
	if s.Found == 0 {
		return 1
	}
	return float64(s.Found-s.Wrong) / float64(s.Found)
}

// Recall is the part of what was planted that was found, 1 for nothing planted.
func (s Score) Recall() float64 {
	if s.Planted == 0 {
		return 1
	}
	return float64(s.Planted-s.Asked-s.Missed) / float64(s.Planted)
}

// Kind is a kind of plant.
type Kind struct{ Rule, What string }

// Outcome is how a run on a province fared.
type Outcome struct {
	Scores map[string]Score
	Kinds  map[Kind]Score // of what was planted
	Missed []Plant
	Asked  []Asked
	Wrong  []reconcile.Finding
}

// Asked is a plant of which the program only asks whether it is so, in the words
// in which it does.
type Asked struct {
	Plant
	Words string
}

// Judge holds what was found against what was planted. What could not be
// checked is no finding. fileOf names the file of a source, as in File.Path.
func (p *Province) Judge(found []reconcile.Finding, fileOf func(source string) string) Outcome {
	o := Outcome{Scores: make(map[string]Score), Kinds: make(map[Kind]Score)}
	met, asked := make([]bool, len(p.Plants)), make([]string, len(p.Plants))
	for i := range found {
		f := &found[i]
		if f.NotChecked {
			continue
		}
		right := false
		for j := range p.Plants {
			plant := &p.Plants[j]
			if !plant.isAt(f, fileOf(f.Place.Source)) {
				continue
			}
			if plant.Rule != f.Rule {
				asked[j], right = f.Found, true
				continue
			}
			right = true
			if !met[j] {
				met[j] = true
				break
			}
		}
		s := o.Scores[f.Rule]
		s.Found++
		if !right {
			s.Wrong++
			o.Wrong = append(o.Wrong, *f)
		}
		o.Scores[f.Rule] = s
	}
	for j, plant := range p.Plants {
		if plant.Maybe {
			continue
		}
		kind := Kind{plant.Rule, plant.What}
		s, k := o.Scores[plant.Rule], o.Kinds[kind]
		s.Planted++
		k.Planted++
		switch {
		case met[j]:
		case asked[j] != "":
			s.Asked++
			k.Asked++
			o.Asked = append(o.Asked, Asked{plant, asked[j]})
		default:
			s.Missed++
			k.Missed++
			o.Missed = append(o.Missed, plant)
		}
		o.Scores[plant.Rule], o.Kinds[kind] = s, k
	}
	return o
}

// asks reports whether the rule asks of what the other rule tells: whether two
// rows are one person.
func asks(rule, other string) bool { return rule == "TL05" && (other == "TL01" || other == "TL02") }

func (p *Plant) isAt(f *reconcile.Finding, file string) bool {
	is := func(want, got string) bool { return want == "" || want == got || want == none && got == "" }
	return (p.Rule == f.Rule || asks(f.Rule, p.Rule)) && is(p.File, file) && is(p.Sheet, f.Place.Sheet) && is(p.Agency, f.Agency) && is(p.Program, f.Program) &&
		(len(p.Rows) == 0 || slices.Contains(p.Rows, f.Place.Row))
}

// Write writes the scores as a table of the rules and one of what was planted.
func (o *Outcome) Write(w io.Writer) error {
	_, err := fmt.Fprint(w, "| rule | planted | found | right | wrong | asked | missed | precision | recall |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	if err != nil {
		return err
	}
	var all Score
	row := func(name string, s Score) error {
		_, err := fmt.Fprintf(w, "| %s | %d | %d | %d | %d | %d | %d | %.3f | %.3f |\n",
			name, s.Planted, s.Found, s.Found-s.Wrong, s.Wrong, s.Asked, s.Missed, s.Precision(), s.Recall())
		return err
	}
	for _, rule := range slices.Sorted(maps.Keys(o.Scores)) {
		s := o.Scores[rule]
		all.Planted += s.Planted
		all.Asked += s.Asked
		all.Missed += s.Missed
		all.Found += s.Found
		all.Wrong += s.Wrong
		if err := row(rule, s); err != nil {
			return err
		}
	}
	if err := row("all", all); err != nil {
		return err
	}
	return o.writeKinds(w)
}

func (o *Outcome) writeKinds(w io.Writer) error {
	_, err := fmt.Fprint(w, "\n| rule | what is planted | planted | asked | missed |\n| --- | --- | ---: | ---: | ---: |\n")
	kinds := slices.SortedFunc(maps.Keys(o.Kinds), func(a, b Kind) int { return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.What, b.What)) })
	for _, kind := range kinds {
		if err == nil {
			_, err = fmt.Fprintf(w, "| %s | %s | %d | %d | %d |\n", kind.Rule, kind.What, o.Kinds[kind].Planted, o.Kinds[kind].Asked, o.Kinds[kind].Missed)
		}
	}
	return err
}
