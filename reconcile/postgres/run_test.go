package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"
)

func tryStart(l *ledger, now time.Time) (id int64, err error) {
	err = l.InTx(context.Background(), func(ctx context.Context, tx postgres.Tx) (err error) {
		id, err = l.StartRun(ctx, tx, planID, "schedule", now)
		return err
	})
	return id, err
}

func TestRunLedger(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	l := newLedgerOn(t, pgtest.NewURL(t), postgres.Options{RunSilence: time.Minute})
	began := day(1)

	_, err := tryStart(l, began.Add(30*time.Second))
	running, ok := errors.AsType[*postgres.RunningError](err)
	if !ok || running.Run.ID != l.run {
		t.Fatalf("a second start: %v, want a RunningError for run %d", err, l.run)
	}
	if !strings.Contains(err.Error(), "12:00 01/03/2024") {
		t.Errorf("the error does not say since when: %v", err)
	}
	if err := l.TouchRun(ctx, planID, l.run, began.Add(50*time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := tryStart(l, began.Add(90*time.Second)); err == nil {
		t.Error("a run that showed a sign of life 40 seconds ago was taken for dead")
	}
	second, err := tryStart(l, began.Add(110*time.Second))
	if err != nil {
		t.Fatalf("a run that was silent for a minute still blocks: %v", err)
	}
	counts := reconcile.RunCounts{SourcesRead: 80, FindingsOpen: 212, BudgetApproved: 36_511_988_780}
	if err := l.FinishRun(ctx, planID, second, reconcile.RunPartial, "1 nguồn không đọc được", counts, day(2)); err != nil {
		t.Fatal(err)
	}
	got, err := l.Runs(ctx, planID, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []reconcile.Run{
		{
			ID: second, Plan: planID, Started: began.Add(110 * time.Second), Finished: day(2), Status: reconcile.RunPartial,
			Trigger: "schedule", Error: "1 nguồn không đọc được", Counts: counts,
		},
		{
			ID: l.run, Plan: planID, Started: began, Finished: began.Add(110 * time.Second), Status: reconcile.RunFailed, Trigger: "manual",
			Error: "chương trình dừng đột ngột khi đang chạy; dấu hiệu hoạt động cuối cùng lúc 12:00:50 01/03/2024",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Runs (-want +got):\n%s", diff)
	}
	if newest, err := l.Runs(ctx, planID, 1); err != nil || len(newest) != 1 || newest[0].ID != second {
		t.Errorf("Runs(1) = %v, %v", newest, err)
	}
	if err := l.FinishRun(ctx, planID, 999, reconcile.RunDone, "", counts, day(2)); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("finishing an unknown run: %v", err)
	}
}

// A held run counts as alive however long it is silent, and as dead the moment
// that its program's connection is gone.
func TestHeldRun(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := pgtest.NewURL(t)
	l := newLedgerOn(t, url, postgres.Options{})
	other := pgtest.Open(t, url, postgres.Options{})
	var hold *postgres.Hold
	err := other.InTx(ctx, func(ctx context.Context, tx postgres.Tx) (err error) {
		hold, err = other.HoldRun(ctx, tx, planID, l.run)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tryStart(l, day(20)); err == nil {
		t.Error("a held run was taken for dead")
	}
	// What kill -9 does to the holder: the server ends its session. Other test
	// programs use the same server: only this database is meant.
	_, err = l.Pool().Exec(ctx, `
		SELECT pg_terminate_backend(pid, 10000) FROM pg_locks
		WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tryStart(l, day(1).Add(time.Second)); err != nil {
		t.Errorf("a run whose program died still blocks: %v", err)
	}
	hold.Release(ctx) // must not hang or panic on the lost connection
}

func TestStartRunOfUnknownPlan(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	err := l.InTx(context.Background(), func(ctx context.Context, tx postgres.Tx) error {
		_, err := l.StartRun(ctx, tx, "khong-co", "manual", day(1))
		return err
	})
	if !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("error %v, want ErrNotFound", err)
	}
}

func TestSourceRuns(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	l := newLedger(t)
	a := reconcile.SourceRun{Run: l.run, Source: "folder:a", File: "a.xlsx", Agency: "S03", Status: reconcile.SourceRead, Rows: 41, Registrations: 30, Started: day(1), Finished: day(2)}
	b := reconcile.SourceRun{Run: l.run, Source: "folder:b", File: "b.xlsx", Status: reconcile.SourceFailed, Error: "tệp có mật khẩu"}
	record := func(runs ...reconcile.SourceRun) int {
		return l.written(func(ctx context.Context, tx postgres.Tx) error {
			for _, sr := range runs {
				if err := l.RecordSource(ctx, tx, planID, sr); err != nil {
					return err
				}
			}
			return nil
		})
	}
	record(b, a)
	if n := record(a, b); n != 0 {
		t.Errorf("recording the same again wrote %d rows", n)
	}
	a.NotUnderstood = 2
	if n := record(a); n != 1 {
		t.Errorf("recording another outcome wrote %d rows, want 1", n)
	}
	got, err := l.SourceRuns(ctx, planID, l.run)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]reconcile.SourceRun{a, b}, got); diff != "" {
		t.Errorf("SourceRuns (-want +got):\n%s", diff)
	}
}

// However many workers finish a stage's pieces at once, and however often a
// piece is finished again, exactly one of them is told that it was the last.
func TestDoneItemHasOneLast(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	var items []string
	for i := range 24 {
		items = append(items, fmt.Sprint("folder:", i))
	}
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		remaining, err := l.AddItems(ctx, tx, planID, l.run, "pull", append(items, items[0]))
		if remaining != len(items) {
			t.Errorf("%d pieces remain, want %d", remaining, len(items))
		}
		return err
	})
	var mu sync.Mutex
	lasts := 0
	var workers errgroup.Group
	workers.SetLimit(8)
	for _, item := range append(items, items...) {
		workers.Go(func() error {
			return l.InTx(context.Background(), func(ctx context.Context, tx postgres.Tx) error {
				_, last, err := l.DoneItem(ctx, tx, planID, l.run, "pull", item)
				if last {
					mu.Lock()
					defer mu.Unlock()
					lasts++
				}
				return err
			})
		})
	}
	if err := workers.Wait(); err != nil {
		t.Fatal(err)
	}
	if lasts != 1 {
		t.Errorf("%d workers were told that they were the last, want 1", lasts)
	}
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		remaining, last, err := l.DoneItem(ctx, tx, planID, l.run, "pull", items[3])
		if remaining != 0 || last {
			t.Errorf("finishing a piece again: %d remain, last %t", remaining, last)
		}
		return err
	})
}

// A worker that dies before its commit has finished nothing.
func TestDoneItemIsUndoneByRollback(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		_, err := l.AddItems(ctx, tx, planID, l.run, "pull", []string{"a"})
		return err
	})
	killed := errors.New("killed")
	for _, end := range []error{killed, nil} {
		err := l.InTx(context.Background(), func(ctx context.Context, tx postgres.Tx) error {
			_, last, err := l.DoneItem(ctx, tx, planID, l.run, "pull", "a")
			if !last {
				t.Error("the only piece was not the last")
			}
			return errors.Join(err, end)
		})
		if !errors.Is(err, end) {
			t.Errorf("error %v, want %v", err, end)
		}
	}
}

func TestReportState(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	l := newLedger(t)
	for _, hash := range []string{"a1", "b2"} {
		l.in(func(ctx context.Context, tx postgres.Tx) error {
			return errors.Join(
				l.SaveReportState(ctx, tx, planID, "Tổng hợp đối soát.xlsx", hash),
				l.SaveReportState(ctx, tx, planID, "S03/a - SAI LỆCH.xlsx", hash))
		})
	}
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		return l.SaveReportState(ctx, tx, planID, "S03/a - SAI LỆCH.xlsx", "")
	})
	got, err := l.ReportState(ctx, planID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"Tổng hợp đối soát.xlsx": "b2"}, got); diff != "" {
		t.Errorf("ReportState (-want +got):\n%s", diff)
	}
	for path, want := range map[string]int{"Tổng hợp đối soát.xlsx": 1, "S03/a - SAI LỆCH.xlsx": 0} {
		if got, err := l.ReportState(ctx, planID, path); err != nil || len(got) != want {
			t.Errorf("ReportState of %s alone: %v (%v), want %d", path, got, err, want)
		}
	}
}
