package understand

import (
	"slices"
	"strings"

	"doisoat/reconcile"
)

// programs knows the wordings of the plan's programs.
type programs struct {
	plan     *reconcile.Plan
	byCode   map[string]*reconcile.Program
	wordings nameIndex // names and aliases
	tabs     nameIndex // names of tabs and files as well
	plain    nameIndex // all of them without marks
	// alone are the names that count only where nothing else stands beside
	// them; they are looked up by all their words.
	alone, alonePlain nameIndex
	narrower          refinements
}

// nameIndex finds programs by their wordings.
type nameIndex struct {
	*phrases[*codes]
	byKey map[string]*codes
}

func newNameIndex() nameIndex {
	return nameIndex{newPhrases[*codes](), map[string]*codes{}}
}

// add adds a wording without its noise, beside the whole of it.
func (x nameIndex) add(list, whole []string, code string) {
	key := strings.Join(list, " ")
	c := x.byKey[key]
	if c == nil {
		c = &codes{whole: map[string][][]string{}}
		x.byKey[key] = c
		x.phrases.add(list, c)
	}
	if !slices.Contains(c.list, code) {
		c.list = append(c.list, code)
	}
	c.whole[code] = append(c.whole[code], whole)
}

// exact is the wording that the words are from the first to the last.
func (x nameIndex) exact(list []string) []match[*codes] {
	if c := x.byKey[strings.Join(list, " ")]; c != nil && len(list) > 0 {
		return []match[*codes]{{0, len(list), c}}
	}
	return nil
}

// codes are the programs that share a wording once the noise is left out.
type codes struct {
	list []string
	// whole holds, for each of them, its wordings with the noise: "đào tạo" and
	// "bồi dưỡng ở nước ngoài" differ in nothing else.
	whole map[string][][]string
}

// closer leaves of the programs those of which a wording stands in the text as
// a whole, when that tells them apart.
func (c *codes) closer(text []string) []string {
	if len(c.list) < 2 {
		return c.list
	}
	var fits []string
	for _, code := range c.list {
		if slices.ContainsFunc(c.whole[code], func(wording []string) bool { return indexOf(text, wording) >= 0 }) {
			fits = append(fits, code)
		}
	}
	if len(fits) == 0 {
		return c.list
	}
	return fits
}

func newPrograms(plan *reconcile.Plan) *programs {
	p := &programs{
		plan: plan, byCode: make(map[string]*reconcile.Program, len(plan.Programs)),
		wordings: newNameIndex(), tabs: newNameIndex(), plain: newNameIndex(),
		alone: newNameIndex(), alonePlain: newNameIndex(),
	}
	for i := range plan.Programs {
		program := &plan.Programs[i]
		if p.byCode[program.Code] == nil {
			p.byCode[program.Code] = program
		}
		put := func(names []string, marked, plain []nameIndex) {
			for _, name := range names {
				list, whole := programWords(name), wholeWords(name)
				for _, x := range marked {
					x.add(list, whole, program.Code)
				}
				for _, x := range plain {
					x.add(unmark(list), unmark(whole), program.Code)
				}
			}
		}
		put([]string{program.Name, program.Code}, []nameIndex{p.wordings, p.tabs}, []nameIndex{p.plain})
		put(program.Aliases, []nameIndex{p.wordings, p.tabs}, []nameIndex{p.plain})
		put(program.TabNames, []nameIndex{p.tabs}, []nameIndex{p.plain})
		put(program.WholeNames, []nameIndex{p.alone}, []nameIndex{p.alonePlain})
	}
	p.narrower = newRefinements(p)
	return p
}
