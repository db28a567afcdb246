package postgres

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// versioned is a table whose rows are closed and opened anew instead of
// overwritten (see migrations/00003_document.sql).
type versioned struct {
	table string
	// keys say, after plan_id and source, which row of the document it is.
	keys []string
	// values are the other columns that come from the document.
	values []string
}

// stamp says for which document, in which run and when rows are written.
type stamp struct {
	plan, source string
	run          int64
	now          time.Time
}

// Changes counts what a save did to the registrations of a document.
type Changes struct {
	Added, Changed, Removed, Unchanged int
	// Other counts the rows of other kinds that were written: the document
	// itself, its sheets, allocations, estimate lines and results.
	Other int
}

// Any reports whether anything at all was written.
func (c Changes) Any() bool { return c.Added+c.Changed+c.Removed+c.Other > 0 }

// analyzeFrom is the number of staged rows from which the planner needs to
// know how many there are.
const analyzeFrom = 1000

// save makes rows (keys, then values) the open rows of the document: those
// that are gone or differ are closed, those that are new or differ are opened.
func (v versioned) save(ctx context.Context, tx Tx, at stamp, rows [][]any) (Changes, error) {
	if err := v.stage(ctx, tx, rows); err != nil {
		return Changes{}, fmt.Errorf("%s: %w", v.table, err)
	}
	var closed, replaced int
	err := tx.QueryRow(ctx, v.closeSQL(), at.plan, at.source, at.run, at.now).Scan(&closed, &replaced)
	if err != nil {
		return Changes{}, fmt.Errorf("%s: %w", v.table, err)
	}
	opened := 0
	if len(rows) > 0 {
		tag, err := tx.Exec(ctx, v.openSQL(), at.plan, at.source, at.run, at.now)
		if err != nil {
			return Changes{}, fmt.Errorf("%s: %w", v.table, err)
		}
		opened = int(tag.RowsAffected())
	}
	return Changes{
		Added: opened - replaced, Changed: replaced, Removed: closed - replaced,
		Unchanged: len(rows) - opened,
	}, nil
}

// stage copies the rows, each with the hash of its content, into the table's
// staging table: temporary, so that it is never written to the log and is this
// connection's own. It is emptied here and not by the server at each commit,
// which truncates files while the other jobs of the run wait for the end of the
// transaction.
func (v versioned) stage(ctx context.Context, tx Tx, rows [][]any) error {
	columns := v.columns()
	list := strings.Join(columns, ", ")
	_, err := tx.Exec(ctx, fmt.Sprintf(
		`CREATE TEMPORARY TABLE IF NOT EXISTS %s AS SELECT %s FROM %s WITH NO DATA`,
		v.staging(), list, v.table))
	if err != nil {
		return err
	}
	if err := v.empty(ctx, tx); err != nil {
		return err
	}
	if len(rows) == 0 {
		return nil
	}
	source := pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
		hash, err := contentHash(rows[i][len(v.keys):]...)
		if err != nil {
			return nil, err
		}
		return append(rows[i][:len(rows[i]):len(rows[i])], hash), nil
	})
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{v.staging()}, columns, source); err != nil {
		return err
	}
	if len(rows) >= analyzeFrom {
		_, err = tx.Exec(ctx, `ANALYZE `+v.staging())
	}
	return err
}

// roomy is the size in bytes from which a staging table's file is cut off: rows
// that were deleted from it stay in the way of every look through it.
const roomy = 1 << 20

// empty deletes what the transaction before left in the staging table.
func (v versioned) empty(ctx context.Context, tx Tx) error {
	var size int64
	if err := tx.QueryRow(ctx, `SELECT pg_relation_size(to_regclass($1))`, "pg_temp."+v.staging()).Scan(&size); err != nil {
		return err
	}
	clear := `DELETE FROM `
	if size > roomy {
		clear = `TRUNCATE `
	}
	if size > 0 {
		_, err := tx.Exec(ctx, clear+v.staging())
		return err
	}
	return nil
}

func (v versioned) staging() string { return "staging_" + v.table }

func (v versioned) columns() []string {
	columns := make([]string, 0, len(v.keys)+len(v.values)+1)
	columns = append(columns, v.keys...)
	columns = append(columns, v.values...)
	return append(columns, "hash")
}

// closeSQL closes the open rows that the staging table does not have with the
// same content, and counts them and those that it has with another.
func (v versioned) closeSQL() string {
	same := v.same("old", "new")
	return fmt.Sprintf(`
		WITH closed AS (
			UPDATE %[1]s AS old SET valid_to = greatest(valid_from, $4), to_run = $3
			WHERE plan_id = $1 AND source = $2 AND valid_to IS NULL
			AND NOT EXISTS (SELECT FROM %[2]s AS new WHERE %[3]s AND new.hash = old.hash)
			RETURNING %[4]s
		)
		SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM %[2]s AS new WHERE %[5]s))
		FROM closed`, v.table, v.staging(), same, v.returning(), v.same("closed", "new"))
}

// openSQL opens the staged rows that have no open row yet.
func (v versioned) openSQL() string {
	list := strings.Join(v.columns(), ", ")
	return fmt.Sprintf(`
		INSERT INTO %[1]s (plan_id, source, %[3]s, from_run, valid_from)
		SELECT $1, $2, %[3]s, $3, $4 FROM %[2]s AS new
		WHERE NOT EXISTS (
			SELECT FROM %[1]s AS old
			WHERE old.plan_id = $1 AND old.source = $2 AND old.valid_to IS NULL AND %[4]s
		)`, v.table, v.staging(), list, v.same("old", "new"))
}

// same is the condition that two rows stand at the same place.
func (v versioned) same(a, b string) string {
	conditions := []string{"true"}
	for _, key := range v.keys {
		conditions = append(conditions, fmt.Sprintf("%s.%s = %s.%s", a, key, b, key))
	}
	return strings.Join(conditions, " AND ")
}

func (v versioned) returning() string {
	if len(v.keys) == 0 {
		return "1"
	}
	return strings.Join(v.keys, ", ")
}

// closeAll closes all open rows of the documents and returns how many.
func (v versioned) closeAll(ctx context.Context, tx Tx, planID string, sources []string, runID int64, now time.Time) (int, error) {
	tag, err := tx.Exec(ctx, fmt.Sprintf(`
		UPDATE %s SET valid_to = greatest(valid_from, $4), to_run = $3
		WHERE plan_id = $1 AND source = ANY($2) AND valid_to IS NULL`, v.table), planID, sources, runID, now)
	return int(tag.RowsAffected()), err
}
