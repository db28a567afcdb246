package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// Session is one browser that is signed in.
type Session struct {
	Login   string    `db:"login"`
	Via     string    `db:"via"` // password, oidc
	Created time.Time `db:"created_at"`
	Seen    time.Time `db:"seen_at"`
	Until   time.Time `db:"until"` // its end, however much it is used
}

// The ways by which somebody signs in.
const (
	ViaPassword = "password"
	ViaOIDC     = "oidc"
)

// OpenSession keeps a new session under the hash of its token and ends the one
// that the browser had before, so that a token which was known before the
// sign-in is worth nothing after it. Sessions that are over are removed.
func (s *Store) OpenSession(ctx context.Context, planID string, hash, before []byte, session Session) error {
	const doing = "mở phiên đăng nhập"
	return wrap(doing, s.InTx(ctx, func(ctx context.Context, tx Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM session WHERE plan_id = $1 AND (token_hash = $2 OR until < $3)`, planID, before, session.Created)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO session (plan_id, token_hash, login, via, created_at, seen_at, until) VALUES ($1, $2, $3, $4, $5, $5, $6)`,
			planID, hash, storable(session.Login), session.Via, session.Created, session.Until)
		if err != nil {
			return err
		}
		if session.Via != ViaPassword {
			return nil
		}
		_, err = tx.Exec(ctx, `UPDATE account SET signed_in_at = $3 WHERE plan_id = $1 AND login = $2`, planID, storable(session.Login), session.Created)
		return err
	}))
}

// sessionTouch is how exactly a session's last use is known: not every request
// has to write.
const sessionTouch = time.Minute

// UseSession returns the session with this hash and notes that it was used.
// ErrNotFound when there is none, when it is over, or when it was not used for
// longer than idle.
func (s *Store) UseSession(ctx context.Context, planID string, hash []byte, now time.Time, idle time.Duration) (Session, error) {
	const doing = "đọc phiên đăng nhập"
	rows, err := s.pool.Query(ctx, `
		SELECT login, via, created_at, seen_at, until FROM session
		WHERE plan_id = $1 AND token_hash = $2 AND until > $3 AND seen_at > $4`, planID, hash, now, now.Add(-idle))
	if err != nil {
		return Session{}, wrap(doing, err)
	}
	session, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Session])
	if errors.Is(err, pgx.ErrNoRows) {
		return Session{}, &failure{doing: doing, kind: ErrNotFound}
	}
	if err != nil || now.Sub(session.Seen) < sessionTouch {
		return session, wrap(doing, err)
	}
	_, err = s.pool.Exec(ctx, `UPDATE session SET seen_at = greatest(seen_at, $3) WHERE plan_id = $1 AND token_hash = $2`, planID, hash, now)
	return session, wrap(doing, err)
}

// CloseSession ends the session; one that is not there is ended already.
func (s *Store) CloseSession(ctx context.Context, planID string, hash []byte) error {
	_, err := s.pool.Exec(ctx, `DELETE FROM session WHERE plan_id = $1 AND token_hash = $2`, planID, hash)
	return wrap("kết thúc phiên đăng nhập", err)
}

// Attempts is how often a sign-in was tried in vain.
type Attempts struct {
	Both    int // for the login, from the address
	Login   int // for the login, from anywhere
	Address int // from the address, for anybody
}

// NoteAttempt counts one more sign-in that may turn out to be in vain, and
// returns how many there were since the given time, this one included. It is
// noted before the password is looked at, so that many at once do not slip
// through together; ForgetAttempts takes it back.
func (s *Store) NoteAttempt(ctx context.Context, planID string, loginHash []byte, address string, since, now time.Time) (Attempts, error) {
	const doing = "đếm số lần đăng nhập"
	_, err := s.pool.Exec(ctx, `
		WITH old AS (DELETE FROM sign_in_attempt WHERE plan_id = $1 AND at < $4)
		INSERT INTO sign_in_attempt (plan_id, login_hash, address, at) VALUES ($1, $2, $3, $5)`, planID, loginHash, address, since, now)
	if err != nil {
		return Attempts{}, wrap(doing, err)
	}
	var a Attempts
	err = s.pool.QueryRow(ctx, `
		SELECT count(*) FILTER (WHERE login_hash = $2 AND address = $3), count(*) FILTER (WHERE login_hash = $2), count(*) FILTER (WHERE address = $3)
		FROM sign_in_attempt
		WHERE plan_id = $1 AND at >= $4 AND (login_hash = $2 OR address = $3)`, planID, loginHash, address, since).Scan(&a.Both, &a.Login, &a.Address)
	return a, wrap(doing, err)
}

// ForgetAttempts takes back what was noted of the login from the address, after
// a sign-in that succeeded.
func (s *Store) ForgetAttempts(ctx context.Context, planID string, loginHash []byte, address string) error {
	_, err := s.pool.Exec(ctx, `DELETE FROM sign_in_attempt WHERE plan_id = $1 AND login_hash = $2 AND address = $3`, planID, loginHash, address)
	return wrap("quên các lần đăng nhập hỏng", err)
}
