package rule

import (
	"strconv"

	"doisoat/reconcile"
)

// ofSheet checks the estimate of a sheet by itself: it needs no other file.
func ofSheet(check func(in *Input, e *estimates, report Report)) func(*Input, *reconcile.Document, *reconcile.Sheet, Report) {
	return func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
		if len(s.Estimates) > 0 {
			check(in, &estimates{lines: s.Estimates, key: in.sheet(d, s).key, agency: in.sheet(d, s).agency}, report)
		}
	}
}

// ofConfiguration checks the lines that come from no document, and says so when
// no estimate is loaded at all. A file that is checked alone need not hold one.
func ofConfiguration(check func(in *Input, e *estimates, report Report)) func(*Input, Report) {
	return func(in *Input, report Report) {
		if len(in.Estimates) == 0 && !in.alone {
			report(estimatesMissing(in))
			return
		}
		check(in, &estimates{lines: in.Estimates, key: "configuration", fromDocuments: in.index.documents}, report)
	}
}

// estimates is a list of lines whose indexes refer to each other.
type estimates struct {
	lines  []reconcile.EstimateLine
	key    string
	agency string
	// fromDocuments are the sources whose lines are left out, since their
	// sheets were checked by themselves.
	fromDocuments map[string]*reconcile.Document
}

// each calls visit with the lines to check; id tells them apart by their text,
// so that it survives inserted lines.
func (e *estimates) each(visit func(l *reconcile.EstimateLine, id string)) {
	seen := make(map[string]int)
	for i := range e.lines {
		l := &e.lines[i]
		if e.fromDocuments[l.Origin.Source] != nil {
			continue
		}
		text := reconcile.Key(l.Text)
		seen[text]++
		visit(l, e.key+"|"+text+"#"+strconv.Itoa(seen[text]))
	}
}

// amountPlace is the cell of the line's amount.
func amountPlace(l *reconcile.EstimateLine) reconcile.Origin {
	o := l.Origin
	if cell := l.Readings.Get(reconcile.FieldAmount).Cell; cell != "" {
		o.Cell = cell
	}
	return o
}
