package postgres

import (
	"context"
	"fmt"
	"slices"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// SaveLearners does for the learners of the plan's results what SavePersons does
// for registrations, and keeps what they completed, by the learners' keys, for
// the plans of later years.
func (s *Store) SaveLearners(ctx context.Context, planID string, runID int64, persons []reconcile.Person, completed map[string]reconcile.CompletedProgram, introduce reconcile.Introduce, now time.Time) error {
	doing := fmt.Sprintf("ghi kết quả học tập của kế hoạch %s", planID)
	if err := s.savePersons(ctx, roll{planID, ofResults}, runID, persons, introduce, now); err != nil {
		return wrap(doing, err)
	}
	return wrap(doing, s.InTx(ctx, func(ctx context.Context, tx Tx) error { return saveCompleted(ctx, tx, planID, completed) }))
}

// saveCompleted writes what differs.
func saveCompleted(ctx context.Context, tx Tx, planID string, completed map[string]reconcile.CompletedProgram) error {
	rows, err := tx.Query(ctx, `SELECT `+completedColumns+` FROM completed_program c WHERE c.plan_id = $1`, planID)
	if err != nil {
		return err
	}
	stored, err := collectCompleted(rows)
	if err != nil {
		return err
	}
	changes := &pgx.Batch{}
	for key, c := range completed {
		key, c = storable(key), storedCompleted(c)
		if old := stored[key]; len(old) == 1 && old[0] == c {
			delete(stored, key)
			continue
		}
		delete(stored, key)
		changes.Queue(`
			INSERT INTO completed_program (plan_id, learner_key, year, program, kind, form, name, provider, closed)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			ON CONFLICT (plan_id, learner_key) DO UPDATE SET
				year = EXCLUDED.year, program = EXCLUDED.program, kind = EXCLUDED.kind, form = EXCLUDED.form,
				name = EXCLUDED.name, provider = EXCLUDED.provider, closed = EXCLUDED.closed`,
			planID, key, c.Year, c.Program, string(c.Kind), string(c.Form), c.Name, c.Provider, c.Closed.String())
	}
	for key := range stored {
		changes.Queue(`DELETE FROM completed_program WHERE plan_id = $1 AND learner_key = $2`, planID, key)
	}
	if changes.Len() == 0 {
		return nil
	}
	return tx.SendBatch(ctx, changes).Close()
}

func storedCompleted(c reconcile.CompletedProgram) reconcile.CompletedProgram {
	c.Program, c.Name, c.Provider = storable(c.Program), storable(c.Name), storable(c.Provider)
	return c
}

// Earlier returns what the plans of earlier years know of the persons whose
// registrations the plan holds, as SavePersons and SaveLearners saved them last.
func (s *Store) Earlier(ctx context.Context, planID string) (reconcile.Earlier, error) {
	doing := fmt.Sprintf("đọc kết quả học tập các năm trước của kế hoạch %s", planID)
	earlier := reconcile.Earlier{}
	err := s.readOnly(ctx, func(tx Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT p.plan_id FROM plan p WHERE p.year < (SELECT year FROM plan WHERE plan_id = $1)
			AND EXISTS (SELECT FROM person_registration r WHERE r.plan_id = p.plan_id AND r.roll = 'result' AND r.active)
			ORDER BY p.plan_id COLLATE "C"`, planID)
		if err != nil {
			return err
		}
		if earlier.Plans, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
			return err
		}
		rows, err = tx.Query(ctx, `
			SELECT own.registration_key, `+completedValues+`
			FROM person_registration own
			JOIN person_registration learner ON learner.person_id = own.person_id AND learner.roll = 'result' AND learner.active
			JOIN completed_program c ON c.plan_id = learner.plan_id AND c.learner_key = learner.registration_key
			WHERE own.plan_id = $1 AND own.roll = 'registration' AND own.active AND c.plan_id = ANY($2)
			ORDER BY own.registration_key COLLATE "C", c.year DESC, c.closed COLLATE "C" DESC, c.plan_id COLLATE "C", c.learner_key COLLATE "C"`,
			planID, earlier.Plans)
		if err != nil {
			return err
		}
		earlier.Completed, err = collectCompleted(rows)
		return err
	})
	return earlier, wrap(doing, err)
}

const (
	completedValues  = `c.plan_id, c.year, c.program, c.kind, c.form, c.name, c.provider, c.closed`
	completedColumns = `c.learner_key, ` + completedValues
)

// collectCompleted reads a key and a completed program from each row.
func collectCompleted(rows pgx.Rows) (map[string][]reconcile.CompletedProgram, error) {
	all := make(map[string][]reconcile.CompletedProgram)
	var key, closed string
	var c reconcile.CompletedProgram
	_, err := pgx.ForEachRow(rows, []any{&key, &c.Plan, &c.Year, &c.Program, &c.Kind, &c.Form, &c.Name, &c.Provider, &closed}, func() (err error) {
		if c.Closed, err = reconcile.ParseDate(closed); err != nil {
			return err
		}
		if !slices.Contains(all[key], c) { // one class may stand in two lists
			all[key] = append(all[key], c)
		}
		return nil
	})
	return all, err
}
