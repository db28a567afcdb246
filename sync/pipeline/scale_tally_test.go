package pipeline

import (
	"context"
	"io/fs"
	"path/filepath"
)

// tally is what the database has been made to write.
type tally struct{ inserted, updated, deleted, size, log int64 }

func (f *files) written() tally {
	f.b.Helper()
	var t tally
	err := f.store.Pool().QueryRow(context.Background(), `
		SELECT tup_inserted, tup_updated, tup_deleted,
			pg_database_size(current_database()), pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint
		FROM pg_stat_database WHERE datname = current_database()`).Scan(&t.inserted, &t.updated, &t.deleted, &t.size, &t.log)
	if err != nil {
		f.b.Fatal(err)
	}
	return t
}

// reportBytes is the size of all reports.
func (f *files) reportBytes() int64 {
	var size int64
	for _, v := range f.provinces {
		err := filepath.WalkDir(f.reports(v), func(_ string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			info, err := entry.Info()
			size += info.Size()
			return err
		})
		if err != nil {
			f.b.Fatal(err)
		}
	}
	return size
}
