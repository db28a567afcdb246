package postgres

import (
	"bytes"
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
	// keys say, after plan_id and source, which row of the document it is: at
	// most three numbers.
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

// part is the rows (keys, then values) that a table is to hold of a document.
type part struct {
	table versioned
	rows  [][]any
}

// spot is where a row stands in its document: the keys, the rest 0.
type spot [3]int

// openRow is what stands at a spot: its id, and the hash of what it says.
type openRow struct {
	id   int64
	hash []byte
}

// turn is what becomes of a table's rows of a document.
type turn struct {
	part
	closed  []int64
	opened  []int // of part.rows
	hashes  [][]byte
	changes Changes
}

// replace makes the rows of each part the open ones of the document: those
// that are gone or differ are closed, those that are new or differ are opened,
// and that the document changed is noted. What stands is compared here, by the
// hash of its content, so that of a document which changed in one line only that
// line goes to the server, and a new one goes straight to where it stays. Nobody
// else works on the document until the transaction ends. The turns come back in
// the order of the parts.
func replace(ctx context.Context, tx Tx, at stamp, parts []part) ([]turn, error) {
	open, err := openRows(ctx, tx, at, parts)
	if err != nil {
		return nil, err
	}
	turns := make([]turn, len(parts))
	var writing pgx.Batch
	changed := false
	for i := range parts {
		if turns[i], err = compare(parts[i], open[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", parts[i].table.table, err)
		}
		turns[i].write(&writing, at)
		changed = changed || turns[i].changes.Any()
	}
	if !changed {
		return turns, nil
	}
	writing.Queue(noteChangeSQL, at.plan, []string{at.source})
	if err := tx.SendBatch(ctx, &writing).Close(); err != nil {
		return nil, err
	}
	for i := range turns {
		if err := turns[i].copy(ctx, tx, at); err != nil {
			return nil, fmt.Errorf("%s: %w", turns[i].table.table, err)
		}
	}
	return turns, nil
}

// openRows asks for what is open of the document in all tables at once, and
// keeps everybody else from it. Tables grow a thousandfold while a connection
// keeps its plans: what was planned when a table was empty would read all of it
// for each document.
func openRows(ctx context.Context, tx Tx, at stamp, parts []part) ([]map[spot]openRow, error) {
	var asking pgx.Batch
	asking.Queue(lockSQL, lockName("document", at.plan, at.source))
	asking.Queue(`SET LOCAL plan_cache_mode = force_custom_plan`)
	found := make([]map[spot]openRow, len(parts))
	for i := range parts {
		found[i] = make(map[spot]openRow)
		asking.Queue(parts[i].table.openSQL(), at.plan, at.source).Query(func(rows pgx.Rows) error {
			var id int64
			var hash []byte
			var key spot
			_, err := pgx.ForEachRow(rows, []any{&id, &hash, &key[0], &key[1], &key[2]}, func() error {
				found[i][key] = openRow{id, hash}
				return nil
			})
			return err
		})
	}
	return found, tx.SendBatch(ctx, &asking).Close()
}

// compare says which rows are to be closed and opened.
func compare(p part, open map[spot]openRow) (turn, error) {
	t := turn{part: p, hashes: make([][]byte, len(p.rows))}
	var hashes hasher
	for i, row := range p.rows {
		hash, err := hashes.hash(row[len(p.table.keys):])
		if err != nil {
			return turn{}, err
		}
		t.hashes[i] = hash
		key := p.table.spot(row)
		was, stands := open[key]
		delete(open, key)
		switch {
		case !stands:
			t.changes.Added++
		case bytes.Equal(was.hash, hash):
			t.changes.Unchanged++
			continue
		default:
			t.changes.Changed++
			t.closed = append(t.closed, was.id)
		}
		t.opened = append(t.opened, i)
	}
	t.changes.Removed = len(open)
	for _, gone := range open {
		t.closed = append(t.closed, gone.id)
	}
	return t, nil
}

// fewRows is how many rows of a table are sent together with all else. More
// are copied, which takes a word with the server of its own.
const fewRows = 16

// write queues what is to be closed, and what few rows are to be opened.
func (t *turn) write(batch *pgx.Batch, at stamp) {
	if len(t.closed) > 0 {
		batch.Queue(t.table.closeSQL(`source = $2 AND id = ANY($5)`), at.plan, at.source, at.run, at.now, t.closed)
	}
	if len(t.opened) > fewRows {
		return
	}
	sql := t.table.insertSQL()
	for i := range t.opened {
		batch.Queue(sql, t.row(nil, i, at)...)
	}
}

// copy opens many rows.
func (t *turn) copy(ctx context.Context, tx Tx, at stamp) error {
	if len(t.opened) <= fewRows {
		return nil
	}
	var row []any
	source := pgx.CopyFromSlice(len(t.opened), func(i int) ([]any, error) {
		row = t.row(row[:0], i, at)
		return row, nil
	})
	_, err := tx.CopyFrom(ctx, pgx.Identifier{t.table.table}, t.table.written(), source)
	return err
}

// row is the i-th row to be opened, as written has it.
func (t *turn) row(room []any, i int, at stamp) []any {
	row := append(room, at.plan, at.source, at.run, at.now, t.hashes[t.opened[i]])
	return append(row, t.rows[t.opened[i]]...)
}

// written are the columns that an open row gets.
func (v versioned) written() []string {
	return append(append([]string{"plan_id", "source", "from_run", "valid_from", "hash"}, v.keys...), v.values...)
}

// insertSQL opens one row.
func (v versioned) insertSQL() string {
	columns := v.written()
	values := make([]string, len(columns))
	for i := range values {
		values[i] = fmt.Sprintf("$%d", i+1)
	}
	return fmt.Sprintf(`INSERT INTO %s (%s) VALUES (%s)`, v.table, strings.Join(columns, ", "), strings.Join(values, ", "))
}

// spot is where the row stands.
func (v versioned) spot(row []any) spot {
	var key spot
	for i := range v.keys {
		key[i] = row[i].(int)
	}
	return key
}

// openSQL asks for the document's open rows: id, hash and three keys.
func (v versioned) openSQL() string {
	keys := append(v.keys[:len(v.keys):len(v.keys)], "0", "0", "0")
	return fmt.Sprintf(`SELECT id, hash, %s FROM %s WHERE plan_id = $1 AND source = $2 AND valid_to IS NULL`,
		strings.Join(keys[:len(spot{})], ", "), v.table)
}

// closeSQL ends those of the plan's open rows ($1) that the condition names,
// with run $3 at $4.
func (v versioned) closeSQL(which string) string {
	return fmt.Sprintf(`
		UPDATE %s SET valid_to = greatest(valid_from, $4), to_run = $3
		WHERE plan_id = $1 AND %s AND valid_to IS NULL`, v.table, which)
}

// closeAll closes all open rows of the documents and returns how many.
func (v versioned) closeAll(ctx context.Context, tx Tx, planID string, sources []string, runID int64, now time.Time) (int, error) {
	tag, err := tx.Exec(ctx, v.closeSQL(`source = ANY($2)`), planID, sources, runID, now)
	return int(tag.RowsAffected()), err
}
