package googletest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"
)

// Checker says what is wrong with a request, by the documents of the API.
type Checker interface {
	Check(r *http.Request, body []byte) error
}

// CheckWith has every request checked before it is carried out; one that is not
// as documented is answered with 400 and listed by Refused.
func (s *Server) CheckWith(c Checker) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.checker = c
}

// The APIs that can be switched off.
const (
	SheetsAPI = "sheets"
	DriveAPI  = "drive"
)

// Enable switches an API of the project on or off.
func (s *Server) Enable(api string, on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.off[api] = !on
}

// Quota is how many requests a user may send in any span of the given length.
type Quota struct {
	Reads, Writes, Drive int
	Per                  time.Duration
}

type quota struct {
	Quota
	times    map[string][]time.Time
	exceeded int
}

// Enforce makes the server refuse what goes over the quota, as Google does.
func (s *Server) Enforce(q Quota) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.quota = &quota{Quota: q, times: make(map[string][]time.Time)}
}

// Exceeded is how many requests were over the quota.
func (s *Server) Exceeded() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.quota == nil {
		return 0
	}
	return s.quota.exceeded
}

// gate refuses a request before anybody looks at what it asks for.
func (s *Server) gate(method string, r *http.Request) *apiError {
	api := apiOf(method)
	if s.off[api] {
		return &apiError{
			code: http.StatusForbidden, status: "PERMISSION_DENIED", reason: "accessNotConfigured",
			message: api + " API has not been used in project 1 before or it is disabled.",
		}
	}
	if s.quota != nil && !s.quota.admit(method, time.Now()) {
		s.quota.exceeded++
		if api == DriveAPI {
			return &apiError{code: http.StatusForbidden, status: "PERMISSION_DENIED", reason: "userRateLimitExceeded", message: "User Rate Limit Exceeded"}
		}
		return &apiError{code: http.StatusTooManyRequests, status: "RESOURCE_EXHAUSTED", reason: "rateLimitExceeded", message: "Quota exceeded for quota metric."}
	}
	if b := s.books[strings.TrimSuffix(r.PathValue("id"), ":batchUpdate")]; b != nil && b.viewOnly && method == MethodUpdate {
		return forbidden("The caller does not have permission")
	}
	if s.checker == nil {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return invalid("the body cannot be read")
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if err := s.checker.Check(r, body); err != nil {
		return invalid("not as documented: " + err.Error())
	}
	return nil
}

func apiOf(method string) string {
	if strings.HasPrefix(method, "drive.") {
		return DriveAPI
	}
	return SheetsAPI
}

func (q *quota) admit(method string, now time.Time) bool {
	budget, limit := "reads", q.Reads
	switch {
	case apiOf(method) == DriveAPI:
		budget, limit = DriveAPI, q.Drive
	case method == MethodUpdate:
		budget, limit = "writes", q.Writes
	}
	times := q.times[budget]
	for len(times) > 0 && now.Sub(times[0]) >= q.Per {
		times = times[1:]
	}
	if len(times) >= limit {
		q.times[budget] = times
		return false
	}
	q.times[budget] = append(times, now)
	return true
}

// Transport carries requests to the server without a network, so that a test
// can run on a clock of its own.
func (s *Server) Transport() http.RoundTripper { return inProcess{s.http.Config.Handler} }

type inProcess struct{ handler http.Handler }

func (t inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r = r.Clone(r.Context())
		r.Body = http.NoBody
	}
	defer r.Body.Close()
	recorder := httptest.NewRecorder()
	t.handler.ServeHTTP(recorder, r)
	resp := recorder.Result()
	resp.Request = r
	return resp, nil
}

func writeAnswer(w http.ResponseWriter, answer any) {
	if content, ok := answer.(media); ok {
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Length", fmt.Sprint(len(content)))
		_, _ = w.Write(content)
		return
	}
	writeJSON(w, http.StatusOK, answer)
}
