package pipeline_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pipeline"
	"doisoat/sync/pull"
	"doisoat/sync/sheet"
)

// brokenSource cannot be listed.
type brokenSource struct{ pull.Source }

func (brokenSource) ID() string { return "folder:mất" }

func (brokenSource) List(context.Context) (pull.Listing, error) {
	return pull.Listing{}, &pull.Error{Kind: pull.ErrNotFound, Message: "Không thấy thư mục «mất». Tạo lại thư mục."}
}

func TestOneBadSourceStopsNobody(t *testing.T) {
	b := newBench(t)
	b.roster(filepath.Join(b.inbox, "S03", "dang ky.xlsx"), an, cuong)
	if err := os.WriteFile(filepath.Join(b.inbox, "S03", "hong.xlsx"), []byte("PK\x03\x04 nửa chừng"), 0o644); err != nil {
		t.Fatal(err)
	}
	b.config.Sources = append([]pull.Source{brokenSource{}}, b.config.Sources...)
	run := b.run()
	if run.Status != reconcile.RunPartial || run.Counts.SourcesRead != 1 || run.Counts.SourcesFailed != 2 || run.Counts.RowsRegistrations != 2 {
		t.Errorf("run is %s, %+v", run.Status, run.Counts)
	}
	lines, err := b.store.SourceRuns(t.Context(), b.plan.ID, run.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if line.Status == reconcile.SourceFailed && line.Error == "" {
			t.Errorf("%s failed without a reason", line.Source)
		}
	}
}

// stoppingSource cancels the run when its document is opened.
type stoppingSource struct {
	pull.Source
	stop context.CancelFunc
}

func (s stoppingSource) Open(ctx context.Context, item pull.Item) (sheet.Book, pull.Item, error) {
	s.stop()
	return s.Source.Open(ctx, item)
}

func TestStoppedRunConverges(t *testing.T) {
	undisturbed := newBench(t)
	undisturbed.samples()
	undisturbed.run()

	b := newBench(t)
	b.samples()
	ctx, cancel := context.WithCancel(t.Context())
	config := b.config
	b.config.Sources = []pull.Source{stoppingSource{b.config.Sources[0], cancel}}
	run, err := b.pipeline().Run(ctx, "manual")
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("a stopped run returns %v", err)
	}
	if run.Status != reconcile.RunFailed || run.Error == "" || run.Finished.IsZero() {
		t.Errorf("the ledger says %s %q of a stopped run", run.Status, run.Error)
	}
	b.config = config
	b.run()
	if diff := cmp.Diff(codes(undisturbed.found(postgres.Filter{})), codes(b.found(postgres.Filter{}))); diff != "" {
		t.Errorf("findings differ from those of an undisturbed run:\n%s", diff)
	}
}

func codes(found []reconcile.Discrepancy) map[string]reconcile.Status {
	all := make(map[string]reconcile.Status, len(found))
	for _, d := range found {
		all[d.Code] = d.Status
	}
	return all
}

func TestSchedule(t *testing.T) {
	zone := time.FixedZone("ICT", 7*60*60)
	s, err := pipeline.ParseSchedule("0 1 * * *", zone)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2024, 3, 5, 0, 30, 0, 0, zone)
	if got, want := s.Next(now.UTC()), time.Date(2024, 3, 5, 1, 0, 0, 0, zone); !got.Equal(want) {
		t.Errorf("next is %v, want %v", got, want)
	}
	if got, want := s.Last(now.UTC()), time.Date(2024, 3, 4, 1, 0, 0, 0, zone); !got.Equal(want) {
		t.Errorf("last is %v, want %v", got, want)
	}
	if _, err := pipeline.ParseSchedule("mỗi đêm", zone); err == nil {
		t.Error("a schedule that is none is taken")
	}
}

// TestServeCatchesUp starts two services at once after a missed night: exactly
// one run happens, and both stop cleanly.
func TestServeCatchesUp(t *testing.T) {
	b := newBench(t)
	b.roster(filepath.Join(b.inbox, "S03", "dang ky.xlsx"), an, cuong)
	s, err := pipeline.ParseSchedule("0 1 * * *", b.config.Location)
	if err != nil {
		t.Fatal(err)
	}
	published := make(chan string, 16)
	b.config.Progress = func(e pipeline.Event) {
		if e.Stage == "publish" {
			published <- e.Subject
		}
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	served := make(chan error, 2)
	for range cap(served) {
		p := b.pipeline()
		go func() { served <- p.Serve(ctx, pipeline.Duties{Schedule: &s, Work: true}) }()
	}
	for range 2 { // the agency and the office
		select {
		case <-published:
		case err := <-served:
			t.Fatalf("a service ended: %v", err)
		case <-ctx.Done():
			t.Fatal("the missed night was not caught up")
		}
	}
	stop()
	for range cap(served) {
		if err := <-served; err != nil {
			t.Errorf("a service ended with %v", err)
		}
	}
	runs, err := b.store.Runs(t.Context(), b.plan.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(runs) != 1 || runs[0].Trigger != "schedule" || runs[0].Status != reconcile.RunDone {
		t.Errorf("the ledger holds %+v, want one scheduled run that is done", runs)
	}
}
