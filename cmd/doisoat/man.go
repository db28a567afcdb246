package main

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// manCommand writes the manual pages of all commands, for packages.
func (a *app) manCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:     "man",
		Short:   a.lang.pick("Ghi các trang hướng dẫn (man) của mọi lệnh vào một thư mục", "Write the manual pages of all commands into a folder"),
		Example: example("doisoat man --dir ./man", "man -l ./man/doisoat.1"),
		Hidden:  true,
		Args:    a.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return a.errorf("không tạo được thư mục %s: %w", "folder %s cannot be made: %w", dir, err)
			}
			root := cmd.Root()
			root.DisableAutoGenTag = true // the day would make each build another
			return doc.GenManTree(root, &doc.GenManHeader{Title: "DOISOAT", Section: "1", Source: "doisoat " + version, Manual: "doisoat"}, dir)
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "man", a.lang.pick("thư mục để ghi", "folder to write to"))
	return cmd
}
