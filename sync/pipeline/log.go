package pipeline

import (
	"context"
	"log/slog"
	"slices"
)

// jobLog adds to whatever is logged in the course of a job which run it belongs
// to and what it is about, so that no line has to say it by itself.
type jobLog struct{ slog.Handler }

type jobAttrs struct{}

// aboutJob is the context of a job.
func aboutJob(ctx context.Context, attrs ...slog.Attr) context.Context {
	return context.WithValue(ctx, jobAttrs{}, attrs)
}

// Handle is part of slog.Handler. A line's own attributes win.
func (h jobLog) Handle(ctx context.Context, record slog.Record) error {
	attrs, _ := ctx.Value(jobAttrs{}).([]slog.Attr)
	if len(attrs) == 0 {
		return h.Handler.Handle(ctx, record)
	}
	attrs = slices.Clone(attrs)
	record.Attrs(func(own slog.Attr) bool {
		attrs = slices.DeleteFunc(attrs, func(a slog.Attr) bool { return a.Key == own.Key })
		return true
	})
	record = record.Clone()
	record.AddAttrs(attrs...)
	return h.Handler.Handle(ctx, record)
}

// WithAttrs is part of slog.Handler.
func (h jobLog) WithAttrs(attrs []slog.Attr) slog.Handler { return jobLog{h.Handler.WithAttrs(attrs)} }

// WithGroup is part of slog.Handler.
func (h jobLog) WithGroup(name string) slog.Handler { return jobLog{h.Handler.WithGroup(name)} }
