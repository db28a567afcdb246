package postgres

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
)

// Two accounts keep what happened safe from the service itself: the owner makes
// and alters tables, and the account that the service runs under may add to
// history and end what stood, but neither rewrite nor remove any of it.

// memory is a table of which nothing is ever removed, and what the service may
// change in its rows: nothing, all, or the named columns.
type memory struct {
	table string
	may   string // an UPDATE privilege, "" for none
}

// memories lists the tables that say what happened. A new one is a line here;
// all others the service may write as it likes.
func memories() []memory {
	all := []memory{
		{"plan", "UPDATE"},
		{"plan_version", ""},
		{"agency", "UPDATE"},
		{"run", "UPDATE"},
		{"source_run", "UPDATE"},
		{"discrepancy", "UPDATE"},
		{"discrepancy_event", ""},
		{"answer", ""},
		{"person_registration", "UPDATE"},
		{"account", "UPDATE"},
		{"access_log", ""},
		{"upload_withdrawal", "UPDATE (run_id)"},
		{"sealing", ""},
		{"goose_db_version", ""},
	}
	for _, table := range append(contents(), documents()) {
		all = append(all, memory{table.table, "UPDATE (to_run, valid_to)"})
	}
	return all
}

// GrantService gives the account that the service runs under the rights that it
// needs, and takes all others from it. The store must have been opened by the
// owner of the tables; the account must exist. Repeating it does no harm, and is
// needed after a release that brings new tables.
func (s *Store) GrantService(ctx context.Context, account string) error {
	doing := fmt.Sprintf("cấp quyền cho tài khoản %s", account)
	role := pgx.Identifier{account}.Sanitize()
	return wrap(doing, s.InTx(ctx, func(ctx context.Context, tx Tx) error {
		var database, schema string
		if err := tx.QueryRow(ctx, `SELECT current_database(), current_schema()`).Scan(&database, &schema); err != nil {
			return err
		}
		in := pgx.Identifier{schema}.Sanitize()
		statements := []string{
			`REVOKE ALL ON ALL TABLES IN SCHEMA ` + in + ` FROM PUBLIC`,
			`REVOKE CREATE ON SCHEMA ` + in + ` FROM PUBLIC`,
			`REVOKE ALL ON ALL TABLES IN SCHEMA ` + in + ` FROM ` + role,
			`REVOKE CREATE ON SCHEMA ` + in + ` FROM ` + role,
			`GRANT CONNECT, TEMPORARY ON DATABASE ` + pgx.Identifier{database}.Sanitize() + ` TO ` + role,
			`GRANT USAGE ON SCHEMA ` + in + ` TO ` + role,
			`GRANT USAGE ON ALL SEQUENCES IN SCHEMA ` + in + ` TO ` + role,
			`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ` + in + ` TO ` + role,
		}
		for _, m := range memories() {
			table := pgx.Identifier{schema, m.table}.Sanitize()
			statements = append(statements, `REVOKE UPDATE, DELETE ON `+table+` FROM `+role)
			if m.may != "" {
				statements = append(statements, `GRANT `+m.may+` ON `+table+` TO `+role)
			}
		}
		statements = append(statements, `REVOKE INSERT ON `+pgx.Identifier{schema, "goose_db_version"}.Sanitize()+` FROM `+role)
		for _, sql := range statements {
			if _, err := tx.Exec(ctx, sql); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Unprotected are the tables of history from which the account of this store
// could remove rows, or which it could drop, sorted; none is as it should be.
func (s *Store) Unprotected(ctx context.Context) ([]string, error) {
	const doing = "kiểm tra quyền của tài khoản cơ sở dữ liệu"
	var tables []string
	for _, m := range memories() {
		tables = append(tables, m.table)
	}
	rows, err := s.pool.Query(ctx, `
		SELECT c.relname FROM pg_class c
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = ANY($1)
		AND (pg_has_role(current_user, c.relowner, 'USAGE') OR has_table_privilege(c.oid, 'DELETE') OR has_table_privilege(c.oid, 'TRUNCATE'))`, tables)
	if err != nil {
		return nil, wrap(doing, err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	slices.Sort(found)
	return found, wrap(doing, err)
}

// Owns reports whether the account of this store is an owner of the table, who
// may do with it what no right can be granted for.
func (s *Store) Owns(ctx context.Context, table string) (bool, error) {
	var owns bool
	err := s.pool.QueryRow(ctx, `SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass($1)`,
		pgx.Identifier{table}.Sanitize()).Scan(&owns)
	return owns, wrap("kiểm tra quyền trên bảng "+table, err)
}
