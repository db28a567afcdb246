//go:build unix && !race

// The processes of this file are the program itself, whose jobs the detector sees
// in other tests.

package main

import (
	"archive/zip"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
)

var (
	kills    = flag.Int("kills", 6, "TestKilled: how often the program is killed")
	killSeed = flag.Uint64("kill-seed", 1, "TestKilled: seed of the moments at which it is killed")
)

// killsOfNight is how often a night is disturbed at most before it may come to
// its end: what was stored by the runs before changes what the next one does.
const killsOfNight = 5

// victim is an office with the samples that terrible things happen to.
type victim struct {
	*office
	random *rand.Rand
	took   time.Duration  // of a run that nothing happens to
	fell   map[string]int // stage → kills
	last   int64          // the newest run
}

// sampleOffice has the sample workbooks; nothing ran yet.
func sampleOffice(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	o.samples()
	o.configure("allocations:", "  - {type: folder, path: ./allocations}")
	o.mkdir("tmp")
	return o
}

// secondDay is what people do after the first night: they answer in the reports
// and mend their lists. Everybody does the same.
func (o *office) secondDay() {
	o.t.Helper()
	for path := range o.reportFiles() {
		if filepath.Dir(path) == o.path("reports") {
			continue // the office's own
		}
		o.answerAll(path)
	}
	o.workbook("S05/bo sung.xlsx", roster("SỞ KẾ HOẠCH VÀ ĐẦU TƯ", an(), cuong()))
}

// answerAll answers each finding of a report.
func (o *office) answerAll(path string) {
	o.t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		o.t.Fatal(err)
	}
	defer book.Close()
	sheet := book.GetSheetName(0)
	rows, err := book.GetRows(sheet)
	if err != nil {
		o.t.Fatal(err)
	}
	column := 0
	for i, row := range rows {
		if at := slices.Index(row, "Giải trình"); at >= 0 {
			column = at + 1
			continue
		}
		if column == 0 || len(row) == 0 || !strings.Contains(row[0], "-") {
			continue
		}
		cell, err := excelize.CoordinatesToCellName(column, i+1)
		if err != nil {
			o.t.Fatal(err)
		}
		if err := book.SetCellStr(sheet, cell, "Đã kiểm tra "+row[0]); err != nil {
			o.t.Fatal(err)
		}
	}
	if err := book.Save(); err != nil {
		o.t.Fatal(err)
	}
}

// wholeStory is what two nights come to when nothing happens.
type wholeStory struct {
	first, second canon
	took          time.Duration
}

// story runs two nights undisturbed.
func story(t *testing.T) *wholeStory {
	t.Helper()
	o := sampleOffice(t)
	var s wholeStory
	began := time.Now()
	o.run(exitPartial)
	s.took = time.Since(began)
	s.first = o.canon()
	o.secondDay()
	o.run(exitPartial)
	s.second = o.canon()
	return &s
}

// launch starts a run in a process group of its own.
func (o *office) launch(flags ...string) *session {
	o.t.Helper()
	s := &session{cmd: exec.Command("doisoat", append([]string{"run"}, flags...)...), ended: make(chan error, 1)}
	s.cmd.Dir, s.cmd.Stdout, s.cmd.Stderr = o.dir, &s.out, &s.errOut
	s.cmd.Env = append(o.environ(), "TMPDIR="+o.path("tmp"))
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := s.cmd.Start(); err != nil {
		o.t.Fatal(err)
	}
	go func() { s.ended <- s.cmd.Wait() }()
	return s
}

// stage is how far the newest run has come, if it is another one than before.
func (v *victim) stage(store *postgres.Store, before int64) (stage string, run int64) {
	v.t.Helper()
	err := store.Pool().QueryRow(v.t.Context(), `
		SELECT run_id, CASE
			WHEN run_id = $1 THEN 'before the run'
			WHEN status <> 'running' THEN 'after the run'
			WHEN EXISTS (SELECT FROM run_stage s WHERE s.run_id = run.run_id AND stage = 'publish') THEN 'publish'
			WHEN EXISTS (SELECT FROM run_stage s WHERE s.run_id = run.run_id AND stage = 'pull' AND remaining > 0) THEN 'pull'
			ELSE 'reconcile' END
		FROM (SELECT run_id, status FROM run UNION ALL SELECT 0, 'failed') AS run ORDER BY run_id DESC LIMIT 1`, before).Scan(&run, &stage)
	if err != nil {
		v.t.Fatal(err)
	}
	return stage, run
}

// killOnce starts a run and kills its process group at a random moment. What
// readers see at that moment are whole files. It reports whether the run had
// ended before.
func (v *victim) killOnce(store *postgres.Store) (late bool) {
	v.t.Helper()
	s := v.launch()
	time.Sleep(time.Duration(v.random.Int64N(int64(v.took))))
	_ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL)
	<-s.ended
	stage, run := v.stage(store, v.last)
	v.last = run
	v.fell[stage]++
	v.wholeFiles()
	return stage == "after the run"
}

// night is a run that is killed again and again before it may come to its end.
func (v *victim) night(store *postgres.Store, want canon) {
	v.t.Helper()
	ended := false
	for i := 0; i < killsOfNight && !ended; i++ {
		ended = v.killOnce(store)
	}
	if !ended {
		v.last = v.run(exitPartial).Run
	}
	v.canon().sameAs(v.t, want)
}

// wholeFiles holds each report to be a workbook from its first byte to its
// last.
func (o *office) wholeFiles() {
	o.t.Helper()
	for path := range o.reportFiles() {
		if !strings.HasSuffix(path, ".xlsx") {
			continue // one that is being written; it is hidden
		}
		archive, err := zip.OpenReader(path)
		if err != nil {
			o.t.Errorf("%s is no whole file: %v", path, err)
			continue
		}
		for _, f := range archive.File {
			content, err := f.Open()
			if err == nil {
				_, err = io.Copy(io.Discard, content) // checks the sum
				content.Close()
			}
			if err != nil {
				o.t.Errorf("%s: %v", path, err)
			}
		}
		archive.Close()
	}
}

// TestKilled kills the program with SIGKILL at random moments of two nights
// over the samples, and lets each night run to its end: the office knows and
// shows what one does that nothing happened to.
//
//	go test ./cmd/doisoat -run TestKilled -v -args -kills 300
func TestKilled(t *testing.T) {
	t.Parallel()
	want := sharedStory(t)
	fell := make(map[string]int)
	for office := 0; count(fell) < *kills; office++ {
		t.Run(strconv.Itoa(office), func(t *testing.T) {
			o := sampleOffice(t)
			store := pgtest.Open(t, o.database, postgres.Options{})
			v := &victim{office: o, took: want.took, fell: fell, random: rand.New(rand.NewPCG(*killSeed, uint64(office)))}
			v.night(store, want.first)
			o.secondDay()
			v.night(store, want.second)
			o.clean()
		})
	}
	var where []string
	for _, stage := range slices.Sorted(maps.Keys(fell)) {
		where = append(where, fmt.Sprintf("%s %d", stage, fell[stage]))
	}
	t.Logf("%d kills (seed %d): %s", count(fell), *killSeed, strings.Join(where, ", "))
}

func count(fell map[string]int) int {
	total := 0
	for _, n := range fell {
		total += n
	}
	return total
}
