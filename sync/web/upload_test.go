package web_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/rule"
	"doisoat/sync/pipeline"
	"doisoat/sync/pull"
	"doisoat/sync/sheet"
	"doisoat/sync/understand"
	"doisoat/sync/web"
)

// newSendingSite is a page whose files are reconciled, by workers of its own.
func newSendingSite(t testing.TB) *site {
	t.Helper()
	var jobs *pipeline.Pipeline
	s := newSite(t, func(o *web.Options) {
		source, err := pull.New(pull.Settings{Type: "upload"}, pull.Deps{
			Uploads: pipeline.Uploads{Store: func() *postgres.Store { return o.Store }, Plan: o.Plan.ID},
		})
		if err != nil {
			t.Fatal(err)
		}
		jobs, err = pipeline.New(context.Background(), pipeline.Config{
			Store: o.Store, Plan: o.Plan, Register: o.Register, Reader: understand.New(o.Plan, o.Register), Rules: rule.All(),
			Sources: []pull.Source{source}, Reports: t.TempDir(), Location: o.Zone, Now: o.Now, Log: slog.New(slog.DiscardHandler),
		})
		if err != nil {
			t.Fatal(err)
		}
		o.Service = jobs
	})
	never, err := pipeline.ParseSchedule("0 0 31 2 *", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- jobs.Serve(ctx, pipeline.Duties{Schedule: &never, Work: true}) }()
	t.Cleanup(func() { stop(); <-ended })
	return s
}

// file is a file on somebody's machine.
type file struct {
	name    string
	content []byte
}

func demoFile(t testing.TB, path, name string) file {
	t.Helper()
	content, err := os.ReadFile("../../cmd/doisoat/demo/" + path)
	if err != nil {
		t.Fatal(err)
	}
	return file{name, content}
}

// goodFile is a list of Văn phòng UBND tỉnh.
func goodFile(t testing.TB) file {
	return demoFile(t, "inbox/S01/VPUB_Mau 03.xlsx", "VPUB_Mau 03.xlsx")
}

// sendFiles sends the form that checks files.
func (b *browser) sendFiles(agency string, files ...file) answer {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if err := form.WriteField("agency", agency); err != nil {
		b.t.Fatal(err)
	}
	for _, f := range files {
		part, err := form.CreateFormFile("files", f.name)
		if err == nil {
			_, err = part.Write(f.content)
		}
		if err != nil {
			b.t.Fatal(err)
		}
	}
	form.Close()
	return b.request(http.MethodPost, "/uploads/check", form.FormDataContentType(), &body)
}

func (b *browser) request(method, path, kind string, body io.Reader) answer {
	b.t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, b.URL+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Content-Type", kind)
	for _, c := range b.cookie {
		request.AddCookie(c)
	}
	got, err := b.client.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer got.Body.Close()
	content, err := io.ReadAll(got.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer{got.StatusCode, string(content), got.Header}
}

var draftField = regexp.MustCompile(`name="draft" value="(\d+)"`)

// drafts are the numbers of the drafts on the page.
func (b *browser) drafts() []string {
	b.t.Helper()
	var all []string
	for _, m := range draftField.FindAllStringSubmatch(b.get("/uploads").body, -1) {
		all = append(all, m[1])
	}
	return all
}

// sendDraft sends the only draft and returns the address of what was sent.
func (b *browser) sendDraft(replaces string) string {
	b.t.Helper()
	drafts := b.drafts()
	if len(drafts) != 1 {
		b.t.Fatalf("%d drafts, want one", len(drafts))
	}
	got := b.post("/uploads/send", url.Values{"draft": drafts, "replaces": {replaces}})
	path, ok := strings.CutSuffix(got.header.Get("Location"), "?ok=sent")
	if got.status != http.StatusSeeOther || !ok {
		b.t.Fatalf("sent: %d %s", got.status, got.body)
	}
	return path
}

// reconciled waits until the file has its result.
func (b *browser) reconciled(path string) string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		if body := b.get(path).body; !strings.Contains(body, "data-waiting") {
			return body
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("%s has no result", path)
	return ""
}

func (s *site) stored() (n int) {
	s.t.Helper()
	if err := s.store.Pool().QueryRow(context.Background(), `SELECT count(*) FROM file_content`).Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

func TestFilesAreCheckedThenSent(t *testing.T) {
	s := newSendingSite(t)
	agency := s.as(reconcile.User{Login: "an@vpub.example.vn", Role: reconcile.UserAgency, Agency: "S01"})
	good := goodFile(t)
	if got := agency.sendFiles("S03", good); got.status != http.StatusSeeOther || got.header.Get("Location") != "/uploads#checked" {
		t.Fatalf("checked: %d %s", got.status, got.body)
	}
	checked := agency.get("/uploads").body
	says(t, "the check", checked, "VPUB_Mau 03.xlsx", "đăng ký</strong>", "Gửi cho: Văn phòng UBND tỉnh", "Chưa có tệp nào được gửi", "!sở Nội vụ")
	if sent, err := s.store.SentUploads(t.Context(), s.plan.ID, nil); err != nil || len(sent) != 0 {
		t.Errorf("sent before it was sent: %v, %v", sent, err)
	}
	first := agency.sendDraft("0")
	says(t, "the result", agency.reconciled(first), "đã đối soát", "Đã đọc", "Tải bản có trang SAI LỆCH", "an@vpub.example.vn")
	if got := agency.get(first + "/file"); got.body != string(good.content) || !strings.Contains(got.header.Get("Content-Disposition"), "attachment") {
		t.Error("the file is not handed out as it was sent")
	}
	copied := agency.get(first + "/copy")
	book, err := sheet.Open(t.Context(), strings.NewReader(copied.body), int64(len(copied.body)), sheet.DefaultLimits())
	if err != nil {
		t.Fatalf("the copy: %v", err)
	}
	book.Close()

	agency.sendFiles("", file{"VPUB_Mau 03 (sửa lần 2).xlsx", good.content})
	says(t, "the choice", agency.get("/uploads").body, `<option value="`+strings.TrimPrefix(first, "/uploads/")+`" selected>thay cho «VPUB_Mau 03.xlsx»`)
	second := agency.sendDraft(strings.TrimPrefix(first, "/uploads/"))
	says(t, "the second", agency.reconciled(second), "đã đối soát", "VPUB_Mau 03.xlsx")
	says(t, "the first", agency.get(first).body, "Đã có tệp gửi sau thay cho tệp này", "!/copy")
	if s.stored() != 1 {
		t.Errorf("%d contents of one file that was sent twice", s.stored())
	}
	says(t, "the log", s.as(somebody(reconcile.UserOffice)).get("/access-log").body, "kiểm tra tệp", "gửi tệp", "tải tệp đã gửi", "tải báo cáo")
}

func TestFilesThatAreRefused(t *testing.T) {
	s := newSite(t, nil)
	agency := s.as(somebody(reconcile.UserAgency))
	allocation := demoFile(t, "allocations/Phan bo chi tieu 2024.xlsx", "Phan bo.xlsx")
	tests := []struct {
		name  string
		files []file
		words string
	}{
		{"no spreadsheet", []file{{"danh sách.xlsx", []byte("%PDF-1.7 " + strings.Repeat("x", 300))}}, "không phải là bảng tính"},
		{"half of a file", []file{{"a.xlsx", goodFile(t).content[:2000]}}, "bị hỏng"},
		{"an empty file", []file{{"a.xlsx", nil}}, "tệp rỗng"},
		{"what only the office may say", []file{allocation}, "chỉ Ban Tổ chức gửi được"},
		{"a name that is a script", []file{{`../<img src=x onerror=alert(1)>.xlsx`, []byte("x")}}, "&lt;img src=x"},
		{"no file", nil, "Chưa chọn tệp nào"},
		{"too many", make([]file, 11), "nhiều nhất 10 tệp"},
	}
	for i := range tests[6].files {
		tests[6].files[i] = file{"a.xlsx", []byte("x")}
	}
	for _, test := range tests {
		got := agency.sendFiles("", test.files...)
		if got.status < 400 || got.status >= 500 {
			t.Errorf("%s: %d", test.name, got.status)
		}
		says(t, test.name, got.body, test.words, "!<img src=x", "!value=\"Gửi\"")
	}
	large := io.LimitReader(neverEnding('x'), pipeline.LargestFile()+2<<20)
	form := io.MultiReader(strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.xlsx\"\r\n\r\n"), large)
	if got := agency.request(http.MethodPost, "/uploads/check", "multipart/form-data; boundary=b", form); got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("too large: %d %s", got.status, got.body)
	}
	if s.stored() != 0 || len(agency.drafts()) != 0 {
		t.Errorf("%d contents are kept of files that were refused", s.stored())
	}
	if got := s.as(somebody(reconcile.UserOffice)).sendFiles("", allocation); got.status != http.StatusSeeOther {
		t.Errorf("the office's allocation: %d", got.status)
	}
}

// neverEnding reads as the same byte over and over.
type neverEnding byte

func (b neverEnding) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(b)
	}
	return len(p), nil
}

func TestFilesAreTheirAgencysAlone(t *testing.T) {
	s := newSendingSite(t)
	owner := s.as(reconcile.User{Login: "an@vpub.example.vn", Role: reconcile.UserAgency, Agency: "S01"})
	other := s.as(somebody(reconcile.UserAgency))
	owner.sendFiles("", goodFile(t))
	draft := owner.drafts()
	for _, path := range []string{"/uploads/send", "/uploads/drop"} {
		other.post(path, url.Values{"draft": draft, "replaces": {"0"}})
	}
	if len(owner.drafts()) != 1 {
		t.Fatal("another sent or dropped the draft")
	}
	sent := owner.sendDraft("0")
	owner.reconciled(sent)
	for role, status := range map[reconcile.UserRole]int{
		reconcile.UserAgency: http.StatusNotFound, reconcile.UserPartyBloc: http.StatusNotFound,
		reconcile.UserStateBloc: http.StatusOK, reconcile.UserOffice: http.StatusOK, reconcile.UserAuditor: http.StatusOK,
	} {
		for _, part := range []string{"", "/file", "/copy"} {
			if got := s.as(somebody(role)).get(sent + part); got.status != status {
				t.Errorf("%s%s as %s: %d, want %d", sent, part, role, got.status, status)
			}
		}
	}
	for role, sees := range map[reconcile.UserRole]bool{reconcile.UserAgency: false, reconcile.UserPartyBloc: false, reconcile.UserAuditor: true} {
		if got := s.as(somebody(role)).get("/uploads"); strings.Contains(got.body, "VPUB_Mau") != sees {
			t.Errorf("the list as %s: sees it is %v", role, !sees)
		}
	}
	other.sendFiles("", goodFile(t))
	if got := other.post("/uploads/send", url.Values{"draft": other.drafts(), "replaces": {strings.TrimPrefix(sent, "/uploads/")}}); got.status != http.StatusNotFound {
		t.Errorf("another agency's file replaced: %d", got.status)
	}
	bloc := s.as(somebody(reconcile.UserPartyBloc))
	if got := bloc.sendFiles("S01", goodFile(t)); got.status != http.StatusBadRequest {
		t.Errorf("sent for an agency of the other bloc: %d", got.status)
	}
}

func TestDraftsAreForgotten(t *testing.T) {
	s := newSite(t, nil)
	agency := s.as(somebody(reconcile.UserAgency))
	agency.sendFiles("", goodFile(t))
	if got := agency.post("/uploads/drop", url.Values{"draft": agency.drafts()}); got.status != http.StatusSeeOther || s.stored() != 0 {
		t.Errorf("dropped: %d, %d contents", got.status, s.stored())
	}
	agency.sendFiles("", goodFile(t))
	draft := agency.drafts()
	s.now = s.now.Add(pipeline.DraftLife + time.Minute)
	agency = s.as(somebody(reconcile.UserAgency))
	if len(agency.drafts()) != 0 {
		t.Error("a draft is there after its time")
	}
	if got := agency.post("/uploads/send", url.Values{"draft": draft, "replaces": {"0"}}); got.status != http.StatusNotFound {
		t.Errorf("sent after its time: %d", got.status)
	}
}

// TestSentFilesArePagedThrough: every file that was sent is listed once, the
// newest first, also when one is replaced while somebody turns the pages.
func TestSentFilesArePagedThrough(t *testing.T) {
	s := newSite(t, nil)
	const files = 103
	var ids []int64
	send := func(i int, replaces int64) int64 {
		t.Helper()
		now := s.now.Add(time.Duration(i/2) * time.Minute) // two at a time
		u := postgres.Upload{Agency: "S01", Own: true, Name: fmt.Sprintf("Danh sách %03d.xlsx", i), Sender: "an@vpub.example.vn", Checked: []byte("{}")}
		id, err := s.store.SaveDraft(t.Context(), s.plan.ID, u, []byte(u.Name), s.now, now)
		if err != nil {
			t.Fatal(err)
		}
		err = s.store.InTx(t.Context(), func(ctx context.Context, tx postgres.Tx) error {
			_, err := s.store.SendDraft(ctx, tx, s.plan.ID, u.Sender, id, replaces, s.now, now)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	for i := range files {
		ids = append(ids, send(i, 0))
	}
	office := s.as(somebody(reconcile.UserOffice))
	rows := regexp.MustCompile(`href="/uploads/\d+">Danh sách (\d+)\.xlsx`)
	next := regexp.MustCompile(`href="(/uploads\?before=\d+)#sent" rel="next"`)
	var seen []string
	pages := 0
	for path := "/uploads"; path != ""; pages++ {
		body := office.get(path).body
		for _, m := range rows.FindAllStringSubmatch(body, -1) {
			seen = append(seen, m[1])
		}
		if (pages > 0) != strings.Contains(body, "Về các tệp mới nhất") {
			t.Errorf("%s leads back to the start: %v", path, pages == 0)
		}
		if path = ""; next.MatchString(body) {
			path = next.FindStringSubmatch(body)[1]
			send(files, ids[files-50]) // the last of the first page comes first now
		}
	}
	if pages != 3 || len(seen) != files || !slices.IsSortedFunc(seen, func(a, b string) int { return strings.Compare(b, a) }) {
		t.Errorf("%d pages show %d files: %v", pages, len(seen), seen)
	}
}
