package postgres_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"doisoat/reconcile/postgres"
)

func TestHeldDocuments(t *testing.T) {
	l := newLedger(t)
	h := postgres.HeldDocument{
		Source: "folder:inbox/S03/ds.xlsx", File: "ds.xlsx", Agency: "S03", Place: "folder:inbox", Item: json.RawMessage(`{"Name": "ds.xlsx"}`),
		Before: 14, After: 3, Keys: []string{"registration QPAN-3|a", "registration QPAN-3|b"}, Names: []string{"A", "B"},
	}
	gone := postgres.HeldDocument{Source: "folder:inbox/H05/cu.xlsx", File: "cu.xlsx", Gone: true, Keys: []string{"x"}, Names: []string{"X\x00"}}
	hold := func(day1 int, holds ...postgres.HeldDocument) {
		l.in(func(ctx context.Context, tx postgres.Tx) error {
			for _, h := range holds {
				if err := l.HoldDocument(ctx, tx, planID, l.run, h, day(day1)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	hold(2, h, gone)
	h.After = 2
	hold(3, h)
	got, err := l.HeldDocuments(t.Context(), planID)
	if err != nil {
		t.Fatal(err)
	}
	h.Since, gone.Since = day(2), day(2) // held since the first time
	gone.Item, gone.Names = json.RawMessage("null"), []string{"X\ufffd"}
	if diff := cmp.Diff([]postgres.HeldDocument{gone, h}, got, cmpopts.EquateApproxTime(0)); diff != "" {
		t.Errorf("holds (-want +got):\n%s", diff)
	}
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		return l.ReleaseDocuments(ctx, tx, planID, []string{h.Source, "folder:unknown"})
	})
	if got, err = l.HeldDocuments(t.Context(), planID); err != nil || len(got) != 1 || got[0].Source != gone.Source {
		t.Errorf("after one is released: %+v, %v", got, err)
	}
}
