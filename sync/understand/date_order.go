package understand

import (
	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// dateOrder is how a column writes its dates. Vietnam writes the day first;
// exports of foreign programs write the month first.
type dateOrder uint8

const (
	dayFirst dateOrder = iota
	monthFirst
	// mixedOrder: some dates can only be day/month, others only month/day, so
	// that 5/6/1979 may be either.
	mixedOrder
)

// orderProof counts the text dates of a column that can be read in one order
// only.
type orderProof struct{ day, month int }

// rare is how many times more proofs of one order make those of the other
// slips of the pen.
const rare = 10

func (p *orderProof) add(text string) {
	numbers, strange := dateNumbers(text)
	if strange || len(numbers)%3 != 0 {
		return
	}
	for i := 0; i+2 < len(numbers); i += 3 {
		if len(numbers[i]) > 2 || len(numbers[i+1]) > 2 {
			continue
		}
		a, b := number(numbers[i]), number(numbers[i+1])
		switch {
		case a > 12 && a <= 31 && b >= 1 && b <= 12:
			p.day++
		case b > 12 && b <= 31 && a >= 1 && a <= 12:
			p.month++
		}
	}
}

// order decides by the proofs. A single month/day among others is a slip.
func (p orderProof) order() dateOrder {
	switch {
	case p.month < 2 || p.month*rare <= p.day:
		return dayFirst
	case p.day*rare <= p.month:
		return monthFirst
	}
	return mixedOrder
}

func isDateField(f reconcile.Field) bool {
	return f == reconcile.FieldBirthDate || f == reconcile.FieldPartyDate || f == reconcile.FieldOfficialDate || f == reconcile.FieldPartyMember
}

// learnOrders decides for each column of dates in which order it writes them.
// A column that proves nothing by itself goes by all of them together.
func (b *block) learnOrders(samples map[int][]cell) {
	var all orderProof
	own := make([]orderProof, len(b.columns))
	for i := range b.columns {
		if !isDateField(b.columns[i].field) {
			continue
		}
		for _, c := range samples[i] {
			if c.Kind == sheet.Text {
				own[i].add(c.text)
			}
		}
		all.day += own[i].day
		all.month += own[i].month
	}
	b.order = all.order()
	for i := range b.columns {
		c := &b.columns[i]
		if !isDateField(c.field) {
			continue
		}
		c.order = own[i].order()
		if own[i].day == 0 && own[i].month < 2 {
			c.order = b.order
		}
		c.swapped = c.order == dayFirst && swappedCells(samples[i])
	}
}

// A program that expects the month first takes 05/06/1979, typed for 5 June, as
// 6 May and makes it a date cell; 15/08/1979 it leaves as text. The column
// shows it: the texts all have a day after the 12th, the date cells none.
const (
	swappedTexts = 2
	swappedDates = 3
	swappedTotal = 6
)

func swappedCells(sample []cell) bool {
	texts, dates := 0, 0
	for _, c := range sample {
		switch c.Kind {
		case sheet.Text:
			var p orderProof
			numbers, strange := dateNumbers(c.text)
			if p.add(c.text); p.day > 0 {
				texts++
			} else if !strange && len(numbers) == 3 {
				return false
			}
		case sheet.Date:
			if d, ok := fromSerial(c.Number); !ok || d.Day > 12 {
				return false
			}
			dates++
		}
	}
	return texts >= swappedTexts && dates >= swappedDates && texts+dates >= swappedTotal
}

// yearOf is a date of which only the year is sure.
func yearOf(d reconcile.Date) dates {
	return dates{list: [2]reconcile.Date{{Year: d.Year}}, n: 1, fault: reconcile.Ambiguous}
}
