package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// LoadDocuments returns what the plan's documents say now, by source, as
// SaveDocument got it (empty lists may come back as nil). A document whose
// last reading failed has its Failure set and the content of its last good
// reading, if there was one.
func (s *Store) LoadDocuments(ctx context.Context, planID string) ([]*reconcile.Document, error) {
	documents, err := s.load(ctx, snapshot{condition: `plan_id = $1 AND valid_to IS NULL`, args: []any{planID}})
	return documents, wrap(fmt.Sprintf("đọc tài liệu của kế hoạch %s", planID), err)
}

// DocumentAsOf returns what the document said at that time, ErrNotFound when
// it was not there.
func (s *Store) DocumentAsOf(ctx context.Context, planID, source string, at time.Time) (*reconcile.Document, error) {
	doing := fmt.Sprintf("đọc tài liệu %s tại thời điểm %s", source, at.Format("15:04 02/01/2006"))
	documents, err := s.load(ctx, snapshot{
		condition: `plan_id = $1 AND source = $2 AND valid_from <= $3 AND (valid_to IS NULL OR valid_to > $3)`,
		args:      []any{planID, source, at},
	})
	if err != nil {
		return nil, wrap(doing, err)
	}
	if len(documents) == 0 {
		return nil, &failure{doing: doing, kind: ErrNotFound}
	}
	return documents[0], nil
}

// DocumentSources returns the identities of all documents that the plan ever
// had.
func (s *Store) DocumentSources(ctx context.Context, planID string) ([]string, error) {
	doing := fmt.Sprintf("đọc lịch sử tài liệu của kế hoạch %s", planID)
	rows, err := s.pool.Query(ctx, `SELECT source FROM document WHERE plan_id = $1 GROUP BY source ORDER BY source COLLATE "C"`, planID)
	if err != nil {
		return nil, wrap(doing, err)
	}
	sources, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return sources, wrap(doing, err)
}

// DocumentTimes returns when the document changed, oldest first: the moments
// for which DocumentAsOf has different answers.
func (s *Store) DocumentTimes(ctx context.Context, planID, source string) ([]time.Time, error) {
	doing := fmt.Sprintf("đọc lịch sử tài liệu %s", source)
	sql := ""
	for i, table := range append(contents(), documents()) {
		if i > 0 {
			sql += " UNION "
		}
		sql += `SELECT valid_from AS at FROM ` + table.table + ` WHERE plan_id = $1 AND source = $2 UNION
			SELECT valid_to FROM ` + table.table + ` WHERE plan_id = $1 AND source = $2 AND valid_to IS NOT NULL`
	}
	rows, err := s.pool.Query(ctx, sql+` ORDER BY at`, planID, source)
	if err != nil {
		return nil, wrap(doing, err)
	}
	times, err := pgx.CollectRows(rows, pgx.RowTo[time.Time])
	return times, wrap(doing, err)
}

// snapshot selects the versions of rows that were open at one moment.
type snapshot struct {
	condition string
	args      []any
}

// collect reads the snapshot's rows of a table in the order of their places.
func collect[T any](ctx context.Context, tx Tx, table versioned, at snapshot) ([]*T, error) {
	order := `source COLLATE "C"`
	list := "source"
	for _, key := range table.keys {
		order += ", " + key
		list += ", " + key
	}
	for _, value := range table.values {
		list += ", " + value
	}
	rows, err := tx.Query(ctx, `SELECT `+list+` FROM `+table.table+` WHERE `+at.condition+` ORDER BY `+order, at.args...)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[T])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", table.table, err)
	}
	return found, nil
}

func (s *Store) load(ctx context.Context, at snapshot) ([]*reconcile.Document, error) {
	var parts stored
	err := s.readOnly(ctx, func(tx Tx) (err error) {
		if parts.documents, err = collect[documentRow](ctx, tx, documents(), at); err != nil || len(parts.documents) == 0 {
			return err // a document that is not known has no content either
		}
		if parts.sheets, err = collect[sheetRow](ctx, tx, sheets(), at); err != nil {
			return err
		}
		if parts.registrations, err = rosters(ctx, tx, at, parts.tabs(), s.seal); err != nil {
			return err
		}
		if parts.allocations, err = collect[allocationRow](ctx, tx, allocations(), at); err != nil {
			return err
		}
		if parts.estimates, err = collect[estimateRow](ctx, tx, estimateLines(), at); err != nil {
			return err
		}
		parts.results, err = collect[resultRow](ctx, tx, results(), at)
		return err
	})
	if err != nil {
		return nil, err
	}
	parts.open(s.seal)
	return parts.assemble()
}

type documentRow struct {
	Source   string             `db:"source"`
	File     string             `db:"file"`
	Format   string             `db:"format"`
	Version  string             `db:"version"`
	Agency   string             `db:"agency"`
	Received *time.Time         `db:"received"`
	Failure  *reconcile.Failure `db:"failure"`

	ReaderVersion string `db:"reader_version"`
	Status        string `db:"status"`
}

type sheetRow struct {
	Source       string             `db:"source"`
	SheetNo      int                `db:"sheet_no"`
	Name         string             `db:"name"`
	TabIndex     int                `db:"tab_index"`
	TabID        string             `db:"tab_id"`
	Hidden       bool               `db:"hidden"`
	Role         string             `db:"role"`
	Title        string             `db:"title"`
	NonEmptyRows int                `db:"nonempty_rows"`
	Columns      []reconcile.Column `db:"columns"`
	Rows         []storedRow        `db:"rows"`
	Answers      storedAnswers      `db:"answers"`

	Converted    []reconcile.Conversion   `db:"converted"`
	Uncalculated []reconcile.Uncalculated `db:"uncalculated"`
}

type allocationRow struct {
	Source    string          `db:"source"`
	SheetNo   int             `db:"sheet_no"`
	LineNo    int             `db:"line_no"`
	Agency    string          `db:"agency"`
	Programs  []string        `db:"programs"`
	Places    int             `db:"places"`
	Subtotal  bool            `db:"subtotal"`
	Text      string          `db:"text"`
	RowNo     int             `db:"row_no"`
	Cell      string          `db:"cell"`
	Elsewhere json.RawMessage `db:"elsewhere"`
}

type estimateRow struct {
	Source      string          `db:"source"`
	SheetNo     int             `db:"sheet_no"`
	LineNo      int             `db:"line_no"`
	Kind        string          `db:"kind"`
	Programs    []string        `db:"programs"`
	Text        string          `db:"text"`
	Classes     int             `db:"classes"`
	Learners    int             `db:"learners"`
	QuantityMil *int64          `db:"quantity_mil"`
	FactorsMil  []int64         `db:"factors_mil"`
	Rate        *int64          `db:"rate"`
	Amount      *int64          `db:"amount"`
	Spent       *int64          `db:"spent"`
	Sums        []int           `db:"sums"`
	RowNo       int             `db:"row_no"`
	Cell        string          `db:"cell"`
	Elsewhere   json.RawMessage `db:"elsewhere"`
	Readings    json.RawMessage `db:"readings"`
}
