package pipeline_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pipeline"
)

var (
	officeUser = reconcile.User{Login: "btc@tinhuy.example.vn", Role: reconcile.UserOffice}
	agencyUser = reconcile.User{Login: "an@snv.example.vn", Role: reconcile.UserAgency, Agency: "S03"}
)

// TestSaidOnThePage: what is said on the page is acted on by the next run, is
// shown in the workbooks, and outlives what these showed before.
func TestSaidOnThePage(t *testing.T) {
	b := newBench(t)
	b.roster(filepath.Join(b.inbox, "S03", "dang ky.xlsx"), an, cuong)
	b.run()
	open := b.found(postgres.Filter{Status: reconcile.StatusOpen, Agency: "S03"})
	if len(open) == 0 {
		t.Fatal("nothing is found")
	}
	code := open[0].Code
	office := filepath.Join(b.reports, "Tổng hợp đối soát.xlsx")
	b.edit(office, func(f *excelize.File) {
		write(t, f, reconcile.DecisionsTab, code, reconcile.ColumnVerdict, string(reconcile.Opinion))
	})
	b.run()
	if err := b.pipeline().Answer(t.Context(), agencyUser, code, reconcile.AnswerCorrect, " hồ  sơ gốc đúng "); err != nil {
		t.Fatal(err)
	}
	if err := b.pipeline().Decide(t.Context(), officeUser, []string{code, open[len(open)-1].Code}, reconcile.Accepted, ""); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		b.run()
		d, err := b.store.Finding(t.Context(), b.plan.ID, code)
		if err != nil || d.Status != reconcile.StatusWaived || d.Decision.Verdict != string(reconcile.Accepted) {
			t.Errorf("after the run: %+v, %v", d, err)
		}
		if d.Response == nil || d.Response.Answer != string(reconcile.AnswerCorrect) || d.Response.Text != "hồ sơ gốc đúng" {
			t.Errorf("the answer %+v", d.Response)
		}
	}
	if err := b.pipeline().Decide(t.Context(), officeUser, []string{"DL02-XXXXXXXX"}, reconcile.Accepted, ""); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("a decision on nothing: %v", err)
	}
	all, err := b.pipeline().Figures(t.Context(), "")
	if err != nil || all.Total.Registered != 2 || len(all.Silent) != all.AgencyCount-1 || len(all.Programs) < len(b.plan.Programs) {
		t.Errorf("figures of all: %+v, %v", all, err)
	}
	if party, err := b.pipeline().Figures(t.Context(), reconcile.PartyBloc); err != nil || party.Total.Registered != 0 || party.AgencyCount >= all.AgencyCount {
		t.Errorf("figures of the Party's bloc: %+v, %v", party, err)
	}
}

// TestRunNow: asked for twice, a run happens once, by hand.
func TestRunNow(t *testing.T) {
	b := newBench(t)
	b.roster(filepath.Join(b.inbox, "S03", "dang ky.xlsx"), an)
	b.run() // no night counts as missed
	p := b.pipeline()
	for i, want := range []bool{true, false} {
		if queued, err := p.RunNow(t.Context()); err != nil || queued != want {
			t.Errorf("asked %d times: %t, %v", i+1, queued, err)
		}
	}
	s, err := pipeline.ParseSchedule("0 1 1 1 *", b.config.Location)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	served := make(chan error, 1)
	go func() { served <- p.Serve(ctx, pipeline.Duties{Schedule: &s, Work: true}) }()
	var runs []reconcile.Run
	for len(runs) < 2 || runs[0].Finished.IsZero() {
		if runs, err = b.store.Runs(ctx, b.plan.ID, 0); err != nil {
			t.Fatal(err)
		}
	}
	stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
	if len(runs) != 2 || runs[0].Trigger != "manual" || runs[0].Status != reconcile.RunDone {
		t.Errorf("the ledger holds %+v", runs)
	}
}
