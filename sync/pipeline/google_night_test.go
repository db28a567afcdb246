package pipeline_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/google"
	"doisoat/sync/google/googletest"
	"doisoat/sync/google/googletest/discovery"
	"doisoat/sync/pull"
)

// nights is an office whose agencies' lists are native spreadsheets in a folder
// on Drive, one subfolder for each agency.
type nights struct {
	*bench
	server *googletest.Server
	books  []string
}

func newNights(t *testing.T, books int) *nights {
	t.Helper()
	n := &nights{bench: newBench(t), server: googletest.New()}
	t.Cleanup(n.server.Close)
	n.server.CheckWith(discovery.ForTest(t))
	n.server.AddFolder("root", "Đăng ký 2024")
	agencies := n.config.Register.Agencies
	for i := range books {
		code := agencies[i%len(agencies)].Code
		n.server.AddFolder("f"+code, code, "root")
		id := fmt.Sprintf("bang-tinh-%03d", i)
		n.server.AddSpreadsheet(id, fmt.Sprintf("Danh sách đăng ký %03d", i), googletest.Tab{ID: 7, Title: "Danh sách", Rows: [][]any{
			{"DANH SÁCH ĐĂNG KÝ ĐÀO TẠO, BỒI DƯỠNG NĂM 2024"},
			{"TT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Đơn vị công tác", "Lớp đăng ký"},
			{1, "Nguyễn Văn " + nightName(i), fmt.Sprintf("%02d/0%d/19%d", 1+i%28, 1+i%9, 65+i%25), "Nam", "Chuyên viên", "Văn phòng", "Bồi dưỡng ngạch chuyên viên"},
		}})
		n.server.Move(id, "f"+code)
		n.books = append(n.books, id)
	}
	key := filepath.Join(t.TempDir(), "khoa.json")
	if err := os.WriteFile(key, n.server.Credentials(), 0o600); err != nil {
		t.Fatal(err)
	}
	client, err := google.New(t.Context(), google.Options{
		Credentials: key, Endpoint: n.server.URL(),
		Quota: google.Quota{ProjectPerMinute: 1 << 20, UserPerMinute: 1 << 20, DrivePerMinute: 1 << 20},
		Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	})
	if err != nil {
		t.Fatal(err)
	}
	n.config.Google = func(context.Context) (*google.Client, error) { return client, nil }
	source, err := pull.New(pull.Settings{Type: "google_drive", ID: "root"}, pull.Deps{Google: n.config.Google})
	if err != nil {
		t.Fatal(err)
	}
	n.config.Sources = []pull.Source{source}
	return n
}

func nightName(i int) string {
	names := []string{"Ân", "Bảy", "Chín", "Dũng", "Em", "Gia", "Hải", "Khánh", "Lâm", "Minh", "Nam", "Phú", "Quý", "Sơn", "Tâm"}
	return names[i%len(names)] + " " + names[(i/len(names)+i)%len(names)]
}

// change gives so many of the spreadsheets a birth date that is none, another
// one each time.
func (n *nights) change(books, round int) {
	n.t.Helper()
	for _, id := range n.books[:books] {
		if err := n.server.Type(id, 7, 2, 2, fmt.Sprintf("3%d/02/1980", round%9)); err != nil {
			n.t.Fatal(err)
		}
	}
}

// TestRenamedFileOfAnotherAgency: a file's name is no news, unless it is all
// that tells whose it is.
func TestRenamedFileOfAnotherAgency(t *testing.T) {
	t.Parallel()
	n := newNights(t, 1)
	id := n.books[0]
	n.server.Move(id, "root")
	whose := func(name string, reads int) string {
		n.server.Rename(id, name)
		n.server.ResetCounts()
		n.run()
		if got := n.server.Count(googletest.MethodGet) - n.server.Count(googletest.MethodUpdate); got != reads {
			t.Errorf("%q: %d reads, want %d", name, got, reads)
		}
		versions, err := n.store.Versions(t.Context(), n.plan.ID)
		if err != nil {
			t.Fatal(err)
		}
		v := versions["google_drive:root/"+id]
		if v.File != name {
			t.Errorf("%q is known as %q", name, v.File)
		}
		return v.Agency
	}
	if got := whose("Sở Nội vụ - danh sách", 1); got != "S03" {
		t.Errorf("agency %q", got)
	}
	n.run() // what was written is read once more
	if got := whose("Sở Nội vụ - danh sách chính thức", 0); got != "S03" {
		t.Errorf("agency %q after another name of the same agency", got)
	}
	if got := whose("Sở Tài chính - danh sách", 1); got != "S04" {
		t.Errorf("agency %q after the name of another agency", got)
	}
}

// disturb makes a tenth of all requests fail, in every way that Google and the
// network have, and the tokens end again and again.
func (n *nights) disturb(seed uint64) {
	var mu sync.Mutex
	random := rand.New(rand.NewPCG(seed, 10))
	faults := []googletest.Fault{
		{Status: 429, RetryAfter: "1"},
		{Status: 500},
		{Status: 503, Body: "<html>"},
		{Status: 403, Reason: "userRateLimitExceeded"},
		{Broken: true},
		{Broken: true, Applied: true},
		{Status: 500, Applied: true},
	}
	n.server.FailBy(func(string) *googletest.Fault {
		mu.Lock()
		defer mu.Unlock()
		if random.IntN(10) > 0 {
			return nil
		}
		fault := faults[random.IntN(len(faults))]
		return &fault
	})
	n.server.ExpireTokensEvery(17)
}

// TestFaultsLeaveNoTrace works the same nights with and without faults: the
// database and the spreadsheets must be the same.
func TestFaultsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	calm, stormy := newNights(t, 8), newNights(t, 8)
	stormy.disturb(2024)
	for _, n := range []*nights{calm, stormy} {
		n.run()
		n.change(4, 0)
		n.run()
		wrong := n.found(postgres.Filter{Rule: "DL02"})
		if len(wrong) != 4 {
			t.Fatalf("%d wrong dates, want 4", len(wrong))
		}
		for i, d := range wrong {
			n.answer(d, fmt.Sprintf("Theo giấy khai sinh, bản %d", i))
		}
		n.run()
		n.change(2, 1)
		n.run()
		n.run()
	}
	if diff := cmp.Diff(calm.state(), stormy.state()); diff != "" {
		t.Errorf("the database (-calm +stormy):\n%s", diff)
	}
	for _, id := range calm.books {
		if diff := cmp.Diff(calm.tab(id), stormy.tab(id)); diff != "" {
			t.Errorf("the tab of %s (-calm +stormy):\n%s", id, diff)
		}
	}
	if failed := stormy.server.Count(googletest.MethodToken); failed < 3 {
		t.Errorf("only %d tokens: none of them ended early", failed)
	}
}

// answer types into the tab's row of a finding.
func (n *nights) answer(d reconcile.Discrepancy, text string) {
	n.t.Helper()
	id := filepath.Base(d.Place.Source)
	for _, s := range n.server.Spreadsheet(id).Sheets {
		if s.Properties.Title != reconcile.DiscrepancyTab {
			continue
		}
		column := -1
		for row, texts := range n.server.Texts(id, reconcile.DiscrepancyTab) {
			if slices.Contains(texts, reconcile.ColumnCode) {
				column = slices.Index(texts, reconcile.ColumnText)
			}
			if column >= 0 && slices.Contains(texts, d.Code) {
				if err := n.server.Type(id, s.Properties.SheetId, int64(row), int64(column), text); err != nil {
					n.t.Fatal(err)
				}
				return
			}
		}
	}
	n.t.Fatalf("%s is not in the tab of %s", d.Code, id)
}

// state is what the database says of findings, in their order.
func (n *nights) state() (all []string) {
	for _, d := range n.found(postgres.Filter{}) {
		answer := ""
		if d.Response != nil {
			answer = d.Response.Text
		}
		all = append(all, fmt.Sprint(d.Code, " ", d.Status, " ", d.Place, " ", d.Message, " ", answer))
	}
	return all
}

func (n *nights) tab(id string) [][]string { return n.server.Texts(id, reconcile.DiscrepancyTab) }
