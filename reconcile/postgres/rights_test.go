package postgres_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
)

// serviceAccount makes an account of the server and gives it the service's
// rights; it returns its address of the database.
func serviceAccount(t *testing.T, address string, owner *postgres.Store) string {
	t.Helper()
	ctx := context.Background()
	account := "svc_" + filepath.Base(address[:strings.Index(address, "?")])
	if _, err := owner.Pool().Exec(ctx, `CREATE ROLE `+account+` LOGIN`); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, _ = owner.Pool().Exec(context.Background(), `DROP OWNED BY `+account+`; DROP ROLE `+account)
	})
	for range 2 { // once more does no harm
		if err := owner.GrantService(ctx, account); err != nil {
			t.Fatal(err)
		}
	}
	return withUser(t, address, account)
}

// TestServiceKeepsHistory: the service's account does the service's work, and
// can neither remove nor rewrite what happened.
func TestServiceKeepsHistory(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	address := pgtest.NewURL(t)
	owner := pgtest.Open(t, address, postgres.Options{})
	l := newLedgerOn(t, serviceAccount(t, address, owner), postgres.Options{})
	l.save(roster("Nguyễn Văn An", "Trần Thị Bé"), day(2))
	l.save(roster("Nguyễn Văn An"), day(3))
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		_, err := l.SaveFindings(ctx, tx, planID, l.run, []reconcile.Finding{birthDate("Nguyễn Văn An")}, day(3))
		return err
	})
	for _, sql := range []string{
		`DROP TABLE registration`, `TRUNCATE registration`, `DELETE FROM registration`, `DELETE FROM document`,
		`UPDATE registration SET full_name = 'Ai Đó'`, `UPDATE sheet SET valid_from = now()`,
		`DELETE FROM discrepancy`, `DELETE FROM discrepancy_event`, `UPDATE discrepancy_event SET at = now()`,
		`UPDATE answer SET text = ''`, `DELETE FROM answer`, `DELETE FROM run`, `DELETE FROM source_run`, `DELETE FROM access_log`, `DELETE FROM upload_withdrawal`, `UPDATE upload_withdrawal SET by = 'ai đó'`,
		`ALTER TABLE registration DROP COLUMN citizen_id`, `CREATE TABLE cua_toi (x int)`, `DROP SCHEMA public CASCADE`,
		`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)`,
	} {
		err := l.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
			_, err := tx.Exec(ctx, sql)
			return err
		})
		if !errors.Is(err, postgres.ErrNoRights) {
			t.Errorf("%s: %v, want ErrNoRights", sql, err)
		}
	}
	if open, err := l.Unprotected(ctx); err != nil || len(open) > 0 {
		t.Errorf("the service's account could remove from %v (%v)", open, err)
	}
	if open, err := owner.Unprotected(ctx); err != nil || len(open) < 15 {
		t.Errorf("the owner's account could remove from %v only (%v)", open, err)
	}
}
