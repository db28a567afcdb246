package main

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/spf13/cobra"
)

func (a *app) doctorCommand() *cobra.Command {
	var settings settingsFlags
	cmd := &cobra.Command{
		Use:     "doctor",
		Short:   a.lang.pick("Khám toàn bộ: cấu hình, cơ sở dữ liệu, Google, thư mục, múi giờ, đồng hồ; nói cách sửa", "Examine configuration, database, Google, folders, time zone and clock; say how to mend each"),
		Example: example("doisoat doctor --config doisoat.yaml"),
		Args:    a.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := a.configure(settings)
			if err != nil {
				return err
			}
			a.say(true, a.lang.pickf("Cấu hình và kế hoạch %s", "Configuration and plan %s", s.plan.ID), "")
			sick := a.examine(cmd.Context(), s)
			if sick > 0 {
				return a.errorf("còn %d điểm phải sửa", "%d points to mend", sick)
			}
			return nil
		},
	}
	settings.register(cmd, a.lang)
	return cmd
}

// examine runs every check, however many fail, and returns how many did.
func (a *app) examine(ctx context.Context, s *system) (sick int) {
	defer s.close()
	a.noteAccount()
	for _, check := range []struct {
		what string
		do   func() error
	}{
		{a.lang.pick("Thư mục báo cáo ghi được: ", "Reports folder can be written: ") + s.cfg.Reports, func() error { return a.checkWritable(s.cfg.Reports) }},
		{a.lang.pick("Múi giờ ", "Time zone ") + s.cfg.TimeZone.String(), func() error { return nil }},
		{a.lang.pick("Cơ sở dữ liệu", "Database"), func() error { return a.checkDatabase(ctx, s) }},
		{a.lang.pick("Dung lượng ổ đĩa", "Room on the disks"), func() error { return a.checkRoom(s) }},
		{a.lang.pick("Cùng thư mục với các máy khác", "The same folders as on the other machines"), func() error { return a.checkShared(ctx, s) }},
		{a.lang.pick("Tài khoản Google", "Google account"), func() error { return a.checkGoogle(ctx, s) }},
	} {
		err := check.do()
		switch {
		case errors.Is(err, errNothingToCheck):
		case err != nil:
			sick++
			a.say(false, check.what, a.explain(err))
		default:
			a.say(true, check.what, "")
		}
	}
	bad := a.testSources(ctx, s)
	return sick + bad.sources + bad.viewOnly
}

// errNothingToCheck says that a check is about something that is not there.
var errNothingToCheck = errors.New("nothing to check")

// noteAccount says whose rights are examined when they need not be those of the
// service: root may do everything, and sees no fault of theirs.
func (a *app) noteAccount() {
	if os.Geteuid() == 0 {
		a.note(a.lang.pick("đang khám bằng tài khoản root", "the account that examines is root"),
			a.lang.pick("nếu dịch vụ chạy bằng tài khoản khác thì khám lại bằng tài khoản ấy: sudo -u TÀI-KHOẢN doisoat doctor",
				"if the service has another account, examine under that one, too: sudo -u ACCOUNT doisoat doctor"))
	}
}

// checkWritable proves that a report could be written, by writing a file.
func (a *app) checkWritable(dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return a.errorf("không tạo được thư mục %s; tạo thư mục, hoặc sửa `reports` trong cấu hình (%w)", "folder %s cannot be made; make it, or correct `reports` in the configuration (%w)", dir, err)
	}
	file, err := os.CreateTemp(dir, ".doisoat-*")
	if err != nil {
		return a.errorf("không ghi được vào thư mục %s; cấp quyền ghi cho tài khoản đang chạy doisoat (%w)", "folder %s cannot be written; let the account that runs doisoat write into it (%w)", dir, err)
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// clockTolerance is how far the machine's clock may be from the database's;
// Google refuses tokens that are more than a few minutes off.
const clockTolerance = 2 * time.Minute

// checkDatabase connects, brings the tables up to date and compares clocks.
func (a *app) checkDatabase(ctx context.Context, s *system) error {
	if err := s.connect(ctx); err != nil {
		return err
	}
	now, err := s.store.Clock(ctx)
	if err != nil {
		return err
	}
	if err := a.clockFault(a.now().Sub(now)); err != nil {
		return err
	}
	a.noteKey(s)
	return a.noteRights(ctx, s)
}

// clockFault is nil for a clock that is near enough to the database's.
func (a *app) clockFault(ahead time.Duration) error {
	if ahead.Abs() <= clockTolerance {
		return nil
	}
	way, wayEn := "nhanh", "ahead of"
	if ahead < 0 {
		way, wayEn = "chậm", "behind"
	}
	minutes := int(ahead.Abs().Round(time.Minute) / time.Minute)
	return a.errorf("đồng hồ máy này %s hơn đồng hồ của cơ sở dữ liệu %[3]d phút; bật đồng bộ giờ trên cả hai máy (timedatectl set-ntp true)",
		"this machine's clock is %[2]s the database's by %[3]d minutes; synchronise both (timedatectl set-ntp true)", way, wayEn, minutes)
}

// checkShared holds this machine to the folders that the others work in.
func (a *app) checkShared(ctx context.Context, s *system) error {
	if s.store == nil {
		return errNothingToCheck // which is a fault of its own
	}
	others, err := s.store.OtherHosts(ctx, s.plan.ID)
	if err != nil {
		return err
	}
	p, err := s.newPipeline(ctx, nil) // another plan may have the folder
	if err != nil {
		return err
	}
	if len(others) == 0 {
		return errNothingToCheck
	}
	return p.CheckShared(ctx)
}

// noteRights says so when the service's own account could remove history. It is
// no fault: a single account is all that a small office has, and the embedded
// database is its account's own.
func (a *app) noteRights(ctx context.Context, s *system) error {
	if s.server != nil {
		return nil
	}
	open, err := s.store.Unprotected(ctx)
	if err == nil && len(open) > 0 {
		a.note(a.lang.pick("tài khoản cơ sở dữ liệu này xóa được lịch sử", "this database account could remove history"),
			a.lang.pick("nên chạy dịch vụ bằng một tài khoản riêng, được cấp quyền bằng `doisoat database grant`",
				"better run the service under an account of its own, to which `doisoat database grant` gives its rights"))
	}
	return err
}

// checkGoogle asks for a token, when any source needs one.
func (a *app) checkGoogle(ctx context.Context, s *system) error {
	if !s.inGoogle {
		return errNothingToCheck
	}
	client, err := s.google(ctx)
	if err != nil {
		return err
	}
	return client.Check(ctx)
}
