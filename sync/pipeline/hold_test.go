package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// crowd is n people without fault.
func crowd(n int) [][]any {
	given := []string{"An", "Bảo", "Châu", "Dung", "Giang", "Hạnh", "Khoa", "Liên", "Minh", "Ngọc", "Phương", "Quân", "Sơn", "Tâm", "Uyên"}
	people := make([][]any, n)
	for i := range people {
		people[i] = []any{
			"Trần Thị " + given[i%len(given)], fmt.Sprintf("%02d/%02d/%d", i%27+1, i%12+1, 1970+i), "Nữ", "Trưởng phòng", "Phòng Nghiệp vụ 1", an[5],
		}
	}
	return people
}

// registrations is how many count after the next run.
func (b *bench) registrations() int {
	b.t.Helper()
	return b.run().Counts.RowsRegistrations
}

func (b *bench) held() int {
	b.t.Helper()
	holds, err := b.store.HeldDocuments(b.t.Context(), b.plan.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	return len(holds)
}

// A list that comes back with a few of its people counts as it was, until it is
// whole again or the office confirms.
func TestManyRowsVanish(t *testing.T) {
	b := newBench(t)
	list := filepath.Join(b.inbox, "S03", "dang ky.xlsx")
	people := crowd(14)
	b.roster(list, people...)
	b.run()
	only := postgres.Filter{Rule: "NG05"}

	b.roster(list, people[:3]...)
	if n := b.registrations(); n != 14 {
		t.Errorf("%d registrations count while nobody has confirmed, want 14", n)
	}
	asked := b.one(only)
	if asked.Status != reconcile.StatusOpen || asked.Agency != "S03" || asked.Severity != reconcile.SeverityError {
		t.Fatalf("the guard says %+v", asked)
	}
	night := b.run()
	if n := night.Counts.RowsRegistrations; n != 14 || b.one(only).Code != asked.Code {
		t.Errorf("%d registrations the night after, and the code %s for %s", n, b.one(only).Code, asked.Code)
	}
	lines, err := b.store.SourceRuns(t.Context(), b.plan.ID, night.ID)
	if err != nil || len(lines) != 1 {
		t.Fatalf("%d lines in the ledger, %v", len(lines), err)
	}
	if line := lines[0]; line.Status != reconcile.SourceUnchanged || line.Error == "" || line.Registrations != 3 {
		t.Errorf("the ledger says of a file that nobody touched while it was held: %+v", line)
	}

	b.roster(list, people...)
	if n := b.registrations(); n != 14 || b.one(only).Status != reconcile.StatusGone || b.held() != 0 {
		t.Errorf("a list that is whole again: %d registrations, the finding is %s, %d held", n, b.one(only).Status, b.held())
	}

	decide := func(verdict reconcile.Verdict) {
		b.edit(filepath.Join(b.reports, "Tổng hợp đối soát.xlsx"), func(f *excelize.File) {
			write(t, f, reconcile.DecisionsTab, asked.Code, reconcile.ColumnVerdict, string(verdict))
		})
	}
	b.roster(list, people[:3]...)
	b.run()
	decide(reconcile.Refused)
	if n := b.registrations(); n != 14 {
		t.Errorf("%d registrations though the office refused, want 14", n)
	}
	decide(reconcile.Accepted)
	if n := b.registrations(); n != 3 || b.one(only).Status != reconcile.StatusGone || b.held() != 0 {
		t.Errorf("confirmed: %d registrations, the finding is %s, %d held; want 3, gone, none", n, b.one(only).Status, b.held())
	}
	if n := b.registrations(); n != 3 {
		t.Errorf("%d registrations the night after, want 3", n)
	}
}

// What was confirmed is what people saw: when more vanishes, they are asked
// again.
func TestMoreRowsVanishAfterTheDecision(t *testing.T) {
	b := newBench(t)
	list := filepath.Join(b.inbox, "S03", "dang ky.xlsx")
	people := crowd(15)
	b.roster(list, people...)
	b.run()
	b.roster(list, people[:4]...)
	b.run()
	code := b.one(postgres.Filter{Rule: "NG05"}).Code
	b.edit(filepath.Join(b.reports, "Tổng hợp đối soát.xlsx"), func(f *excelize.File) {
		write(t, f, reconcile.DecisionsTab, code, reconcile.ColumnVerdict, string(reconcile.Accepted))
	})
	b.roster(list, people[:1]...)
	if n := b.registrations(); n != 15 {
		t.Errorf("%d registrations by a decision on other rows, want 15", n)
	}
	if open := b.one(postgres.Filter{Rule: "NG05", Status: reconcile.StatusOpen}); open.Code == code {
		t.Error("other rows have the same code")
	}
}

// A list that arrives empty is no withdrawal, however short it was.
func TestSourceArrivesEmpty(t *testing.T) {
	b := newBench(t)
	list := filepath.Join(b.inbox, "S03", "dang ky.xlsx")
	b.roster(list, crowd(4)...)
	b.run()
	b.roster(list)
	if n := b.registrations(); n != 4 || b.held() != 1 {
		t.Errorf("%d registrations and %d held of a list that arrives empty, want 4 and 1", n, b.held())
	}
}

// An emptied inbox withdraws nobody, and a list that was only renamed is not
// asked about.
func TestFileGone(t *testing.T) {
	b := newBench(t)
	list := filepath.Join(b.inbox, "S03", "dang ky.xlsx")
	people := crowd(12)
	b.roster(list, people...)
	b.run()
	remove := func(path string) {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	remove(list)
	if n := b.registrations(); n != 12 {
		t.Errorf("%d registrations of a file that is gone, want 12 until it is confirmed", n)
	}
	asked := b.one(postgres.Filter{Rule: "NG05"})

	renamed := filepath.Join(b.inbox, "S03", "danh sach.xlsx")
	b.roster(renamed, people...)
	if n := b.registrations(); n != 12 || b.one(postgres.Filter{Rule: "NG05"}).Status != reconcile.StatusGone {
		t.Errorf("%d registrations of a file that came back under another name, want 12 and no question", n)
	}

	remove(renamed)
	b.run()
	again := b.one(postgres.Filter{Rule: "NG05", Status: reconcile.StatusOpen})
	if again.Code == asked.Code {
		t.Error("another file has the same code")
	}
	b.edit(filepath.Join(b.reports, "Tổng hợp đối soát.xlsx"), func(f *excelize.File) {
		write(t, f, reconcile.DecisionsTab, again.Code, reconcile.ColumnVerdict, string(reconcile.Accepted))
	})
	if n := b.registrations(); n != 0 || b.held() != 0 {
		t.Errorf("confirmed: %d registrations and %d held, want none", n, b.held())
	}
}
