package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// ErrExists: what should be added is there already.
var ErrExists = errors.New("đã có rồi")

// Account is somebody who may sign in with a password.
type Account struct {
	reconcile.User
	// PasswordHash is empty until the password is set through the link.
	PasswordHash string
	Disabled     bool
	Created      time.Time
	SignedIn     time.Time // the last time, zero when never
	LinkUntil    time.Time // of a link that was not used yet, zero when there is none
}

// accountRow is a row of table account.
type accountRow struct {
	Login        string     `db:"login"`
	Role         string     `db:"role"`
	Agency       string     `db:"agency"`
	PasswordHash string     `db:"password_hash"`
	Disabled     bool       `db:"disabled"`
	CreatedAt    time.Time  `db:"created_at"`
	SignedInAt   *time.Time `db:"signed_in_at"`
	LinkUntil    *time.Time `db:"link_until"`
}

const accountColumns = `login, role, agency, password_hash, disabled, created_at, signed_in_at, link_until`

func (r *accountRow) account() Account {
	return Account{
		User:         reconcile.User{Login: r.Login, Role: reconcile.UserRole(r.Role), Agency: r.Agency},
		PasswordHash: r.PasswordHash, Disabled: r.Disabled, Created: r.CreatedAt,
		SignedIn: timeOf(r.SignedInAt), LinkUntil: timeOf(r.LinkUntil),
	}
}

// AddAccount adds an account without a password; ErrExists when the login has
// one in the plan.
func (s *Store) AddAccount(ctx context.Context, planID string, user reconcile.User, now time.Time) error {
	doing := "thêm tài khoản " + user.Login
	if err := user.Check(); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	_, err := s.pool.Exec(ctx, `INSERT INTO account (plan_id, login, role, agency, created_at) VALUES ($1, $2, $3, $4, $5)`,
		planID, storable(user.Login), string(user.Role), storable(user.Agency), now)
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == "23505" {
		return &failure{doing: doing, kind: ErrExists}
	}
	return wrap(doing, err)
}

// Accounts returns the plan's accounts by login.
func (s *Store) Accounts(ctx context.Context, planID string) ([]Account, error) {
	const doing = "đọc các tài khoản"
	rows, err := s.pool.Query(ctx, `SELECT `+accountColumns+` FROM account WHERE plan_id = $1 ORDER BY login COLLATE "C"`, planID)
	if err != nil {
		return nil, wrap(doing, err)
	}
	stored, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[accountRow])
	accounts := make([]Account, len(stored))
	for i, row := range stored {
		accounts[i] = row.account()
	}
	return accounts, wrap(doing, err)
}

// Account returns the account of the login, ErrNotFound when it has none.
func (s *Store) Account(ctx context.Context, planID, login string) (Account, error) {
	return s.account(ctx, `plan_id = $1 AND login = $2`, planID, storable(login))
}

// AccountOfLink returns the account whose one-time link has the token with
// this hash, ErrNotFound when it was used, replaced, or is too old.
func (s *Store) AccountOfLink(ctx context.Context, planID string, hash []byte, now time.Time) (Account, error) {
	return s.account(ctx, `plan_id = $1 AND link_hash = $2 AND link_until > $3 AND NOT disabled`, planID, hash, now)
}

func (s *Store) account(ctx context.Context, condition string, args ...any) (Account, error) {
	const doing = "đọc tài khoản"
	rows, err := s.pool.Query(ctx, `SELECT `+accountColumns+` FROM account WHERE `+condition, args...)
	if err != nil {
		return Account{}, wrap(doing, err)
	}
	row, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[accountRow])
	if errors.Is(err, pgx.ErrNoRows) {
		return Account{}, &failure{doing: doing, kind: ErrNotFound}
	}
	return row.account(), wrap(doing, err)
}

// SaveLink gives the account a new one-time link, by the hash of its token; an
// earlier one no longer works. The password stays until the link is used.
func (s *Store) SaveLink(ctx context.Context, planID, login string, hash []byte, until time.Time) error {
	return s.changeAccount(ctx, "tạo liên kết cho tài khoản "+login, `
		UPDATE account SET link_hash = $3, link_until = $4 WHERE plan_id = $1 AND login = $2 AND NOT disabled`,
		planID, storable(login), hash, until)
}

// UseLink sets the password of the account that the link is of. The link is
// used up, and whoever was signed in with the old password no longer is.
// ErrNotFound as in AccountOfLink.
func (s *Store) UseLink(ctx context.Context, planID string, hash []byte, passwordHash string, now time.Time) error {
	return s.changeAccount(ctx, "đặt mật khẩu", `
		WITH account AS (
			UPDATE account SET password_hash = $3, link_hash = NULL, link_until = NULL
			WHERE plan_id = $1 AND link_hash = $2 AND link_until > $4 AND NOT disabled
			RETURNING login
		), ended AS (
			DELETE FROM session WHERE plan_id = $1 AND via = 'password' AND login IN (SELECT login FROM account)
		)
		SELECT FROM account`, planID, hash, passwordHash, now)
}

// DisableAccount bars the account, ends its sessions and its link; enabling it
// again lets it in with the password that it had.
func (s *Store) DisableAccount(ctx context.Context, planID, login string, disabled bool) error {
	return s.changeAccount(ctx, "khóa hoặc mở tài khoản "+login, `
		WITH account AS (
			UPDATE account SET disabled = $3, link_hash = NULL, link_until = NULL
			WHERE plan_id = $1 AND login = $2
			RETURNING login
		), ended AS (
			DELETE FROM session WHERE plan_id = $1 AND via = 'password' AND login IN (SELECT login FROM account)
		)
		SELECT FROM account`, planID, storable(login), disabled)
}

// changeAccount runs a statement that must meet one account.
func (s *Store) changeAccount(ctx context.Context, doing, sql string, args ...any) error {
	tag, err := s.pool.Exec(ctx, sql, args...)
	if err == nil && tag.RowsAffected() == 0 {
		return &failure{doing: doing, kind: ErrNotFound}
	}
	return wrap(doing, err)
}
