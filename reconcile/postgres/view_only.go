package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// ViewOnly is a spreadsheet that the service may read and not write into.
type ViewOnly struct {
	Source string `db:"source"`
	File   string `db:"file"`
	Agency string `db:"agency"`
	// Account is whom to share it with, "" when its address is not known.
	Account string `db:"account"`
	// Listed: the listing of its source says so. Otherwise a write was refused.
	Listed bool `db:"listed"`
}

// NoteViewOnly keeps that the spreadsheet may not be written into, and reports
// whether that was not known. What a listing says stands over what a refused
// write says, since a listing will also say when it is over.
func (s *Store) NoteViewOnly(ctx context.Context, tx Tx, planID string, v ViewOnly) (news bool, err error) {
	err = tx.QueryRow(ctx, `
		INSERT INTO document_view_only AS known (plan_id, source, account, listed) VALUES ($1, $2, $3, $4)
		ON CONFLICT (plan_id, source) DO UPDATE SET account = EXCLUDED.account, listed = EXCLUDED.listed OR known.listed
		RETURNING xmax = 0`,
		planID, storable(v.Source), storable(v.Account), v.Listed).Scan(&news)
	return news, wrap(fmt.Sprintf("ghi nhận không có quyền ghi %s", v.Source), err)
}

// NoteListedWritable forgets of these sources what a listing said, which now
// says otherwise. What a refused write said stays.
func (s *Store) NoteListedWritable(ctx context.Context, tx Tx, planID string, sources []string) error {
	_, err := tx.Exec(ctx, `DELETE FROM document_view_only WHERE plan_id = $1 AND source = ANY($2) AND listed`, planID, storables(sources))
	return wrap("ghi nhận đã có quyền ghi tài liệu", err)
}

// NoteWritten forgets that the spreadsheet could not be written: it was.
func (s *Store) NoteWritten(ctx context.Context, tx Tx, planID, source string) error {
	_, err := tx.Exec(ctx, `DELETE FROM document_view_only WHERE plan_id = $1 AND source = $2`, planID, storable(source))
	return wrap(fmt.Sprintf("ghi nhận đã ghi được %s", source), err)
}

// viewOnlySQL selects the plan's spreadsheets that are there, even if they are
// empty, and may not be written; $1 is the plan.
const viewOnlySQL = `
	FROM document_view_only v JOIN document d ON d.plan_id = v.plan_id AND d.source = v.source AND d.valid_to IS NULL
	WHERE v.plan_id = $1 AND coalesce(d.failure->>'code', '') NOT IN ('not_shared', 'unreachable')`

// ViewOnly returns the plan's spreadsheets that can be read and not be written,
// by source.
func (s *Store) ViewOnly(ctx context.Context, planID string) ([]ViewOnly, error) {
	doing := fmt.Sprintf("đọc các bảng tính chỉ được xem của kế hoạch %s", planID)
	rows, err := s.pool.Query(ctx, `SELECT v.source, d.file, d.agency, v.account, v.listed `+viewOnlySQL+` ORDER BY v.source COLLATE "C"`, planID)
	if err != nil {
		return nil, wrap(doing, err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByName[ViewOnly])
	return all, wrap(doing, err)
}
