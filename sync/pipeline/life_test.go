package pipeline_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

func itoa(n int) string { return strconv.Itoa(n) }

// an and binh are two people without fault.
var (
	an   = []any{"Nguyễn Văn An", "15/08/1979", "Nam", "Trưởng phòng", "Phòng Nghiệp vụ 1", "Bồi dưỡng kiến thức quốc phòng, an ninh đối tượng 3"}
	binh = []any{"Trần Thị Bình", "03/02/1985", "Nữ", "Phó Trưởng phòng", "Phòng Nghiệp vụ 2", "Bồi dưỡng ngạch chuyên viên chính"}
	// cuong's birth date is none.
	cuong = []any{"Lê Mạnh Cường", "30/02/1980", "Nam", "Chuyên viên", "Văn phòng Sở", "Bồi dưỡng ngạch chuyên viên"}
)

func mended(person []any, birth string) []any {
	changed := append([]any{}, person...)
	changed[1] = birth
	return changed
}

func TestSamplesTwice(t *testing.T) {
	b := newBench(t)
	b.samples()
	first := b.run()
	if first.Status != reconcile.RunPartial || first.Counts.SourcesFailed != 4 {
		t.Errorf("the first run is %s with %d failed sources, want partial with the 4 broken samples", first.Status, first.Counts.SourcesFailed)
	}
	if first.Counts.RowsRegistrations == 0 || first.Counts.FindingsNew == 0 || first.Counts.ReportsWritten == 0 {
		t.Errorf("the first run found nothing: %+v", first.Counts)
	}
	before := b.files()

	second := b.run()
	if c := second.Counts; c.SourcesRead != 0 || c.FindingsNew != 0 || c.FindingsGone != 0 || c.ReportsWritten != 0 {
		t.Errorf("the second run over the same input is not quiet: %+v", c)
	}
	if c := second.Counts; c.RowsRegistrations != first.Counts.RowsRegistrations || c.FindingsOpen != first.Counts.FindingsOpen {
		t.Errorf("the second run counts otherwise: %+v, %+v", first.Counts, c)
	}
	if diff := cmp.Diff(before, b.files()); diff != "" {
		t.Errorf("the second run touched reports:\n%s", diff)
	}
}

func TestFindingLife(t *testing.T) {
	b := newBench(t)
	list := filepath.Join(b.inbox, "S03", "dang ky.xlsx")
	b.roster(list, an, cuong)
	b.run()
	only := postgres.Filter{Rule: "DL02"}
	born := b.one(only)
	if born.Status != reconcile.StatusOpen || !born.New || born.Agency != "S03" || born.Place.Cell != "C8" {
		t.Fatalf("a new finding is %+v", born)
	}

	// Rows above, another sheet name, another file: the same finding.
	if err := os.Remove(list); err != nil {
		t.Fatal(err)
	}
	list = filepath.Join(b.inbox, "S03", "dang ky (gui lai).xlsx")
	b.roster(list, an, binh, cuong)
	b.edit(list, func(f *excelize.File) {
		if err := f.SetSheetName("Sheet1", "Danh sách"); err != nil {
			t.Fatal(err)
		}
	})
	b.run()
	moved := b.one(only)
	if moved.Code != born.Code || moved.New || moved.Place.Cell != "C9" || moved.Place.Sheet != "Danh sách" {
		t.Errorf("a moved finding is %s at %v, new %v; it was %s", moved.Code, moved.Place, moved.New, born.Code)
	}
	if !moved.FirstSeen.Equal(born.FirstSeen) {
		t.Errorf("first seen moved from %v to %v", born.FirstSeen, moved.FirstSeen)
	}

	b.roster(list, an, binh, mended(cuong, "28/02/1980"))
	b.run()
	if gone := b.one(only); gone.Status != reconcile.StatusGone || gone.Code != born.Code {
		t.Errorf("a mended finding is %s", gone.Status)
	}

	b.roster(list, an, binh, cuong)
	b.run()
	if back := b.one(only); back.Status != reconcile.StatusOpen || back.Reopened != 1 || back.Code != born.Code {
		t.Errorf("a finding that came back is %s, reopened %d", back.Status, back.Reopened)
	}
}

// TestUnreadableDocumentMendsNothing: what a document said last goes on
// counting while it cannot be read, and so do its findings.
func TestUnreadableDocumentMendsNothing(t *testing.T) {
	b := newBench(t)
	list := filepath.Join(b.inbox, "S03", "dang ky.xlsx")
	b.roster(list, an, cuong)
	b.run()
	open := postgres.Filter{Agency: "S03", Status: reconcile.StatusOpen}
	before := b.found(open)
	if err := os.WriteFile(list, []byte("PK\x03\x04 bị cắt ngang"), 0o600); err != nil {
		t.Fatal(err)
	}
	if run := b.run(); run.Counts.FindingsGone != 0 || run.Counts.RowsRegistrations != 2 {
		t.Errorf("a run with the document unreadable: %+v", run.Counts)
	}
	after := make(map[string]bool)
	for _, d := range b.found(open) {
		after[d.Code] = true
	}
	for _, d := range before {
		if !after[d.Code] {
			t.Errorf("%s counts as mended: %s", d.Code, d.Message)
		}
	}
}

func TestSourceGone(t *testing.T) {
	b := newBench(t)
	list := filepath.Join(b.inbox, "S03", "dang ky.xlsx")
	b.roster(list, an, cuong)
	b.run()
	if err := os.Remove(list); err != nil {
		t.Fatal(err)
	}
	run := b.run()
	if run.Counts.RowsRegistrations != 0 {
		t.Errorf("%d registrations remain of a file that is gone", run.Counts.RowsRegistrations)
	}
	if d := b.one(postgres.Filter{Rule: "DL02"}); d.Status != reconcile.StatusGone {
		t.Errorf("the finding of a file that is gone is %s", d.Status)
	}
}
