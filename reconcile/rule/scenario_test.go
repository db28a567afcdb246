package rule

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"doisoat/config/plan"
	"doisoat/reconcile"
	"doisoat/reconcile/match"
)

// scenario is what a txtar file describes. Its files are, by extension:
//
//	setup             plan, period, opens, weeks, class, exclusion, today, deadline, alone, grade:
//	                  one "name: value" a line
//	*.roster          a document of registrations
//	*.allocation      a document that shares out places
//	*.estimate        a document of costs
//	*.result          a document of results of classes
//	*.budget          the office's own budget lines, of no document
//	*.norms           norms of rates
//	*.withdrawal      a document of which lines vanished
//	*.viewonly        a spreadsheet that is shared for reading only
//	*.unreadable      a document that cannot be read
//	*.earlier         what the plan of an earlier year knows of registrations:
//	                  key ; program ; kind ; name ; year ; provider
//	quiet             counter-examples: text of the input that must not occur
//	                  in what the rule finds
//	findings          what the rule finds, written by -update
//
// A document begins with "agency:" where the source has one. A sheet begins
// with "sheet:", then "title:" and the like, then a table with "|" between the
// cells; the first row of the table names the columns. A fault of a reading
// follows the cell's text: "30/02/1980 !impossible".
type scenario struct {
	in   *Input
	opts Options
	// budget holds the lines that come from no document.
	budget []reconcile.EstimateLine
}

func parseScenario(a *txtar.Archive) (scenario, error) {
	s := scenario{in: &Input{
		Plan: fixturePlan(), Register: fixtureRegister(), Today: reconcile.Date{Year: 2024, Month: 2, Day: 1},
	}}
	for _, f := range a.Files {
		if err := s.file(f); err != nil {
			return s, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	s.complete()
	return s, nil
}

// complete does what the pipeline does after reading.
func (s *scenario) complete() {
	s.in.Registrations, s.in.Allocations, s.in.Estimates, s.in.Results = nil, nil, s.budget, nil
	s.in.AddDocuments(s.in.Documents)
	s.in.Persons, s.in.Unsure = match.Persons(s.in.Registrations, match.Options{Register: s.in.Register})
}

func (s *scenario) file(f txtar.File) error {
	lines := strings.Split(string(f.Data), "\n")
	switch path.Ext(f.Name) {
	case ".roster", ".allocation", ".estimate", ".result", ".unreadable":
		d := &reconcile.Document{Source: "folder:" + f.Name, File: path.Base(f.Name)}
		s.in.Documents = append(s.in.Documents, d)
		return parseDocument(d, path.Ext(f.Name), lines)
	}
	switch path.Ext(f.Name) {
	case ".budget":
		return s.parseBudget(f.Name, lines)
	case ".norms":
		return s.parseNorms(lines)
	case ".earlier":
		return s.parseEarlier(strings.TrimSuffix(f.Name, ".earlier"), lines)
	case ".withdrawal":
		return s.parseWithdrawal(f.Name, lines)
	case ".viewonly":
		s.parseViewOnly(f.Name, lines)
		return nil
	}
	if f.Name != "setup" {
		return nil
	}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		var err error
		switch name {
		case "":
		case "today":
			s.in.Today, err = reconcile.ParseDate(value)
		case "deadline":
			s.in.Deadline, err = reconcile.ParseDate(value)
		case "alone":
			s.opts.Alone = true
		case "plan":
			// The real data, so that the standards themselves are tested.
			s.in.Plan, s.in.Register, err = plan.Load(value)
		case "opens":
			program, text, _ := strings.Cut(value, " ")
			class := reconcile.Class{Program: program}
			class.Opens, err = reconcile.ParseDate(text)
			s.in.Plan.Date([]reconcile.Class{class})
		case "class":
			// class: program name opens closes weeks; "-" for none
			err = s.class(value)
		case "exclusion":
			// Makes every exclusion but that of the one kind hold in time only.
			for i := range s.in.Plan.Exclusions {
				s.in.Plan.Exclusions[i].Overlapping = s.in.Plan.Exclusions[i].Overlapping || !s.in.Plan.Exclusions[i].Sure
			}
		case "weeks":
			var class reconcile.Class
			_, err = fmt.Sscan(value, &class.Program, &class.Weeks)
			s.in.Plan.Date([]reconcile.Class{class})
		case "period":
			// Moves the plan's period, as a plan of another year has it.
			_, err = fmt.Sscan(value, &s.in.Plan.Year)
			s.in.Plan.From, s.in.Plan.To = reconcile.Date{Year: s.in.Plan.Year, Month: 1, Day: 1}, reconcile.Date{Year: s.in.Plan.Year, Month: 12, Day: 31}
		case "grade":
			id, grade, _ := strings.Cut(value, " ")
			s.opts.Grades = map[string]string{id: grade}
		default:
			err = fmt.Errorf("unknown setting %q", name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func parseDocument(d *reconcile.Document, kind string, lines []string) error {
	var s *reconcile.Sheet
	var header []string
	for _, line := range lines {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if !strings.Contains(line, "|") {
			name, value, _ := strings.Cut(line, ":")
			value = strings.TrimSpace(value)
			if name == "sheet" {
				d.Sheets = append(d.Sheets, reconcile.Sheet{Name: value, Index: len(d.Sheets), Role: roleOf(kind)})
				s, header = &d.Sheets[len(d.Sheets)-1], nil
				continue
			}
			if err := setting(d, s, name, value); err != nil {
				return err
			}
			continue
		}
		cells := splitRow(line)
		if header == nil {
			header = cells
			if kind == ".roster" || kind == ".result" {
				rosterColumns(s, header)
			}
			continue
		}
		if err := parseRow(d, s, kind, header, cells); err != nil {
			return fmt.Errorf("%q: %w", line, err)
		}
	}
	return nil
}

func roleOf(kind string) reconcile.Role {
	switch kind {
	case ".allocation":
		return reconcile.RoleAllocation
	case ".estimate":
		return reconcile.RoleCostEstimate
	case ".result":
		return reconcile.RoleResult
	}
	return reconcile.RoleRegistration
}

func splitRow(line string) []string {
	cells := strings.Split(line, "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

func setting(d *reconcile.Document, s *reconcile.Sheet, name, value string) error {
	switch name {
	case "agency":
		d.Agency = value
	case "failure":
		code, message, _ := strings.Cut(value, " ")
		d.Failure = &reconcile.Failure{Code: reconcile.FailureCode(code), Message: message}
	case "received":
		at, err := time.Parse(time.RFC3339, value)
		if err != nil {
			return err
		}
		d.Received = at
	case "hidden":
		s.Hidden = true
	case "title":
		s.Title = value
	case "header":
		n, err := strconv.Atoi(value)
		if err != nil {
			return err
		}
		s.Rows = append(s.Rows, reconcile.Row{Number: n, Kind: reconcile.RowHeader})
	case "program":
		// Stands for a sheet whose title names its program.
		s.Columns = append(s.Columns, reconcile.Column{Letter: "-", Field: reconcile.FieldIgnored, Header: "program=" + value})
	case "unclear":
		// unclear: letter header; value; value
		letter, rest, _ := strings.Cut(value, " ")
		header, examples, some := strings.Cut(rest, "; ")
		c := reconcile.Column{Letter: letter, Header: header, Field: reconcile.FieldUnclear}
		if some {
			c.Examples = strings.Split(examples, "; ")
		}
		s.Columns = append(s.Columns, c)
	case "uncalculated":
		// uncalculated: column cells first, second, …
		var u reconcile.Uncalculated
		letter, rest, _ := strings.Cut(value, " ")
		cells, examples, _ := strings.Cut(rest, " ")
		u.Column, u.Examples = letter, strings.Split(examples, ", ")
		if _, err := fmt.Sscan(cells, &u.Cells); err != nil {
			return err
		}
		s.Uncalculated = append(s.Uncalculated, u)
	case "converted":
		c, err := conversion(value)
		if err != nil {
			return err
		}
		s.Converted = append(s.Converted, c)
	case "total", "page":
		// total: row stated from-to counted
		var t reconcile.StatedTotal
		var row int
		if _, err := fmt.Sscanf(value, "%d %d %d-%d %d", &row, &t.Count, &t.FromRow, &t.ToRow, &t.Counted); err != nil {
			return err
		}
		t.Cell, t.PageOnly = "A"+strconv.Itoa(row), name == "page"
		s.Rows = append(s.Rows, reconcile.Row{Number: row, Kind: reconcile.RowTotal, Stated: &t})
	case "odd":
		number, text, _ := strings.Cut(value, " ")
		n, err := strconv.Atoi(number)
		if err != nil {
			return err
		}
		s.Rows = append(s.Rows, reconcile.Row{Number: n, Kind: reconcile.RowNotUnderstood, Text: text})
	default:
		return fmt.Errorf("unknown setting %q", name)
	}
	return nil
}

func parseRow(d *reconcile.Document, s *reconcile.Sheet, kind string, header, cells []string) error {
	n, err := strconv.Atoi(cells[0])
	if err != nil {
		return err
	}
	at := reconcile.Origin{Source: d.Source, Sheet: s.Name, Row: n}
	switch kind {
	case ".allocation":
		return allocationRow(s, at, header, cells)
	case ".estimate":
		return estimateRow(s, at, header, cells)
	case ".result":
		return resultRow(s, at, header, cells)
	}
	r, err := registration(d, s, at, header, cells)
	s.Rows = append(s.Rows, reconcile.Row{Number: n, Kind: reconcile.RowRegistration, Registrations: []*reconcile.Registration{r}})
	return err
}
