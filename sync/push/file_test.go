package push

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestReplaceWritesOnlyWhatDiffers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "S03", "Danh sách - SAI LỆCH.xlsx")
	for i, step := range []struct {
		content string
		written bool
	}{{"một", true}, {"một", false}, {"hai", true}, {"", true}, {"", false}} {
		there, written, err := Replace(path, []byte(step.content))
		if err != nil || written != step.written {
			t.Fatalf("step %d: written %v, %v; want %v", i, written, err, step.written)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != step.content {
			t.Fatalf("step %d: holds %q, %v", i, got, err)
		}
		now, err := os.Stat(path)
		if err != nil || !os.SameFile(there, now) || !there.ModTime().Equal(now.ModTime()) || there.Size() != now.Size() {
			t.Errorf("step %d: told of %v, there is %v (%v)", i, there, now, err)
		}
	}
	for of, want := range map[string]os.FileMode{path: 0o640, filepath.Dir(path): 0o750} {
		info, err := os.Stat(of)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got&^want != 0 {
			t.Errorf("%s has the mode %o, more than %o", of, got, want)
		}
	}
	if got := listed(t, filepath.Dir(path)); len(got) != 1 {
		t.Errorf("left behind: %q", got)
	}
}

func TestReplaceKeepsTheTimeOfAnEqualFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "báo cáo.xlsx")
	if _, _, err := Replace(path, []byte("như cũ")); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Replace(path, []byte("như cũ")); err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("an equal file was written again")
	}
}

func TestReplaceRemovesWhatACrashLeft(t *testing.T) {
	folder := t.TempDir()
	stale := filepath.Join(folder, ".ABC"+temporaryMark)
	other := filepath.Join(folder, "của đơn vị.xlsx")
	for _, name := range []string{stale, other} {
		if err := os.WriteFile(name, []byte("dở dang"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	busy, err := createTemporary(filepath.Join(folder, ".BUSY"+temporaryMark))
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	if _, _, err := Replace(filepath.Join(folder, "mới.xlsx"), []byte("x")); err != nil {
		t.Fatal(err)
	}
	want := []string{".BUSY" + temporaryMark, "của đơn vị.xlsx", "mới.xlsx"}
	if diff := cmp.Diff(want, listed(t, folder)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestReplaceOnAFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "báo cáo.xlsx")
	if _, _, err := Replace(path, []byte("cũ")); err != nil {
		t.Fatal(err)
	}
	full := func(string) (*os.File, error) { return os.OpenFile("/dev/full", os.O_WRONLY, 0) }
	_, written, err := replace(path, []byte("mới, dài hơn"), full)
	if written || !errors.Is(err, ErrNoSpace) {
		t.Errorf("written %v, %v; want ErrNoSpace", written, err)
	}
	if got, _ := os.ReadFile(path); string(got) != "cũ" {
		t.Errorf("the old report became %q", got)
	}
	if got := listed(t, filepath.Dir(path)); len(got) != 1 {
		t.Errorf("left behind: %q", got)
	}
}

func TestReplaceThatDiesBeforeTheRename(t *testing.T) {
	path := filepath.Join(t.TempDir(), "báo cáo.xlsx")
	if _, _, err := Replace(path, []byte("cũ")); err != nil {
		t.Fatal(err)
	}
	closed := func(name string) (*os.File, error) {
		f, err := createTemporary(name)
		if err != nil {
			return nil, err
		}
		f.WriteString("một phần")
		return f, f.Close()
	}
	if _, written, err := replace(path, []byte("mới"), closed); written || err == nil {
		t.Errorf("written %v, %v; want an error", written, err)
	}
	if got, _ := os.ReadFile(path); string(got) != "cũ" {
		t.Errorf("the old report became %q", got)
	}
}

// Whoever writes into the same folder may take a temporary file for what a crash
// left.
func TestReplaceWhoseTemporaryFileIsSweptAway(t *testing.T) {
	path := filepath.Join(t.TempDir(), "báo cáo.xlsx")
	made := 0
	swept := func(name string) (*os.File, error) {
		f, err := createTemporary(name)
		if made++; err == nil && made == 1 {
			err = os.Remove(name)
		}
		return f, err
	}
	if there, written, err := replace(path, []byte("mới"), swept); err != nil || !written || there == nil || made != 2 {
		t.Errorf("written %v at the attempt %d, %v", written, made, err)
	}
	if got, _ := os.ReadFile(path); string(got) != "mới" {
		t.Errorf("the report says %q", got)
	}
}

func TestReplaceManyInOneFolderAtOnce(t *testing.T) {
	folder := t.TempDir()
	var group errgroup.Group
	for i := range 8 {
		group.Go(func() error {
			for j := range 12 {
				if _, _, err := Replace(filepath.Join(folder, fmt.Sprint(i, ".xlsx")), []byte(fmt.Sprint(i, j))); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
	if got := listed(t, folder); len(got) != 8 {
		t.Errorf("the folder holds %q", got)
	}
}

func TestReplaceDoesNotFollowALink(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "ngoài.txt")
	if err := os.WriteFile(outside, []byte("của người khác"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "báo cáo.xlsx")
	if err := os.Symlink(outside, path); err != nil {
		t.Fatal(err)
	}
	if _, written, err := Replace(path, []byte("mới")); !written || err != nil {
		t.Fatalf("written %v, %v", written, err)
	}
	if got, _ := os.ReadFile(outside); string(got) != "của người khác" {
		t.Errorf("the file outside became %q", got)
	}
}

func listed(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestReportPath(t *testing.T) {
	root := t.TempDir()
	for _, tt := range []struct{ agency, file, want string }{
		{"S03", "Danh sách đăng ký.xlsx", "S03/Danh sách đăng ký - SAI LỆCH.xlsx"},
		{"S03", "NGHIA HANH.XLS", "S03/NGHIA HANH - SAI LỆCH.xlsx"},
		{"S03", "Co macro.XLSM", "S03/Co macro - SAI LỆCH.xlsm"},
		{"H01", "ĐKĐT 2024 - TP. Quảng Ngãi", "H01/ĐKĐT 2024 - TP. Quảng Ngãi - SAI LỆCH.xlsx"},
		{"H01", norm.NFD.String("Sở Ngoại vụ.ods"), "H01/Sở Ngoại vụ - SAI LỆCH.xlsx"},
		{"H01", "x - SAI LỆCH.xlsx", "H01/x - SAI LỆCH.xlsx"},
		{"H01", "../../etc/passwd", "H01/-..-etc-passwd - SAI LỆCH.xlsx"},
		{"../..", `C:\tạm\a.csv`, "-/C--tạm-a - SAI LỆCH.xlsx"},
		{"", "con.csv", "Chưa xác định/_con - SAI LỆCH.xlsx"},
		{"S03", "COM1.dự toán.xls", "S03/_COM1.dự toán - SAI LỆCH.xlsx"},
		{"S03", "đợt 1/DS\u200b... .xlsx", "S03/đợt 1-DS - SAI LỆCH.xlsx"},
		{"S03", "COM10.xlsx", "S03/COM10 - SAI LỆCH.xlsx"},
	} {
		got, err := ReportPath(root, tt.agency, tt.file)
		if err != nil {
			t.Errorf("%q, %q: %v", tt.agency, tt.file, err)
			continue
		}
		rel, err := filepath.Rel(root, got)
		if err != nil || filepath.ToSlash(rel) != tt.want {
			t.Errorf("%q, %q: %q, want %q", tt.agency, tt.file, rel, tt.want)
		}
	}
	for _, file := range []string{"", "...", ".xlsx", "\u200b"} {
		if got, err := ReportPath(root, "S03", file); err == nil {
			t.Errorf("%q: %q, want an error", file, got)
		}
	}
}

func TestReportPathRefusesALinkedFolder(t *testing.T) {
	root := t.TempDir()
	if err := os.Symlink(t.TempDir(), filepath.Join(root, "S03")); err != nil {
		t.Fatal(err)
	}
	if got, err := ReportPath(root, "S03", "a.xlsx"); !errors.Is(err, ErrOutside) {
		t.Errorf("%q, %v; want ErrOutside", got, err)
	}
}

func TestReportPathStaysInside(t *testing.T) {
	root := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		agency, file := rapid.String().Draw(t, "agency"), rapid.String().Draw(t, "file")+rapid.SampledFrom([]string{"", ".xlsx", strings.Repeat("ệ", 90)}).Draw(t, "end")
		path, err := ReportPath(root, agency, file)
		if err != nil {
			return
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			t.Fatal(err)
		}
		components := strings.Split(filepath.ToSlash(rel), "/")
		if len(components) != 2 {
			t.Fatalf("%q has %d components", rel, len(components))
		}
		for _, c := range components {
			if len(c) > maxName || !utf8.ValidString(c) || !norm.NFC.IsNormalString(c) || c == ".." || strings.HasPrefix(c, ".") {
				t.Fatalf("a bad name %q", c)
			}
		}
	})
}

func TestCutNamesStayApart(t *testing.T) {
	long := strings.Repeat("Danh sách trích ngang ", 20)
	a, err := ReportPath("r", "S03", long+"đợt 1.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	b, err := ReportPath("r", "S03", long+"đợt 2.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if a == b {
		t.Errorf("two files share the report %q", a)
	}
}
