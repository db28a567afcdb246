package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// rootCommand builds the command tree. A new subcommand is one file and one
// line here.
func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use: "doisoat",
		Short: a.lang.pick("Đối soát kế hoạch đào tạo, bồi dưỡng cán bộ với bảng tính của các đơn vị",
			"Reconcile a training plan with the agencies' spreadsheets"),
		Long: a.lang.pick("doisoat đọc bảng tính đăng ký của các cơ quan, đối chiếu với chỉ tiêu, tiêu chuẩn và kinh phí\n"+
			"của kế hoạch, và ghi sai lệch trở lại chính bảng tính đó.\n"+
			"Hướng dẫn có hình: mục Hướng dẫn trên trang của doisoat serve (địa chỉ /guides), hoặc các tệp docs/huong-dan-*.md.",
			"doisoat reads the agencies' registration sheets, holds them to the plan's places, conditions and\n"+
				"money, and writes the discrepancies back into the same sheets.\n"+
				"Guides with pictures, in Vietnamese: /guides on the page of doisoat serve, or the files docs/huong-dan-*.md."),
		Example:       example("doisoat demo", "doisoat run --config doisoat.yaml", "doisoat --lang en doctor"),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().Var(&a.lang, "lang", a.lang.pick("ngôn ngữ trên màn hình (language): vi | en", "language on the screen: vi | en"))
	root.PersistentFlags().Lookup("lang").DefValue = string(vietnamese)
	root.PersistentFlags().CountVarP(&a.verbose, "verbose", "v", a.lang.pick("ghi nhật ký ra stderr; -vv: chi tiết đến từng bước", "write a log to stderr; -vv: down to each step"))
	root.PersistentFlags().BoolP("help", "h", false, a.lang.pick("xem hướng dẫn của lệnh", "show how a command is used"))
	root.AddCommand(
		a.demoCommand(),
		a.runCommand(),
		a.serveCommand(),
		a.checkCommand(),
		a.findingsCommand(),
		a.historyCommand(),
		a.planCommand(),
		a.sourcesCommand(),
		a.accountsCommand(),
		a.backupCommand(),
		a.restoreCommand(),
		a.databaseCommand(),
		a.doctorCommand(),
		a.versionCommand(),
		a.healthCommand(),
		a.manCommand(),
	)
	a.nameWords(root)
	return root
}

// example indents the lines of a help text's example as cobra shows them.
func example(lines ...string) string {
	indented := slices.Clone(lines)
	for i, line := range indented {
		indented[i] = "  " + line
	}
	return strings.Join(indented, "\n")
}
