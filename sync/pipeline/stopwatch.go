package pipeline

import (
	"context"
	"log/slog"
	"time"
)

// stopwatch measures how long the parts of a stage take, for the log.
type stopwatch struct {
	last  time.Time
	parts []slog.Attr
}

func newStopwatch() *stopwatch { return &stopwatch{last: time.Now()} }

// lap says that what was done since the last lap was the named part.
func (w *stopwatch) lap(part string) {
	now := time.Now()
	w.parts = append(w.parts, slog.Duration(part, now.Sub(w.last)))
	w.last = now
}

func (w *stopwatch) log(ctx context.Context, log *slog.Logger, message string, attrs ...slog.Attr) {
	log.LogAttrs(ctx, slog.LevelDebug, message, append(attrs, slog.Attr{Key: "took", Value: slog.GroupValue(w.parts...)})...)
}
