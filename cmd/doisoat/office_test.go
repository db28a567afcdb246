package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
	"doisoat/sync/google/googletest"
	"doisoat/sync/google/googletest/discovery"
	"doisoat/sync/pipeline"
)

// patience is how long a test waits for what must happen; a test that fails
// this way hangs otherwise.
const patience = 2 * time.Minute

// office is a folder with a configuration, a database and the program itself,
// which runs as a process of its own.
type office struct {
	t        *testing.T
	dir      string
	database string             // its address
	key      string             // the file of its key, "" for a database in the clear
	google   *googletest.Server // nil when the office has none
}

func newOffice(t *testing.T) *office {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	url := pgtest.Prepared(t, "job queue", func(ctx context.Context, store *postgres.Store) error {
		return pipeline.Migrate(ctx, store, log)
	})
	o := &office{t: t, dir: t.TempDir(), database: url, key: pgtest.KeyFile(t)}
	for _, folder := range []string{"inbox", "allocations", "reports"} {
		o.mkdir(folder)
	}
	o.configure("")
	return o
}

// withGoogle gives the office a Google of its own, with a key that it accepts.
func (o *office) withGoogle() *office {
	o.t.Helper()
	o.google = googletest.New()
	o.google.CheckWith(discovery.ForTest(o.t))
	o.t.Cleanup(o.google.Close)
	o.write("khoa.json", o.google.Credentials())
	return o
}

func (o *office) path(name ...string) string {
	return filepath.Join(append([]string{o.dir}, name...)...)
}

func (o *office) mkdir(name string) {
	o.t.Helper()
	if err := os.MkdirAll(o.path(name), 0o755); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) write(name string, content []byte) {
	o.t.Helper()
	if err := os.MkdirAll(filepath.Dir(o.path(name)), 0o755); err != nil {
		o.t.Fatal(err)
	}
	if err := os.WriteFile(o.path(name), content, 0o600); err != nil {
		o.t.Fatal(err)
	}
}

// configure writes the configuration; more are further lines of its sources.
func (o *office) configure(more ...string) {
	o.t.Helper()
	lines := []string{"plan: quang-ngai-2024", "database: embedded", "reports: ./reports"}
	if o.google != nil {
		lines = append(lines, "google: {credentials: ./khoa.json, endpoint: "+o.google.URL()+"}")
	}
	lines = append(lines, "sources:", "  - {type: folder, path: ./inbox}")
	lines = append(lines, more...)
	o.write("doisoat.yaml", []byte(strings.Join(lines, "\n")+"\n"))
}

// samples copies the demonstration's workbooks.
func (o *office) samples() {
	o.t.Helper()
	for _, folder := range []string{"inbox", "allocations"} {
		if err := os.CopyFS(o.path(folder), os.DirFS(filepath.Join("demo", folder))); err != nil {
			o.t.Fatal(err)
		}
	}
}

// an is a person without fault, cuong has a birth date that is none.
func an() []any {
	return []any{"Nguyễn Văn An", "15/08/1979", "Nam", "Trưởng phòng", "Phòng Nghiệp vụ 1", "Bồi dưỡng kiến thức quốc phòng, an ninh đối tượng 3"}
}

func cuong() []any {
	return []any{"Lê Mạnh Cường", "30/02/1980", "Nam", "Chuyên viên", "Văn phòng", "Bồi dưỡng ngạch chuyên viên"}
}

// roster is an office's list of the given people.
func roster(agency string, people ...[]any) [][]any {
	rows := [][]any{
		{"UBND TỈNH QUẢNG NGÃI"},
		{agency},
		nil,
		{"DANH SÁCH ĐĂNG KÝ ĐÀO TẠO, BỒI DƯỠNG NĂM 2024"},
		nil,
		{"TT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Đơn vị công tác", "Lớp đăng ký"},
	}
	for i, person := range people {
		rows = append(rows, append([]any{i + 1}, person...))
	}
	return rows
}

// workbook saves rows as an .xlsx of the inbox.
func (o *office) workbook(name string, rows [][]any) {
	o.t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			o.t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		o.t.Fatal(err)
	}
	o.write(filepath.Join("inbox", name), b.Bytes())
}

// spreadsheet puts rows on the office's Google as a list.
func (o *office) spreadsheet(id, title string, rows [][]any) {
	o.google.AddSpreadsheet(id, title, googletest.Tab{ID: 7, Title: "Đăng ký", Rows: rows})
}

// session is one run of the program.
type session struct {
	cmd         *exec.Cmd
	out, errOut bytes.Buffer
	ended       chan error
}

// start runs the program. PATH leads to this test program under its name, see
// TestMain.
func (o *office) start(args ...string) *session {
	o.t.Helper()
	s := &session{cmd: exec.Command("doisoat", args...), ended: make(chan error, 1)}
	s.cmd.Dir = o.dir
	s.cmd.Stdout, s.cmd.Stderr = &s.out, &s.errOut
	s.cmd.Env = o.environ()
	if err := s.cmd.Start(); err != nil {
		o.t.Fatal(err)
	}
	go func() { s.ended <- s.cmd.Wait() }()
	o.t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	return s
}

func (o *office) environ() []string {
	return append(os.Environ(), "DATABASE_URL="+o.database, "DOISOAT_KEY_FILE="+o.key, "HOME="+o.dir, "XDG_STATE_HOME="+o.path("state"))
}

// wait returns the exit code.
func (s *session) wait(t *testing.T) int {
	t.Helper()
	select {
	case err := <-s.ended:
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			return exit.ExitCode()
		}
		if err != nil {
			t.Fatal(err)
		}
		return 0
	case <-time.After(patience):
		_ = s.cmd.Process.Kill()
		t.Fatalf("%v does not end", s.cmd.Args)
	}
	return -1
}

// call runs the program to its end and holds it to the exit code.
func (o *office) call(want int, args ...string) *session {
	o.t.Helper()
	s := o.start(args...)
	if code := s.wait(o.t); code != want {
		o.t.Fatalf("doisoat %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), code, want, &s.out, &s.errOut)
	}
	return s
}

// run reconciles and returns the last line's figures.
func (o *office) run(want int) ranSummary {
	o.t.Helper()
	s := o.call(want, "run", "--json")
	lines := strings.Split(strings.TrimSpace(s.out.String()), "\n")
	var summary ranSummary
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &summary); err != nil {
		o.t.Fatalf("%v in %q", err, lines[len(lines)-1])
	}
	return summary
}

// findings are what the program lists.
func (o *office) findings(filter ...string) []foundDiscrepancy {
	o.t.Helper()
	s := o.call(0, append([]string{"findings", "--json"}, filter...)...)
	var all []foundDiscrepancy
	decoder := json.NewDecoder(&s.out)
	for decoder.More() {
		var f foundDiscrepancy
		if err := decoder.Decode(&f); err != nil {
			o.t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

// states are the findings by code, for the comparison of two offices.
func (o *office) states() map[string]reconcile.Status {
	o.t.Helper()
	all := make(map[string]reconcile.Status)
	for _, f := range o.findings() {
		all[f.Code] = f.Status
	}
	return all
}

// ledger are the office's runs, newest first.
func (o *office) ledger() []reconcile.Run {
	o.t.Helper()
	runs, err := pgtest.Open(o.t, o.database, postgres.Options{}).Runs(o.t.Context(), defaultPlan, 0)
	if err != nil {
		o.t.Fatal(err)
	}
	return runs
}

// reportFiles are the files below the reports folder.
func (o *office) reportFiles() map[string]time.Time {
	o.t.Helper()
	all := make(map[string]time.Time)
	err := filepath.WalkDir(o.path("reports"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			all[path] = info.ModTime()
		}
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return all
}

// mentions holds a text to words that must, or with "!" must not, be in it.
func mentions(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		unwanted, isUnwanted := strings.CutPrefix(word, "!")
		if strings.Contains(text, unwanted) == isUnwanted {
			t.Errorf("%q expected in:\n%s", word, text)
		}
	}
}
