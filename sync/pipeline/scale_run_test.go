package pipeline

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"doisoat/config/plan"
	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
	"doisoat/reconcile/rule"
	"doisoat/sync/pull"
	"doisoat/sync/understand"
)

var (
	fileCount = flag.Int("workbooks", 100, "of BenchmarkPipeline")
	fileRows  = flag.Int("rows", 200, "registrations of one workbook of BenchmarkPipeline")
	fileSeed  = flag.Uint64("seed", 1, "of BenchmarkPipeline: the same seed gives the same workbooks")
)

// BenchmarkPipeline runs everything from workbooks in folders to reports in
// folders, for plans of at most some eighty agencies with a workbook each, and
// of at most -planrows registrations, as many as a province has:
//
//	go test ./sync/pipeline -run '^$' -bench Pipeline -benchtime 1x -timeout 1h -workbooks 1000 -rows 1000
//
// Beside it stand, measured in the same minutes on the same files, the floor
// and the baseline (scale_floor_test.go). Plans are worked one after the other,
// each in a run of its own as `doisoat run` does it. A thousand workbooks of ten
// rows, then of a hundred, a thousand and three thousand give the table from ten
// thousand rows to three million; a hundred and five thousand workbooks show
// whether memory goes by the largest plan alone.
func BenchmarkPipeline(b *testing.B) {
	for b.Loop() {
		f := newFiles(b)
		f.floorAndBaseline()
		f.read()
		cold := f.runAll("cold")
		f.settle()
		f.against("the night after it", f.runAll("the night after it"), cold)
		f.settle()
		quiet := f.runAll("nothing changed")
		for _, c := range []struct {
			what string
			edit func(plan, file int) bool
		}{
			{"1 workbook in 100, of few plans", func(plan, file int) bool { return plan*f.perPlan+file < max(1, *fileCount/100) }},
			{"1 workbook in 100, of all plans", func(plan, file int) bool { return (plan*f.perPlan+file)%100 == 50 }},
		} {
			f.edit(c.edit)
			f.against(c.what, f.runAll(c.what), cold)
		}
		f.against("nothing changed", quiet, cold)
		f.printf("goals: 1 %% changed in 5 %% of the cold time; nothing changed in 1 s a thousand workbooks; 512 MB at the peak")
	}
}

// files is a nation whose plans get their lists as workbooks.
type files struct {
	*nation
	dir     string
	perPlan int
	paths   []string
	rows    int
	floor   time.Duration
	inflate time.Duration
	base    time.Duration // of the baseline, for all files
	reading time.Duration
	busy    map[string]*atomic.Int64 // nanoseconds of each kind of job
	// reconciled is the moment at which the last plan's findings were stored.
	reconciled moment
	mu         sync.Mutex
}

func newFiles(b *testing.B) *files {
	b.Helper()
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	f := &files{dir: b.TempDir(), nation: &nation{b: b, times: &times{}}}
	f.busy = make(map[string]*atomic.Int64)
	for _, kind := range []string{stageList, stagePull, "reconcile", stagePublish} {
		f.busy[kind] = new(atomic.Int64)
	}
	f.store = pgtest.Open(b, pgtest.Prepared(b, "job queue", func(ctx context.Context, store *postgres.Store) error {
		return Migrate(ctx, store, log)
	}), postgres.Options{ReaderVersion: understand.Version})
	for left := *fileCount; left > 0; left -= f.perPlan {
		p, register, err := plan.Load("quang-ngai-2024")
		if err != nil {
			b.Fatal(err)
		}
		f.perPlan = max(1, min(80, len(register.Agencies), *benchPlan / *fileRows))
		p.ID = fmt.Sprintf("tinh-%04d-2024", len(f.provinces)+1)
		v := &province{plan: p, register: register, rows: *fileRows * len(register.Agencies), seed: *fileSeed<<32 + uint64(len(f.provinces))}
		f.provinces = append(f.provinces, v)
		if _, err := f.store.SavePlan(context.Background(), p, register); err != nil {
			b.Fatal(err)
		}
		f.pipelines = append(f.pipelines, f.pipeline(v, log))
	}
	start := time.Now()
	size := f.write(func(int, int) bool { return true }, edit{})
	f.printf("%d workbooks × %d rows in %d plans, %.0f MB, made in %.1f s from seed %d; %d processors, PostgreSQL without fsync",
		*fileCount, *fileRows, len(f.provinces), float64(size)/1e6, time.Since(start).Seconds(), *fileSeed, runtime.GOMAXPROCS(0))
	return f
}

func (f *files) printf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}

func (f *files) inbox(v *province) string   { return filepath.Join(f.dir, v.plan.ID, "inbox") }
func (f *files) reports(v *province) string { return filepath.Join(f.dir, v.plan.ID, "reports") }

// workbooks is how many of the plan's agencies send one.
func (f *files) workbooks(plan int) int { return min(f.perPlan, *fileCount-plan*f.perPlan) }

func (f *files) path(plan, file int) string {
	v := f.provinces[plan]
	return filepath.Join(f.inbox(v), v.register.Agencies[file].Code, "dang ky 2024.xlsx")
}

// write writes the wanted workbooks and returns their size.
func (f *files) write(wanted func(plan, file int) bool, change edit) int64 {
	var size atomic.Int64
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for p, v := range f.provinces {
		for i := range f.workbooks(p) {
			if !wanted(p, i) {
				continue
			}
			if change.round == 0 {
				f.paths = append(f.paths, f.path(p, i))
			}
			group.Go(func() error {
				n, err := writeWorkbook(f.path(p, i), v.document(i, change), i%2 == 0)
				size.Add(n)
				return err
			})
		}
	}
	if err := group.Wait(); err != nil {
		f.b.Fatal(err)
	}
	return size.Load()
}

// edit sends the wanted workbooks again with a fifth of their rows mended.
func (f *files) edit(wanted func(plan, file int) bool) {
	f.round++
	f.write(wanted, edit{every: 5, round: f.round})
	f.settle()
}

// settle lets the server write down what it has, so that what follows does not
// pay for what came before.
func (f *files) settle() {
	for _, sql := range []string{`VACUUM ANALYZE`, `CHECKPOINT`} {
		if _, err := f.store.Pool().Exec(context.Background(), sql); err != nil {
			f.b.Fatal(err)
		}
	}
}

func (f *files) pipeline(v *province, log *slog.Logger) *Pipeline {
	f.b.Helper()
	source := func(kind, path string) pull.Source {
		if err := os.MkdirAll(path, 0o750); err != nil {
			f.b.Fatal(err)
		}
		s, err := pull.New(pull.Settings{Type: kind, Path: path, Name: filepath.Base(path)}, pull.Deps{
			Now: func() time.Time { return time.Now().Add(time.Hour) }, // nothing was written just now
		})
		if err != nil {
			f.b.Fatal(err)
		}
		return s
	}
	p, err := New(context.Background(), Config{
		Store: f.store, Plan: v.plan, Register: v.register, Reader: understand.New(v.plan, v.register), Rules: rule.All(),
		Allocations: v.allocations(), Location: time.UTC, Log: log,
		Now:      func() time.Time { return time.Date(2024, 3, 1, 2, 0, 0, 0, time.UTC) },
		Deadline: reconcile.Date{Year: 2024, Month: 3, Day: 31},
		Sources:  []pull.Source{source("folder", f.inbox(v))},
		Answers:  source("reports", f.reports(v)), Reports: f.reports(v),
		Observe: func(j Job) {
			f.busy[j.Kind].Add(int64(j.Took))
			if j.Kind == "reconcile" {
				now := f.now()
				f.mu.Lock()
				f.reconciled = now
				f.mu.Unlock()
			}
		},
	})
	if err != nil {
		f.b.Fatal(err)
	}
	return p
}

// floorAndBaseline measures both on the same files.
func (f *files) floorAndBaseline() {
	f.inflate = inflate(f.b, f.paths)
	createRows(f.b, f.store, "floor_row")
	createRows(f.b, f.store, "baseline_row")
	var copied time.Duration
	for p, v := range f.provinces {
		var rows [][]any
		for i := range f.workbooks(p) {
			rows = append(rows, rowsOf(v.document(i, edit{}))...)
		}
		f.rows += len(rows)
		copied += copyRows(f.b, f.store, rows)
	}
	f.floor = f.inflate + copied
	f.line("floor: inflate and scan", f.inflate, "")
	f.line("floor: copy into PostgreSQL", copied, "")
	f.line("floor", f.floor, "")

	some := f.paths[:min(len(f.paths), max(1, 20_000 / *fileRows))]
	start := time.Now()
	for _, path := range some {
		if err := baseline(context.Background(), f.store, path); err != nil {
			f.b.Fatal(err)
		}
	}
	f.base = time.Since(start) * time.Duration(len(f.paths)) / time.Duration(len(some))
	f.line("baseline: excelize and INSERT", f.base, fmt.Sprintf("scaled from %d workbooks, one after the other; stores cells, understands nothing", len(some)))
	if _, err := f.store.Pool().Exec(context.Background(), `DROP TABLE floor_row, baseline_row`); err != nil {
		f.b.Fatal(err)
	}
}

func (f *files) line(what string, took time.Duration, note string) {
	f.printf("  %-34s %8.2f s %10.0f rows/s  %s", what, took.Seconds(), float64(f.rows)/took.Seconds(), note)
}

// read measures the reading of all files without storing anything.
func (f *files) read() {
	start := f.now()
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	var found atomic.Int64
	for _, p := range f.pipelines {
		listing, err := p.cfg.Sources[0].List(context.Background())
		if err != nil {
			f.b.Fatal(err)
		}
		for _, item := range listing.Items {
			group.Go(func() error {
				d, err := p.read(context.Background(), p.cfg.Sources[0], item)
				if err == nil {
					found.Add(int64(len(d.Registrations())))
				}
				return err
			})
		}
	}
	if err := group.Wait(); err != nil {
		f.b.Fatal(err)
	}
	var spent work
	end := f.now()
	spent.add(start, end)
	f.reading = end.Sub(start.Time)
	f.line("reading: files to typed rows", f.reading, spent.String())
	if int(found.Load()) != f.rows {
		f.b.Fatalf("%d registrations were read of %d", found.Load(), f.rows)
	}
}

// measured is what working all plans once took.
type measured struct{ findings, reports time.Duration }

// runAll works a run of every plan and prints what it took.
func (f *files) runAll(what string) measured {
	runtime.GC()
	resetPeak()
	for _, n := range f.busy {
		n.Store(0)
	}
	before, disk := f.written(), f.reportBytes()
	var m measured
	var open, written int
	var finding, reporting work
	for i, p := range f.pipelines {
		start := f.now()
		run, err := p.Run(context.Background(), "benchmark")
		if err == nil && run.Status == reconcile.RunFailed {
			err = errors.New(run.Error)
		}
		if err != nil {
			f.b.Fatalf("plan %d: %v", i+1, err)
		}
		end := f.now()
		m.findings += f.reconciled.Sub(start.Time)
		m.reports += end.Sub(f.reconciled.Time)
		finding.add(start, f.reconciled)
		reporting.add(f.reconciled, end)
		open, written = open+run.Counts.FindingsOpen, written+run.Counts.ReportsWritten
		p.forgetReportData()
		if f.pipelines[i], err = renew(p); err != nil {
			f.b.Fatal(err)
		}
	}
	after := f.written()
	f.printf("%s", what)
	f.line("files to stored findings", m.findings, fmt.Sprintf("%d findings; %s", open, &finding))
	f.line("reports", m.reports, fmt.Sprintf("%d written, %.0f MB; %s", written, float64(f.reportBytes()-disk)/1e6, &reporting))
	var parts []string
	for _, kind := range []string{stageList, stagePull, "reconcile", stagePublish} {
		parts = append(parts, fmt.Sprintf("%s %.2f s", kind, time.Duration(f.busy[kind].Load()).Seconds()))
	}
	f.printf("  busy: %s", strings.Join(parts, ", "))
	f.printf("  memory at the peak %.0f MB; rows inserted %d, updated %d, deleted %d; database +%.0f MB, log %.0f MB",
		peak(), after.inserted-before.inserted, after.updated-before.updated, after.deleted-before.deleted,
		float64(after.size-before.size)/1e6, float64(after.log-before.log)/1e6)
	if what == "cold" {
		f.printf("  findings: %.2f × the floor (goal 3), %.1f × faster than the baseline (goal 5); reports: %.2f × reading the files (goal 2), %.2f × inflating them",
			ratio(m.findings, f.floor), ratio(f.base, m.findings), ratio(m.reports, f.reading), ratio(m.reports, f.inflate))
	}
	return m
}

func (f *files) against(what string, m, cold measured) {
	f.printf("%s: %.2f s, %.1f %% of the cold time", what, (m.findings + m.reports).Seconds(), 100*ratio(m.findings+m.reports, cold.findings+cold.reports))
}

func ratio(a, b time.Duration) float64 { return a.Seconds() / b.Seconds() }

// renew is the pipeline as the next process of the plan makes it.
func renew(p *Pipeline) (*Pipeline, error) {
	cfg := p.cfg
	cfg.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	return New(context.Background(), cfg)
}
