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
		Use:   "doisoat",
		Short: "Đối soát kế hoạch đào tạo, bồi dưỡng cán bộ với bảng tính của các đơn vị",
		Long: "doisoat đọc bảng tính đăng ký của các cơ quan, đối chiếu với chỉ tiêu, tiêu chuẩn và kinh phí\n" +
			"của kế hoạch, và ghi sai lệch trở lại chính bảng tính đó.",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().Var(&a.lang, "lang", "ngôn ngữ trên màn hình (language): vi | en")
	root.PersistentFlags().BoolVarP(&a.verbose, "verbose", "v", false, "ghi nhật ký chi tiết ra stderr")
	root.AddCommand(
		a.demoCommand(),
		a.runCommand(),
		a.serveCommand(),
		a.checkCommand(),
		a.findingsCommand(),
		a.planCommand(),
		a.sourcesCommand(),
		a.doctorCommand(),
		a.versionCommand(),
		a.healthCommand(),
	)
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
