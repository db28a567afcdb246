package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// nameWords gives the command library's own words the language of the screen,
// and makes it refuse what is no command or argument in words of ours.
func (a *app) nameWords(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &usageError{command: cmd.CommandPath(), err: err, vi: "tùy chọn không hợp lệ: " + err.Error(), en: err.Error()}
	})
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Short = a.lang.pick("Xem hướng dẫn của một lệnh", "Show how a command is used")
			cmd.Long = cmd.Short
			cmd.Example = example("doisoat help run")
		case "completion":
			cmd.Short = a.lang.pick("Tạo kịch bản gợi ý lệnh cho bash, zsh, fish, powershell", "Generate the completion script for bash, zsh, fish, powershell")
			cmd.Long = cmd.Short
			cmd.Example = example("doisoat completion bash > /etc/bash_completion.d/doisoat")
			for _, shell := range cmd.Commands() {
				shell.Short = a.lang.pickf("Kịch bản gợi ý lệnh cho %s", "Completion script for %s", shell.Name())
				shell.Example = example("doisoat completion " + shell.Name())
			}
		}
		if cmd.HasSubCommands() {
			a.makeGroup(cmd)
		}
	}
	a.makeGroup(root)
	if a.lang == vietnamese {
		root.SetUsageTemplate(vietnameseUsage(root.UsageTemplate()))
	}
}

// makeGroup makes a command that only holds others show them, and refuse what
// is none of them; the library would show the help and report success.
func (a *app) makeGroup(group *cobra.Command) {
	group.SuggestionsMinimumDistance = 2
	group.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return &usageError{
			command: cmd.CommandPath(),
			vi:      fmt.Sprintf("không có lệnh %q%s", args[0], suggested(cmd, args[0], "; có phải")),
			en:      fmt.Sprintf("there is no command %q%s", args[0], suggested(cmd, args[0], "; did you mean")),
		}
	}
	group.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
}

func suggested(cmd *cobra.Command, word, ask string) string {
	if near := cmd.SuggestionsFor(word); len(near) > 0 {
		return ask + " " + strings.Join(near, ", ") + "?"
	}
	return ""
}

// noArguments is for commands that take none.
func (a *app) noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &usageError{
		command: cmd.CommandPath(),
		vi:      fmt.Sprintf("lệnh này không nhận thêm %q", args[0]),
		en:      fmt.Sprintf("this command takes no argument, such as %q", args[0]),
	}
}

// atMostOneArgument is for commands that take one thing or its default.
func (a *app) atMostOneArgument(cmd *cobra.Command, args []string) error {
	return a.noArguments(cmd, args[min(1, len(args)):])
}

// oneArgument is for commands that do something to one thing.
func (a *app) oneArgument(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return &usageError{command: cmd.CommandPath(), vi: "cần một tên", en: "a name is needed"}
	}
	return a.atMostOneArgument(cmd, args)
}

// someArguments is for commands that have nothing to do without any.
func (a *app) someArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return nil
	}
	return &usageError{command: cmd.CommandPath(), vi: "cần ít nhất một tệp", en: "at least one file is needed"}
}

// usageError is a command line that cannot be understood.
type usageError struct {
	command string
	vi, en  string
	err     error // of the command library, if any
}

func (e *usageError) Error() string { return e.vi }
func (e *usageError) Unwrap() error { return e.err }

func vietnameseUsage(template string) string {
	return strings.NewReplacer(
		"Usage:", "Cách dùng:",
		"Aliases:", "Tên khác:",
		"Examples:", "Ví dụ:",
		"Available Commands:", "Các lệnh:",
		"Additional Commands:", "Các lệnh khác:",
		"Global Flags:", "Tùy chọn chung:",
		"Flags:", "Tùy chọn:",
		`Use "{{.CommandPath}} [command] --help" for more information about a command.`,
		`Gõ "{{.CommandPath}} [lệnh] --help" để xem hướng dẫn của từng lệnh.`,
	).Replace(template)
}
