package pipeline_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pipeline"
	"doisoat/sync/pull"
)

// page makes the bench's only source the page.
func (b *bench) page() {
	b.t.Helper()
	s, err := pull.New(pull.Settings{Type: "upload"}, pull.Deps{
		Uploads: pipeline.Uploads{Store: func() *postgres.Store { return b.store }, Plan: b.plan.ID},
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.config.Sources = []pull.Source{s}
}

const sender = "an@snv.example.vn"

// send sends a file of Sở Nội vụ as its own staff do.
func (b *bench) send(p *pipeline.Pipeline, path string, replaces int64) postgres.Upload {
	b.t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		b.t.Fatal(err)
	}
	u := postgres.Upload{Agency: "S03", Own: true, Name: filepath.Base(path), Sender: sender}
	draft, err := b.store.SaveDraft(b.t.Context(), b.plan.ID, u, content, b.now().Add(-pipeline.DraftLife), b.now())
	if err != nil {
		b.t.Fatal(err)
	}
	sent, err := p.Send(b.t.Context(), sender, draft, replaces)
	if err != nil {
		b.t.Fatal(err)
	}
	return sent
}

// served waits for the end of the run that took the upload.
func (b *bench) served(id int64) reconcile.Run {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		u, err := b.store.Upload(ctx, b.plan.ID, id)
		if err == nil && u.Run > 0 {
			if run, err := b.store.Run(ctx, b.plan.ID, u.Run); err == nil && !run.Finished.IsZero() {
				return run
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.t.Fatalf("upload %d is in no run that ended", id)
	return reconcile.Run{}
}

// takeAway moves a report out of the folder from which answers are read as
// well, and returns where it is.
func (b *bench) takeAway(report string) string {
	b.t.Helper()
	path := filepath.Join(b.t.TempDir(), filepath.Base(report))
	if err := os.Rename(report, path); err != nil {
		b.t.Fatal(err)
	}
	return path
}

func TestWhatIsSentIsReconciledAtOnce(t *testing.T) {
	b := newBench(t)
	b.page()
	p := b.pipeline()
	never, err := pipeline.ParseSchedule("0 0 31 2 *", b.config.Location)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- p.Serve(ctx, pipeline.Duties{Schedule: &never, Work: true}) }()
	defer func() { stop(); <-ended }()

	path := filepath.Join(t.TempDir(), "dang ky.xlsx")
	b.roster(path, an, cuong)
	first := b.send(p, path, 0)
	if run := b.served(first.ID); run.Trigger != "upload" || run.Counts.RowsRegistrations != 2 {
		t.Errorf("run %+v", run)
	}
	b.roster(path, an)
	second := b.send(p, path, first.Document)
	if run := b.served(second.ID); run.Counts.RowsRegistrations != 1 || run.Counts.SourcesRead != 1 {
		t.Errorf("the corrected file counts beside the earlier one: %+v", run.Counts)
	}
	report, err := os.ReadFile(filepath.Join(b.reports, "S03", "dang ky - SAI LỆCH.xlsx"))
	if err != nil {
		t.Error(err)
	}
	made, err := p.AnnotatedCopy(t.Context(), pull.UploadIdentity(first.Document))
	if err != nil || made.Name != "dang ky - SAI LỆCH.xlsx" || !bytes.Equal(made.Content, report) {
		t.Errorf("the copy %q, %v, is not the one in the reports folder", made.Name, err)
	}
}

func TestAnAgencyAnswersForItselfAndDecidesNothing(t *testing.T) {
	b := newBench(t)
	b.page()
	path := filepath.Join(t.TempDir(), "dang ky.xlsx")
	b.roster(path, an, cuong)
	p := b.pipeline()
	first := b.send(p, path, 0)
	b.run()
	own := b.found(postgres.Filter{Agency: "S03", Status: reconcile.StatusOpen})
	others := slices.DeleteFunc(b.found(postgres.Filter{Status: reconcile.StatusOpen}), func(d reconcile.Discrepancy) bool { return d.Agency == "S03" })
	if len(own) < 2 || len(others) == 0 {
		t.Fatalf("%d findings of its own, %d of others", len(own), len(others))
	}
	back := filepath.Join(b.reports, "S03", "dang ky - SAI LỆCH.xlsx")
	b.edit(back, func(f *excelize.File) {
		write(t, f, "SAI LỆCH", own[0].Code, reconcile.ColumnAnswer, string(reconcile.AnswerCorrect))
		// The code of another's finding, written over one of its own.
		write(t, f, "SAI LỆCH", own[1].Code, reconcile.ColumnAnswer, string(reconcile.AnswerCorrect))
		write(t, f, "SAI LỆCH", own[1].Code, reconcile.ColumnCode, others[0].Code)
	})
	forged := filepath.Join(b.reports, "Tổng hợp đối soát.xlsx")
	b.edit(forged, func(f *excelize.File) {
		write(t, f, "Sai lệch", own[1].Code, reconcile.ColumnVerdict, string(reconcile.Accepted))
	})
	b.send(p, b.takeAway(back), first.Document)
	b.send(p, b.takeAway(forged), 0)
	b.run()
	for _, d := range b.found(postgres.Filter{}) {
		if answered := d.Response != nil; answered != (d.Code == own[0].Code) {
			t.Errorf("%s of %q: answered is %v", d.Code, d.Agency, answered)
		}
		if d.Decision != nil || d.Status == reconcile.StatusWaived {
			t.Errorf("%s is %s by %+v", d.Code, d.Status, d.Decision)
		}
	}
}

func TestSendingWhatIsNotThere(t *testing.T) {
	b := newBench(t)
	b.page()
	if _, err := b.pipeline().Send(t.Context(), sender, 7, 0); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("no draft: %v", err)
	}
	if wait, err := b.store.UploadsWait(t.Context(), b.plan.ID); err != nil || wait {
		t.Errorf("something waits: %v, %v", wait, err)
	}
}

func TestReplaced(t *testing.T) {
	plan := &reconcile.Plan{Year: 2024}
	current := []postgres.Upload{
		{ID: 4, Document: 1, Agency: "S03", Name: "Danh sách CCLLCT (1).xlsx", Kind: "registration CCLLCT-KTT"},
		{ID: 2, Document: 2, Agency: "S03", Name: "DS QPAN.xlsx", Kind: "registration QPAN-3"},
		{ID: 3, Document: 3, Agency: "H01", Name: "Đăng ký 2024.xlsx", Kind: "registration DH"},
	}
	tests := []struct {
		name string
		sent postgres.Upload
		want int64
	}{
		{"the same name", postgres.Upload{Agency: "S03", Name: "DS QPAN.xlsx"}, 2},
		{"a later sending by its name", postgres.Upload{Agency: "S03", Name: "Danh sách CCLLCT bản sửa.xls"}, 1},
		{"the copy with findings", postgres.Upload{Agency: "S03", Name: "DS QPAN - SAI LỆCH (2).xlsx"}, 2},
		{"another name, the same kind", postgres.Upload{Agency: "S03", Name: "Mau 02.xlsx", Kind: "registration QPAN-3"}, 2},
		{"another kind", postgres.Upload{Agency: "S03", Name: "Mau 02.xlsx", Kind: "registration DH"}, 0},
		{"another agency's", postgres.Upload{Agency: "S04", Name: "DS QPAN.xlsx", Kind: "registration QPAN-3"}, 0},
	}
	for _, test := range tests {
		if got := pipeline.Replaced(plan, current, test.sent); got != test.want {
			t.Errorf("%s: replaces %d, want %d", test.name, got, test.want)
		}
	}
}
