package postgres

import (
	"encoding/json"
	"fmt"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres/seal"
)

func sheets() versioned {
	return versioned{
		table: "sheet", keys: []string{"sheet_no"},
		values: []string{
			"name", "tab_index", "tab_id", "hidden", "role", "title", "nonempty_rows",
			"columns", "rows", "answers", "converted", "uncalculated",
		},
	}
}

func registrations() versioned {
	return versioned{
		table: "registration", keys: []string{"sheet_no", "row_no", "entry_no"},
		values: []string{
			"registration_key", "full_name", "birth_date", "sex", "ethnicity", "citizen_id", "party_date", "official_date",
			"job", "agency", "agency_text", "education", "political_theory", "phone", "program", "program_text", "form",
			"priority", "note", "career", "hidden", "cell", "elsewhere", "readings",
		},
	}
}

func allocations() versioned {
	return versioned{
		table: "allocation", keys: []string{"sheet_no", "line_no"},
		values: []string{"agency", "programs", "places", "subtotal", "text", "row_no", "cell", "elsewhere"},
	}
}

func estimateLines() versioned {
	return versioned{
		table: "estimate_line", keys: []string{"sheet_no", "line_no"},
		values: []string{
			"kind", "programs", "text", "classes", "learners", "quantity_mil", "factors_mil", "rate", "amount", "spent",
			"sums", "row_no", "cell", "elsewhere", "readings",
		},
	}
}

// contentRows is a document taken apart into rows of the tables above, the
// columns in their order.
type contentRows struct {
	source                                                 string
	seal                                                   *seal.Sealer
	sheets, registrations, allocations, estimates, results [][]any
}

// add takes the no-th sheet apart. Its rows must stand in ascending order, as
// every reader gives them: a row's number is its identity.
func (c *contentRows) add(no int, s *reconcile.Sheet) error {
	row, err := c.sheet(no, s)
	if err != nil {
		return err
	}
	c.sheets = append(c.sheets, row)
	last := 0
	for i := range s.Rows {
		number := s.Rows[i].Number
		if number <= last {
			return fmt.Errorf("dòng %d đứng sau dòng %d", number, last)
		}
		last = number
		for entry, r := range s.Rows[i].Registrations {
			values, err := c.registration(s, r, number)
			if err != nil {
				return fmt.Errorf("dòng %d: %w", number, err)
			}
			c.registrations = append(c.registrations, append([]any{no, number, entry}, values...))
		}
	}
	for i := range s.Allocations {
		values, err := c.allocation(s, &s.Allocations[i])
		if err != nil {
			return err
		}
		c.allocations = append(c.allocations, append([]any{no, i}, values...))
	}
	for i := range s.Estimates {
		values, err := c.estimate(s, &s.Estimates[i])
		if err != nil {
			return err
		}
		c.estimates = append(c.estimates, append([]any{no, i}, values...))
	}
	for i, r := range s.Results {
		values, err := c.result(r)
		if err != nil {
			return err
		}
		c.results = append(c.results, append([]any{no, i}, values...))
	}
	return nil
}

// text is what stands for a text of people, in which numbers may be.
func (c *contentRows) text(s string) string { return c.seal.Text(storable(s)) }

func (c *contentRows) encode(v any) (json.RawMessage, error) {
	encoded, err := encode(v)
	return c.seal.JSON(encoded), err
}

// storedRow is a row of a sheet in the column sheet.rows.
type storedRow struct {
	Number int                    `json:"n"`
	Kind   reconcile.RowKind      `json:"k"`
	Text   string                 `json:"t,omitempty"`
	Hidden bool                   `json:"h,omitempty"`
	Stated *reconcile.StatedTotal `json:"s,omitempty"`
}

// storedAnswers is the column sheet.answers.
type storedAnswers struct {
	Responses []reconcile.Response `json:"responses,omitempty"`
	Decisions []reconcile.Decision `json:"decisions,omitempty"`
}

func (c *contentRows) sheet(no int, s *reconcile.Sheet) ([]any, error) {
	rows := make([]storedRow, 0, 16)
	for i := range s.Rows {
		if r := &s.Rows[i]; !isImplied(r) {
			rows = append(rows, storedRow{Number: r.Number, Kind: r.Kind, Text: r.Text, Hidden: r.Hidden, Stated: r.Stated})
		}
	}
	columns := s.Columns
	if columns == nil {
		columns = []reconcile.Column{}
	}
	converted := s.Converted
	if converted == nil {
		converted = []reconcile.Conversion{}
	}
	uncalculated := s.Uncalculated
	if uncalculated == nil {
		uncalculated = []reconcile.Uncalculated{}
	}
	var encoded [5]json.RawMessage
	for i, v := range []any{columns, rows, storedAnswers{Responses: s.Responses, Decisions: s.Decisions}, converted, uncalculated} {
		var err error
		if encoded[i], err = c.encode(v); err != nil {
			return nil, err
		}
	}
	return []any{
		no, storable(s.Name), s.Index, storable(s.ID), s.Hidden, string(s.Role), c.text(s.Title), s.NonEmptyRows,
		encoded[0], encoded[1], encoded[2], encoded[3], encoded[4],
	}, nil
}

// isImplied: the row is nothing but the place of its registrations, which tell
// of it by themselves.
func isImplied(r *reconcile.Row) bool {
	return r.Kind == reconcile.RowRegistration && len(r.Registrations) > 0 && r.Text == "" && !r.Hidden && r.Stated == nil
}

func (c *contentRows) registration(s *reconcile.Sheet, r *reconcile.Registration, row int) ([]any, error) {
	readings, err := c.encode(r.Readings)
	if err != nil {
		return nil, err
	}
	career, err := c.encode(r.Career)
	if err != nil {
		return nil, err
	}
	elsewhere, err := c.elsewhere(s, r.Origin, row)
	if err != nil {
		return nil, err
	}
	return []any{
		storable(r.Key), storable(r.FullName), r.BirthDate.String(), string(r.Sex), storable(r.Ethnicity), c.seal.Whole(storable(r.CitizenID)),
		r.PartyDate.String(), r.OfficialDate.String(), c.text(r.Position), storable(r.Agency), c.text(r.AgencyText),
		string(r.Education), string(r.PoliticalTheory), c.text(r.Phone), storable(r.Program), c.text(r.ProgramText),
		string(r.Form), r.Priority, c.text(r.Note), career, r.Hidden, storable(r.Origin.Cell), elsewhere, readings,
	}, nil
}

func (c *contentRows) allocation(s *reconcile.Sheet, a *reconcile.Allocation) ([]any, error) {
	elsewhere, err := c.elsewhere(s, a.Origin, a.Origin.Row)
	if err != nil {
		return nil, err
	}
	return []any{
		storable(a.Agency), storables(a.Programs), a.Places, a.Subtotal, c.text(a.Text),
		a.Origin.Row, storable(a.Origin.Cell), elsewhere,
	}, nil
}

func (c *contentRows) estimate(s *reconcile.Sheet, e *reconcile.EstimateLine) ([]any, error) {
	elsewhere, err := c.elsewhere(s, e.Origin, e.Origin.Row)
	if err != nil {
		return nil, err
	}
	readings, err := c.encode(e.Readings)
	if err != nil {
		return nil, err
	}
	factors, sums := e.FactorsMil, e.Lines
	if factors == nil {
		factors = []int64{}
	}
	if sums == nil {
		sums = []int{}
	}
	return []any{
		string(e.Kind), storables(e.Programs), c.text(e.Text), e.Classes, e.Learners,
		present(e.QuantityMil, e.HasQuantity), factors,
		present(int64(e.Rate), e.HasRate), present(int64(e.Amount), e.HasAmount), present(int64(e.Spent), e.HasSpent),
		sums, e.Origin.Row, storable(e.Origin.Cell), elsewhere, readings,
	}, nil
}

// elsewhere is the origin as JSON when it is not this row of this sheet, else
// null.
func (c *contentRows) elsewhere(s *reconcile.Sheet, o reconcile.Origin, row int) (json.RawMessage, error) {
	if o.Source == c.source && o.Sheet == s.Name && o.Row == row {
		return nil, nil
	}
	return encode(o)
}

// present is the number, null when the cell it comes from is empty.
func present(n int64, has bool) *int64 {
	if !has {
		return nil
	}
	return &n
}
