package pipeline_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/google"
	"doisoat/sync/google/googletest"
	"doisoat/sync/google/googletest/discovery"
	"doisoat/sync/pull"
)

// The long version: go test ./sync/pipeline -run GoogleRoundTrip -seeds 20 -rounds 12.
var (
	seeds  = flag.Int("seeds", 1, "how many random stories of staff and service TestGoogleRoundTrip tells")
	rounds = flag.Int("rounds", 4, "how many runs each of them has")
)

const (
	roundBook = "1AbCSoNoiVu"
	roundList = 7 // the agency's own tab
)

// TestGoogleRoundTrip lets staff do to a shared spreadsheet, between runs and in
// the middle of them, what they do: answer, write notes, sort, filter, insert and delete rows
// and columns, rename, move and copy the tab, answer in the copy, mend the list.
// After each run every answer that stood in a tab is in the database with its own
// finding, none is there that nobody typed, what stands is what was typed last,
// and the tab shows what staff left in it.
func TestGoogleRoundTrip(t *testing.T) {
	for seed := range *seeds {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			t.Parallel()
			newStory(t, uint64(seed)).tell(*rounds)
		})
	}
}

// words are what a row says in its two staff columns.
type words struct{ answer, text string }

func (w words) isEmpty() bool { return w == words{} }

// story is what happened to one spreadsheet, as its staff remember it.
type story struct {
	*bench
	*rand.Rand
	server *googletest.Server

	mu    sync.Mutex
	count int
	// shown is what staff left in the tab by code, and copied what they left
	// in copies of it; typed is all that they ever typed of a code.
	shown   map[string]words
	deleted map[string]bool
	typed   map[string][]words
	// due is what the run that is on has to find; what staff change meanwhile
	// may be gone before it looks.
	due map[string][]words
	// remarks are what staff ever wrote into notes of their list. At the very
	// moment of a write they write none: that one can be lost.
	remarks []string
	writing bool
	log     []string
}

func newStory(t *testing.T, seed uint64) *story {
	s := &story{
		bench: newBench(t), Rand: rand.New(rand.NewPCG(seed, 2024)), server: googletest.New(),
		due: make(map[string][]words), shown: make(map[string]words), deleted: make(map[string]bool), typed: make(map[string][]words),
	}
	t.Cleanup(s.server.Close)
	rows := [][]any{
		{"SỞ NỘI VỤ"},
		{"DANH SÁCH ĐĂNG KÝ ĐÀO TẠO, BỒI DƯỠNG NĂM 2024"},
		{"TT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Đơn vị công tác", "Lớp đăng ký"},
	}
	for i, name := range []string{"Nguyễn Văn Ân", "Trần Thị Bé", "Lê Văn Chín", "Phạm Thị Dung", "Võ Văn Em", "Huỳnh Thị Gái"} {
		rows = append(rows, []any{i + 1, name, wrongDate(i), "Nam", "Chuyên viên", "Văn phòng Sở", "Cao cấp lý luận chính trị"})
	}
	s.server.AddSpreadsheet(roundBook, "Sở Nội vụ - đăng ký 2024", googletest.Tab{ID: roundList, Title: "Danh sách", Rows: rows})
	s.connect(s.server)
	s.config.CellNotes = seed%2 == 0
	source, err := pull.New(pull.Settings{Type: "google_sheet", ID: roundBook, Agency: "S03"}, pull.Deps{Google: s.config.Google, Now: s.now})
	if err != nil {
		t.Fatal(err)
	}
	s.config.Sources = []pull.Source{source}
	return s
}

// connect makes the server the office's Google.
func (b *bench) connect(server *googletest.Server) {
	b.t.Helper()
	server.CheckWith(discovery.ForTest(b.t))
	key := filepath.Join(b.t.TempDir(), "khoa.json")
	if err := os.WriteFile(key, server.Credentials(), 0o600); err != nil {
		b.t.Fatal(err)
	}
	client, err := google.New(b.t.Context(), google.Options{
		Credentials: key, Endpoint: server.URL(),
		Quota: google.Quota{ProjectPerMinute: 1 << 20, UserPerMinute: 1 << 20},
		Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.config.Google = func(context.Context) (*google.Client, error) { return client, nil }
}

func wrongDate(i int) string { return fmt.Sprintf("3%d/02/19%d", i%2, 70+i) }

// tell works the runs, with edits between them and in them.
func (s *story) tell(rounds int) {
	s.run()
	for round := range rounds {
		for range s.IntN(8) {
			s.act()
		}
		s.note("run %d", round+2)
		s.due = s.standing()
		for _, method := range []string{googletest.MethodUpdate, googletest.MethodGet} {
			if s.IntN(2) == 0 {
				s.server.Before(method, s.IntN(2), func() { s.actIn(method) })
			}
		}
		s.run()
		s.check()
	}
	s.note("two quiet runs")
	s.due = s.standing()
	s.run()
	s.check()
	s.run() // what the one before wrote is read once more
	s.server.ResetCounts()
	s.run()
	if n := s.server.Count(googletest.MethodUpdate); n != 0 {
		s.fail("%d writes though nothing changed", n)
	}
	if n := s.server.Count(googletest.MethodGet); n != 0 {
		s.fail("%d reads though nothing changed", n)
	}
}

func (s *story) note(format string, args ...any) {
	s.log = append(s.log, fmt.Sprintf(format, args...))
}

func (s *story) fail(format string, args ...any) {
	s.t.Helper()
	for _, line := range s.log {
		s.t.Log(line)
	}
	s.t.Fatalf(format, args...)
}

// standing is every answer that stands in a tab now, by its code.
func (s *story) standing() map[string][]words {
	all := make(map[string][]words)
	for _, tab := range s.tabs() {
		for row := tab.header + 1; row < len(tab.rows); row++ {
			if w := tab.words(row); tab.at(row, tab.code) != "" && !w.isEmpty() {
				all[tab.at(row, tab.code)] = append(all[tab.at(row, tab.code)], w)
			}
		}
	}
	return all
}

// unsay notes that staff took away what the row of a code said.
func (s *story) unsay(code string, was words) {
	s.due[code] = slices.DeleteFunc(s.due[code], func(w words) bool { return w == was })
}

// stored is one answer in the database.
type stored struct{ code, word, text string }

func (s *story) check() {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	kept := make(map[string][]words)
	for _, a := range s.storedAnswers() {
		w := words{a.word, a.text}
		kept[a.code] = append(kept[a.code], w)
		if !w.isEmpty() && !slices.Contains(s.typed[a.code], w) {
			s.fail("nobody typed %q beside %s", w, a.code)
		}
	}
	for code, all := range s.due {
		for _, w := range all {
			if !slices.Contains(kept[code], w) {
				s.fail("%q, typed beside %s, is not in the database: %q", w, code, kept[code])
			}
		}
	}
	s.checkTab()
	s.checkRemarks()
}

func (b *bench) storedAnswers() []stored {
	b.t.Helper()
	rows, err := b.store.Pool().Query(b.t.Context(), `SELECT code, word, text FROM answer WHERE kind = 'response'`)
	if err != nil {
		b.t.Fatal(err)
	}
	defer rows.Close()
	var all []stored
	for rows.Next() {
		var a stored
		if err := rows.Scan(&a.code, &a.word, &a.text); err != nil {
			b.t.Fatal(err)
		}
		all = append(all, a)
	}
	return all
}

// checkTab compares the tab with what staff left in it.
func (s *story) checkTab() {
	s.t.Helper()
	tab, ok := s.own()
	if !ok {
		s.fail("the tab is gone")
	}
	there := make(map[string]bool)
	for row := tab.header + 1; row < len(tab.rows); row++ {
		code := tab.at(row, tab.code)
		if code == "" {
			continue
		}
		if there[code] {
			s.fail("two rows of %s", code)
		}
		there[code] = true
		got := tab.words(row)
		if s.deleted[code] { // it came back with what is known
			if !got.isEmpty() && !slices.Contains(s.typed[code], got) {
				s.fail("the row of %s came back with %q", code, got)
			}
			delete(s.deleted, code)
			s.shown[code] = got
			continue
		}
		if got != s.shown[code] {
			s.fail("the row of %s says %q, staff left %q", code, got, s.shown[code])
		}
	}
	for code, w := range s.shown {
		if !there[code] && !w.isEmpty() && !s.deleted[code] {
			s.fail("the row of %s with %q is gone", code, w)
		}
	}
	for _, d := range s.found(postgres.Filter{Status: reconcile.StatusOpen}) {
		latest := s.typed[d.Code]
		if d.Response != nil && len(latest) > 0 && !slices.Contains(latest, words{d.Response.Answer, d.Response.Text}) {
			s.fail("%q stands for %s, typed were %q", d.Response, d.Code, latest)
		}
	}
}

// grid is a tab of answers as it stands.
type grid struct {
	id           int64
	title        string
	own          bool
	rows         []*sheets.RowData
	header       int
	code, ans, t int
	width        int64
}

func (g grid) at(row, col int) string {
	if row >= len(g.rows) || col < 0 || col >= len(g.rows[row].Values) {
		return ""
	}
	return g.rows[row].Values[col].FormattedValue
}

func (g grid) words(row int) words { return words{g.at(row, g.ans), g.at(row, g.t)} }

func (s *story) tabs() []grid {
	var all []grid
	for _, tab := range s.server.Spreadsheet(roundBook).Sheets {
		g := grid{id: tab.Properties.SheetId, title: tab.Properties.Title, rows: tab.Data[0].RowData, width: tab.Properties.GridProperties.ColumnCount}
		mark, _ := google.MarkOf(tab, google.TabKey)
		g.own = mark == strconv.FormatInt(g.id, 10)
		for i, r := range g.rows {
			find := func(title string) int {
				return slices.IndexFunc(r.Values, func(c *sheets.CellData) bool { return c.FormattedValue == title })
			}
			if g.code = find(reconcile.ColumnCode); g.code >= 0 {
				g.header, g.ans, g.t = i, find(reconcile.ColumnAnswer), find(reconcile.ColumnText)
				all = append(all, g)
				break
			}
		}
	}
	return all
}

func (s *story) own() (grid, bool) {
	all := s.tabs()
	i := slices.IndexFunc(all, func(g grid) bool { return g.own })
	if i < 0 {
		return grid{}, false
	}
	return all[i], true
}
