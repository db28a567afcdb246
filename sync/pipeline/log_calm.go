package pipeline

import (
	"context"
	"log/slog"
	"maps"
	"sync"
	"time"
)

// calmEvery is how often one and the same complaint is logged.
const calmEvery = time.Minute

// calmLog keeps the queue from repeating itself: without its database it says
// twice a second that it cannot fetch jobs, and an outage of a night would fill
// the disk with that. A line that comes again tells how many were left out.
type calmLog struct {
	slog.Handler
	said *complaints
}

type complaints struct {
	mu  sync.Mutex
	all map[string]*complaint // by their words
}

type complaint struct {
	at      time.Time
	leftOut int
}

func newCalmLog(h slog.Handler) calmLog {
	return calmLog{Handler: h, said: &complaints{all: make(map[string]*complaint)}}
}

// Handle is part of slog.Handler.
func (h calmLog) Handle(ctx context.Context, record slog.Record) error {
	if record.Level < slog.LevelWarn {
		return h.Handler.Handle(ctx, record)
	}
	leftOut, again := h.said.again(wordsOf(record), record.Time)
	if again {
		return nil
	}
	if leftOut > 0 {
		record = record.Clone()
		record.AddAttrs(slog.Int("left_out", leftOut))
	}
	return h.Handler.Handle(ctx, record)
}

// wordsOf is what makes a complaint another one: the same of another job is.
func wordsOf(record slog.Record) string {
	words := record.Message
	record.Attrs(func(a slog.Attr) bool {
		switch a.Key {
		case "err", "error", "job_id":
			words += "\n" + a.Value.String()
		}
		return true
	})
	return words
}

// again reports whether the words were logged a short while ago, and if not, how
// often they were left out since.
func (c *complaints) again(words string, now time.Time) (leftOut int, again bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	last := c.all[words]
	if last != nil && now.Sub(last.at) < calmEvery {
		last.leftOut++
		return 0, true
	}
	if last != nil {
		leftOut = last.leftOut
	}
	maps.DeleteFunc(c.all, func(_ string, old *complaint) bool { return old.leftOut == 0 && now.Sub(old.at) >= calmEvery })
	c.all[words] = &complaint{at: now}
	return leftOut, false
}

// WithAttrs is part of slog.Handler.
func (h calmLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	return calmLog{h.Handler.WithAttrs(attrs), h.said}
}

// WithGroup is part of slog.Handler.
func (h calmLog) WithGroup(name string) slog.Handler {
	return calmLog{h.Handler.WithGroup(name), h.said}
}
