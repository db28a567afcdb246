package pipeline

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestJobLog(t *testing.T) {
	var b strings.Builder
	log := slog.New(jobLog{slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})})
	job := aboutJob(context.Background(), slog.Int64("run", 7), slog.String("source", "folder:inbox/S03/a.xlsx"))
	log.WarnContext(job, "một")
	log.WarnContext(job, "hai", "run", 8)
	log.With("plan", "p").WarnContext(context.Background(), "ba")
	want := "level=WARN msg=một run=7 source=folder:inbox/S03/a.xlsx\n" +
		"level=WARN msg=hai run=8 source=folder:inbox/S03/a.xlsx\n" +
		"level=WARN msg=ba plan=p\n"
	if b.String() != want {
		t.Errorf("the log is\n%swant\n%s", &b, want)
	}
}

// TestCalmLog: a complaint that comes twice a second is logged once a minute.
func TestCalmLog(t *testing.T) {
	var b strings.Builder
	h := newCalmLog(slog.NewTextHandler(&b, nil)).WithAttrs([]slog.Attr{slog.String("queue", "plan-2024")})
	start := time.Date(2024, 3, 5, 1, 0, 0, 0, time.UTC)
	say := func(at time.Duration, level slog.Level, message string, attrs ...slog.Attr) {
		record := slog.NewRecord(start.Add(at), level, message, 0)
		record.AddAttrs(attrs...)
		if err := h.Handle(t.Context(), record); err != nil {
			t.Fatal(err)
		}
	}
	away := slog.String("err", "connection refused")
	for at := time.Duration(0); at <= 2*time.Minute; at += time.Second / 2 {
		say(at, slog.LevelError, "Error fetching jobs", away)
	}
	for job := range 3 {
		say(0, slog.LevelWarn, "Job errored", away, slog.Int("job_id", job))
	}
	say(0, slog.LevelInfo, "Ran")
	say(0, slog.LevelInfo, "Ran")
	for words, want := range map[string]int{"fetching": 3, "left_out=119": 2, "errored": 3, "Ran": 2, "queue=plan-2024": 8} {
		if got := strings.Count(b.String(), words); got != want {
			t.Errorf("%q is logged %d times, want %d:\n%s", words, got, want, &b)
		}
	}
}
