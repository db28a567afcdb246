package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"doisoat/sync/pipeline"
)

// databaseCommand is for whoever owns the database.
func (a *app) databaseCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "database",
		Short:   a.lang.pick("Quản trị cơ sở dữ liệu: quyền của tài khoản dịch vụ, khóa mã hóa", "Look after the database: the rights of the service's account, the key"),
		Example: example("doisoat database grant phuc_vu"),
	}
	cmd.AddCommand(a.grantCommand(), a.rekeyCommand())
	return cmd
}

func (a *app) grantCommand() *cobra.Command {
	var settings settingsFlags
	cmd := &cobra.Command{
		Use: a.lang.pick("grant TÀI_KHOẢN", "grant ACCOUNT"),
		Short: a.lang.pick("Cập nhật các bảng và cấp cho tài khoản vừa đủ quyền để chạy dịch vụ",
			"Bring the tables up to date and give an account the rights that the service needs"),
		Long: a.lang.pick("Chạy bằng tài khoản làm chủ cơ sở dữ liệu, lúc cài đặt và sau mỗi lần nâng cấp. Tài khoản được\n"+
			"cấp quyền thêm được vào lịch sử nhưng không xóa, không sửa được những gì đã xảy ra.",
			"To be run as the owner of the database, at the start and after each upgrade. The account may add to\n"+
				"history; it can neither remove nor rewrite what happened."),
		Example: example("doisoat database grant phuc_vu", "psql -c \"CREATE ROLE phuc_vu LOGIN PASSWORD '…'\"", "DATABASE_URL=postgres://owner@host/doisoat doisoat database grant phuc_vu"),
		Args:    a.oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), settings, func(s *system) error {
				if err := pipeline.Migrate(cmd.Context(), s.store, s.log); err != nil {
					return err
				}
				if err := s.store.GrantService(cmd.Context(), args[0]); err != nil {
					return err
				}
				fmt.Fprintln(a.out, a.lang.pickf("Tài khoản %s đã đủ quyền chạy dịch vụ.", "The account %s has the rights to run the service.", args[0]))
				return nil
			})
		},
	}
	settings.register(cmd, a.lang)
	return cmd
}
