package pipeline

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
)

// heard keeps what is logged.
type heard struct {
	slog.Handler
	mu    sync.Mutex
	lines []string
	bad   []string // warnings and worse
}

func (h *heard) Enabled(context.Context, slog.Level) bool { return true }

func (h *heard) WithAttrs([]slog.Attr) slog.Handler { return h }

func (h *heard) Handle(_ context.Context, record slog.Record) error {
	line := record.Message
	record.Attrs(func(a slog.Attr) bool { line += " " + a.String(); return true })
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lines = append(h.lines, line)
	if record.Level >= slog.LevelWarn {
		h.bad = append(h.bad, line)
	}
	return nil
}

// says reports whether there is such a line, or a complaint.
func (h *heard) says(words string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.bad) > 0 || slices.ContainsFunc(h.lines, func(line string) bool { return strings.Contains(line, words) })
}

// soon makes the nightly work of the queue due at once.
type soon struct{}

func (soon) Next(t time.Time) time.Time { return t.Add(50 * time.Millisecond) }

// TestNightlyMaintenance: the queue's own nightly work is done under the owner's
// account, and no error of each night under the service's.
func TestNightlyMaintenance(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	address := pgtest.NewURL(t)
	owner := pgtest.Open(t, address, postgres.Options{})
	if err := Migrate(ctx, owner, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	account := "night_" + strings.TrimPrefix(u.Path, "/")
	if _, err := owner.Pool().Exec(ctx, `CREATE ROLE `+account+` LOGIN`); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, _ = owner.Pool().Exec(context.Background(), `DROP OWNED BY `+account+`; DROP ROLE `+account)
	})
	if err := owner.GrantService(ctx, account); err != nil {
		t.Fatal(err)
	}
	u.User = url.User(account)
	for name, tt := range map[string]struct { // one after the other: one process at a time does this work
		address string
		rebuilt int
	}{
		"owner":   {address, len(river.ReindexerIndexNamesDefault())},
		"service": {u.String(), 0},
	} {
		t.Run(name, func(t *testing.T) {
			log := &heard{Handler: slog.DiscardHandler}
			store := pgtest.Open(t, tt.address, postgres.Options{})
			p, err := New(ctx, Config{
				Store: store, Plan: &reconcile.Plan{ID: "quang-ngai-" + name}, Log: slog.New(log),
				Location: time.UTC, Now: time.Now,
			})
			if err != nil {
				t.Fatal(err)
			}
			queue, err := p.riverConfig(ctx)
			if err != nil {
				t.Fatal(err)
			}
			queue.ReindexerSchedule = soon{}
			queue.Logger = slog.New(log)
			client, err := river.NewClient(riverpgxv5.New(store.Pool()), queue)
			if err != nil {
				t.Fatal(err)
			}
			if err := client.Start(ctx); err != nil {
				t.Fatal(err)
			}
			for !log.says(fmt.Sprintf("num_reindexes_initiated=%d", tt.rebuilt)) {
				time.Sleep(10 * time.Millisecond)
			}
			if err := client.Stop(context.Background()); err != nil {
				t.Error(err)
			}
			if len(log.bad) > 0 {
				t.Errorf("complaints: %q", log.bad)
			}
		})
	}
}
