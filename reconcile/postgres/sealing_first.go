package postgres

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doisoat/reconcile/postgres/seal"

	"github.com/jackc/pgx/v5"
)

// sealBatch is how many rows are on their way at once while a database is
// sealed.
const sealBatch = 2000

// seal seals the rows that are there, whole years of them, and reports whether
// there were any.
func (t sealedTable) seal(ctx context.Context, tx Tx, sealer *seal.Sealer) (some bool, err error) {
	if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM `+t.name+`)`).Scan(&some); err != nil || !some {
		return false, err
	}
	// Whoever writes meanwhile would move rows, and write them in the clear. The
	// triggers keep what happened as it was, which it stays.
	for _, sql := range []string{
		`LOCK TABLE ` + t.name + ` IN SHARE ROW EXCLUSIVE MODE`, `ALTER TABLE ` + t.name + ` DISABLE TRIGGER USER`, t.declareSQL(),
	} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return false, err
		}
	}
	if err := t.sealRows(ctx, tx, sealer); err != nil {
		return false, err
	}
	for _, sql := range []string{`CLOSE ` + t.cursor(), `ALTER TABLE ` + t.name + ` ENABLE TRIGGER USER`} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return false, err
		}
	}
	return true, nil
}

// sealRows seals those that the cursor comes to.
func (t sealedTable) sealRows(ctx context.Context, tx Tx, sealer *seal.Sealer) error {
	for {
		rows, err := tx.Query(ctx, fmt.Sprintf(`FETCH %d FROM %s`, t.batch(), t.cursor()))
		if err != nil {
			return err
		}
		list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (line []any, err error) { return t.line(row, sealer) })
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return nil
		}
		changes := &pgx.Batch{}
		for _, line := range list {
			if line != nil {
				changes.Queue(t.updateSQL(), line...)
			}
		}
		if changes.Len() > 0 {
			if err := tx.SendBatch(ctx, changes).Close(); err != nil {
				return err
			}
		}
	}
}

// cursor has a name of its own for each table: the connection keeps what it knows
// of a statement's columns.
func (t sealedTable) cursor() string { return "unsealed_" + t.name }

// batch is small for tables of files, of which each may be large.
func (t sealedTable) batch() int {
	if len(t.files) > 0 {
		return 1
	}
	return sealBatch
}

func (t sealedTable) columns() []string {
	var all []string
	for _, columns := range [][]string{t.whole, t.texts, t.documents, t.files} {
		all = append(all, columns...)
	}
	return all
}

func (t sealedTable) declareSQL() string {
	list := "ctid::text"
	for _, column := range t.columns() {
		if len(t.files) == 0 {
			column += "::text" // JSON as it stands
		}
		list += ", " + column
	}
	return `DECLARE ` + t.cursor() + ` NO SCROLL CURSOR FOR SELECT ` + list + ` FROM ` + t.name
}

// line is what updateSQL takes for the row, nil when there is nothing to seal in
// it.
func (t sealedTable) line(row pgx.CollectableRow, sealer *seal.Sealer) ([]any, error) {
	var ctid string
	values := make([]any, len(t.columns()))
	targets := []any{&ctid}
	for i, column := range t.columns() {
		if slices.Contains(t.files, column) {
			values[i] = new([]byte)
		} else {
			values[i] = new(*string)
		}
		targets = append(targets, values[i])
	}
	if err := row.Scan(targets...); err != nil {
		return nil, err
	}
	line, changed := []any{ctid}, false
	for i, column := range t.columns() {
		switch value := values[i].(type) {
		case *[]byte:
			line, changed = append(line, sealer.File(*value)), true
		case **string:
			if *value == nil {
				line = append(line, nil)
				continue
			}
			sealed := t.sealed(column, **value, sealer)
			line, changed = append(line, sealed), changed || sealed != **value
		}
	}
	if !changed {
		return nil, nil
	}
	return line, nil
}

func (t sealedTable) sealed(column, text string, sealer *seal.Sealer) string {
	switch {
	case slices.Contains(t.whole, column):
		return sealer.Whole(text)
	case slices.Contains(t.documents, column):
		return string(sealer.JSON([]byte(text)))
	}
	return sealer.Text(text)
}

// updateSQL sets the columns of a row that the cursor was at: it is where it
// was, since the cursor does not see what this transaction wrote.
func (t sealedTable) updateSQL() string {
	var set []string
	for i, column := range t.columns() {
		value := fmt.Sprintf("$%d", i+2)
		if slices.Contains(t.documents, column) {
			value += "::text::json" // becomes jsonb where the column is
		}
		set = append(set, column+" = "+value)
	}
	for _, column := range t.forget {
		set = append(set, column+" = ''")
	}
	return `UPDATE ` + t.name + ` SET ` + strings.Join(set, ", ") + ` WHERE ctid = $1::text::tid`
}
