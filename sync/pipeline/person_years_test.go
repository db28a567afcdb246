package pipeline_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pull"
)

// results writes a list of the results of a class into the office's own inputs.
func (b *bench) results(title string, people ...[]any) {
	b.t.Helper()
	folder := filepath.Join(filepath.Dir(b.inbox), "ket qua")
	b.roster(filepath.Join(folder, "ket qua.xlsx"), people...)
	b.edit(filepath.Join(folder, "ket qua.xlsx"), func(f *excelize.File) {
		for cell, text := range map[string]string{"A1": "TRƯỜNG CHÍNH TRỊ TỈNH", "A2": "", "A4": title, "G6": "Kết quả"} {
			if err := f.SetCellStr("Sheet1", cell, text); err != nil {
				b.t.Fatal(err)
			}
		}
	})
	b.config.Inputs = []pull.Source{b.source("folder", folder)}
}

// with changes one of a person's cells.
func with(person []any, column int, value string) []any {
	changed := append([]any{}, person...)
	changed[column] = value
	return changed
}

// personOf is the ID of the only person with a registration of the name.
func (b *bench) personOf(name string) string {
	b.t.Helper()
	ids, err := b.store.PersonIDs(b.t.Context(), b.plan.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	found := ""
	for key, id := range ids {
		if strings.Contains(key, reconcile.Key(name)) {
			if found != "" && found != id {
				b.t.Fatalf("%s is both %s and %s", name, found, id)
			}
			found = id
		}
	}
	if found == "" {
		b.t.Fatalf("%s is nobody", name)
	}
	return found
}

// A person is one over the years, is told of what was completed before, and
// stays who he was whatever is run when.
func TestOnePersonOverTheYears(t *testing.T) {
	store := newStore(t)
	then, now := newBenchOn(t, store, "quang-ngai-2024"), newBenchOn(t, store, planOf2026)
	list := func(b *bench) string { return filepath.Join(b.inbox, "S03", "dang ky.xlsx") }
	then.roster(list(then), an, binh)
	then.results("KẾT QUẢ LỚP BỒI DƯỠNG NGẠCH CHUYÊN VIÊN CHÍNH NĂM 2024",
		with(binh, 5, "Hoàn thành"), with(an, 5, "Không hoàn thành"))
	then.run()
	was := then.personOf("Trần Thị Bình")

	now.roster(list(now), with(binh, 3, "Trưởng phòng"), with(an, 5, binh[5].(string)))
	now.run()
	if is := now.personOf("Trần Thị Bình"); is != was {
		t.Errorf("Trần Thị Bình was %s and is %s", was, is)
	}
	done := now.one(postgres.Filter{Rule: "TL04"})
	if done.Person != "Trần Thị Bình" || !strings.Contains(done.Found, "quang-ngai-2024") || !strings.Contains(done.Found, "năm 2024") {
		t.Errorf("what was completed before is %+v", done)
	}
	if strings.Contains(done.Found+done.Message, "1985") || strings.Contains(done.Found+done.Message, "Phòng Nghiệp vụ") {
		t.Errorf("the finding tells of the other year's row: %s", done.Message)
	}

	// The earlier year goes on, without the later one's knowledge.
	then.roster(list(then), binh, an, cuong)
	then.run()
	for _, d := range then.found(postgres.Filter{Rule: "TL04"}) {
		if !d.NotChecked {
			t.Errorf("2024 is told of what comes later: %s", d.Message)
		}
	}
	if is := then.personOf("Trần Thị Bình"); is != was {
		t.Errorf("after another run Trần Thị Bình is %s", is)
	}

	// What a list of the earlier year says only now reaches the later one, though
	// nothing of its own has changed.
	then.results("KẾT QUẢ LỚP BỒI DƯỠNG NGẠCH CHUYÊN VIÊN CHÍNH NĂM 2024", with(binh, 5, "Hoàn thành"), with(an, 5, "Hoàn thành"))
	then.run()
	now.run()
	if found := now.found(postgres.Filter{Rule: "TL04"}); len(found) != 2 {
		t.Errorf("%d are told that they completed it, want both", len(found))
	}

	// Another human being under the same key is somebody else.
	now.roster(list(now), with(with(binh, 3, "Trưởng phòng"), 1, "19/11/1991"))
	now.run()
	if is := now.personOf("Trần Thị Bình"); is == was {
		t.Errorf("born on another day, and still %s", is)
	}
	if then.personOf("Trần Thị Bình") != was {
		t.Error("the earlier year's person moved")
	}
	now.roster(list(now), with(binh, 3, "Trưởng phòng"))
	now.run()
	if is := now.personOf("Trần Thị Bình"); is != was {
		t.Errorf("after the date was mended Trần Thị Bình is %s, was %s", is, was)
	}
}

// "Not one person", said in one year, holds in the next.
func TestNotOnePersonOverTheYears(t *testing.T) {
	store := newStore(t)
	then, now := newBenchOn(t, store, "quang-ngai-2024"), newBenchOn(t, store, planOf2026)
	list := func(b *bench) string { return filepath.Join(b.inbox, "S03", "dang ky.xlsx") }
	clerk, chief := with(an, 3, "Kế toán"), with(an, 4, "Thanh tra Sở")
	then.roster(list(then), chief, clerk)
	if run := then.run(); run.Counts.Persons != 1 {
		t.Fatalf("%d persons to begin with", run.Counts.Persons)
	}
	asked := then.one(postgres.Filter{Rule: "TL01"})
	then.edit(filepath.Join(then.reports, "S03", "dang ky - SAI LỆCH.xlsx"), func(f *excelize.File) {
		write(t, f, reconcile.DiscrepancyTab, asked.Code, reconcile.ColumnAnswer, string(reconcile.AnswerCorrect))
	})
	if run := then.run(); run.Counts.Persons != 2 {
		t.Fatalf("%d persons after they were told apart", run.Counts.Persons)
	}
	before, err := store.PersonIDs(t.Context(), then.plan.ID)
	if err != nil {
		t.Fatal(err)
	}

	now.roster(list(now), chief, clerk)
	if run := now.run(); run.Counts.Persons != 2 {
		t.Errorf("%d persons in the next plan, want the two", run.Counts.Persons)
	}
	after, err := store.PersonIDs(t.Context(), now.plan.ID)
	if err != nil {
		t.Fatal(err)
	}
	for key, id := range after {
		if before[key] != id {
			t.Errorf("%s was %s and is %s", key, before[key], id)
		}
	}
	for _, d := range now.found(postgres.Filter{Rule: "TL01"}) {
		if d.Status == reconcile.StatusOpen {
			t.Errorf("asked again: %s", d.Message)
		}
	}
}
