package pipeline

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"sync"
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
	benchRows = flag.Int("registrations", 8_000, "of BenchmarkReconcile, in all plans together")
	benchPlan = flag.Int("planrows", 8_000, "registrations of one plan")
	benchJobs = flag.Int("atonce", 2, "plans that are reconciled at once")
)

// BenchmarkReconcile measures the reconciliation of plans whose registrations
// are in the database already: everything for the first time, again with
// nothing changed, and with one row in a hundred changed: in a few plans, in a
// few agencies' files of every plan, and spread over all files. Every round
// begins a new day. Run it once a size:
//
//	GOGC=400 GOMEMLIMIT=900MiB go test ./sync/pipeline -run '^$' -bench Reconcile -benchtime 1x -timeout 2h -registrations 1000000
//
// It measures the time that passes, what the processors did for the program
// (cpu) and for the server's connections (server-cpu), and the memory of the
// program at its peak; on a machine that others use, half of both processors'
// time is what two of its own would take.
func BenchmarkReconcile(b *testing.B) {
	n := newNation(b, max(1, *benchRows / *benchPlan), *benchPlan)
	b.Run("first", func(b *testing.B) { n.measure(b, func(int, *province) {}) })
	b.Run("unchanged", func(b *testing.B) { n.measure(b, func(int, *province) {}) })
	b.Run("changed-in-few-plans", func(b *testing.B) {
		n.measure(b, func(round int, v *province) {
			// A fifth of the rows in a twentieth of the plans.
			for i := range v.agencies() {
				if v.seed%20 == 1 {
					n.save(v, i, edit{every: 5, round: round})
				}
			}
		})
	})
	b.Run("changed-in-few-files", func(b *testing.B) {
		n.measure(b, func(round int, v *province) {
			// A fifth of the rows in a twentieth of the files.
			for i := range v.agencies() {
				if i%20 == round%20 {
					n.save(v, i, edit{every: 5, round: round})
				}
			}
		})
	})
	b.Run("changed-everywhere", func(b *testing.B) {
		n.measure(b, func(round int, v *province) {
			for i := range v.agencies() {
				n.save(v, i, edit{every: 100, round: round})
			}
		})
	})
}

// nation is many provinces' plans in one database.
type nation struct {
	b         testing.TB
	store     *postgres.Store
	provinces []*province
	pipelines []*Pipeline
	times     *times
	round     int
}

func newNation(b testing.TB, plans, rows int) *nation {
	b.Helper()
	n := &nation{b: b, times: &times{}}
	log := slog.New(n.times)
	n.store = pgtest.Open(b, pgtest.Prepared(b, "job queue", func(ctx context.Context, store *postgres.Store) error {
		return Migrate(ctx, store, log)
	}), postgres.Options{ReaderVersion: understand.Version})
	for i := range plans {
		p, register, err := plan.Load("quang-ngai-2024")
		if err != nil {
			b.Fatal(err)
		}
		p.ID = fmt.Sprintf("tinh-%04d-2024", i+1)
		v := &province{plan: p, register: register, rows: rows, seed: uint64(i + 1)}
		n.provinces = append(n.provinces, v)
		n.pipelines = append(n.pipelines, n.pipeline(v, log))
	}
	n.each(func(i int) {
		v := n.provinces[i]
		if _, err := n.store.SavePlan(context.Background(), v.plan, v.register); err != nil {
			b.Error(err)
		}
		for k := range v.agencies() {
			n.save(v, k, edit{})
		}
	})
	if _, err := n.store.Pool().Exec(context.Background(), `VACUUM ANALYZE`); err != nil {
		b.Fatal(err)
	}
	return n
}

func (n *nation) pipeline(v *province, log *slog.Logger) *Pipeline {
	n.b.Helper()
	answers, err := pull.New(pull.Settings{Type: "reports", Path: n.b.TempDir(), Name: "bao-cao"}, pull.Deps{Now: time.Now})
	if err != nil {
		n.b.Fatal(err)
	}
	p, err := New(context.Background(), Config{
		Store: n.store, Plan: v.plan, Register: v.register, Rules: rule.All(), Allocations: v.allocations(),
		Location: time.UTC, Now: func() time.Time { return time.Date(2024, 3, 1+n.round, 2, 0, 0, 0, time.UTC) }, Log: log,
		Deadline: reconcile.Date{Year: 2024, Month: 3, Day: 31}, Answers: answers,
	})
	if err != nil {
		n.b.Fatal(err)
	}
	return p
}

// each does something for every plan, a few plans at once.
func (n *nation) each(do func(i int)) {
	var group errgroup.Group
	group.SetLimit(*benchJobs)
	for i := range n.provinces {
		group.Go(func() error { do(i); return nil })
	}
	_ = group.Wait() // do reports by itself
}

func (n *nation) save(v *province, agency int, change edit) {
	err := n.store.InTx(context.Background(), func(ctx context.Context, tx postgres.Tx) error {
		_, err := n.store.SaveDocument(ctx, tx, v.plan.ID, 1, v.document(agency, change), time.Date(2024, 3, 1+n.round, 1, 0, 0, 0, time.UTC))
		return err
	})
	if err != nil {
		n.b.Error(err)
	}
}

// measure reconciles all plans after change was made in each, and reports the
// seconds of each part over all plans: with two plans at once they add up to
// about twice the time that passes.
func (n *nation) measure(b *testing.B, change func(round int, v *province)) {
	b.ReportAllocs()
	var passed, server, own time.Duration
	n.times.reset()
	for b.Loop() {
		b.StopTimer()
		n.round++
		n.each(func(i int) { change(n.round, n.provinces[i]) })
		runtime.GC()
		resetPeak()
		ownBefore, serverBefore := cpuTime(), n.serverTime()
		start := time.Now()
		b.StartTimer()
		n.each(n.reconcile)
		passed += time.Since(start)
		own, server = own+cpuTime()-ownBefore, server+n.serverTime()-serverBefore
	}
	rounds := float64(b.N)
	rows := float64(len(n.provinces) * n.provinces[0].rows)
	b.ReportMetric(passed.Seconds()/rounds, "s")
	b.ReportMetric(rows*rounds/passed.Seconds(), "rows/s")
	b.ReportMetric(own.Seconds()/rounds, "cpu-s")
	b.ReportMetric(server.Seconds()/rounds, "server-cpu-s")
	b.ReportMetric(peak(), "MB-peak")
	b.ReportMetric(float64(n.times.repeated)/rounds, "plans-unchanged")
	b.ReportMetric(float64(n.times.findings)/rounds, "findings")
	for _, part := range n.times.parts {
		b.ReportMetric(n.times.took[part].Seconds()/rounds, part+"-s")
	}
	b.ReportMetric(0, "ns/op")
}

func (n *nation) reconcile(i int) {
	ctx, p := context.Background(), n.pipelines[i]
	run, err := p.begin(ctx, "benchmark")
	if err == nil {
		err = p.reconcile(ctx, reconcileArgs{Plan: p.cfg.Plan.ID, Run: run})
	}
	if err == nil {
		err = p.cfg.Store.FinishRun(ctx, p.cfg.Plan.ID, run, reconcile.RunDone, "", reconcile.RunCounts{}, p.now())
	}
	if err != nil {
		n.b.Error(err)
	}
	p.forgetReportData() // as when all is published
}

// times is a log handler that adds up what the parts of stages took.
type times struct {
	mu    sync.Mutex
	parts []string
	took  map[string]time.Duration
	// repeated is how many plans were not reconciled anew.
	repeated int
	findings int
}

func (t *times) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.parts, t.took, t.repeated, t.findings = nil, make(map[string]time.Duration), 0, 0
}

func (t *times) Enabled(context.Context, slog.Level) bool { return true }
func (t *times) WithAttrs([]slog.Attr) slog.Handler       { return t }
func (t *times) WithGroup(string) slog.Handler            { return t }

func (t *times) Handle(_ context.Context, record slog.Record) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	record.Attrs(func(a slog.Attr) bool {
		switch a.Key {
		case "took":
		case "findings":
			t.findings += int(a.Value.Int64())
			return true
		default:
			return true
		}
		for _, part := range a.Value.Group() {
			if _, known := t.took[part.Key]; !known {
				t.parts = append(t.parts, part.Key)
			}
			t.took[part.Key] += part.Value.Duration()
		}
		return true
	})
	if record.Message == sameAsBefore {
		t.repeated++
	}
	if record.Level >= slog.LevelWarn {
		fmt.Fprintln(os.Stderr, record.Message)
	}
	return nil
}
