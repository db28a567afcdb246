package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"doisoat/sync/pipeline"
	"doisoat/sync/web"
)

func (a *app) serveCommand() *cobra.Command {
	var settings settingsFlags
	var listen string
	var names []string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: a.lang.pick("Chạy thường trực: lịch hằng đêm, xử lý việc, trang trạng thái", "Run as a service: the nightly schedule, the jobs, the status page"),
		Long: a.lang.pick("Chạy theo lịch `schedule` của cấu hình (giờ Việt Nam), chạy bù một lần nếu lỡ đêm trước,\n"+
			"không bao giờ chạy chồng lên chính mình, và dừng gọn khi nhận SIGTERM.\n"+
			"Nhiều máy có thể cùng chạy lệnh này với một cơ sở dữ liệu PostgreSQL: chúng chia nhau công việc, và khi\n"+
			"một máy hỏng thì máy khác làm tiếp việc dở trong vòng 20 giây. Các máy có vai trò worker phải dùng chung\n"+
			"thư mục nguồn và thư mục báo cáo.",
			"Runs by the configured `schedule` (Vietnamese time), catches up a missed night once, never\n"+
				"overlaps a run with itself, and stops cleanly on SIGTERM.\n"+
				"Any number of machines may run it on one PostgreSQL: they share the work, and when one is lost\n"+
				"another goes on with its jobs within 20 seconds. Machines with the role worker have to share the\n"+
				"folders of the sources and the reports."),
		Example: example("doisoat serve --config doisoat.yaml", "doisoat serve --listen :8080", "doisoat serve --roles worker"),
		Args:    a.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			roles, err := rolesOf(names)
			if err != nil {
				return err
			}
			err = a.with(cmd.Context(), settings, func(s *system) error {
				return a.serve(cmd.Context(), s, roles, listen)
			})
			if cmd.Context().Err() != nil && errors.Is(err, context.Canceled) {
				return nil // stopping is how a service ends, at its start too
			}
			return err
		},
	}
	settings.register(cmd, a.lang)
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8080", a.lang.pick("địa chỉ của trang trạng thái, /healthz và /metrics", "address of the status page, /healthz and /metrics"))
	cmd.Flags().StringSliceVar(&names, "roles", []string{roleScheduler, roleWorker, roleWeb}, a.lang.pick(
		"phần việc của tiến trình này: scheduler (lịch), worker (xử lý việc), web (trang trạng thái)",
		"what this process does: scheduler (the schedule), worker (the jobs), web (the status page)"))
	return cmd
}

// The roles that a service may have, public in the interfaces.
const (
	roleScheduler = "scheduler"
	roleWorker    = "worker"
	roleWeb       = "web"
)

// roles are what a service does.
type roles struct{ scheduler, worker, web bool }

func rolesOf(names []string) (roles, error) {
	var r roles
	for _, name := range names {
		switch strings.TrimSpace(name) {
		case roleScheduler:
			r.scheduler = true
		case roleWorker:
			r.worker = true
		case roleWeb:
			r.web = true
		default:
			return r, &usageError{
				command: "doisoat serve",
				vi:      fmt.Sprintf("không có vai trò %q; chọn trong scheduler, worker, web", name),
				en:      fmt.Sprintf("there is no role %q; choose of scheduler, worker, web", name),
			}
		}
	}
	if r == (roles{}) {
		return r, &usageError{command: "doisoat serve", vi: "cần ít nhất một vai trò trong --roles", en: "--roles needs at least one role"}
	}
	return r, nil
}

// serve works until ctx is cancelled. When one part fails, the others are
// stopped too.
func (a *app) serve(ctx context.Context, s *system, roles roles, listen string) error {
	schedule, err := pipeline.ParseSchedule(s.cfg.Schedule, s.cfg.TimeZone)
	if err != nil {
		return err
	}
	p, err := s.newPipeline(ctx, nil)
	if err != nil {
		return err
	}
	next := schedule.Next(a.now()).Format("15:04 02/01/2006")
	duties := pipeline.Duties{Work: roles.worker}
	if roles.scheduler {
		duties.Schedule = &schedule
	}
	group, ctx := errgroup.WithContext(ctx)
	if roles.web {
		page, err := web.New(s.page(p, schedule))
		if err != nil {
			return err
		}
		listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
		if err != nil {
			return a.errorf("không mở được địa chỉ %s, chọn địa chỉ khác bằng --listen: %w", "address %s cannot be opened, choose another with --listen: %w", listen, err)
		}
		group.Go(func() error { return page.Serve(ctx, listener) })
		fmt.Fprintln(a.errOut, a.lang.pickf("Đang phục vụ tại http://%s, lần chạy kế tiếp lúc %s.", "Serving on http://%s, next run at %s.", listener.Addr(), next))
	} else {
		fmt.Fprintln(a.errOut, a.lang.pickf("Đang phục vụ, lần chạy kế tiếp lúc %s.", "Serving, next run at %s.", next))
	}
	group.Go(func() error { return p.Serve(ctx, duties) })
	return group.Wait()
}

// page is what the page is built from.
func (s *system) page(p *pipeline.Pipeline, schedule pipeline.Schedule) web.Options {
	w := s.cfg.Web
	var checker *pipeline.Checker
	if s.cfg.HasUpload() {
		checker = s.checker()
	}
	return web.Options{
		Service: p, Store: s.store, Plan: s.plan, Register: s.register, Zone: s.cfg.TimeZone,
		Schedule: schedule, Now: s.app.now, Log: s.log, Reports: s.cfg.Reports, Watch: s.watch, Checker: checker,
		Site: web.Site{
			URL: w.URL, Proxies: w.Proxies, User: w.User,
			OIDC: web.OIDC{Issuer: w.OIDC.Issuer, ClientID: w.OIDC.ClientID, Secret: w.OIDC.Secret, Name: w.OIDC.Name},
		},
	}
}

// healthCommand asks a running service how it is, for containers that have no
// other program inside.
func (a *app) healthCommand() *cobra.Command {
	var url string
	cmd := &cobra.Command{
		Use:     "health",
		Short:   a.lang.pick("Hỏi trạng thái của dịch vụ đang chạy", "Ask a running service how it is"),
		Example: example("doisoat health --url http://127.0.0.1:8080/healthz"),
		Hidden:  true,
		Args:    a.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), 5*time.Second)
			defer cancel()
			request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
			if err != nil {
				return err
			}
			answer, err := http.DefaultClient.Do(request)
			if err != nil {
				return a.errorf("dịch vụ không trả lời: %w", "the service does not answer: %w", err)
			}
			defer answer.Body.Close()
			if answer.StatusCode != http.StatusOK {
				return a.errorf("dịch vụ trả lời %s", "the service answers %s", answer.Status)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&url, "url", "http://127.0.0.1:8080/healthz", a.lang.pick("địa chỉ /healthz", "address of /healthz"))
	return cmd
}
