package postgres

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// PlanInfo is one line of the list of plans.
type PlanInfo struct {
	ID       string    `db:"plan_id"`
	Year     int       `db:"year"`
	Province string    `db:"province"`
	Title    string    `db:"title"`
	SavedAt  time.Time `db:"saved_at"`
}

// Plans lists the stored plans by identifier.
func (s *Store) Plans(ctx context.Context) ([]PlanInfo, error) {
	rows, err := s.pool.Query(ctx, `SELECT plan_id, year, province, title, saved_at FROM plan ORDER BY plan_id COLLATE "C"`)
	if err != nil {
		return nil, wrap("đọc danh sách kế hoạch", err)
	}
	plans, err := pgx.CollectRows(rows, pgx.RowToStructByName[PlanInfo])
	return plans, wrap("đọc danh sách kế hoạch", err)
}

// SavePlan stores the plan with its register of agencies and reports whether
// anything differed from what was stored. Earlier contents are kept in
// plan_version; an agency that the register no longer has stays in the table.
// Each plan has agencies of its own, since codes and names are given anew when
// bodies merge.
func (s *Store) SavePlan(ctx context.Context, plan *reconcile.Plan, register *reconcile.Register) (bool, error) {
	doing := fmt.Sprintf("ghi kế hoạch %s", plan.ID)
	body, err := encode(plan)
	if err != nil {
		return false, fmt.Errorf("%s: %w", doing, err)
	}
	changed := false
	err = s.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if err := lock(ctx, tx, "plan", plan.ID); err != nil {
			return err
		}
		planChanged, err := savePlanRow(ctx, tx, plan, register, body)
		if err != nil {
			return err
		}
		agencies, err := saveAgencies(ctx, tx, plan.ID, register)
		changed = planChanged || agencies > 0
		return err
	})
	if err != nil {
		return false, wrap(doing, err)
	}
	return changed, nil
}

func savePlanRow(ctx context.Context, tx Tx, plan *reconcile.Plan, register *reconcile.Register, body json.RawMessage) (bool, error) {
	codes := make([]string, len(register.Agencies))
	for i := range register.Agencies {
		codes[i] = register.Agencies[i].Code
	}
	hash, err := contentHash(body, register.Province, codes)
	if err != nil {
		return false, err
	}
	tag, err := tx.Exec(ctx, `
		INSERT INTO plan (plan_id, year, province, title, approved, register_province, agencies, body, content_hash, saved_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now())
		ON CONFLICT (plan_id) DO UPDATE SET
			year = EXCLUDED.year, province = EXCLUDED.province, title = EXCLUDED.title, approved = EXCLUDED.approved,
			register_province = EXCLUDED.register_province, agencies = EXCLUDED.agencies,
			body = EXCLUDED.body, content_hash = EXCLUDED.content_hash, saved_at = EXCLUDED.saved_at
		WHERE plan.content_hash <> EXCLUDED.content_hash`,
		plan.ID, plan.Year, plan.Province, plan.Title, int64(plan.Approved), register.Province, codes, body, hash)
	if err != nil || tag.RowsAffected() == 0 {
		return false, err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO plan_version (plan_id, agencies, body, content_hash, saved_at)
		SELECT plan_id, agencies, body, content_hash, saved_at FROM plan WHERE plan_id = $1`, plan.ID)
	return true, err
}

// saveAgencies writes the agencies that differ and returns how many.
func saveAgencies(ctx context.Context, tx Tx, planID string, register *reconcile.Register) (int64, error) {
	batch := &pgx.Batch{}
	for i := range register.Agencies {
		a := &register.Agencies[i]
		body, err := encode(a)
		if err != nil {
			return 0, err
		}
		hash, err := contentHash(body)
		if err != nil {
			return 0, err
		}
		batch.Queue(`
			INSERT INTO agency (plan_id, code, name, bloc, level, valid_from, valid_to, body, content_hash, saved_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now())
			ON CONFLICT (plan_id, code) DO UPDATE SET
				name = EXCLUDED.name, bloc = EXCLUDED.bloc, level = EXCLUDED.level,
				valid_from = EXCLUDED.valid_from, valid_to = EXCLUDED.valid_to,
				body = EXCLUDED.body, content_hash = EXCLUDED.content_hash, saved_at = EXCLUDED.saved_at
			WHERE agency.content_hash <> EXCLUDED.content_hash`,
			planID, a.Code, a.Name, string(a.Bloc), string(a.Level), a.From.String(), a.To.String(), body, hash)
	}
	results := tx.SendBatch(ctx, batch)
	var changed int64
	for range register.Agencies {
		tag, err := results.Exec()
		if err != nil {
			_ = results.Close()
			return 0, err
		}
		changed += tag.RowsAffected()
	}
	return changed, results.Close()
}

// LoadPlan returns the plan and its register as they were saved last.
func (s *Store) LoadPlan(ctx context.Context, id string) (*reconcile.Plan, *reconcile.Register, error) {
	doing := fmt.Sprintf("đọc kế hoạch %s", id)
	var body []byte
	register := &reconcile.Register{}
	var codes []string
	plan := &reconcile.Plan{}
	err := s.readOnly(ctx, func(tx Tx) error {
		err := tx.QueryRow(ctx, `SELECT body, register_province, agencies FROM plan WHERE plan_id = $1`, id).
			Scan(&body, &register.Province, &codes)
		if errors.Is(err, pgx.ErrNoRows) {
			return &failure{doing: doing, kind: ErrNotFound}
		}
		if err != nil {
			return err
		}
		if err := decodeStrict(body, plan); err != nil {
			return err
		}
		register.Agencies, err = loadAgencies(ctx, tx, id, codes)
		return err
	})
	if err != nil {
		return nil, nil, wrap(doing, err)
	}
	return plan, register, nil
}

func loadAgencies(ctx context.Context, tx Tx, planID string, codes []string) ([]reconcile.Agency, error) {
	rows, err := tx.Query(ctx, `
		SELECT a.body
		FROM unnest($2::text[]) WITH ORDINALITY AS listed (code, position)
		JOIN agency a ON a.plan_id = $1 AND a.code = listed.code
		ORDER BY listed.position`, planID, codes)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (reconcile.Agency, error) {
		var body []byte
		var agency reconcile.Agency
		if err := row.Scan(&body); err != nil {
			return agency, err
		}
		return agency, decodeStrict(body, &agency)
	})
}

// decodeStrict refuses a key that the type no longer has: a renamed field must
// come with a migration, or stored data would vanish in silence.
func decodeStrict(body []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}
