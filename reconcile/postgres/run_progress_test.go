package postgres_test

import (
	"context"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

const listed = "folder:inbox/S03/ds.xlsx"

func (l *ledger) record(line reconcile.SourceRun) {
	l.t.Helper()
	line.Run = l.run
	l.in(func(ctx context.Context, tx postgres.Tx) error { return l.RecordSource(ctx, tx, planID, line) })
}

func (l *ledger) current() reconcile.Run {
	l.t.Helper()
	run, err := l.Run(context.Background(), planID, l.run)
	if err != nil {
		l.t.Fatal(err)
	}
	return run
}

func TestLastReadings(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	l.record(reconcile.SourceRun{Source: listed, File: "ds.xlsx", Status: reconcile.SourceRead, Registrations: 40})
	l.next(day(2))
	l.record(reconcile.SourceRun{Source: listed, File: "ds.xlsx", Status: reconcile.SourceRead, Registrations: 41})
	l.next(day(3))
	l.record(reconcile.SourceRun{Source: listed, File: "ds.xlsx", Status: reconcile.SourceUnchanged})
	last, err := l.LastReadings(t.Context(), planID)
	if err != nil {
		t.Fatal(err)
	}
	if len(last) != 1 || last[listed].Registrations != 41 {
		t.Errorf("the last readings are %+v, want the second one", last)
	}
}

func TestCloseRun(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	l.record(reconcile.SourceRun{Source: listed, File: "ds.xlsx", Status: reconcile.SourceRead})
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		return l.SaveRunCounts(ctx, tx, planID, l.run, reconcile.RunCounts{RowsRegistrations: 7, BudgetApproved: 36_511_988_780})
	})
	for _, written := range []int{2, 0, 3} {
		l.in(func(ctx context.Context, tx postgres.Tx) error { return l.AddReports(ctx, tx, planID, l.run, written) })
	}
	closeRun := func(ctx context.Context, tx postgres.Tx) error { return l.CloseRun(ctx, tx, planID, l.run, day(1)) }
	l.in(closeRun)
	want := reconcile.RunCounts{RowsRegistrations: 7, BudgetApproved: 36_511_988_780, SourcesRead: 1, ReportsWritten: 5}
	run := l.current()
	if run.Status != reconcile.RunDone || run.Counts != want || !run.Finished.Equal(day(1)) {
		t.Errorf("a closed run is %+v, want done with %+v", run, want)
	}
	// What comes too late changes nothing.
	l.in(func(ctx context.Context, tx postgres.Tx) error { return l.CloseRun(ctx, tx, planID, l.run, day(2)) })
	if err := l.FailRun(t.Context(), planID, l.run, "Dừng theo yêu cầu.", day(2)); err != nil {
		t.Fatal(err)
	}
	if again := l.current(); again != run {
		t.Errorf("a closed run became %+v", again)
	}
}

func TestCloseRunWithFaults(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	l.record(reconcile.SourceRun{Source: listed, File: "ds.xlsx", Status: reconcile.SourceFailed, Error: "Tệp bị hỏng."})
	l.in(func(ctx context.Context, tx postgres.Tx) error { return l.CloseRun(ctx, tx, planID, l.run, day(1)) })
	if run := l.current(); run.Status != reconcile.RunPartial || run.Counts.SourcesFailed != 1 {
		t.Errorf("a run with a failed source is %+v", run)
	}

	l.start(day(2))
	for _, problem := range []string{"Chưa ghi được báo cáo của S03.", "Chưa ghi được báo cáo của S04."} {
		l.in(func(ctx context.Context, tx postgres.Tx) error {
			return l.NoteRunError(ctx, tx, planID, l.run, problem)
		})
	}
	l.in(func(ctx context.Context, tx postgres.Tx) error { return l.CloseRun(ctx, tx, planID, l.run, day(2)) })
	run := l.current()
	if run.Status != reconcile.RunPartial || run.Error != "Chưa ghi được báo cáo của S03.\nChưa ghi được báo cáo của S04." {
		t.Errorf("a run with unwritten reports is %s, %q", run.Status, run.Error)
	}
}

func TestFailRun(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	active := func() bool {
		t.Helper()
		yes, err := l.RunActive(t.Context(), planID, l.run)
		if err != nil {
			t.Fatal(err)
		}
		return yes
	}
	if !active() {
		t.Error("a run that was just started is not active")
	}
	if err := l.FailRun(t.Context(), planID, l.run, "Mất kết nối.", day(1)); err != nil {
		t.Fatal(err)
	}
	if run := l.current(); run.Status != reconcile.RunFailed || run.Error != "Mất kết nối." || active() {
		t.Errorf("a failed run is %+v", run)
	}
	if yes, err := l.RunActive(t.Context(), planID, l.run+100); yes || err != nil {
		t.Errorf("a run that never was is active: %v, %v", yes, err)
	}
}
