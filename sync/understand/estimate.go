package understand

import (
	"regexp"
	"slices"

	"doisoat/reconcile"
)

// costReader reads the rows of a cost estimate under one header.
type costReader struct {
	sheet   *sheetReader
	header  header
	program Mention // of the title, for estimates of one class
	unit    int64   // đồng that a number of the sheet stands for
	label   int
	figures []int
	start   int // of this table in the sheet's Estimates
	// groups are the open subtotals whose lines are being read, the outermost
	// first.
	groups  []costGroup
	classes []costClass // that the lines above named, the outermost first
	pending []int       // lines that no subtotal has summed yet
	// grouped: this estimate has subtotals of its own, above their lines.
	grouped bool
}

func (s *sheetReader) readCosts(h header, end int, t top) {
	r := &costReader{sheet: s, header: h, program: t.program, unit: s.moneyUnit(h), start: len(s.out.Estimates)}
	if len(r.program.Codes) == 0 {
		r.program = s.tabProgram()
	}
	countLearners(h)
	r.label, r.figures = figureColumns(h)
	signing := false
	for i := h.last + 1; i < end; i++ {
		row := &s.view.rows[i]
		kind := s.lineKind(row, r.label, r.figures, signing)
		switch kind {
		case reconcile.RowItem:
			if r.headsGroup(i, end) {
				kind = reconcile.RowTotal
				r.heads(row)
				r.subtotalAbove(row)
			} else {
				r.item(row)
			}
		case reconcile.RowTotal:
			r.totalBelow(row)
		case reconcile.RowSection:
			r.leaveGroups(depthOf(row))
			r.heads(row)
		case reconcile.RowSignature:
			signing = true
		}
		s.rows[i].kind = kind
	}
	r.finish()
}

var unitMarks = []struct {
	mark *regexp.Regexp
	unit int64
}{
	{regexp.MustCompile(`(?i)(triệu đồng|trđ|tr\.đ|triệu)`), 1_000_000},
	{regexp.MustCompile(`(?i)(nghìn đồng|ngàn đồng|1\.?000\s*đ|nghìn|ngàn)`), 1_000},
}

// moneyUnit finds the unit of money that the sheet states above the table or
// in its header: đồng, unless it says thousands or millions.
func (s *sheetReader) moneyUnit(h header) int64 {
	for i := 0; i <= h.last; i++ {
		row := &s.view.rows[i]
		for j := range row.cells {
			text := row.cells[j].text
			if i < h.first && !measured.MatchString(text) {
				continue
			}
			for _, u := range unitMarks {
				if len(text) < 80 && u.mark.MatchString(text) {
					return u.unit
				}
			}
		}
	}
	return 1
}

var measured = regexp.MustCompile(`(?i)(đvt|đơn vị tính|đv tính|dvt|đơn vị)\s*:`)

// lacksFactors: a group's line has its amount and nothing to multiply.
func (r *costReader) lacksFactors(row *line) bool {
	for k := range r.header.columns {
		c := &r.header.columns[k]
		if c.field == reconcile.FieldQuantity || c.field == reconcile.FieldRate || c.field == reconcile.FieldClasses || c.field == reconcile.FieldLearners {
			if _, ok := row.at(c.col); ok {
				return false
			}
		}
	}
	return true
}

// line reads the figures of a row.
func (r *costReader) line(row *line, kind reconcile.EstimateKind) reconcile.EstimateLine {
	s := r.sheet
	e := reconcile.EstimateLine{
		Kind:   kind,
		Origin: reconcile.Origin{Source: s.book.options.Source, Sheet: s.out.Name, Row: row.number},
	}
	e.Text = leadText(row)
	if name, ok := row.at(r.label); ok && !isBroken(name) {
		e.Text = name.text
	}
	for k := range r.header.columns {
		c := &r.header.columns[k]
		found, ok := row.at(c.col)
		if !ok {
			continue
		}
		fault := r.figure(&e, c.field, found)
		if !e.Readings.Has(c.field) {
			e.Readings.SetAt(c.field, c.col, row.number, found.text, fault)
		}
	}
	if reading, ok := e.Readings.Lookup(reconcile.FieldAmount); ok {
		e.Origin.Cell = reading.Cell
	}
	return e
}

// figure reads one figure of a line; the fault says that the cell holds none.
func (r *costReader) figure(e *reconcile.EstimateLine, f reconcile.Field, c cell) reconcile.Fault {
	ok := true
	switch f {
	case reconcile.FieldClasses:
		e.Classes, ok = count(c)
	case reconcile.FieldLearners:
		e.Learners, ok = count(c)
	case reconcile.FieldQuantity:
		var mil int64
		if mil, ok = thousandths(c); ok && e.HasQuantity {
			e.FactorsMil = append(e.FactorsMil, mil)
		} else if ok {
			e.QuantityMil, e.HasQuantity = mil, true
		}
	case reconcile.FieldRate:
		e.Rate, e.HasRate = money(c, r.unit)
		ok = e.HasRate
	case reconcile.FieldAmount:
		if !e.HasAmount {
			e.Amount, e.HasAmount = money(c, r.unit)
			ok = e.HasAmount
		}
	case reconcile.FieldSpent:
		e.Spent, e.HasSpent = money(c, r.unit)
		ok = e.HasSpent
	}
	if !ok && !saysNone(c.text) {
		return reconcile.Malformed
	}
	return reconcile.NoFault
}

// item reads a line: of a program where its text names one and nothing is
// multiplied, else of one cost.
func (r *costReader) item(row *line) {
	e := r.line(row, reconcile.ItemLine)
	class := r.class()
	if len(class.Codes) > 0 && (e.HasRate || e.HasQuantity) {
		e.Programs = r.codes(class)
	} else if list := r.sheet.mentions(e.Text); len(list) > 0 && len(list[0].Codes) > 0 {
		e.Kind = reconcile.ProgramLine
		if r.sheet.isWholeClass(e.Text) && !r.ofPrograms() {
			r.heads(row)
		}
		for _, m := range list {
			for _, code := range r.codes(m) {
				if !slices.Contains(e.Programs, code) {
					e.Programs = append(e.Programs, code)
				}
			}
		}
	} else if r.ofPrograms() {
		e.Kind = reconcile.ProgramLine // of a class that the plan does not know, or of a part of one
		if len(r.classes) > 0 {
			e.Programs = r.codes(class)
		}
	} else {
		e.Programs = r.codes(class)
	}
	at := len(r.sheet.out.Estimates)
	r.sheet.out.Estimates = append(r.sheet.out.Estimates, e)
	r.leaveGroups(depthOf(row))
	r.count(at)
}

func (r *costReader) codes(m Mention) []string {
	list, _ := r.sheet.reader.programs.settle(m.Codes, m.Form)
	return list
}

// ofPrograms tells whether the table's lines are classes: it counts learners
// or classes and multiplies nothing.
func (r *costReader) ofPrograms() bool {
	learners, rate := false, false
	for k := range r.header.columns {
		switch r.header.columns[k].field {
		case reconcile.FieldLearners, reconcile.FieldClasses:
			learners = true
		case reconcile.FieldRate:
			rate = true
		}
	}
	return learners && !rate
}

// totalBelow sums what stands above it: a total everything, a subtotal the
// lines since the last one.
func (r *costReader) totalBelow(row *line) {
	list := words(leadText(row))
	grand := contains(list, grandWords) || r.grouped
	e := r.line(row, reconcile.SubtotalLine)
	if grand {
		e.Kind = reconcile.TotalLine
		r.classes = nil
	}
	if !e.HasAmount && e.Readings.Len() == 0 {
		return
	}
	e.Programs = r.codes(r.class())
	r.groups = nil
	at := len(r.sheet.out.Estimates)
	if grand {
		e.Lines, r.pending = r.pending, nil
	} else {
		// Earlier subtotals stay for the total: this one sums only the lines
		// that stand since then.
		var earlier []int
		for _, i := range r.pending {
			if r.sheet.out.Estimates[i].Kind == reconcile.SubtotalLine {
				earlier = append(earlier, i)
			} else {
				e.Lines = append(e.Lines, i)
			}
		}
		r.pending = append(earlier, at)
	}
	r.sheet.out.Estimates = append(r.sheet.out.Estimates, e)
}

// finish makes a lone sum under all lines the total that it is, though it only
// calls itself "Cộng".
func (r *costReader) finish() {
	if len(r.pending) != 1 {
		return
	}
	if sum := &r.sheet.out.Estimates[r.pending[0]]; sum.Kind == reconcile.SubtotalLine && !r.grouped {
		sum.Kind = reconcile.TotalLine
	}
}
