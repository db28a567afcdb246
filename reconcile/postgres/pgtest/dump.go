package pgtest

import (
	"context"
	"strings"
	"testing"

	"doisoat/reconcile/postgres"

	"github.com/jackc/pgx/v5"
)

// Dump is what somebody who has the database's files, or a dump of it, may read:
// all rows as they are stored, a line for each table. Bytes are shown as
// characters as far as they are some.
func Dump(t testing.TB, store *postgres.Store) string {
	t.Helper()
	ctx := context.Background()
	rows, err := store.Pool().Query(ctx, `SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, table := range tables {
		line := "line::text"
		if table == "file_content" {
			line = "encode(content, 'escape')"
		}
		var text string
		err := store.Pool().QueryRow(ctx, `SELECT coalesce(string_agg(`+line+`, ' '), '') FROM `+quote(table)+` line`).Scan(&text)
		if err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		all.WriteString(table + ": " + text + "\n")
	}
	return all.String()
}
