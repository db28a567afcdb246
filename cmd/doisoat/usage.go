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
		return &usageError{command: cmd.CommandPath(), err: err, vi: flagFault(err), en: err.Error()}
	})
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			a.nameHelp(cmd)
		case "completion":
			a.nameCompletion(cmd)
		}
		if cmd.HasSubCommands() {
			a.makeGroup(cmd)
		}
	}
	a.makeGroup(root)
	root.SetUsageFunc(a.usage)
}

// nameHelp makes the command library's help speak the language of the screen,
// and refuse what is no command.
func (a *app) nameHelp(cmd *cobra.Command) {
	cmd.Use = a.lang.pick("help [LỆNH]", "help [COMMAND]")
	cmd.Short = a.lang.pick("Xem hướng dẫn của một lệnh", "Show how a command is used")
	cmd.Long = cmd.Short
	cmd.Example = example("doisoat help run")
	show := cmd.Run
	cmd.Run = nil
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if found, rest, err := cmd.Root().Find(args); err != nil || len(rest) > 0 {
			return a.noCommand(found, args[len(args)-max(1, len(rest))])
		}
		show(cmd, args)
		return nil
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
		return a.noCommand(cmd, args[0])
	}
	group.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
}

// noCommand refuses a word that is no command of the group.
func (a *app) noCommand(group *cobra.Command, word string) error {
	return &usageError{
		command: group.CommandPath(),
		vi:      fmt.Sprintf("không có lệnh %q%s", word, suggested(group, word, "; có phải")),
		en:      fmt.Sprintf("there is no command %q%s", word, suggested(group, word, "; did you mean")),
	}
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
