package postgres

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Several programs work the jobs of one plan. Each says every few seconds that
// it lives; one that has been silent for too long is lost, whether it was
// killed, paused, or cut off. The server's clock alone measures the silence.

// nameLimit is the longest application name that the server keeps, in bytes.
const nameLimit = 63

// newName names this program among all that use the database. It is what its
// connections are called, so that those of a lost program can be ended.
func newName(application string) string {
	own := fmt.Sprintf("-%d-%s", os.Getpid(), strings.ToLower(rand.Text()[:8]))
	prefix := strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' { // the server keeps ASCII only
			return '_'
		}
		return r
	}, application+"/"+hostname())
	return prefix[:min(len(prefix), nameLimit-len(own))] + own
}

func hostname() string {
	host, err := os.Hostname()
	if err != nil {
		return "?"
	}
	return host
}

// Presence is a working program's sign of life. It has a connection of its own:
// work that waits for one must not look like death. It is not safe for
// concurrent use.
type Presence struct {
	store *Store
	plan  string
	name  string
	conn  *pgx.Conn
}

// NewPresence prepares the program's sign of life among those that work the
// plan's jobs.
func (s *Store) NewPresence(planID string) *Presence {
	name := s.name
	if n := s.presences.Add(1); n > 1 {
		name += fmt.Sprintf("%s%d", ordinalMark, n)
	}
	return &Presence{store: s, plan: planID, name: name}
}

// ordinalMark stands between the application name of the connections and the
// number of a presence that shares them with others.
const ordinalMark = "#"

// Name is the presence's among all in the database. It starts with the
// application name of the program's connections.
func (p *Presence) Name() string { return p.name }

// Beat is a sign of life. After an error the next one connects anew.
func (p *Presence) Beat(ctx context.Context) error {
	const doing = "ghi dấu hiệu hoạt động của tiến trình"
	if p.conn == nil {
		conn, err := pgx.ConnectConfig(ctx, p.store.pool.Config().ConnConfig)
		if err != nil {
			return wrap(doing, err)
		}
		p.conn = conn
	}
	_, err := p.conn.Exec(ctx, `
		INSERT INTO worker (plan_id, name, host, started_at, seen_at) VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp())
		ON CONFLICT (plan_id, name) DO UPDATE SET seen_at = clock_timestamp()`, p.plan, p.name, hostname())
	if err != nil {
		p.disconnect(ctx)
	}
	return wrap(doing, err)
}

// Leave says that the program works no more.
func (p *Presence) Leave(ctx context.Context) error {
	defer p.disconnect(ctx)
	_, err := p.store.pool.Exec(ctx, `DELETE FROM worker WHERE plan_id = $1 AND name = $2`, p.plan, p.name)
	return wrap("ghi tiến trình đã dừng", err)
}

func (p *Presence) disconnect(ctx context.Context) {
	if p.conn != nil {
		_ = p.conn.Close(ctx)
		p.conn = nil
	}
}

// OtherHosts names the other machines on which programs work the plan's jobs:
// those that gave a sign of life within the last minute.
func (s *Store) OtherHosts(ctx context.Context, planID string) ([]string, error) {
	const doing = "tìm các máy khác đang chạy"
	rows, err := s.pool.Query(ctx, `
		SELECT DISTINCT host FROM worker
		WHERE plan_id = $1 AND host <> $2 AND seen_at > clock_timestamp() - interval '1 minute' ORDER BY host`, planID, hostname())
	if err != nil {
		return nil, wrap(doing, err)
	}
	hosts, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return hosts, wrap(doing, err)
}

// LoseWorkers drops the plan's programs that have been silent for longer than
// that, and returns the names of those that are left. Only one program does so
// at a time; busy says that another is at it.
func (s *Store) LoseWorkers(ctx context.Context, tx Tx, planID string, silence time.Duration) (alive []string, busy bool, err error) {
	const doing = "tìm các tiến trình đã ngừng hoạt động"
	var mine bool
	err = tx.QueryRow(ctx, `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))`, fmt.Sprintf("lose workers %q", planID)).Scan(&mine)
	if err != nil || !mine {
		return nil, !mine, wrap(doing, err)
	}
	_, err = tx.Exec(ctx, `
		DELETE FROM worker WHERE plan_id = $1 AND seen_at < clock_timestamp() - make_interval(secs => $2)`, planID, silence.Seconds())
	if err != nil {
		return nil, false, wrap(doing, err)
	}
	rows, err := tx.Query(ctx, `SELECT name FROM worker WHERE plan_id = $1 ORDER BY name COLLATE "C"`, planID)
	if err != nil {
		return nil, false, wrap(doing, err)
	}
	alive, err = pgx.CollectRows(rows, pgx.RowTo[string])
	return alive, false, wrap(doing, err)
}

// CutOff ends all connections of the programs whose presences have these names:
// what they had under way is rolled back, and they hold no lock any more. A
// program that only seemed dead connects anew.
func (s *Store) CutOff(ctx context.Context, tx Tx, names []string) error {
	applications := make([]string, len(names))
	for i, name := range names {
		applications[i], _, _ = strings.Cut(name, ordinalMark)
	}
	_, err := tx.Exec(ctx, `
		SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND application_name = ANY($1) AND pid <> pg_backend_pid()
		AND pg_has_role(current_user, usesysid, 'MEMBER')`, applications)
	return wrap("ngắt kết nối của tiến trình đã ngừng hoạt động", err)
}

// AdoptRuns says that the runs are no longer the business of the programs that
// began them: from now on the heartbeat tells whether they are alive.
func (s *Store) AdoptRuns(ctx context.Context, tx Tx, planID string, runs []int64, now time.Time) error {
	_, err := tx.Exec(ctx, `
		UPDATE run SET held = false, heartbeat_at = greatest(heartbeat_at, $3)
		WHERE plan_id = $1 AND run_id = ANY($2) AND status = 'running'`, planID, runs, now)
	return wrap("nhận tiếp lần chạy của tiến trình đã ngừng hoạt động", err)
}
