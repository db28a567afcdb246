package reconcile

import (
	"slices"
	"strings"
)

// addDetail adds a detailed estimate. One of several classes has a total of all
// of them, so that each class is what its own items sum to.
func (k *reckoning) addDetail(sheet []*EstimateLine) {
	whole, programs := detail{origin: sheet[0].Origin}, make(map[string]bool)
	for _, e := range sheet {
		whole.add(e)
		if e.Kind == ItemLine && len(e.Programs) > 0 {
			programs[classID(e)] = true
		}
	}
	if len(programs) < 2 {
		k.addClass(&whole)
		return
	}
	k.addClasses(sheet)
}

// addClasses adds the items of a sheet, those of each class by themselves and
// those of none together.
func (k *reckoning) addClasses(sheet []*EstimateLine) {
	var classes []*detail
	common, at := &detail{}, make(map[string]*detail)
	for _, e := range sheet {
		switch {
		case e.Kind != ItemLine:
			continue
		case len(e.Programs) == 0:
			common.origin = e.Origin
			common.add(e)
			continue
		case at[classID(e)] == nil:
			at[classID(e)] = &detail{origin: e.Origin}
			classes = append(classes, at[classID(e)])
		}
		at[classID(e)].add(e)
	}
	if len(common.items.at) > 0 {
		classes = append(classes, common)
	}
	for _, d := range classes {
		k.addClass(d)
	}
}

func classID(e *EstimateLine) string {
	return strings.Join(slices.Sorted(slices.Values(e.Programs)), "+")
}

// detail is the detailed estimate of one class, or of what several share.
type detail struct {
	origin       Origin
	programs     []string
	total, items part
	hasTotal     bool
}

func (d *detail) add(e *EstimateLine) {
	d.programs = append(d.programs, e.Programs...)
	switch {
	case e.Kind == TotalLine && e.HasAmount:
		d.total = part{amount: e.Amount, at: []Origin{e.Origin}}
		d.hasTotal = e.Amount != 0
	case e.Kind == ItemLine:
		d.items.add(e)
	}
}

func (k *reckoning) addClass(d *detail) {
	total := d.total
	if !d.hasTotal {
		total = d.items
	}
	l := k.line(d.programs, d.origin.Sheet, d.origin)
	l.detailed.amount = l.detailed.amount.Plus(total.amount)
	l.detailed.at = append(l.detailed.at, total.at...)
	l.detailed.classes++ // each is the estimate of one
	l.detailed.spent = l.detailed.spent.Plus(d.items.spent)
	l.detailed.spentAt = append(l.detailed.spentAt, d.items.spentAt...)
	l.detailed.hasSpent = l.detailed.hasSpent || d.items.hasSpent
}
