package postgres

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres/seal"
)

// stored is the rows of documents before they are put together, each list by
// source and place.
type stored struct {
	documents     []*documentRow
	sheets        []*sheetRow
	registrations map[place][]rosterRow
	allocations   []*allocationRow
	estimates     []*estimateRow
	results       []*resultRow
}

// place is a sheet of a document.
type place struct {
	source string
	sheet  int
}

// tabs are the sheets by their place.
func (p *stored) tabs() map[place]*sheetRow {
	tabs := make(map[place]*sheetRow, len(p.sheets))
	for _, row := range p.sheets {
		tabs[place{row.Source, row.SheetNo}] = row
	}
	return tabs
}

// open opens the texts that are sealed; JSON is open already.
func (p *stored) open(sealer *seal.Sealer) {
	for _, row := range p.sheets {
		row.Title = sealer.Open(row.Title)
	}
	for _, row := range p.allocations {
		row.Text = sealer.Open(row.Text)
	}
	for _, row := range p.estimates {
		row.Text = sealer.Open(row.Text)
	}
	for _, row := range p.results {
		row.Decision = sealer.Open(row.Decision)
	}
}

func (p *stored) assemble() ([]*reconcile.Document, error) {
	shares := groupBy(p.allocations, func(r *allocationRow) place { return place{r.Source, r.SheetNo} })
	lines := groupBy(p.estimates, func(r *estimateRow) place { return place{r.Source, r.SheetNo} })
	outcomes := groupBy(p.results, func(r *resultRow) place { return place{r.Source, r.SheetNo} })
	tabs := groupBy(p.sheets, func(r *sheetRow) string { return r.Source })

	documents := make([]*reconcile.Document, 0, len(p.documents))
	for _, row := range p.documents {
		d := &reconcile.Document{
			Source: row.Source, File: row.File, Format: reconcile.Format(row.Format), Version: row.Version,
			Agency: row.Agency, Received: timeOf(row.Received), Failure: row.Failure,
		}
		for _, tab := range tabs[row.Source] {
			at := place{tab.Source, tab.SheetNo}
			sheet, err := tab.sheet(p.registrations[at], shares[at], lines[at])
			if err == nil {
				sheet.Results, err = resultsOf(outcomes[at])
			}
			if err != nil {
				return nil, fmt.Errorf("%s, trang tính %q: %w", row.File, tab.Name, err)
			}
			d.Sheets = append(d.Sheets, sheet)
		}
		documents = append(documents, d)
	}
	return documents, nil
}

// groupBy splits a sorted list into runs of the same key.
func groupBy[T any, K comparable](list []T, key func(T) K) map[K][]T {
	groups := make(map[K][]T)
	start := 0
	for i := 1; i <= len(list); i++ {
		if i == len(list) || key(list[i]) != key(list[start]) {
			groups[key(list[start])] = list[start:i]
			start = i
		}
	}
	return groups
}

func (t *sheetRow) sheet(roster []rosterRow, shares []*allocationRow, lines []*estimateRow) (reconcile.Sheet, error) {
	s := reconcile.Sheet{
		Name: t.Name, Index: t.TabIndex, ID: t.TabID, Hidden: t.Hidden, Role: reconcile.Role(t.Role), Title: t.Title,
		NonEmptyRows: t.NonEmptyRows, Columns: t.Columns,
		Responses: t.Answers.Responses, Decisions: t.Answers.Decisions, Converted: t.Converted,
		Uncalculated: t.Uncalculated,
	}
	s.Rows = t.rows(roster)
	for _, row := range shares {
		a, err := row.allocation(t)
		if err != nil {
			return s, err
		}
		s.Allocations = append(s.Allocations, a)
	}
	for _, row := range lines {
		e, err := row.estimate(t)
		if err != nil {
			return s, err
		}
		s.Estimates = append(s.Estimates, e)
	}
	return s, nil
}

// rows merges the rows that are listed, which come in ascending order, with
// those that the registrations imply.
func (t *sheetRow) rows(roster []rosterRow) []reconcile.Row {
	slices.SortFunc(roster, func(a, b rosterRow) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.entry, b.entry))
	})
	people := make([]*reconcile.Registration, len(roster))
	rows := make([]reconcile.Row, 0, len(t.Rows)+len(roster))
	listed := t.Rows
	take := func() {
		r := listed[0]
		rows = append(rows, reconcile.Row{Number: r.Number, Kind: r.Kind, Text: r.Text, Hidden: r.Hidden, Stated: r.Stated})
		listed = listed[1:]
	}
	for i, start := 0, 0; i < len(roster); i++ {
		number := roster[i].number
		for len(listed) > 0 && listed[0].Number <= number {
			take()
		}
		if n := len(rows); n == 0 || rows[n-1].Number != number {
			rows = append(rows, reconcile.Row{Number: number, Kind: reconcile.RowRegistration})
		}
		if i > 0 && roster[i-1].number != number {
			start = i
		}
		people[i] = roster[i].r
		rows[len(rows)-1].Registrations = people[start : i+1 : i+1]
	}
	for len(listed) > 0 {
		take()
	}
	return rows
}

func (row *allocationRow) allocation(t *sheetRow) (reconcile.Allocation, error) {
	origin, err := t.origin(row.RowNo, row.Cell, row.Elsewhere)
	return reconcile.Allocation{
		Agency: row.Agency, Programs: row.Programs, Places: row.Places, Subtotal: row.Subtotal, Text: row.Text, Origin: origin,
	}, err
}

func (row *estimateRow) estimate(t *sheetRow) (reconcile.EstimateLine, error) {
	e := reconcile.EstimateLine{
		Kind: reconcile.EstimateKind(row.Kind), Programs: row.Programs, Text: row.Text, Classes: row.Classes,
		Learners: row.Learners, FactorsMil: row.FactorsMil, Lines: row.Sums,
	}
	e.QuantityMil, e.HasQuantity = number[int64](row.QuantityMil)
	e.Rate, e.HasRate = number[reconcile.VND](row.Rate)
	e.Amount, e.HasAmount = number[reconcile.VND](row.Amount)
	e.Spent, e.HasSpent = number[reconcile.VND](row.Spent)
	var err error
	if err := json.Unmarshal(row.Readings, &e.Readings); err != nil {
		return e, err
	}
	e.Origin, err = t.origin(row.RowNo, row.Cell, row.Elsewhere)
	return e, err
}

// origin is the opposite of contentRows.elsewhere.
func (t *sheetRow) origin(row int, cell string, elsewhere json.RawMessage) (reconcile.Origin, error) {
	o := reconcile.Origin{Source: t.Source, Sheet: t.Name, Row: row, Cell: cell}
	if elsewhere == nil {
		return o, nil
	}
	return o, json.Unmarshal(elsewhere, &o)
}

// number is the opposite of present.
func number[T ~int64](n *int64) (T, bool) {
	if n == nil {
		return 0, false
	}
	return T(*n), true
}
