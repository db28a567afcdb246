package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Pace is a rate that all programs on the database keep together, whatever plan
// they work: one turn after each interval, and so many at once after a rest.
type Pace struct {
	Name  string
	Every time.Duration
	Burst int
}

// Turn takes the next turn of each pace and returns how long to wait until all
// of them have come, by the server's clock. A turn that is not used is lost.
func (s *Store) Turn(ctx context.Context, paces ...Pace) (time.Duration, error) {
	const doing = "xếp lượt"
	names, seconds := make([]string, len(paces)), make([]float64, len(paces))
	rest := make(map[string]float64, len(paces))
	for i, p := range paces {
		names[i], seconds[i] = p.Name, p.Every.Seconds()
		rest[p.Name] = float64(p.Burst) * p.Every.Seconds()
	}
	// Sorted, so that two programs never wait for each other's rows.
	rows, err := s.pool.Query(ctx, `
		WITH given AS (SELECT name, make_interval(secs => every) AS every FROM unnest($1::text[], $2::float8[]) AS g (name, every))
		INSERT INTO pace AS p (name, due)
		SELECT name, clock_timestamp() + every FROM given ORDER BY name
		ON CONFLICT (name) DO UPDATE
		SET due = greatest(p.due, clock_timestamp()) + (SELECT every FROM given WHERE given.name = p.name)
		RETURNING name, extract(epoch FROM due - clock_timestamp())::float8`, names, seconds)
	if err != nil {
		return 0, wrap(doing, err)
	}
	var wait, ahead float64
	var name string
	_, err = pgx.ForEachRow(rows, []any{&name, &ahead}, func() error {
		wait = max(wait, ahead-rest[name])
		return nil
	})
	return time.Duration(max(wait, 0) * float64(time.Second)), wrap(doing, err)
}
