package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// vietnameseLetters are letters that only Vietnamese has.
const vietnameseLetters = "ăâđêôơưạảãấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ"

func isVietnamese(text string) bool {
	return strings.ContainsAny(strings.ToLower(text), vietnameseLetters)
}

// here runs a command line in this process.
func here(args ...string) (code int, out, errOut string) {
	var o, e bytes.Buffer
	code = execute(args, environment{out: &o, errOut: &e, now: time.Now})
	return code, o.String(), e.String()
}

// each visits a command and all below it.
func each(cmd *cobra.Command, visit func(*cobra.Command)) {
	visit(cmd)
	for _, child := range cmd.Commands() {
		each(child, visit)
	}
}

// TestHelp: every command shows an example, in the language of the screen.
func TestHelp(t *testing.T) {
	t.Parallel()
	a := &app{lang: vietnamese}
	each(a.rootCommand(), func(cmd *cobra.Command) {
		path := strings.Fields(cmd.CommandPath())[1:]
		if cmd.Parent() != nil && cmd.Parent().Name() == "completion" {
			path = []string{"completion"} // the scripts' own help is the library's
		}
		code, vi, _ := here(append(path, "--help")...)
		if code != exitDone || !isVietnamese(vi) {
			t.Errorf("%s --help ends with %d:\n%s", cmd.CommandPath(), code, vi)
		}
		mentions(t, vi, "Ví dụ:\n  doisoat", "Cách dùng:", "!Usage", "!Flags")
		code, en, _ := here(append([]string{"--lang", "en"}, append(path, "--help")...)...)
		if code != exitDone || isVietnamese(strings.ReplaceAll(en, `"Phụ lục 2024.xlsx"`, "")) {
			t.Errorf("%s --lang en --help ends with %d:\n%s", cmd.CommandPath(), code, en)
		}
		mentions(t, en, "Examples:\n  doisoat")
	})
}

func TestWrongCommandLines(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args   string
		vi, en string
	}{
		{"rum", "không có lệnh \"rum\"; có phải run?", "there is no command \"rum\"; did you mean run?"},
		{"plan chek", "có phải check?", "did you mean check?"},
		{"run thêm", "không nhận thêm", "takes no argument"},
		{"run --jsn", "tùy chọn không hợp lệ", "unknown flag"},
		{"check", "cần ít nhất một tệp", "at least one file"},
		{"check --agency S99 x.xlsx", "không có cơ quan \"S99\"", "has no agency \"S99\""},
		{"findings --status xong", "open | gone | waived", "open | gone | waived"},
	} {
		args := strings.Fields(tt.args)
		code, out, said := here(args...)
		if code != exitFailed || out != "" {
			t.Errorf("%s: exit code %d, %q on stdout", tt.args, code, out)
		}
		mentions(t, said, "Lỗi: ", tt.vi)
		code, out, said = here(append([]string{"--lang=en"}, args...)...)
		if code != exitFailed || out != "" {
			t.Errorf("%s: exit code %d, %q on stdout", tt.args, code, out)
		}
		mentions(t, said, "Error: ", tt.en)
	}
}

// TestEnglishScreen: --lang en leaves no Vietnamese but what the plan, the
// findings and the agencies' own files say.
func TestEnglishScreen(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.workbook("S03/dang ky.xlsx", roster("SỞ NỘI VỤ", an()))
	for _, args := range [][]string{
		{"plan", "load"},
		{"run"},
		{"findings", "--agency", "S08"},
		{"sources", "list"},
		{"sources", "test"},
		{"doctor"},
		{"plan", "export"},
		{"version"},
		{"check", o.path("inbox", "S03", "dang ky.xlsx")},
	} {
		s := o.call(exitDone, append([]string{"--lang", "en"}, args...)...)
		if text := o.withoutNames(s.out.String() + s.errOut.String()); isVietnamese(text) {
			t.Errorf("%v says:\n%s", args, text)
		}
	}
	s := o.call(exitFailed, "--lang", "en", "findings", "--rule", "XX99")
	mentions(t, s.errOut.String(), "Error: --rule: there is no rule XX99")
}

// withoutNames takes out what is Vietnamese by nature: files and findings.
func (o *office) withoutNames(text string) string {
	var kept []string
	for line := range strings.Lines(text) {
		switch {
		case strings.Contains(line, "  info  "), strings.Contains(line, "  warning  "), strings.Contains(line, "  error  "):
		default:
			kept = append(kept, strings.ReplaceAll(line, filepath.Join(o.dir, "reports", "Phụ lục kế hoạch.xlsx"), ""))
		}
	}
	return strings.NewReplacer(" đồng", "").Replace(strings.Join(kept, ""))
}
