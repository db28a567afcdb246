package postgres_test

import (
	"context"
	"maps"
	"testing"

	"doisoat/reconcile/postgres"
)

func TestLargeDocuments(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	for _, step := range []struct {
		large bool
		want  map[string]bool
	}{{true, map[string]bool{"google_sheet:1A": true}}, {true, map[string]bool{"google_sheet:1A": true}}, {false, nil}} {
		l.in(func(ctx context.Context, tx postgres.Tx) error {
			return l.NoteLarge(ctx, tx, planID, "google_sheet:1A", step.large)
		})
		if got, err := l.LargeDocuments(t.Context(), planID); err != nil || !maps.Equal(got, step.want) {
			t.Errorf("large are %v, %v; want %v", got, err, step.want)
		}
	}
}
