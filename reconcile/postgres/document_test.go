package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestSaveDocumentCountsWhatChanged(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	mended := roster("Nguyễn Văn An", "Trần Thị Bé", "Lê Hòa")
	mended.Sheets[0].Rows[2].Registrations[0].BirthDate = reconcile.Date{Year: 1980}
	renamed := roster("Nguyễn Văn An", "Trần Thị Bé")
	renamed.Sheets[0].Name = "Danh sách"
	for _, r := range renamed.Registrations() {
		r.Origin.Sheet = "Danh sách"
	}
	failed := roster()
	failed.Failure = &reconcile.Failure{Code: reconcile.Damaged, Message: "tệp hỏng"}

	for _, step := range []struct {
		name string
		save *reconcile.Document
		want postgres.Changes
	}{
		{"first", roster("Nguyễn Văn An", "Trần Thị Bé", "Lê Hòa"), postgres.Changes{Added: 3, Other: 2}},
		{"again", roster("Nguyễn Văn An", "Trần Thị Bé", "Lê Hòa"), postgres.Changes{Unchanged: 3}},
		{"one value mended", mended, postgres.Changes{Changed: 1, Unchanged: 2}},
		{"the last row deleted", roster("Nguyễn Văn An", "Trần Thị Bé"), postgres.Changes{Changed: 1, Removed: 1, Unchanged: 1, Other: 2}},
		{"a tab renamed touches no registration", renamed, postgres.Changes{Unchanged: 2, Other: 1}},
		{"unreadable keeps the last good content", failed, postgres.Changes{Unchanged: 2, Other: 1}},
		{"mended file", roster("Nguyễn Văn An", "Trần Thị Bé"), postgres.Changes{Unchanged: 2, Other: 2}},
	} {
		if diff := cmp.Diff(step.want, l.save(step.save, day(2))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
		want := step.save
		if want.Failure != nil {
			failed := *renamed
			failed.Failure, failed.Version = want.Failure, want.Version
			want = &failed
		}
		if diff := cmp.Diff([]*reconcile.Document{want}, l.load(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: loaded (-saved +loaded):\n%s", step.name, diff)
		}
	}
}

// What was read in a report stays when the service writes it anew; the version
// that it then has is known.
func TestSaveWrittenKeepsWhatWasRead(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	read := roster("Nguyễn Văn An", "Trần Thị Bé")
	l.save(read, day(2))
	written := reconcile.Document{Source: read.Source, File: read.File, Format: read.Format, Agency: read.Agency, Version: "stat:1-2-3;sha256:ab", Received: day(3)}
	save := func(ctx context.Context, tx postgres.Tx) error {
		return l.SaveWritten(ctx, tx, planID, l.run, &written, day(3))
	}
	l.in(save)
	want := *read
	want.Version, want.Received = written.Version, written.Received
	if diff := cmp.Diff([]*reconcile.Document{&want}, l.load(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("loaded (-want +got):\n%s", diff)
	}
	if n := l.written(save); n != 0 {
		t.Errorf("saying it again wrote %d rows", n)
	}
	other := written
	other.Source, other.File = "reports:bao-cao/S03/moi.xlsx", "moi.xlsx"
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		return l.SaveWritten(ctx, tx, planID, l.run, &other, day(3))
	})
	known, err := l.Versions(context.Background(), planID, other.Source)
	if err != nil || known[other.Source].Version != other.Version {
		t.Errorf("of a report that was never read is known %+v (%v)", known[other.Source], err)
	}
}

// However many rows of a document differ, they alone are written, and that the
// document changed is noted once.
func TestSaveDocumentWritesWhatDiffers(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	const rows = 50
	names := make([]string, rows)
	for i := range names {
		names[i] = fmt.Sprintf("Nguyễn Văn An %d", i+1)
	}
	l.save(roster(names...), day(2))
	born := make([]int, rows)
	states := func() int64 {
		all, err := l.DocumentStates(t.Context(), planID)
		if err != nil {
			t.Fatal(err)
		}
		return all[roster().Source]
	}
	for step, mended := range []int{rows, 1, 16, 17, 0, rows - 1} {
		for i := range mended {
			born[i] = 1970 + step
		}
		d := roster(names...)
		for i, r := range d.Registrations() {
			r.BirthDate = reconcile.Date{Year: born[i]}
		}
		noted := int64(min(mended, 1))
		before := states()
		if diff := cmp.Diff(postgres.Changes{Changed: mended, Unchanged: rows - mended}, l.save(d, day(3+step))); diff != "" {
			t.Errorf("%d rows mended (-want +got):\n%s", mended, diff)
		}
		if after := states(); after != before+noted {
			t.Errorf("%d rows mended: noted %d times, want %d", mended, after-before, noted)
		}
		if diff := cmp.Diff([]*reconcile.Document{d}, l.load(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%d rows mended: loaded (-saved +loaded):\n%s", mended, diff)
		}
	}
}

func TestSaveDocumentTwiceWritesNothing(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	d := roster("Nguyễn Văn An", "Trần Thị Bé")
	save := func(ctx context.Context, tx postgres.Tx) error {
		_, err := l.SaveDocument(ctx, tx, planID, l.run, d, day(2))
		return err
	}
	if n := l.written(save); n != 5 {
		t.Errorf("the first save wrote %d rows, want 5: document, sheet, two registrations, the document's state", n)
	}
	if n := l.written(save); n != 0 {
		t.Errorf("the second save wrote %d rows, want none", n)
	}
}

func TestDocumentHistory(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	l := newLedger(t)
	first, second := roster("Nguyễn Văn An", "Trần Thị Bé"), roster("Nguyễn Văn An")
	second.Sheets[0].Rows[1].Registrations[0].Position = "Trưởng phòng"
	l.save(first, day(3))
	l.save(second, day(5))
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		closed, err := l.MarkMissing(ctx, tx, planID, l.run, []string{first.Source, "folder:never-seen"}, day(7))
		if closed != 1 {
			t.Errorf("MarkMissing closed %d registrations, want 1", closed)
		}
		return err
	})
	if left := l.load(); len(left) != 0 {
		t.Errorf("%d documents after MarkMissing, want none", len(left))
	}
	l.save(first, day(9))

	for _, c := range []struct {
		at   time.Time
		want *reconcile.Document
	}{
		{day(2), nil}, {day(3), first}, {day(4), first}, {day(5), second}, {day(6), second}, {day(7), nil}, {day(9), first}, {day(20), first},
	} {
		got, err := l.DocumentAsOf(ctx, planID, first.Source, c.at)
		if c.want == nil {
			if !errors.Is(err, postgres.ErrNotFound) {
				t.Errorf("%s: error %v, want ErrNotFound", c.at, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("as of %s (-want +got):\n%s", c.at, diff)
		}
	}
	times, err := l.DocumentTimes(ctx, planID, first.Source)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]time.Time{day(3), day(5), day(7), day(9)}, times); diff != "" {
		t.Errorf("DocumentTimes (-want +got):\n%s", diff)
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	l := newLedgerOn(t, pgtest.NewURL(t), postgres.Options{ReaderVersion: "reader-2"})
	good, bad := roster("Nguyễn Văn An"), roster()
	bad.Source, bad.File, bad.Version, bad.Sheets = "folder:b", "b.xlsx", "v1", nil
	bad.Failure = &reconcile.Failure{Code: reconcile.Encrypted, Message: "tệp có mật khẩu"}
	l.save(good, day(2))
	l.save(bad, day(2))
	got, err := l.Versions(context.Background(), planID)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]postgres.DocumentVersion{
		good.Source: {Version: good.Version, ReaderVersion: "reader-2", Agency: "S03", File: "so-noi-vu.xlsx", Status: postgres.DocumentRead},
		"folder:b": {
			Version: "v1", ReaderVersion: "reader-2", Agency: "S03", File: "b.xlsx", Status: postgres.DocumentFailed,
			Failure: bad.Failure,
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Versions (-want +got):\n%s", diff)
	}
}

func TestSaveDocumentRefusesRowsOutOfOrder(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	d := roster("Nguyễn Văn An", "Trần Thị Bé")
	d.Sheets[0].Rows[2].Number = d.Sheets[0].Rows[1].Number
	err := l.InTx(context.Background(), func(ctx context.Context, tx postgres.Tx) error {
		_, err := l.SaveDocument(ctx, tx, planID, l.run, d, day(2))
		return err
	})
	if err == nil {
		t.Fatal("two rows of one number were accepted: one would replace the other")
	}
	if left := l.load(); len(left) != 0 {
		t.Errorf("%d documents after the refusal, want none", len(left))
	}
}

// Text that no database can hold (NUL, broken UTF-8) must not stop a document.
func TestSaveDocumentWithUnstorableText(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	d := roster("Nguyễn\x00 Văn \xff An")
	d.Sheets[0].Rows[0].Text = `đường dẫn C:\u0000 và \` + "\x00"
	l.save(d, day(2))
	got := l.load()[0]
	if name := got.Registrations()[0].FullName; name != "Nguyễn\ufffd Văn \ufffd An" {
		t.Errorf("name %q", name)
	}
	if text := got.Sheets[0].Rows[0].Text; text != `đường dẫn C:\u0000 và \`+"\ufffd" {
		t.Errorf("text %q", text)
	}
}

// Plans share nothing: the same source in two plans is two documents.
func TestPlansAreApart(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	l := newLedger(t)
	other := testPlan()
	other.ID = "quang-ngai-2025"
	if _, err := l.SavePlan(ctx, other, testRegister()); err != nil {
		t.Fatal(err)
	}
	l.save(roster("Nguyễn Văn An"), day(2))
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		_, err := l.SaveDocument(ctx, tx, other.ID, l.run, roster("Trần Thị Bé"), day(2))
		return err
	})
	if name := l.load()[0].Registrations()[0].FullName; name != "Nguyễn Văn An" {
		t.Errorf("the first plan's registration is %s", name)
	}
}
