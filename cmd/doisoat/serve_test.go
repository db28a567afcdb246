package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// service is `doisoat serve` at work.
type service struct {
	*session
	url string
}

// serve starts the service on a free port and waits until it says where it is.
func (o *office) serve() *service {
	o.t.Helper()
	s := &session{cmd: exec.Command("doisoat", "serve", "--listen", "127.0.0.1:0"), ended: make(chan error, 1)}
	s.cmd.Dir, s.cmd.Env = o.dir, o.environ()
	stderr, err := s.cmd.StderrPipe()
	if err != nil {
		o.t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	said := bufio.NewReader(stderr)
	var url []string
	for url == nil {
		line, err := said.ReadString('\n')
		if err != nil {
			o.t.Fatalf("serve ended with %v after %q", err, line)
		}
		url = regexp.MustCompile(`http://[0-9.:]+`).FindStringSubmatch(line)
	}
	go func() {
		_, _ = io.Copy(&s.errOut, said)
		s.ended <- s.cmd.Wait()
	}()
	return &service{session: s, url: url[0]}
}

// get returns the answer's status, head and body.
func (s *service) get(t *testing.T, path string) (int, http.Header, string) {
	t.Helper()
	answer, err := http.Get(s.url + path)
	if err != nil {
		_ = s.cmd.Process.Kill()
		s.wait(t) // all that it said is there then
		t.Fatalf("%v\n%s", err, &s.errOut)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(body)
}

// untilOK asks until the answer is that all is well.
func (s *service) untilOK(t *testing.T, path string) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for status := 0; status != http.StatusOK; status, _, _ = s.get(t, path) {
		if time.Now().After(deadline) {
			t.Fatalf("%s is never well", path)
		}
	}
}

// figure is a figure of the page, gauge one of the metrics.
func figure(word string, n int) string { return fmt.Sprintf("<dt>%s</dt><dd>%d</dd>", word, n) }

func gauge(name, label, value string, n int) string {
	return fmt.Sprintf("%s{%s=%q} %d\n", name, label, value, n)
}

func TestServe(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.samples()
	o.configure("allocations:", "  - {type: folder, path: ./allocations}")
	ran := o.run(exitPartial) // so that no night counts as missed
	s := o.serve()

	if status, _, body := s.get(t, "/healthz"); status != http.StatusOK || strings.TrimSpace(body) != "ok" {
		t.Errorf("/healthz: %d %q", status, body)
	}
	o.call(exitDone, "health", "--url", s.url+"/healthz")
	s.untilOK(t, "/readyz")

	status, head, page := s.get(t, "/")
	if status != http.StatusOK || !strings.HasPrefix(head.Get("Content-Type"), "text/html") {
		t.Errorf("the page: %d %v", status, head)
	}
	mentions(t, head.Get("Content-Security-Policy"), "default-src 'none'", "frame-ancestors 'none'", "!unsafe-inline")
	mentions(t, head.Get("X-Content-Type-Options"), "nosniff")
	mentions(
		t, page, "36.511.988.780", "Sở Tài chính", "không đọc được", "01:00", `href="/sign-in"`,
		figure("Đăng ký", ran.Rows.Registrations), figure("Sai lệch còn mở", ran.Findings.Open),
		"!<script", "!style=", "!Nguyễn", "!.xlsx",
	)
	if status, head, _ := s.get(t, "/style.css"); status != http.StatusOK || !strings.HasPrefix(head.Get("Content-Type"), "text/css") {
		t.Errorf("/style.css: %d %v", status, head)
	}
	for _, path := range []string{"/status.html", "/..%2fdoisoat.yaml", "/debug/pprof/"} {
		if status, _, _ := s.get(t, path); status != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, status)
		}
	}

	s.signIn(t, o)

	_, _, metrics := s.get(t, "/metrics")
	mentions(t, metrics, "doisoat_ledger_up 1", `doisoat_sources{state="failed"} 4`, `doisoat_last_run_timestamp_seconds{status="partial"}`,
		gauge("doisoat_findings", "state", "open", ran.Findings.Open), gauge("doisoat_rows", "kind", "registrations", ran.Rows.Registrations))

	taken := o.call(exitFailed, "serve", "--listen", strings.TrimPrefix(s.url, "http://"))
	mentions(t, taken.errOut.String(), "--listen", strings.TrimPrefix(s.url, "http://"))

	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := s.wait(t); code != exitDone {
		t.Errorf("serve ends with %d at SIGTERM\n%s", code, &s.errOut)
	}
	if listener, err := net.Listen("tcp", strings.TrimPrefix(s.url, "http://")); err != nil {
		t.Errorf("the port is not free: %v", err)
	} else {
		listener.Close()
	}
	o.call(exitFailed, "health", "--url", s.url+"/healthz")
}

// signIn goes the way of a new account, from the command line to the page.
func (s *service) signIn(t *testing.T, o *office) {
	t.Helper()
	o.call(exitFailed, "accounts", "add", "an@snv.example.vn", "--role", "agency")
	added := o.call(exitDone, "accounts", "add", "An@snv.example.vn", "--role", "agency", "--agency", "Sở Nội vụ")
	link := regexp.MustCompile(`/link/\w+`).FindString(added.out.String())
	mentions(t, o.call(exitFailed, "accounts", "add", "an@snv.example.vn", "--role", "office").errOut.String(), "accounts link an@snv.example.vn")
	mentions(t, o.call(exitDone, "accounts", "list").out.String(), "an@snv.example.vn", "S03", "chưa đặt mật khẩu", "1 tài khoản")
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	set, err := browser.PostForm(s.url+link, url.Values{"password": {"bốn từ dễ nhớ này"}, "again": {"bốn từ dễ nhớ này"}})
	if err != nil {
		t.Fatal(err)
	}
	defer set.Body.Close()
	page, err := io.ReadAll(set.Body)
	if err != nil {
		t.Fatal(err)
	}
	mentions(t, string(page), "an@snv.example.vn", "Sở Nội vụ", "Đăng xuất")
	o.call(exitDone, "accounts", "disable", "an@snv.example.vn")
	mentions(t, o.call(exitDone, "accounts", "list").out.String(), "bị khóa")
	mentions(t, o.call(exitFailed, "accounts", "link", "an@snv.example.vn").errOut.String(), "bị khóa")
	o.call(exitDone, "accounts", "enable", "an@snv.example.vn")
	mentions(t, o.call(exitDone, "accounts", "link", "an@snv.example.vn").out.String(), "/link/")
}

// TestServeWithoutDatabase: the service says that it is not well, comes back
// with the database, and stops cleanly at any time.
func TestServeWithoutDatabase(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	server := privateServer(t, o.path("server"))
	o.database = server.URL()
	o.run(exitDone)
	s := o.serve()
	stopServer(t, server)
	if status, _, body := s.get(t, "/healthz"); status != http.StatusServiceUnavailable {
		t.Errorf("/healthz: %d %q", status, body)
	}
	if status, _, body := s.get(t, "/"); status != http.StatusServiceUnavailable || !strings.Contains(body, "Chưa đọc được cơ sở dữ liệu") {
		t.Errorf("the page: %d %q", status, body)
	}
	_, _, metrics := s.get(t, "/metrics")
	mentions(t, metrics, "doisoat_ledger_up 0")

	if back := privateServer(t, o.path("server")); back.URL() == o.database {
		s.untilOK(t, "/healthz")
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := s.wait(t); code != exitDone {
		t.Errorf("serve ends with %d at SIGTERM\n%s", code, &s.errOut)
	}
	mentions(t, s.errOut.String(), "!panic", "!goroutine")
}

// TestServeMendsTheMissedNight: an office that never ran runs once at the start.
func TestServeMendsTheMissedNight(t *testing.T) {
	t.Parallel()
	o := newReachedOffice(t)
	reading := make(chan struct{})
	o.google.Before("spreadsheets.get", 0, func() { close(reading) })
	s := o.serve()
	<-reading
	// Told to stop in mid-run, the service finishes what it is at.
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := s.wait(t); code != exitDone {
		t.Errorf("serve ends with %d at SIGTERM\n%s", code, &s.errOut)
	}
	runs := o.ledger()
	if len(runs) != 1 || runs[0].Trigger != "schedule" {
		t.Fatalf("the ledger says %+v", runs)
	}
	// Started again, it goes on with the same run.
	next := o.serve()
	for runs[0].Finished.IsZero() {
		select {
		case err := <-next.ended:
			t.Fatalf("serve ended: %v\n%s", err, &next.errOut)
		case <-t.Context().Done():
			t.Fatal("the run is never finished")
		default:
			runs = o.ledger()
		}
	}
	if len(runs) != 1 || runs[0].Counts.RowsRegistrations != 5 {
		t.Errorf("the ledger says %+v", runs)
	}
	if err := next.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := next.wait(t); code != exitDone {
		t.Errorf("serve ends with %d at SIGTERM\n%s", code, &next.errOut)
	}
}
