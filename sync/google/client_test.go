package google_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/api/drive/v3"
	"google.golang.org/api/sheets/v4"

	"doisoat/sync/google"
	"doisoat/sync/google/googletest"
	"doisoat/sync/google/googletest/discovery"
)

const book = "1AbCSoNoiVu"

// naps records the waits between attempts instead of waiting.
type naps struct {
	mu  sync.Mutex
	all []time.Duration
}

func (n *naps) sleep(ctx context.Context, d time.Duration) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.all = append(n.all, d)
	return ctx.Err()
}

func newServer(t *testing.T) *googletest.Server {
	t.Helper()
	s := googletest.New()
	s.CheckWith(discovery.ForTest(t))
	t.Cleanup(s.Close)
	s.AddSpreadsheet(book, "Sở Nội vụ - đăng ký 2024", googletest.Tab{
		Title: "Danh sách", Rows: [][]any{{"TT", "Họ và tên"}, {1, "Nguyễn Văn Ân"}},
	})
	return s
}

func newClient(t *testing.T, s *googletest.Server, key []byte) (*google.Client, *naps) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "khoa.json")
	if err := os.WriteFile(path, key, 0o600); err != nil {
		t.Fatal(err)
	}
	n := &naps{}
	c, err := google.New(t.Context(), google.Options{
		Credentials: path,
		Endpoint:    s.URL(),
		Quota:       google.Quota{ProjectPerMinute: 1 << 20, UserPerMinute: 1 << 20},
		Sleep:       n.sleep,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, n
}

func read(t *testing.T, c *google.Client) (string, error) {
	t.Helper()
	s, err := c.Spreadsheet(t.Context(), book, "properties(title)")
	if err != nil {
		return "", err
	}
	return s.Properties.Title, nil
}

func rename(title string) *sheets.BatchUpdateSpreadsheetRequest {
	return &sheets.BatchUpdateSpreadsheetRequest{Requests: []*sheets.Request{{
		UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
			Properties: &sheets.SheetProperties{Title: title, ForceSendFields: []string{"SheetId"}}, Fields: "title",
		},
	}}}
}

func TestTokenIsAskedForOnceAndRenewed(t *testing.T) {
	s := newServer(t)
	c, n := newClient(t, s, s.Credentials())
	if got := c.ServiceAccount(); got != googletest.Account {
		t.Errorf("ServiceAccount() = %q", got)
	}
	for range 3 {
		title, err := read(t, c)
		if err != nil || title != "Sở Nội vụ - đăng ký 2024" {
			t.Fatalf("read: %q, %v", title, err)
		}
	}
	if got := s.Count(googletest.MethodToken); got != 1 {
		t.Errorf("%d tokens for three reads, want 1", got)
	}
	s.ExpireTokens()
	if _, err := read(t, c); err != nil {
		t.Fatalf("after the token was revoked: %v", err)
	}
	if got := s.Count(googletest.MethodToken); got != 2 {
		t.Errorf("%d tokens after a revocation, want 2", got)
	}
	if len(n.all) != 0 {
		t.Errorf("it waited %v for nothing", n.all)
	}
}

func TestReadsAreRetried(t *testing.T) {
	tests := []struct {
		name  string
		fault googletest.Fault
		calls int
	}{
		{"quota", googletest.Fault{Status: 429, Times: 2}, 3},
		{"quota as Drive words it", googletest.Fault{Status: 403, Reason: "userRateLimitExceeded"}, 2},
		{"quota of the day", googletest.Fault{Status: 403, Reason: "dailyLimitExceeded"}, 2},
		{"internal error", googletest.Fault{Status: 500}, 2},
		{"unavailable, with an HTML page", googletest.Fault{Status: 503, Body: "<html>Error 503</html>", Times: 4}, 5},
		{"broken body", googletest.Fault{Broken: true}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newServer(t)
			c, n := newClient(t, s, s.Credentials())
			tt.fault.Method = googletest.MethodGet
			s.Fail(tt.fault)
			if _, err := read(t, c); err != nil {
				t.Fatal(err)
			}
			if got := s.Count(googletest.MethodGet); got != tt.calls {
				t.Errorf("%d requests, want %d: nobody else may retry", got, tt.calls)
			}
			if len(n.all) != tt.calls-1 {
				t.Errorf("waited %d times, want %d", len(n.all), tt.calls-1)
			}
		})
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	s := newServer(t)
	c, n := newClient(t, s, s.Credentials())
	s.Fail(googletest.Fault{Method: googletest.MethodGet, Status: 429, RetryAfter: "17"})
	s.Fail(googletest.Fault{Method: googletest.MethodGet, Status: 429, RetryAfter: "120"})
	if _, err := read(t, c); err != nil {
		t.Fatal(err)
	}
	want := []time.Duration{17 * time.Second, 2 * time.Minute}
	if len(n.all) != 2 || n.all[0] != want[0] || n.all[1] != want[1] {
		t.Errorf("waited %v, want %v", n.all, want)
	}
	s.Fail(googletest.Fault{Method: googletest.MethodGet, Status: 429, RetryAfter: "86400"})
	if _, err := read(t, c); !errors.Is(err, google.ErrQuota) || len(n.all) != 2 {
		t.Errorf("a wait of a day: waited %v, then %v", n.all, err)
	}
}

func TestGivesUp(t *testing.T) {
	tests := []struct {
		name  string
		fault googletest.Fault
		kind  error
		words string
	}{
		{"quota", googletest.Fault{Status: 429, Times: 99}, google.ErrQuota, "hạn mức"},
		{"down", googletest.Fault{Status: 503, Times: 99}, google.ErrUnreachable, "sự cố"},
		{"always broken", googletest.Fault{Broken: true, Times: 99}, google.ErrUnreachable, "kết nối mạng"},
		{"api not enabled", googletest.Fault{Status: 403, Reason: "accessNotConfigured"}, google.ErrDisabled, "chưa bật"},
		{"scope", googletest.Fault{Status: 403, Reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}, google.ErrCredentials, "tài khoản"},
		{"forbidden", googletest.Fault{Status: 403}, google.ErrNotShared, googletest.Account},
		{"not found", googletest.Fault{Status: 404}, google.ErrNotShared, book},
		{"token keeps being refused", googletest.Fault{Status: 401, Times: 99}, google.ErrCredentials, "tài khoản"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newServer(t)
			c, _ := newClient(t, s, s.Credentials())
			tt.fault.Method = googletest.MethodGet
			s.Fail(tt.fault)
			_, err := read(t, c)
			if !errors.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.words) {
				t.Errorf("error %v, want %v with %q", err, tt.kind, tt.words)
			}
			if errors.Is(err, google.ErrUnsure) {
				t.Error("a read is never unsure")
			}
		})
	}
}

func TestUploadedFileIsNoSpreadsheet(t *testing.T) {
	s := newServer(t)
	s.AddFile(&drive.File{Id: book + "x", Name: "DS.xlsx"})
	c, _ := newClient(t, s, s.Credentials())
	_, err := c.Spreadsheet(t.Context(), book+"x", "properties(title)")
	if !errors.Is(err, google.ErrNotNative) || !strings.Contains(err.Error(), "Google Trang tính") {
		t.Errorf("error %v", err)
	}
}

func TestWritesAreNotRepeatedBlindly(t *testing.T) {
	tests := []struct {
		name   string
		fault  googletest.Fault
		unsure bool
		calls  int
	}{
		{"refused for quota", googletest.Fault{Status: 429}, false, 2},
		{"applied, answer lost", googletest.Fault{Broken: true, Applied: true}, true, 1},
		{"server error", googletest.Fault{Status: 500}, true, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newServer(t)
			c, _ := newClient(t, s, s.Credentials())
			tt.fault.Method = googletest.MethodUpdate
			s.Fail(tt.fault)
			_, err := c.Update(t.Context(), book, rename("Đăng ký"), "spreadsheetId")
			if got := errors.Is(err, google.ErrUnsure); got != tt.unsure {
				t.Errorf("unsure: %v (%v), want %v", got, err, tt.unsure)
			}
			if got := s.Count(googletest.MethodUpdate); got != tt.calls {
				t.Errorf("%d requests, want %d", got, tt.calls)
			}
		})
	}
}

func TestConvergeLooksBeforeItWritesAgain(t *testing.T) {
	s := newServer(t)
	c, n := newClient(t, s, s.Credentials())
	s.Fail(googletest.Fault{Method: googletest.MethodUpdate, Broken: true, Applied: true})
	err := c.Converge(t.Context(), func(ctx context.Context) error {
		now, err := c.Spreadsheet(ctx, book, "sheets(properties(title))")
		if err != nil || now.Sheets[0].Properties.Title == "Đăng ký" {
			return err
		}
		_, err = c.Update(ctx, book, rename("Đăng ký"), "spreadsheetId")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Count(googletest.MethodUpdate); got != 1 || len(n.all) != 1 {
		t.Errorf("%d writes and %d waits, want 1 and 1", got, len(n.all))
	}
}

func TestCredentialsAreRefused(t *testing.T) {
	s := newServer(t)
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(other)
	if err != nil {
		t.Fatal(err)
	}
	change := func(field, value string) []byte {
		var m map[string]string
		if err := json.Unmarshal(s.Credentials(), &m); err != nil {
			t.Fatal(err)
		}
		m[field] = value
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	tests := map[string][]byte{
		"a key that was deleted":  change("private_key", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))),
		"a key that is no key":    change("private_key", "bí mật không phải khóa"),
		"an account that is gone": change("client_email", "cu@doisoat-test.iam.gserviceaccount.com"),
	}
	for name, key := range tests {
		t.Run(name, func(t *testing.T) {
			c, n := newClient(t, s, key)
			_, err := read(t, c)
			if !errors.Is(err, google.ErrCredentials) {
				t.Fatalf("error %v, want ErrCredentials", err)
			}
			if len(n.all) != 0 {
				t.Error("asking again is of no use")
			}
			if strings.Contains(err.Error(), "bí mật") || strings.Contains(err.Error(), "PRIVATE") {
				t.Errorf("the error shows the key: %v", err)
			}
		})
	}
}

func TestClockSkewIsNamed(t *testing.T) {
	s := newServer(t)
	c, _ := newClient(t, s, s.Credentials())
	s.Fail(googletest.Fault{Method: googletest.MethodToken, Status: 400, Body: `{"error":"invalid_grant","error_description":` +
		`"Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim."}`})
	_, err := read(t, c)
	if !errors.Is(err, google.ErrCredentials) || !strings.Contains(err.Error(), "đồng hồ") {
		t.Errorf("error %v does not name the clock", err)
	}
}

func TestTokenEndpointDown(t *testing.T) {
	s := newServer(t)
	c, n := newClient(t, s, s.Credentials())
	s.Fail(googletest.Fault{Method: googletest.MethodToken, Status: 503, Times: 2})
	if _, err := c.Update(t.Context(), book, rename("Đăng ký"), "spreadsheetId"); err != nil {
		t.Fatalf("a write whose token came late: %v", err)
	}
	if len(n.all) != 2 {
		t.Errorf("waited %d times, want 2", len(n.all))
	}
}

func TestNewRefusesBadFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, path := range map[string]string{
		"no file":      filepath.Join(dir, "khong-co.json"),
		"not json":     write("a.json", "đây không phải JSON"),
		"unknown type": write("b.json", `{"type":"mat_khau"}`),
		"no type":      write("c.json", `{}`),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := google.New(t.Context(), google.Options{Credentials: path})
			if !errors.Is(err, google.ErrCredentials) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v, want ErrCredentials with the path", err)
			}
		})
	}
}

func TestUnreachable(t *testing.T) {
	s := newServer(t)
	key := s.Credentials()
	c, _ := newClient(t, s, key)
	s.Close()
	_, err := read(t, c)
	if !errors.Is(err, google.ErrUnreachable) || errors.Is(err, google.ErrCredentials) {
		t.Errorf("error %v, want ErrUnreachable", err)
	}
}

func TestCancelledWhileWaiting(t *testing.T) {
	s := newServer(t)
	c, _ := newClient(t, s, s.Credentials())
	ctx, cancel := context.WithCancel(t.Context())
	s.Before(googletest.MethodGet, 0, cancel)
	s.Fail(googletest.Fault{Method: googletest.MethodGet, Status: http.StatusServiceUnavailable, Times: 99})
	if _, err := c.Spreadsheet(ctx, book, "spreadsheetId"); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	if got := s.Count(googletest.MethodGet); got > 1 {
		t.Errorf("%d requests after the end", got)
	}
}

func TestManyAtOnce(t *testing.T) {
	s := newServer(t)
	c, _ := newClient(t, s, s.Credentials())
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			if i == 8 {
				s.ExpireTokens()
			}
			if _, err := c.File(t.Context(), book, "name,version"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}
