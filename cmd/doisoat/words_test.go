package main

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

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

// libraryWords are English words of the command library's own help.
const libraryWords = " the an of for you this your usage flag flags command commands default available additional global aliases example examples use more information generate descriptions string strings int ints count duration value number deprecated disable "

// TestHelp: every command shows an example, and all of its help is in the
// language of the screen.
func TestHelp(t *testing.T) {
	t.Parallel()
	a := &app{lang: vietnamese}
	each(a.rootCommand(), func(cmd *cobra.Command) {
		path := strings.Fields(cmd.CommandPath())[1:]
		code, vi, _ := here(append(path, "--help")...)
		if code != exitDone || !isVietnamese(vi) {
			t.Errorf("%s --help ends with %d:\n%s", cmd.CommandPath(), code, vi)
		}
		mentions(t, vi, "Ví dụ:\n  doisoat", "Cách dùng:\n  "+cmd.CommandPath(), "Tùy chọn")
		for _, word := range strings.FieldsFunc(withoutCommands(vi), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if strings.Contains(libraryWords, " "+strings.ToLower(word)+" ") {
				t.Errorf("%s --help says %q:\n%s", cmd.CommandPath(), word, vi)
			}
		}
		code, en, _ := here(append([]string{"--lang", "en"}, append(path, "--help")...)...)
		if code != exitDone || isVietnamese(strings.ReplaceAll(en, `"Phụ lục 2024.xlsx"`, "")) {
			t.Errorf("%s --lang en --help ends with %d:\n%s", cmd.CommandPath(), code, en)
		}
		mentions(t, en, "Examples:\n  doisoat", "Usage:\n  "+cmd.CommandPath(), "Flags:")
		_, helped, _ := here(append([]string{"help"}, path...)...)
		if helped != vi {
			t.Errorf("help %v is another than %v --help:\n%s", path, path, helped)
		}
	})
}

// commandLike is what people type: names of flags and of commands in a list.
var commandLike = regexp.MustCompile("`[^`]*`|--?[a-z]+(-[a-z]+)*|(?m)^  [a-z]+ ")

// withoutCommands leaves of a help text what is no line to be typed.
func withoutCommands(text string) string {
	var kept []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "  doisoat ") && !strings.HasPrefix(line, "  source ") {
			kept = append(kept, line)
		}
	}
	return commandLike.ReplaceAllString(strings.Join(kept, ""), "")
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
		{"run --jsn", "không có tùy chọn --jsn", "unknown flag"},
		{"run -x", "không có tùy chọn -x", "unknown shorthand flag"},
		{"run --config", "tùy chọn --config cần một giá trị", "needs an argument"},
		{"run --json=maybe", "giá trị \"maybe\" của tùy chọn --json không hợp lệ", "invalid argument \"maybe\""},
		{"run --=x", "không hiểu tùy chọn", "bad flag syntax"},
		{"help plan chek", "không có lệnh \"chek\"; có phải check?", "there is no command \"chek\"; did you mean check?"},
		{"help rum", "không có lệnh \"rum\"; có phải run? Xem", "did you mean run? See"},
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
