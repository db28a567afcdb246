package postgres

import (
	"context"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// Access is one look at, or change of, personal data.
type Access struct {
	ID      int64     `db:"id"`
	At      time.Time `db:"at"`
	Login   string    `db:"login"`
	Role    string    `db:"role"`
	Agency  string    `db:"agency"`
	Address string    `db:"address"`
	Action  string    `db:"action"`
	Subject string    `db:"subject"`
}

// LogAccess keeps who did what to which personal data. It has to succeed
// before the data is shown.
func (s *Store) LogAccess(ctx context.Context, planID string, user reconcile.User, address, action, subject string, now time.Time) error {
	_, err := s.pool.Exec(ctx, `
		INSERT INTO access_log (plan_id, at, login, role, agency, address, action, subject) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		planID, now, storable(user.Login), string(user.Role), storable(user.Agency), storable(address), action, storable(subject))
	return wrap("ghi nhật ký truy cập", err)
}

// Accesses returns the newest accesses, newest first, at most limit of them: of
// the login unless it is "", and before the one with that number unless it is 0.
func (s *Store) Accesses(ctx context.Context, planID, login string, before int64, limit int) ([]Access, error) {
	const doing = "đọc nhật ký truy cập"
	rows, err := s.pool.Query(ctx, `
		SELECT id, at, login, role, agency, address, action, subject FROM access_log
		WHERE plan_id = $1 AND ($2 = '' OR login = $2) AND ($3 = 0 OR id < $3)
		ORDER BY id DESC LIMIT $4`, planID, storable(login), before, limit)
	if err != nil {
		return nil, wrap(doing, err)
	}
	accesses, err := pgx.CollectRows(rows, pgx.RowToStructByName[Access])
	return accesses, wrap(doing, err)
}
