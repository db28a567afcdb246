package postgres_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// draft keeps a draft of so-noi-vu for Sở Nội vụ.
func (l *ledger) draft(sender, name, content string, now time.Time) int64 {
	l.t.Helper()
	u := postgres.Upload{Agency: "S03", Own: true, Kind: "registration CCLLCT-TT", Name: name, Sender: sender, Checked: []byte(`{"rows": 3}`)}
	id, err := l.SaveDraft(l.t.Context(), planID, u, []byte(content), now.Add(-time.Hour), now)
	if err != nil {
		l.t.Fatal(err)
	}
	return id
}

func (l *ledger) send(sender string, id, replaces int64, now time.Time) (u postgres.Upload, err error) {
	err = l.InTx(l.t.Context(), func(ctx context.Context, tx postgres.Tx) error {
		u, err = l.SendDraft(ctx, tx, planID, sender, id, replaces, now.Add(-time.Hour), now)
		return err
	})
	return u, err
}

func (l *ledger) contents() (n int) {
	l.t.Helper()
	if err := l.Pool().QueryRow(l.t.Context(), `SELECT count(*) FROM file_content`).Scan(&n); err != nil {
		l.t.Fatal(err)
	}
	return n
}

const an, binh = "an@snv.example.vn", "binh@snv.example.vn"

func TestUploadsAreKeptWithTheirHistory(t *testing.T) {
	l := newLedger(t)
	first := l.draft(an, "Danh sách CCLLCT.xlsx", "bản đầu", day(2))
	if drafts, err := l.Drafts(t.Context(), planID, binh, day(1)); err != nil || len(drafts) != 0 {
		t.Errorf("another's drafts: %v, %v", drafts, err)
	}
	if _, err := l.UploadContent(t.Context(), planID, first); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("the content of a draft: %v", err)
	}
	sent, err := l.send(an, first, 0, day(2))
	if err != nil || sent.Document != first || !sent.Sent.Equal(day(2)) || sent.Checked != nil {
		t.Fatalf("sent %+v, %v", sent, err)
	}
	if _, err := l.send(an, first, 0, day(2)); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("sent twice: %v", err)
	}
	second, err := l.send(an, l.draft(an, "Danh sách CCLLCT (1).xlsx", "bản sửa", day(3)), first, day(3))
	if err != nil || second.Document != first {
		t.Fatalf("the corrected file %+v, %v", second, err)
	}
	all, err := l.SentUploads(t.Context(), planID, []string{"S03"})
	if err != nil || len(all) != 2 || all[0].ID != first || all[1].ID != second.ID {
		t.Fatalf("history %+v, %v", all, err)
	}
	for i, want := range []string{"bản đầu", "bản sửa"} {
		content, err := l.UploadContent(t.Context(), planID, all[i].ID)
		sum := sha256.Sum256([]byte(want))
		if err != nil || string(content) != want || string(all[i].Hash) != string(sum[:]) || all[i].Size != int64(len(want)) {
			t.Errorf("version %d: %q, %v, %+v", i, content, err, all[i])
		}
	}
	if others, err := l.SentUploads(t.Context(), planID, []string{"H01"}); err != nil || len(others) != 0 {
		t.Errorf("another agency has %v, %v", others, err)
	}
}

func TestUploadReplacesOnlyItsOwnAgencysDocument(t *testing.T) {
	l := newLedger(t)
	foreign := postgres.Upload{Agency: "H01", Name: "a.xlsx", Sender: binh}
	id, err := l.SaveDraft(t.Context(), planID, foreign, []byte("H01"), day(1), day(2))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.send(binh, id, 0, day(2)); err != nil {
		t.Fatal(err)
	}
	mine := l.draft(an, "a.xlsx", "S03", day(2))
	for name, try := range map[string]struct {
		sender   string
		replaces int64
	}{"another agency's document": {an, id}, "no document": {an, 999}, "another's draft": {binh, 0}} {
		if _, err := l.send(try.sender, mine, try.replaces, day(2)); !errors.Is(err, postgres.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := l.send(an, mine, 0, day(2).Add(2*time.Hour)); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("a draft that is too old: %v", err)
	}
}

func TestDraftsLeaveNothingBehind(t *testing.T) {
	l := newLedger(t)
	sent := l.draft(an, "a.xlsx", "cùng nội dung", day(2))
	if _, err := l.send(an, sent, 0, day(2)); err != nil {
		t.Fatal(err)
	}
	l.draft(binh, "a.xlsx", "cùng nội dung", day(2))
	dropped := l.draft(binh, "b.xlsx", "nội dung khác", day(2))
	if n := l.contents(); n != 2 {
		t.Fatalf("%d contents of two", n)
	}
	if err := l.DropDraft(t.Context(), planID, an, dropped); err != nil || l.contents() != 2 {
		t.Errorf("another dropped the draft: %v", err)
	}
	if err := l.DropDraft(t.Context(), planID, binh, dropped); err != nil || l.contents() != 1 {
		t.Errorf("dropped: %v, %d contents", err, l.contents())
	}
	l.in(func(ctx context.Context, tx postgres.Tx) error { return l.DropOldDrafts(ctx, tx, planID, day(3)) })
	drafts, err := l.Drafts(t.Context(), planID, binh, day(1))
	if err != nil || len(drafts) != 0 || l.contents() != 1 {
		t.Errorf("after their time: %v, %v, %d contents", drafts, err, l.contents())
	}
	if content, err := l.UploadContent(t.Context(), planID, sent); err != nil || string(content) != "cùng nội dung" {
		t.Errorf("what was sent: %q, %v", content, err)
	}
}

func TestUploadsWaitForTheNextRun(t *testing.T) {
	l := newLedger(t)
	wait := func() bool {
		t.Helper()
		wait, err := l.UploadsWait(t.Context(), planID)
		if err != nil {
			t.Fatal(err)
		}
		return wait
	}
	id := l.draft(an, "a.xlsx", "a", day(2))
	if wait() {
		t.Error("a draft waits for a run")
	}
	if _, err := l.send(an, id, 0, day(2)); err != nil {
		t.Fatal(err)
	}
	if !wait() {
		t.Error("what was sent does not wait")
	}
	l.in(func(ctx context.Context, tx postgres.Tx) error { return l.TakeUploads(ctx, tx, planID, l.run) })
	if u, err := l.Upload(t.Context(), planID, id); err != nil || u.Run != l.run || wait() {
		t.Errorf("taken: %+v, %v", u, err)
	}
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		return l.RecordSource(ctx, tx, planID, reconcile.SourceRun{Run: l.run, Source: fmt.Sprint("upload/", id), File: "a.xlsx", Status: reconcile.SourceRead, Registrations: 3})
	})
	outcomes, err := l.UploadOutcomes(t.Context(), planID, "upload/", []int64{id, 99})
	if o := outcomes[id]; err != nil || len(outcomes) != 1 || o.Run != reconcile.RunRunning || o.Status != reconcile.SourceRead || o.Registrations != 3 {
		t.Errorf("outcomes %+v, %v", outcomes, err)
	}
}

func TestWhatWasSentStays(t *testing.T) {
	l := newLedger(t)
	id := l.draft(an, "a.xlsx", "a", day(2))
	if _, err := l.send(an, id, 0, day(2)); err != nil {
		t.Fatal(err)
	}
	for _, tamper := range []string{
		`UPDATE file_content SET content = 'b'`,
		`DELETE FROM file_content`,
		`UPDATE upload SET name = 'b.xlsx'`,
		`UPDATE upload SET sent_at = sent_at + interval '1 day'`,
		`UPDATE upload SET sent_at = NULL, document_id = NULL`,
		`DELETE FROM upload`,
	} {
		if _, err := l.Pool().Exec(t.Context(), tamper); err == nil {
			t.Errorf("the database allows: %s", tamper)
		}
	}
	if content, err := l.UploadContent(t.Context(), planID, id); err != nil || string(content) != "a" {
		t.Errorf("%q, %v", content, err)
	}
}
