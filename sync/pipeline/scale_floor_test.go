package pipeline

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/xuri/excelize/v2"
	"golang.org/x/sync/errgroup"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// The floor is what no program that gets rows out of workbooks into PostgreSQL
// can do without: inflate the files and look at each byte, and copy the rows.

// inflate reads all parts of the workbooks as fast as this machine can and
// counts the cells' opening brackets.
func inflate(b testing.TB, paths []string) time.Duration {
	start := time.Now()
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, path := range paths {
		group.Go(func() error { return scan(path) })
	}
	if err := group.Wait(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func scan(path string) error {
	pack, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer pack.Close()
	buffer, tags := make([]byte, 64<<10), 0
	for _, part := range pack.File {
		content, err := part.Open()
		if err != nil {
			return err
		}
		for err == nil {
			var n int
			n, err = content.Read(buffer)
			tags += bytes.Count(buffer[:n], []byte("<"))
		}
		content.Close()
		if !errors.Is(err, io.EOF) {
			return err
		}
	}
	if tags == 0 {
		return fmt.Errorf("%s holds nothing", path)
	}
	return nil
}

// rowColumns are the columns of the plain tables that the floor and the
// baseline write to: as many as the lists have.
var rowColumns = strings.Fields("a b c d e f g h i j k l m n o")

// rowsOf are the texts of a list's rows.
func rowsOf(d *reconcile.Document) [][]any {
	var rows [][]any
	for _, r := range d.Registrations() {
		row := make([]any, len(rowColumns))
		for i := range row {
			row[i] = r.Readings.Get(headers[i].field).Text
		}
		rows = append(rows, row)
	}
	return rows
}

func createRows(b testing.TB, store *postgres.Store, table string) {
	_, err := store.Pool().Exec(context.Background(), `CREATE TABLE `+table+` (`+strings.Join(rowColumns, " text, ")+` text)`)
	if err != nil {
		b.Fatal(err)
	}
}

// copyRows copies the rows on two connections and returns how long that took.
func copyRows(b testing.TB, store *postgres.Store, rows [][]any) time.Duration {
	start := time.Now()
	var group errgroup.Group
	for _, part := range [][][]any{rows[:len(rows)/2], rows[len(rows)/2:]} {
		group.Go(func() error {
			_, err := store.Pool().CopyFrom(context.Background(), pgx.Identifier{"floor_row"}, rowColumns, pgx.CopyFromRows(part))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

// The baseline is the script that a programmer would write in an afternoon:
// excelize, and INSERT of some hundred rows at a time. It only gets the cells
// into a table of texts: it finds no header, understands nothing and checks
// nothing.

const batch = 500 // rows of one INSERT

func baseline(ctx context.Context, store *postgres.Store, path string) error {
	book, err := excelize.OpenFile(path)
	if err != nil {
		return err
	}
	defer book.Close()
	for _, sheet := range book.GetSheetList() {
		rows, err := book.Rows(sheet)
		if err != nil {
			return err
		}
		var values []any
		for rows.Next() {
			cells, err := rows.Columns()
			if err != nil {
				return err
			}
			for i := range rowColumns {
				text := ""
				if i < len(cells) {
					text = cells[i]
				}
				values = append(values, text)
			}
			if len(values) == batch*len(rowColumns) {
				if err := insert(ctx, store, values); err != nil {
					return err
				}
				values = values[:0]
			}
		}
		if err := errors.Join(rows.Error(), rows.Close(), insert(ctx, store, values)); err != nil {
			return err
		}
	}
	return nil
}

func insert(ctx context.Context, store *postgres.Store, values []any) error {
	if len(values) == 0 {
		return nil
	}
	var sql strings.Builder
	sql.WriteString(`INSERT INTO baseline_row VALUES `)
	for i := range values {
		switch {
		case i == 0:
			sql.WriteString("(")
		case i%len(rowColumns) == 0:
			sql.WriteString("),(")
		default:
			sql.WriteString(",")
		}
		fmt.Fprintf(&sql, "$%d", i+1)
	}
	_, err := store.Pool().Exec(ctx, sql.String()+")", values...)
	return err
}
