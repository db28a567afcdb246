package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"doisoat/reconcile/postgres"
	"doisoat/sync/push"
)

// planExportCommand writes the plan's annexes from the valid registrations.
func (a *app) planExportCommand() *cobra.Command {
	var settings settingsFlags
	var target string
	cmd := &cobra.Command{
		Use:     "export",
		Short:   a.lang.pick("Ghi các phụ lục của kế hoạch từ đăng ký hợp lệ", "Write the plan's annexes from the valid registrations"),
		Example: example("doisoat plan export --config doisoat.yaml", `doisoat plan export --out "Phụ lục 2024.xlsx"`),
		Args:    a.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), settings, func(s *system) error {
				return a.exportAnnexes(cmd.Context(), s, target)
			})
		},
	}
	settings.register(cmd, a.lang)
	cmd.Flags().StringVar(&target, "out", "", a.lang.pick("tệp để ghi (mặc định: trong thư mục báo cáo)", "file to write (in the reports folder when absent)"))
	return cmd
}

func (a *app) exportAnnexes(ctx context.Context, s *system, target string) error {
	p, err := s.newPipeline(ctx, nil)
	if err != nil {
		return err
	}
	content, err := p.Annexes(ctx)
	if errors.Is(err, postgres.ErrNotFound) {
		return a.errorf("chưa có lần chạy nào: chạy `doisoat run` trước khi xuất phụ lục",
			"there is no run yet: `doisoat run` comes before the annexes")
	}
	if err != nil {
		return err
	}
	if target == "" {
		target = filepath.Join(s.cfg.Reports, "Phụ lục kế hoạch.xlsx")
	}
	if _, _, err := push.Replace(target, content); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.out, target)
	return err
}
