package pipeline

import (
	"context"
	"io"
	"log/slog"
	"testing"

	"doisoat/reconcile/postgres"
)

// A service that is told to stop before its workers have started ends as one
// that is told so in its work: without an error.
func TestServeIsStoppedAtItsStart(t *testing.T) {
	t.Parallel()
	n := newNation(t, 1, 1)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := n.pipelines[0].Serve(ctx, Duties{Work: true}); err != nil {
		t.Errorf("ended with %v", err)
	}
}

// A step of the start that the database never let happen was not done: nobody
// may take the service for started.
func TestStartIsBrokenOffWithoutDatabase(t *testing.T) {
	t.Parallel()
	p := &Pipeline{cfg: Config{Log: slog.New(slog.NewTextHandler(io.Discard, nil))}}
	ctx, stop := context.WithCancel(t.Context())
	err := p.onceReachable(ctx, func(context.Context) error {
		stop()
		return postgres.ErrUnavailable
	})
	if err == nil {
		t.Error("the step counts as done")
	}
}
