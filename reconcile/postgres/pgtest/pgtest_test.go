package pgtest_test

import (
	"context"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
)

func TestNew(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	one, other := pgtest.New(t), pgtest.New(t)
	plan := &reconcile.Plan{ID: "quang-ngai-2024", Year: 2024}
	if _, err := one.SavePlan(ctx, plan, &reconcile.Register{Province: "Quảng Ngãi"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		store *postgres.Store
		want  int
	}{{"the one that was written", one, 1}, {"another test's", other, 0}} {
		plans, err := c.store.Plans(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if len(plans) != c.want {
			t.Errorf("%s: %d plans, want %d", c.name, len(plans), c.want)
		}
	}
}

func TestPrepared(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	prepare := func(ctx context.Context, store *postgres.Store) error {
		_, err := store.Pool().Exec(ctx, `CREATE TABLE extra (id int)`)
		return err
	}
	for range 2 {
		store := pgtest.Open(t, pgtest.Prepared(t, "extra", prepare), postgres.Options{})
		if _, err := store.Pool().Exec(ctx, `INSERT INTO extra VALUES (1)`); err != nil {
			t.Error(err)
		}
	}
}
