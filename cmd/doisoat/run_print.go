package main

import (
	"cmp"
	"fmt"
	"strings"
	"text/tabwriter"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// printRun ends a run on the screen: what was read, what was found, where the
// reports are.
func (a *app) printRun(s *system, run reconcile.Run, sources []reconcile.SourceRun, viewOnly []postgres.ViewOnly) error {
	var b strings.Builder
	a.listFailed(&b, sources)
	a.listViewOnly(&b, viewOnly)
	c := run.Counts
	table := tabwriter.NewWriter(&b, 2, 4, 2, ' ', 0)
	line := func(vi, en string, args ...any) {
		fmt.Fprintf(table, "%s\n", a.lang.pickf(vi, en, args...))
	}
	line("Lần chạy %d\t%s", "Run %d\t%s", run.ID, run.Finished.Sub(run.Started).Round(1e7))
	line("Nguồn\tđọc mới %d, không đổi %d, không đọc được %d", "Sources\tread %d, unchanged %d, failed %d",
		c.SourcesRead, c.SourcesUnchanged, c.SourcesFailed)
	line("Dòng\t%d có nội dung, %d đăng ký (%d người), %d chưa hiểu", "Rows\t%d not empty, %d registrations (%d persons), %d not understood",
		c.RowsNonEmpty, c.RowsRegistrations, c.Persons, c.RowsNotUnderstood)
	line("Sai lệch\tmới %d, còn %d, đã sửa %d, chấp nhận %d", "Findings\tnew %d, open %d, gone %d, waived %d",
		c.FindingsNew, c.FindingsOpen, c.FindingsGone, c.FindingsWaived)
	line("Kinh phí\tduyệt %s, dự toán %s, dự kiến theo đăng ký hợp lệ %s", "Budget\tapproved %s, estimated %s, projected %s",
		c.BudgetApproved, c.BudgetEstimated, c.BudgetProjected)
	line("Báo cáo\t%d tệp đã ghi, tại %s", "Reports\t%d files written, in %s", c.ReportsWritten, s.cfg.Reports)
	_ = table.Flush() // a strings.Builder never fails
	_, err := fmt.Fprint(a.out, b.String())
	return err
}

// listViewOnly says into which spreadsheets nothing can be written, and what to
// do.
func (a *app) listViewOnly(b *strings.Builder, viewOnly []postgres.ViewOnly) {
	for _, v := range viewOnly {
		fmt.Fprintf(b, "%s\n", a.lang.pickf(
			"Không ghi được: bảng tính Google «%s» chỉ cho xem; hãy chia sẻ lại cho %s với quyền Người chỉnh sửa",
			"Could not write: the Google spreadsheet «%s» may only be viewed; share it again with %s as an Editor",
			v.File, cmp.Or(v.Account, a.lang.pick("tài khoản Google của chương trình", "the program's Google account"))))
	}
}

func (a *app) listFailed(b *strings.Builder, sources []reconcile.SourceRun) {
	for _, s := range sources {
		if s.Status == reconcile.SourceFailed {
			fmt.Fprintf(b, "%s\n", a.lang.pickf("Không đọc được: %s", "Could not read: %s", s.Error))
		}
	}
}
