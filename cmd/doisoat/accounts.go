package main

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/web"
)

// accountsCommand manages those who sign in with a password. Whoever may run it
// on the server decides who they are; the page itself makes no accounts.
func (a *app) accountsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "accounts",
		Short: a.lang.pick("Tài khoản đăng nhập trang web: thêm, gửi liên kết, liệt kê, khóa", "Accounts of the page: add, link, list, disable"),
		Example: example("doisoat accounts add an@snv.example.vn --role agency --agency S03", "doisoat accounts link an@snv.example.vn",
			"doisoat accounts list"),
	}
	cmd.AddCommand(a.accountsAddCommand(), a.accountsLinkCommand(), a.accountsListCommand(), a.accountsDisableCommand(true), a.accountsDisableCommand(false))
	return cmd
}

func (a *app) accountsAddCommand() *cobra.Command {
	var settings settingsFlags
	var role, agency string
	cmd := &cobra.Command{
		Use: "add EMAIL",
		Short: a.lang.pick("Thêm tài khoản và in liên kết đặt mật khẩu, dùng được một lần",
			"Add an account and print the one-time link by which its password is set"),
		Example: example("doisoat accounts add btc@tinhuy.example.vn --role office", "doisoat accounts add an@snv.example.vn --role agency --agency S03"),
		Args:    a.oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), settings, func(s *system) error {
				user := reconcile.User{Login: reconcile.CleanLogin(args[0]), Role: reconcile.UserRole(role)}
				if agency != "" {
					code, err := a.agencyCode(s.register, agency)
					if err != nil {
						return err
					}
					user.Agency = code
				}
				err := s.store.AddAccount(cmd.Context(), s.plan.ID, user, a.now())
				if errors.Is(err, postgres.ErrExists) {
					return a.errorf("tài khoản %s đã có; xin liên kết mới bằng doisoat accounts link %s", "there is an account %s already; doisoat accounts link %s gives it a new link", user.Login, user.Login)
				}
				if err != nil {
					return err
				}
				return a.printLink(cmd, s, user.Login)
			})
		},
	}
	settings.register(cmd, a.lang)
	cmd.Flags().StringVar(&role, "role", "", "office | party_bloc | state_bloc | agency | auditor")
	cmd.Flags().StringVar(&agency, "agency", "", a.lang.pick("mã hoặc tên cơ quan, cho vai trò agency", "the agency's code or name, for the role agency"))
	return cmd
}

func (a *app) accountsLinkCommand() *cobra.Command {
	var settings settingsFlags
	cmd := &cobra.Command{
		Use:     "link EMAIL",
		Short:   a.lang.pick("In liên kết mới để đặt lại mật khẩu; liên kết cũ hết tác dụng", "Print a new link to set the password anew; an earlier one no longer works"),
		Example: example("doisoat accounts link an@snv.example.vn"),
		Args:    a.oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), settings, func(s *system) error {
				return a.printLink(cmd, s, reconcile.CleanLogin(args[0]))
			})
		},
	}
	settings.register(cmd, a.lang)
	return cmd
}

// printLink gives the account a new link and prints where it leads.
func (a *app) printLink(cmd *cobra.Command, s *system, login string) error {
	path, hash := web.NewLink()
	until := a.now().Add(web.LinkLife)
	if err := s.store.SaveLink(cmd.Context(), s.plan.ID, login, hash, until); err != nil {
		return a.noAccount(err, login)
	}
	at := s.cfg.Web.URL
	if at == "" {
		at = "http://127.0.0.1:8080"
	}
	_, err := fmt.Fprintln(a.out, a.lang.pickf("%s%s\nGửi riêng liên kết này cho %s; dùng được một lần, đến %s.", "%s%s\nSend this link to %s alone; it works once, until %s.",
		at, path, login, until.In(s.cfg.TimeZone).Format("15:04 02/01/2006")))
	return err
}

func (a *app) noAccount(err error, login string) error {
	if errors.Is(err, postgres.ErrNotFound) {
		return a.errorf("không có tài khoản %s, hoặc tài khoản đang bị khóa; xem doisoat accounts list", "there is no account %s, or it is disabled; see doisoat accounts list", login)
	}
	return err
}

func (a *app) accountsDisableCommand(disable bool) *cobra.Command {
	var settings settingsFlags
	cmd := &cobra.Command{
		Use:     "enable EMAIL",
		Short:   a.lang.pick("Mở lại tài khoản, với mật khẩu đã có", "Let the account in again, with the password that it had"),
		Example: example("doisoat accounts enable an@snv.example.vn"),
		Args:    a.oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), settings, func(s *system) error {
				login := reconcile.CleanLogin(args[0])
				if err := s.store.DisableAccount(cmd.Context(), s.plan.ID, login, disable); err != nil {
					return a.noAccount(err, login)
				}
				_, err := fmt.Fprintln(a.out, a.lang.pick("Xong.", "Done."))
				return err
			})
		},
	}
	if disable {
		cmd.Use = "disable EMAIL"
		cmd.Short = a.lang.pick("Khóa tài khoản: người đang đăng nhập bị đưa ra ngay", "Bar the account: whoever is signed in is out at once")
		cmd.Example = example("doisoat accounts disable an@snv.example.vn")
	}
	settings.register(cmd, a.lang)
	return cmd
}

func (a *app) accountsListCommand() *cobra.Command {
	var settings settingsFlags
	cmd := &cobra.Command{
		Use:     "list",
		Short:   a.lang.pick("Liệt kê tài khoản: vai trò, cơ quan, lần đăng nhập cuối", "List the accounts: role, agency, last sign-in"),
		Example: example("doisoat accounts list"),
		Args:    a.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), settings, func(s *system) error {
				accounts, err := s.store.Accounts(cmd.Context(), s.plan.ID)
				if err != nil {
					return err
				}
				return a.printAccounts(accounts, s.cfg.TimeZone)
			})
		},
	}
	settings.register(cmd, a.lang)
	return cmd
}

func (a *app) printAccounts(accounts []postgres.Account, zone *time.Location) error {
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 2, 4, 2, ' ', 0)
	fmt.Fprintln(table, a.lang.pick("Tài khoản\tVai trò\tCơ quan\tTình trạng\tĐăng nhập cuối", "Account\tRole\tAgency\tState\tLast sign-in"))
	for i := range accounts {
		account := &accounts[i]
		state := a.lang.pick("dùng được", "active")
		switch {
		case account.Disabled:
			state = a.lang.pick("bị khóa", "disabled")
		case account.PasswordHash == "":
			state = a.lang.pick("chưa đặt mật khẩu", "no password yet")
		}
		last := "–"
		if !account.SignedIn.IsZero() {
			last = account.SignedIn.In(zone).Format("15:04 02/01/2006")
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", account.Login, account.Role, account.Agency, state, last)
	}
	_ = table.Flush() // a strings.Builder never fails
	_, err := fmt.Fprintf(a.out, "%s%s\n", b.String(), a.lang.pickf("%d tài khoản.", "%d accounts.", len(accounts)))
	return err
}
