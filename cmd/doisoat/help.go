package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usage writes how a command is used, in the language of the screen: the command
// library has English words only.
func (a *app) usage(cmd *cobra.Command) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:\n  %s\n", a.lang.pick("Cách dùng", "Usage"), a.useLine(cmd))
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\n%s:\n%s\n", a.lang.pick("Ví dụ", "Examples"), cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s:\n", a.lang.pick("Các lệnh", "Available Commands"))
		var rows [][2]string
		for _, child := range cmd.Commands() {
			if child.IsAvailableCommand() || child.Name() == "help" {
				rows = append(rows, [2]string{"  " + child.Name(), child.Short})
			}
		}
		writeRows(&b, rows)
	}
	if cmd.HasAvailableLocalFlags() {
		fmt.Fprintf(&b, "\n%s:\n", a.lang.pick("Tùy chọn", "Flags"))
		writeRows(&b, a.flagRows(cmd.LocalFlags()))
	}
	if cmd.HasAvailableInheritedFlags() {
		fmt.Fprintf(&b, "\n%s:\n", a.lang.pick("Tùy chọn chung", "Global Flags"))
		writeRows(&b, a.flagRows(cmd.InheritedFlags()))
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s\n", a.lang.pickf(`Gõ "%s <lệnh> --help" để xem hướng dẫn của từng lệnh.`,
			`Use "%s <command> --help" for more information about a command.`, cmd.CommandPath()))
	}
	_, err := io.WriteString(cmd.OutOrStderr(), b.String())
	return err
}

// useLine is the command with what follows it.
func (a *app) useLine(cmd *cobra.Command) string {
	line := cmd.Use
	if cmd.HasParent() {
		line = cmd.Parent().CommandPath() + " " + line
	}
	if cmd.HasAvailableSubCommands() {
		line += a.lang.pick(" <lệnh>", " <command>")
	}
	return line + a.lang.pick(" [tùy chọn]", " [flags]")
}

// flagRows are the flags, each with its words.
func (a *app) flagRows(flags *pflag.FlagSet) (rows [][2]string) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		if value := a.valueWord(f.Value.Type()); value != "" {
			name += " " + value
		}
		words := f.Usage
		if value := defaultOf(f); value != "" {
			words += a.lang.pickf(" (mặc định %s)", " (default %s)", value)
		}
		rows = append(rows, [2]string{name, words})
	})
	return rows
}

// valueWord stands for the value of a flag of the type; "" for a flag without
// one.
func (a *app) valueWord(kind string) string {
	switch kind {
	case "bool", "count":
		return ""
	case "string":
		return a.lang.pick("<giá trị>", "<value>")
	case "stringSlice":
		return a.lang.pick("<giá trị,…>", "<value,…>")
	case "int":
		return a.lang.pick("<số>", "<number>")
	}
	return kind // it names its values
}

// defaultOf is what a flag is when nobody gives it, "" where that is nothing.
func defaultOf(f *pflag.Flag) string {
	switch value := strings.Trim(f.DefValue, "[]"); value {
	case "false", "0":
		return ""
	default:
		return value
	}
}

// writeRows aligns the second column.
func writeRows(b *strings.Builder, rows [][2]string) {
	width := 0
	for _, r := range rows {
		width = max(width, utf8.RuneCountInString(r[0]))
	}
	for _, r := range rows {
		fmt.Fprintf(b, "%s%s   %s\n", r[0], strings.Repeat(" ", width-utf8.RuneCountInString(r[0])), r[1])
	}
}

// flagFault says in Vietnamese what is wrong with a flag on the command line.
func flagFault(err error) string {
	var unknown *pflag.NotExistError
	var needs *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	var number *strconv.NumError
	switch {
	case errors.As(err, &unknown):
		return "không có tùy chọn " + dashed(unknown.GetSpecifiedName())
	case errors.As(err, &needs):
		return fmt.Sprintf("tùy chọn %s cần một giá trị", dashed(needs.GetSpecifiedName()))
	case errors.As(err, &invalid) && errors.As(err, &number):
		return fmt.Sprintf("giá trị %q của tùy chọn %s không hợp lệ", invalid.GetValue(), dashed(invalid.GetFlag().Name))
	case errors.As(err, &invalid):
		return fmt.Sprintf("giá trị của tùy chọn %s không hợp lệ: %v", dashed(invalid.GetFlag().Name), invalid.Unwrap())
	}
	return "không hiểu tùy chọn trên dòng lệnh"
}

// dashed is a flag as people write it.
func dashed(name string) string {
	if utf8.RuneCountInString(name) == 1 {
		return "-" + name
	}
	return "--" + name
}
