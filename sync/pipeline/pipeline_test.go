package pipeline_test

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"doisoat/config/plan"
	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
	"doisoat/reconcile/rule"
	"doisoat/sync/pipeline"
	"doisoat/sync/pull"
	"doisoat/sync/understand"
)

// bench is one office: an inbox, a reports folder, a database and a clock that
// moves a day at each run.
type bench struct {
	t       *testing.T
	inbox   string
	reports string
	store   *postgres.Store
	plan    *reconcile.Plan
	config  pipeline.Config

	mu  sync.Mutex
	day time.Time
}

func newBench(t *testing.T) *bench {
	t.Helper()
	return newBenchOn(t, newStore(t), "quang-ngai-2024")
}

// newStore is a database with the tables of the job queue, too.
func newStore(t *testing.T) *postgres.Store {
	t.Helper()
	url := pgtest.Prepared(t, "job queue", func(ctx context.Context, store *postgres.Store) error {
		return pipeline.Migrate(ctx, store, testLog(t))
	})
	return pgtest.Open(t, url, postgres.Options{ReaderVersion: understand.Version})
}

func testLog(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// newBenchOn is an office of the plan that uses the store.
func newBenchOn(t *testing.T, store *postgres.Store, planName string) *bench {
	t.Helper()
	p, register, err := plan.Load(planName)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	b := &bench{
		t: t, inbox: filepath.Join(dir, "inbox"), reports: filepath.Join(dir, "reports"), store: store, plan: p,
		day: time.Date(p.Year, time.March, 1, 18, 0, 0, 0, time.UTC),
	}
	if _, err := b.store.SavePlan(t.Context(), p, register); err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("ICT", 7*60*60)
	b.config = pipeline.Config{
		Store: b.store, Plan: p, Register: register, Reader: understand.New(p, register), Rules: rule.All(),
		Sources:  []pull.Source{b.source("folder", b.inbox)},
		Answers:  b.source("reports", b.reports),
		Reports:  b.reports,
		Location: zone, Now: b.now, Log: testLog(t),
		Deadline: reconcile.Date{Year: p.Year, Month: 3, Day: 31},
	}
	for _, folder := range []string{b.inbox, b.reports} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// source reads a folder whose files were all written long before the run.
func (b *bench) source(kind, path string) pull.Source {
	b.t.Helper()
	s, err := pull.New(pull.Settings{Type: kind, Path: path, Name: filepath.Base(path)}, pull.Deps{
		Now: func() time.Time { return time.Now().Add(time.Hour) },
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

func (b *bench) now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.day
}

func (b *bench) tomorrow() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.day = b.day.AddDate(0, 0, 1)
}

// samples copies the demonstration's workbooks into the inbox.
func (b *bench) samples() {
	b.t.Helper()
	if err := os.CopyFS(b.inbox, os.DirFS("../../cmd/doisoat/demo/inbox")); err != nil {
		b.t.Fatal(err)
	}
	inputs := filepath.Join(filepath.Dir(b.inbox), "allocations")
	if err := os.CopyFS(inputs, os.DirFS("../../cmd/doisoat/demo/allocations")); err != nil {
		b.t.Fatal(err)
	}
	b.config.Inputs = []pull.Source{b.source("folder", inputs)}
}

// run works one run in a pipeline of its own, as `doisoat run` does.
func (b *bench) run() reconcile.Run {
	b.t.Helper()
	run, err := b.pipeline().Run(b.t.Context(), "manual")
	if err != nil {
		b.t.Fatalf("run: %v", err)
	}
	if run.Status == reconcile.RunFailed {
		b.t.Fatalf("run %d failed: %s", run.ID, run.Error)
	}
	b.tomorrow()
	return run
}

func (b *bench) pipeline() *pipeline.Pipeline {
	b.t.Helper()
	p, err := pipeline.New(b.t.Context(), b.config)
	if err != nil {
		b.t.Fatal(err)
	}
	return p
}

func (b *bench) found(filter postgres.Filter) []reconcile.Discrepancy {
	b.t.Helper()
	found, err := b.store.Discrepancies(context.Background(), b.plan.ID, filter)
	if err != nil {
		b.t.Fatal(err)
	}
	return found
}

// one returns the only discrepancy that the filter finds.
func (b *bench) one(filter postgres.Filter) reconcile.Discrepancy {
	b.t.Helper()
	found := b.found(filter)
	if len(found) != 1 {
		for _, d := range found {
			b.t.Logf("%s %s %s", d.Code, d.Status, d.Message)
		}
		b.t.Fatalf("%d findings for %+v, want one", len(found), filter)
	}
	return found[0]
}

// edit opens a workbook as a person does, changes it and saves it.
func (b *bench) edit(path string, change func(*excelize.File)) {
	b.t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		b.t.Fatal(err)
	}
	change(book)
	if err := book.Save(); err != nil {
		b.t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		b.t.Fatal(err)
	}
}

// roster writes a list of the Sở Nội vụ with the given people.
func (b *bench) roster(path string, people ...[]any) {
	b.t.Helper()
	book := excelize.NewFile()
	rows := [][]any{
		{"UBND TỈNH QUẢNG NGÃI"},
		{"SỞ NỘI VỤ"},
		nil,
		{"DANH SÁCH ĐĂNG KÝ ĐÀO TẠO, BỒI DƯỠNG NĂM 2024"},
		nil,
		{"TT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Đơn vị công tác", "Lớp đăng ký"},
	}
	for i, person := range people {
		rows = append(rows, append([]any{i + 1}, person...))
	}
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", "A"+itoa(i+1), &row); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := book.SaveAs(path); err != nil {
		b.t.Fatal(err)
	}
}

// files are the reports folder's files with their times.
func (b *bench) files() map[string]time.Time {
	b.t.Helper()
	all := make(map[string]time.Time)
	err := filepath.WalkDir(b.reports, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		all[path] = info.ModTime()
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return all
}
