package main

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"doisoat/reconcile/postgres/embedded"
)

// The sample workbooks have shapes that offices really use; every person in
// them is invented.
//
//go:embed demo
var demoFiles embed.FS

func (a *app) demoCommand() *cobra.Command {
	var dir string
	var google bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: a.lang.pick("Chạy thử trên bảng tính mẫu, không cần cấu hình", "Try it on sample workbooks, without any configuration"),
		Long: a.lang.pick("Ghi bảng tính mẫu vào thư mục, đối soát một lần với PostgreSQL riêng, in kết quả\n"+
			"và để lại báo cáo. Chạy lại lần nữa thì không có gì mới và không ghi gì.",
			"Writes sample workbooks into a folder, reconciles once with a private PostgreSQL, prints\n"+
				"the result and leaves the reports. A second run finds nothing new and writes nothing."),
		Example: example("doisoat demo", "doisoat demo --dir /tmp/thu", "doisoat demo --google"),
		Args:    a.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.demo(cmd.Context(), dir, google)
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "demo", a.lang.pick("thư mục để ghi bảng tính mẫu và báo cáo", "folder for the sample workbooks and the reports"))
	cmd.Flags().BoolVar(&google, "google", false, a.lang.pick("đọc và ghi qua một Google thử nghiệm trong chương trình, không cần tài khoản",
		"read and write through a Google of the program's own, without an account"))
	return cmd
}

func (a *app) demo(ctx context.Context, dir string, google bool) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return a.errorf("thư mục %s: %w", "folder %s: %w", dir, err)
	}
	if err := writeDemo(dir, a.now().Add(-time.Hour)); err != nil {
		return a.errorf("ghi bảng tính mẫu vào %s: %w", "write the sample workbooks into %s: %w", dir, err)
	}
	if google {
		return a.demoGoogle(ctx, dir)
	}
	data, err := demoData(dir)
	if err != nil {
		return err
	}
	s, err := a.open(ctx, settingsFlags{config: filepath.Join(dir, "doisoat.yaml"), data: data})
	if err != nil {
		return err
	}
	defer s.close()
	if err := a.demoRun(ctx, s); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.out, a.lang.pickf(
		"Mở «%s» để xem báo cáo.\nXem từng sai lệch: doisoat findings --config %q --data %q",
		"Open «%s» to see the report.\nEach finding: doisoat findings --config %q --data %q",
		filepath.Join(s.cfg.Reports, "Tổng hợp đối soát.xlsx"), s.cfg.File, data))
	return err
}

// demoRun reconciles once. Some of the samples are broken on purpose: that they
// are reported is what the demonstration shows.
func (a *app) demoRun(ctx context.Context, s *system) error {
	err := a.runOnce(ctx, s, "demo", false)
	if partial, ok := errors.AsType[*partialError](err); ok {
		fmt.Fprintln(a.out, a.lang.pickf("%d tệp mẫu cố ý hỏng, để thấy chương trình báo lỗi ra sao.",
			"%d sample files are broken on purpose, to show how that is reported.", partial.sources))
		return nil
	}
	return err
}

// demoData keeps the databases of demonstrations in different folders apart,
// outside of the folders themselves: a server that runs under another account
// could not enter a private one.
func demoData(dir string) (string, error) {
	state, err := embedded.DefaultDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join(state, "demo-"+hex.EncodeToString(sum[:4])), nil
}

// writeDemo writes the samples that are not there yet, so that what a newcomer
// changed in them stays. They are dated back: what changed a moment ago counts
// as still being written, and the next run would read it once more.
func writeDemo(dir string, changed time.Time) error {
	return fs.WalkDir(demoFiles, "demo", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel("demo", filepath.FromSlash(path))
		if err != nil {
			return err
		}
		target := filepath.Join(dir, relative)
		if entry.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		content, err := demoFiles.ReadFile(path)
		if err != nil {
			return err
		}
		return writeNew(target, content, changed)
	})
}

// writeNew writes the file, as of the given time, unless it exists.
func writeNew(path string, content []byte, changed time.Time) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Chtimes(path, changed, changed)
}
