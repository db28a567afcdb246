package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// nameCompletion gives the command library's commands for completion words in
// the language of the screen.
func (a *app) nameCompletion(cmd *cobra.Command) {
	cmd.Short = a.lang.pick("Tạo kịch bản gợi ý lệnh cho bash, zsh, fish, powershell", "Generate the completion script for bash, zsh, fish, powershell")
	cmd.Long = cmd.Short
	cmd.Example = example("doisoat completion bash > /etc/bash_completion.d/doisoat")
	for _, shell := range cmd.Commands() {
		shell.Short = a.lang.pickf("Kịch bản gợi ý lệnh cho %s", "Completion script for %s", shell.Name())
		shell.Example = example("doisoat completion " + shell.Name())
		if a.lang == vietnamese {
			shell.Long = shell.Short + ".\n\n" + completionHelp(shell.Name())
		}
		shell.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name == "no-descriptions" {
				f.Usage = a.lang.pick("không kèm lời giải thích từng lệnh", "disable completion descriptions")
			}
		})
	}
}

// completionHelp says in Vietnamese how a shell takes its script.
func completionHelp(shell string) string {
	switch shell {
	case "bash":
		return "Cần gói bash-completion. Nạp cho phiên đang mở:\n  source <(doisoat completion bash)\n" +
			"Nạp cho mọi phiên sau:\n  doisoat completion bash > /etc/bash_completion.d/doisoat"
	case "zsh":
		return "Nạp cho phiên đang mở:\n  source <(doisoat completion zsh)\n" +
			"Nạp cho mọi phiên sau:\n  doisoat completion zsh > \"${fpath[1]}/_doisoat\""
	case "fish":
		return "Nạp cho phiên đang mở:\n  doisoat completion fish | source\n" +
			"Nạp cho mọi phiên sau:\n  doisoat completion fish > ~/.config/fish/completions/doisoat.fish"
	}
	return "Nạp cho phiên đang mở:\n  doisoat completion powershell | Out-String | Invoke-Expression\n" +
		"Nạp cho mọi phiên sau: thêm kết quả của lệnh trên vào hồ sơ (profile) của PowerShell."
}
