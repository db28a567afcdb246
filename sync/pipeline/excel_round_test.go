//go:build !race

// The stories on Google have the same jobs, and writers that act during a run.

package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
)

// TestExcelRoundTrip tells random stories of an office without Google: staff
// answer in the report, in a copy of last week's report that they send back with
// the tab inside, and mend their list. After each run every answer that stood in
// one of these files is in the database with its own finding, none is there that
// nobody typed, and the report shows what was typed of a finding.
//
// The long version: go test ./sync/pipeline -run ExcelRoundTrip -seeds 20 -rounds 12.
func TestExcelRoundTrip(t *testing.T) {
	for seed := range *seeds {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			t.Parallel()
			s := &fileStory{bench: newBench(t), Rand: rand.New(rand.NewPCG(uint64(seed), 7)), typed: make(map[string][]words)}
			s.list = filepath.Join(s.inbox, "S03", "dang ky.xlsx")
			s.sent = filepath.Join(s.inbox, "S03", "dang ky - SAI LỆCH.xlsx")
			s.report = filepath.Join(s.reports, "S03", "dang ky - SAI LỆCH.xlsx")
			s.mend()
			s.run()
			s.keepWeek()
			for range *rounds {
				for range 1 + s.IntN(4) {
					[]func(){s.answerReport, s.answerReport, s.answerOld, s.mend, s.keepWeek}[s.IntN(5)]()
				}
				due := s.standing()
				s.run()
				s.check(due)
			}
		})
	}
}

type fileStory struct {
	*bench
	*rand.Rand
	list, sent, report string
	week               []byte // an older report
	typed              map[string][]words
	count              int
}

// mend sends the list anew, its dates right or wrong.
func (s *fileStory) mend() {
	people := make([][]any, 0, 4)
	for i, name := range []string{"Nguyễn Văn Ân", "Trần Thị Bé", "Lê Văn Chín", "Phạm Thị Dung"} {
		date := wrongDate(i)
		if s.IntN(3) == 0 {
			date = fmt.Sprintf("15/08/19%d", 70+i)
		}
		people = append(people, []any{name, date, "Nam", "Chuyên viên", "Văn phòng Sở", "Cao cấp lý luận chính trị"})
	}
	s.roster(s.list, people...)
}

func (s *fileStory) keepWeek() {
	week, err := os.ReadFile(s.report)
	if err != nil {
		s.t.Fatal(err)
	}
	s.week = week
}

func (s *fileStory) answerReport() { s.answerIn(s.report) }

// answerOld answers in last week's report and sends that.
func (s *fileStory) answerOld() {
	if err := os.WriteFile(s.sent, s.week, 0o600); err != nil {
		s.t.Fatal(err)
	}
	s.answerIn(s.sent)
}

func (s *fileStory) answerIn(path string) {
	rows := s.rows(path)
	if len(rows) == 0 {
		return
	}
	code := slices.Sorted(func(yield func(string) bool) {
		for code := range rows {
			if !yield(code) {
				return
			}
		}
	})[s.IntN(len(rows))]
	s.count++
	w := words{string(reconcile.Answers()[s.IntN(4)]), fmt.Sprintf("giải trình số %d", s.count)}
	s.edit(path, func(f *excelize.File) {
		write(s.t, f, reconcile.DiscrepancyTab, code, reconcile.ColumnAnswer, w.answer)
		write(s.t, f, reconcile.DiscrepancyTab, code, reconcile.ColumnText, w.text)
	})
	s.typed[code] = append(s.typed[code], w)
}

// rows are the answers in a file by code, blank ones too.
func (s *fileStory) rows(path string) map[string]words {
	s.t.Helper()
	f, err := excelize.OpenFile(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	all, err := f.GetRows(reconcile.DiscrepancyTab)
	if err != nil {
		s.t.Fatal(err)
	}
	found := make(map[string]words)
	code, answer, text := -1, 0, 0
	for _, row := range all {
		if at := slices.Index(row, reconcile.ColumnCode); at >= 0 && code < 0 {
			code, answer, text = at, slices.Index(row, reconcile.ColumnAnswer), slices.Index(row, reconcile.ColumnText)
			continue
		}
		cell := func(col int) string {
			if col < len(row) {
				return row[col]
			}
			return ""
		}
		if code >= 0 && cell(code) != "" {
			found[cell(code)] = words{cell(answer), cell(text)}
		}
	}
	return found
}

func (s *fileStory) standing() map[string][]words {
	all := make(map[string][]words)
	for _, path := range []string{s.report, s.sent} {
		for code, w := range s.rows(path) {
			if !w.isEmpty() {
				all[code] = append(all[code], w)
			}
		}
	}
	return all
}

func (s *fileStory) check(due map[string][]words) {
	s.t.Helper()
	kept := make(map[string][]words)
	for _, a := range s.storedAnswers() {
		w := words{a.word, a.text}
		kept[a.code] = append(kept[a.code], w)
		if !w.isEmpty() && !slices.Contains(s.typed[a.code], w) {
			s.t.Fatalf("nobody typed %q beside %s", w, a.code)
		}
	}
	for code, all := range due {
		for _, w := range all {
			if !slices.Contains(kept[code], w) {
				s.t.Fatalf("%q, typed beside %s, is not in the database: %q", w, code, kept[code])
			}
		}
	}
	for code, w := range s.rows(s.report) {
		if len(due[code]) > 0 && !slices.Contains(s.typed[code], w) {
			s.t.Fatalf("the report says %q beside %s, typed were %q", w, code, s.typed[code])
		}
	}
}
