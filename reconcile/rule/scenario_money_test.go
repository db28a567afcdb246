package rule

import (
	"fmt"
	"strconv"
	"strings"

	"doisoat/reconcile"
)

// parseBudget reads the office's own budget lines, which have the source of a
// file of inputs.
func (s *scenario) parseBudget(name string, lines []string) error {
	d := &reconcile.Document{Source: "yaml:" + name}
	if err := parseDocument(d, ".estimate", append([]string{"sheet: budget"}, lines...)); err != nil {
		return err
	}
	for _, l := range d.Sheets[0].Estimates {
		l.Kind = reconcile.BudgetedLine
		s.budget = append(s.budget, l)
	}
	return nil
}

// parseNorms reads norms, one a line:
// code | item | rank | unit | rate | periods | from | to | flags (national, verified, fixed).
func (s *scenario) parseNorms(lines []string) error {
	for _, line := range lines {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "code") {
			continue
		}
		cells := splitRow(line)
		if len(cells) != 9 {
			return fmt.Errorf("%q has %d cells", line, len(cells))
		}
		rate, err := strconv.ParseInt(strings.ReplaceAll(cells[4], ".", ""), 10, 64)
		if err != nil {
			return err
		}
		n := reconcile.Norm{
			Code: cells[0], Item: cells[1], Rank: cells[2], Unit: cells[3], Rate: reconcile.VND(rate), Source: "văn bản " + cells[0],
			National: strings.Contains(cells[8], "national"), Verified: strings.Contains(cells[8], "verified"), Fixed: strings.Contains(cells[8], "fixed"),
		}
		if cells[5] != "" {
			if n.PeriodsPerSession, err = strconv.Atoi(cells[5]); err != nil {
				return err
			}
		}
		if n.From, err = optionalDay(cells[6]); err != nil {
			return err
		}
		if n.To, err = optionalDay(cells[7]); err != nil {
			return err
		}
		s.in.Norms = append(s.in.Norms, n)
	}
	return nil
}

func optionalDay(text string) (reconcile.Date, error) {
	if text == "" {
		return reconcile.Date{}, nil
	}
	return day(text)
}

// resultRow reads a result: the columns of a roster and the result's own.
func resultRow(s *reconcile.Sheet, at reconcile.Origin, header, cells []string) error {
	own := map[string]string{}
	var names, values []string
	for i, name := range header {
		value := ""
		if i < len(cells) {
			value = cells[i]
		}
		if _, ok := rosterField(name); ok || i == 0 {
			names, values = append(names, name), append(values, value)
		} else {
			own[name] = value
		}
	}
	learner, err := registration(&reconcile.Document{}, s, at, names, values)
	if err != nil {
		return err
	}
	r := &reconcile.Result{
		Learner: *learner, Class: s.Title, Outcome: reconcile.Outcome(own["outcome"]), Final: own["final"] != "no",
	}
	for _, date := range []struct {
		name string
		into *reconcile.Date
	}{{"from", &r.From}, {"to", &r.To}} {
		if *date.into, err = optionalDay(own[date.name]); err != nil {
			return err
		}
	}
	for _, months := range []struct {
		name string
		into *int
		has  *bool
	}{{"owed", &r.MonthsOwed, &r.HasOwed}, {"served", &r.MonthsServed, &r.HasServed}} {
		if text := own[months.name]; text != "" {
			if *months.into, err = strconv.Atoi(text); err != nil {
				return err
			}
			*months.has = true
		}
	}
	if text := strings.ReplaceAll(own["cost"], ".", ""); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return err
		}
		r.Cost, r.HasCost = reconcile.VND(n), true
	}
	for i, name := range header {
		f, ok := map[string]reconcile.Field{
			"outcome": reconcile.FieldOutcome, "cost": reconcile.FieldCost, "owed": reconcile.FieldOwed, "served": reconcile.FieldServed,
		}[name]
		if ok && own[name] != "" {
			r.Learner.Readings.Set(f, reconcile.Reading{Cell: string(rune('A'+i)) + strconv.Itoa(at.Row), Text: own[name]})
		}
	}
	s.Results = append(s.Results, r)
	return nil
}
