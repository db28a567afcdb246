package rule

import (
	"slices"

	"doisoat/reconcile"
)

// class is the single class that a registration is for, nil when the register
// of classes does not know it: the one that row, remarks, title, tab or file
// names, in that order, else the program's only class.
func (in *Input) class(r *reconcile.Registration) *reconcile.Class {
	known := in.index.classes[r.Program]
	if len(known) == 0 {
		return nil
	}
	if len(known) == 1 {
		return known[0]
	}
	texts := []string{r.ProgramText, r.Readings.Get(reconcile.FieldProgram).Text, r.Note}
	if d := in.index.documents[r.Origin.Source]; d != nil {
		for i := range d.Sheets {
			if s := &d.Sheets[i]; s.Name == r.Origin.Sheet {
				texts = append(texts, s.Title)
			}
		}
		texts = append(texts, r.Origin.Sheet, d.File)
	}
	return in.Plan.Class(r.Program, texts...)
}

// openings are the days on which the program's classes open, in their order;
// none when one of them is not known.
func (in *Input) openings(program string) []reconcile.Date {
	var days []reconcile.Date
	for _, c := range in.index.classes[program] {
		if c.Opens.IsZero() {
			return nil
		}
		days = append(days, c.Opens)
	}
	slices.SortFunc(days, reconcile.Date.Compare)
	return slices.Compact(days)
}

// together says of two registrations whether the classes are held at one time;
// known is false when the dates of one of them are not.
func (in *Input) together(a, b *reconcile.Registration) (overlap, known bool) {
	x, y := in.class(a), in.class(b)
	if x == nil || y == nil {
		return false, false
	}
	xFrom, xTo, xKnown := x.Period()
	yFrom, yTo, yKnown := y.Period()
	if !xKnown || !yKnown {
		return false, false
	}
	return !xTo.SurelyBefore(yFrom) && !yTo.SurelyBefore(xFrom), true
}
