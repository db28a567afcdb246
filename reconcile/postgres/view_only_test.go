package postgres_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// TestViewOnly: what a listing says only a listing takes back, what a refused
// write says only a write, and neither counts while the document is not there.
func TestViewOnly(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	const account = "doi-soat@quang-ngai.iam.gserviceaccount.com"
	listed := postgres.ViewOnly{Source: "google_drive:root/1A", File: "Danh sách A", Agency: "S03", Account: account, Listed: true}
	refused := postgres.ViewOnly{Source: "google_sheet:1B", File: "Danh sách B", Agency: "H05"}
	known := map[string]bool{}
	note := func(all ...postgres.ViewOnly) {
		l.in(func(ctx context.Context, tx postgres.Tx) error {
			for _, v := range all {
				news, err := l.NoteViewOnly(ctx, tx, planID, v)
				if err != nil {
					return err
				}
				if news == known[v.Source] {
					t.Errorf("%s is news: %v", v.Source, news)
				}
				known[v.Source] = true
			}
			return nil
		})
	}
	want := func(when string, want ...postgres.ViewOnly) {
		t.Helper()
		got, err := l.ViewOnly(t.Context(), planID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
	}
	note(listed, refused)
	want("before the documents are known")
	for _, v := range []postgres.ViewOnly{listed, refused} {
		l.in(func(ctx context.Context, tx postgres.Tx) error {
			d := &reconcile.Document{Source: v.Source, File: v.File, Agency: v.Agency, Format: reconcile.GoogleSheet}
			_, err := l.SaveDocument(ctx, tx, planID, l.run, d, day(1))
			return err
		})
	}
	want("noted", listed, refused)
	note(postgres.ViewOnly{Source: listed.Source, Account: account})
	want("refused as well", listed, refused)
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		return l.NoteListedWritable(ctx, tx, planID, []string{listed.Source, refused.Source})
	})
	want("listed as writable", refused)
	l.in(func(ctx context.Context, tx postgres.Tx) error { return l.CloseRun(ctx, tx, planID, l.run, day(1)) })
	if run := l.current(); run.Status != reconcile.RunPartial || run.Counts.SourcesViewOnly != 1 {
		t.Errorf("a run with a spreadsheet that may only be viewed is %+v", run)
	}
	l.in(func(ctx context.Context, tx postgres.Tx) error { return l.NoteWritten(ctx, tx, planID, refused.Source) })
	want("written")
}
