//go:build !race

// A thousand of the same under a clock of their own: the detector sees one in the
// other tests.

package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/sync/google"
	"doisoat/sync/google/googletest"
	"doisoat/sync/pull"
	"doisoat/sync/push"
)

// TestAThousandSpreadsheetsStayWithinTheQuota lists, reads and writes back a
// thousand changed spreadsheets with Google's own quota of one user enforced,
// on a clock that runs as soon as everybody waits: no request may be refused
// and none may be one too many.
func TestAThousandSpreadsheetsStayWithinTheQuota(t *testing.T) {
	const count, workers = 1000, 4
	s := googletest.New()
	t.Cleanup(s.Close)
	s.AddFolder("root", "Đăng ký 2024")
	for i := range count {
		id := fmt.Sprintf("bang-tinh-%04d", i)
		s.AddSpreadsheet(id, fmt.Sprintf("Danh sách %d", i), googletest.Tab{ID: 7, Title: "DS", Rows: [][]any{{"TT", "Họ và tên"}, {1, "Nguyễn Văn Ân"}}})
		s.Move(id, "root")
	}
	key := filepath.Join(t.TempDir(), "khoa.json")
	if err := os.WriteFile(key, s.Credentials(), 0o600); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		user := google.DefaultQuota().UserPerMinute
		s.Enforce(googletest.Quota{Reads: user, Writes: user, Drive: google.DefaultQuota().DrivePerMinute, Per: time.Minute})
		start := time.Now()
		client, err := google.New(t.Context(), google.Options{Credentials: key, Endpoint: s.URL(), Transport: s.Transport()})
		if err != nil {
			t.Fatal(err)
		}
		source, err := pull.New(pull.Settings{Type: "google_drive", ID: "root"},
			pull.Deps{Google: func(context.Context) (*google.Client, error) { return client, nil }})
		if err != nil {
			t.Fatal(err)
		}
		listing, err := source.List(t.Context())
		if err != nil || len(listing.Items) != count {
			t.Fatalf("%d items, %v", len(listing.Items), err)
		}
		queue := make(chan pull.Item, count)
		for _, item := range listing.Items {
			queue <- item
		}
		close(queue)
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for item := range queue {
					if err := readAndWrite(t.Context(), client, source, item); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		reads, writes := s.Count(googletest.MethodGet), s.Count(googletest.MethodUpdate)
		if lists := s.Count(googletest.MethodList); lists != 1 || s.Count(googletest.MethodFile) != 0 {
			t.Errorf("%d listings", lists)
		}
		// One read for the content, a second right before the write.
		if reads != 2*count || writes != count || s.Exceeded() != 0 {
			t.Errorf("%d reads, %d writes, %d over the quota", reads, writes, s.Exceeded())
		}
		took := time.Since(start)
		if least := time.Duration(reads/user) * time.Minute; took > least+least/8 {
			t.Errorf("it took %v, where the quota asks for %v", took, least)
		}
		t.Logf("%d spreadsheets: %d listing, %d reads, %d writes, %d refused, in %v of the quota's time",
			count, s.Count(googletest.MethodList), reads, writes, s.Exceeded(), took.Round(time.Second))
	})
}

func readAndWrite(ctx context.Context, client *google.Client, source pull.Source, item pull.Item) error {
	book, _, err := source.Open(ctx, item)
	if err != nil {
		return err
	}
	defer book.Close()
	table := report.Block{Kind: report.Table, Rows: [][]report.Cell{{}, {{Value: "DL02-AAAA"}, {Value: "mới"}, {}, {}}}}
	for _, title := range []string{reconcile.ColumnCode, reconcile.ColumnStatus, reconcile.ColumnAnswer, reconcile.ColumnText} {
		table.Columns = append(table.Columns, report.Column{Title: title, Staff: title == reconcile.ColumnAnswer || title == reconcile.ColumnText})
		table.Rows[0] = append(table.Rows[0], report.Cell{Value: title, Style: report.Header})
	}
	result, err := push.WriteTab(ctx, client, push.Spreadsheet{ID: item.Path}, report.Tab{
		Name: reconcile.DiscrepancyTab, Blocks: []report.Block{table}, Widths: []float64{12, 10, 14, 24}, FreezeRow: 1, Filter: true,
	}, nil)
	if err == nil && !result.Written {
		err = fmt.Errorf("%s was not written", item.Name)
	}
	return err
}
