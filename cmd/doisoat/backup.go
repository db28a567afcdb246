package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"doisoat/reconcile/postgres/backup"
)

func (a *app) backupCommand() *cobra.Command {
	var settings settingsFlags
	cmd := &cobra.Command{
		Use:   a.lang.pick("backup TỆP", "backup FILE"),
		Short: a.lang.pick("Sao lưu cơ sở dữ liệu vào một tệp, không cần dừng dịch vụ", "Copy the database into a file; the service may go on"),
		Long: a.lang.pick("Ghi toàn bộ cơ sở dữ liệu, như nó đang có lúc bắt đầu, vào một tệp mới (định dạng của pg_dump).\n"+
			"Tệp chứa dữ liệu cá nhân: giữ ở nơi chỉ người có trách nhiệm đọc được.",
			"Writes the whole database, as it is at the start, into a new file (pg_dump's format). The file holds\n"+
				"personal data: keep it where only those in charge can read it."),
		Example: example("doisoat backup doisoat-2024-03-05.dump"),
		Args:    a.oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.atDatabase(cmd.Context(), settings, func(ctx context.Context, s *system, address string) error {
				if err := backup.Save(ctx, address, args[0]); err != nil {
					return err
				}
				fmt.Fprintln(a.out, a.lang.pickf("Đã sao lưu vào %s.", "Backed up into %s.", args[0]))
				a.remindOfKey(s)
				return nil
			})
		},
	}
	settings.register(cmd, a.lang)
	return cmd
}

func (a *app) restoreCommand() *cobra.Command {
	var settings settingsFlags
	cmd := &cobra.Command{
		Use:   a.lang.pick("restore TỆP", "restore FILE"),
		Short: a.lang.pick("Khôi phục cơ sở dữ liệu trống từ tệp sao lưu", "Fill an empty database from a backup"),
		Long: a.lang.pick("Khôi phục vào cơ sở dữ liệu trống: một cơ sở dữ liệu mới trong DATABASE_URL, hoặc với cơ sở dữ liệu\n"+
			"riêng một thư mục dữ liệu mới (--data). Lần chạy sau thấy lại đúng những sai lệch đã có.",
			"Restores into an empty database: a new one in DATABASE_URL or, for the private database, a new data\n"+
				"directory (--data). The next run finds the very findings that were there."),
		Example: example("doisoat restore doisoat-2024-03-05.dump", "doisoat restore doisoat-2024-03-05.dump --data ./du-lieu-moi"),
		Args:    a.oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.atDatabase(cmd.Context(), settings, func(ctx context.Context, s *system, address string) error {
				if err := backup.Restore(ctx, address, args[0]); err != nil {
					return err
				}
				fmt.Fprintln(a.out, a.lang.pickf("Đã khôi phục từ %s. Kiểm tra bằng doisoat run.", "Restored from %s. Check it with doisoat run.", args[0]))
				return a.checkKey(ctx, s, address)
			})
		},
	}
	settings.register(cmd, a.lang)
	return cmd
}

// atDatabase does something with the database as it is: no table is made or
// changed before.
func (a *app) atDatabase(ctx context.Context, settings settingsFlags, do func(ctx context.Context, s *system, address string) error) error {
	s, err := a.configure(settings)
	if err != nil {
		return err
	}
	defer s.close()
	address, err := s.address(ctx)
	if err != nil {
		return err
	}
	return do(ctx, s, address)
}
