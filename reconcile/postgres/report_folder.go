package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// FolderError says that another plan's reports are in the folder.
type FolderError struct{ Folder, Plan string }

// Error names the plan and says what to do.
func (e *FolderError) Error() string {
	return fmt.Sprintf("thư mục báo cáo %s đang chứa báo cáo của kế hoạch %s, báo cáo cùng tên của hai kế hoạch sẽ ghi đè lên nhau và mất câu trả lời; ghi thư mục khác ở `reports` trong cấu hình",
		e.Folder, e.Plan)
}

// ClaimReports notes that the plan's reports are written into the folder, by its
// absolute path on the machine, and no longer into another there. It fails with
// a *FolderError when another plan's are.
func (s *Store) ClaimReports(ctx context.Context, planID, host, folder string) error {
	doing := fmt.Sprintf("ghi thư mục báo cáo của kế hoạch %s", planID)
	err := s.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if err := lock(ctx, tx, "report folder", host); err != nil {
			return err
		}
		var owner string
		err := tx.QueryRow(ctx, `SELECT plan_id FROM report_folder WHERE host = $1 AND folder = $2`, host, folder).Scan(&owner)
		switch {
		case err == nil && owner == planID:
			return nil
		case err == nil:
			return &FolderError{Folder: folder, Plan: owner}
		case !errors.Is(err, pgx.ErrNoRows):
			return err
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO report_folder (plan_id, host, folder) VALUES ($1, $2, $3)
			ON CONFLICT (plan_id, host) DO UPDATE SET folder = EXCLUDED.folder`, planID, host, folder)
		return err
	})
	if taken, ok := errors.AsType[*FolderError](err); ok {
		return taken
	}
	return wrap(doing, err)
}
