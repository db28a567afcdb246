package pipeline_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pipeline"
)

// planOf2026 is invented: see its file.
const planOf2026 = "../../config/plan/testdata/quang-ngai-2026.good.yml"

// A year of an office, step by step; each step ends with a run.
type year struct {
	plan  string
	steps []func(b *bench)
}

// The two years have people, codes of agencies, and names in common: S03 is the
// Sở Nội vụ of both, H03 is a district in one and a ward in the other.
func years() []year {
	list := func(b *bench, agency string) string { return filepath.Join(b.inbox, agency, "dang ky.xlsx") }
	quoc := []any{"Huỳnh Quốc Khuê", "1979", "Nam", "Trưởng phòng", "Phòng Nghiệp vụ 1", an[5]}
	answer := func(b *bench) {
		asked := b.one(postgres.Filter{Rule: "TL05"})
		b.edit(filepath.Join(b.reports, "S03", "dang ky - SAI LỆCH.xlsx"), func(f *excelize.File) {
			write(b.t, f, reconcile.DiscrepancyTab, asked.Code, reconcile.ColumnAnswer, string(reconcile.AnswerCorrect))
		})
	}
	return []year{
		{"quang-ngai-2024", []func(b *bench){
			func(b *bench) { b.roster(list(b, "S03"), an, cuong, quoc, mended(quoc, "15/08/1979")) },
			func(b *bench) { b.roster(list(b, "H03"), binh, an) },
			answer,
			func(b *bench) {
				b.roster(list(b, "S03"), binh, mended(cuong, "28/02/1980"), mended(quoc, "15/08/1979"), quoc)
			},
			func(b *bench) { remove(b, list(b, "H03")) },
		}},
		{planOf2026, []func(b *bench){
			func(b *bench) { b.roster(list(b, "S03"), binh, cuong) },
			func(b *bench) { b.roster(list(b, "H03"), an, mended(cuong, "1980")) },
			func(b *bench) { b.roster(list(b, "S03"), an, binh, mended(cuong, "01/03/1980")) },
			func(b *bench) { b.roster(list(b, "H05"), mended(an, "16/08/1979"), binh) },
		}},
	}
}

func remove(b *bench, path string) {
	b.t.Helper()
	if err := os.Remove(path); err != nil {
		b.t.Fatal(err)
	}
}

// ending is all that a plan's year left behind, as people see it.
type ending struct {
	Runs     []reconcile.Run
	Found    []reconcile.Discrepancy
	Sources  []reconcile.SourceRun
	Reports  map[string]string // name to hash of content
	Persons  [][]string        // the registrations of each person
	Apart    []reconcile.Couple
	Readings []string
}

func (b *bench) ending() ending {
	b.t.Helper()
	ctx := context.Background()
	must := func(err error) {
		b.t.Helper()
		if err != nil {
			b.t.Fatal(err)
		}
	}
	var e ending
	var err error
	e.Found = b.found(postgres.Filter{})
	e.Runs, err = b.store.Runs(ctx, b.plan.ID, 0)
	must(err)
	e.Sources, err = b.store.SourceRuns(ctx, b.plan.ID, e.Runs[0].ID)
	must(err)
	e.Apart, err = b.store.Apart(ctx, b.plan.ID)
	must(err)
	ids, err := b.store.PersonIDs(ctx, b.plan.ID)
	must(err)
	byID := make(map[string][]string)
	for key, id := range ids {
		byID[id] = append(byID[id], key)
	}
	for _, keys := range byID {
		slices.Sort(keys)
		e.Persons = append(e.Persons, keys)
	}
	slices.SortFunc(e.Persons, slices.Compare[[]string])
	documents, err := b.store.LoadDocuments(ctx, b.plan.ID)
	must(err)
	for _, d := range documents {
		for _, r := range d.Registrations() {
			e.Readings = append(e.Readings, fmt.Sprint(d.Source, r.Origin, r.FullName, r.BirthDate, r.Agency, r.Program))
		}
	}
	e.Reports = make(map[string]string)
	must(filepath.WalkDir(b.reports, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		sum := sha256.Sum256(content)
		e.Reports[strings.TrimPrefix(path, b.reports)] = hex.EncodeToString(sum[:])
		return err
	}))
	return e
}

// timeless leaves out what real time passed while a run worked.
func (e ending) timeless() ending {
	for i := range e.Sources {
		e.Sources[i].Version = "" // the file's time is in it
	}
	return e
}

// Reports of two plans have the same names, and staff write into them.
func TestTwoPlansNeedTwoReportFolders(t *testing.T) {
	store := newStore(t)
	then, now := newBenchOn(t, store, "quang-ngai-2024"), newBenchOn(t, store, planOf2026)
	then.pipeline()
	now.config.Reports = then.config.Reports
	_, err := pipeline.New(t.Context(), now.config)
	taken, ok := errors.AsType[*postgres.FolderError](err)
	if !ok || taken.Plan != then.plan.ID {
		t.Fatalf("a second plan in the folder: %v", err)
	}
	then.config.Reports = t.TempDir() // given up
	then.pipeline()
	now.pipeline()
	then.pipeline()
}

// Two services on one database, each of another plan, both have their nights.
func TestTwoPlansAreBothScheduled(t *testing.T) {
	store := newStore(t)
	soon, err := pipeline.ParseSchedule("@every 1s", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	ended := make(chan error, 2)
	ran := make(chan string, 64)
	for _, y := range years() {
		b := newBenchOn(t, store, y.plan)
		b.config.Now = time.Now
		b.config.Progress = func(e pipeline.Event) {
			if e.Stage == "reconcile" {
				ran <- b.plan.ID
			}
		}
		p := b.pipeline()
		go func() { ended <- p.Serve(ctx, pipeline.Duties{Schedule: &soon, Work: true}) }()
	}
	// The first may be that of the moment of the start, caught up.
	for seen := make(map[string]int); len(seen) < 2 || slices.Min(slices.Collect(maps.Values(seen))) < 3; {
		select {
		case id := <-ran:
			seen[id]++
		case err := <-ended:
			t.Fatalf("a service ended: %v", err)
		case <-ctx.Done():
			t.Fatalf("within a minute of seconds only %v ran", seen)
		}
	}
	stop()
	for range cap(ended) {
		if err := <-ended; err != nil {
			t.Errorf("a service ended with %v", err)
		}
	}
}
