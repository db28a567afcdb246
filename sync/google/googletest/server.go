package googletest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
)

// The methods that faults, hooks and counts go by.
const (
	MethodToken  = "token"
	MethodGet    = "spreadsheets.get"
	MethodUpdate = "spreadsheets.batchUpdate"
	MethodFile   = "drive.files.get"
	MethodList   = "drive.files.list"
	// MethodDownload is files.get with alt=media.
	MethodDownload = "drive.files.get media"
)

// Server is safe for use by many goroutines.
type Server struct {
	http *httptest.Server

	mu      sync.Mutex
	books   map[string]*book
	files   map[string]*upload
	hidden  map[string]bool // not shared with the account
	tokens  map[string]bool // access tokens that are valid
	mayRead map[string]bool // those with the right to read what is in files
	issued  int
	// expireEvery is after how many requests all tokens end, 0 for never.
	expireEvery, served int
	// silent about what the account may do with a file.
	silent  bool
	counts  map[string]int
	faults  []*Fault
	random  func(method string) *Fault
	hooks   []*hook
	refused []string
	off     map[string]bool // APIs that are not enabled
	quota   *quota
	checker Checker
}

// New starts a server on the loopback interface.
func New() *Server {
	s := &Server{
		books:  make(map[string]*book),
		files:  make(map[string]*upload),
		hidden: make(map[string]bool),
		tokens: make(map[string]bool), mayRead: make(map[string]bool),
		counts: make(map[string]int),
		off:    make(map[string]bool),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /token", s.serveToken)
	mux.HandleFunc("GET /v4/spreadsheets/{id}", s.method(MethodGet, s.get))
	mux.HandleFunc("POST /v4/spreadsheets/{id}", s.method(MethodUpdate, s.batchUpdate))
	mux.HandleFunc("GET /drive/v3/files", s.method(MethodList, s.list))
	mux.HandleFunc("GET /drive/v3/files/{id}", s.fileOrMedia())
	mux.HandleFunc("/", s.unknown)
	s.http = httptest.NewServer(mux)
	return s
}

// URL is the endpoint to configure.
func (s *Server) URL() string { return s.http.URL }

// Close stops the server.
func (s *Server) Close() { s.http.Close() }

// Count is how many requests of a method came in, those that failed too.
func (s *Server) Count(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[method]
}

// ResetCounts begins counting anew.
func (s *Server) ResetCounts() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.counts)
}

// Refused lists the messages of the requests that were not as documented.
func (s *Server) Refused() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.refused...)
}

type handler func(id string, r *http.Request) (any, *apiError)

// method wraps a handler in what all methods share.
func (s *Server) method(name string, h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		fault, runs := s.enter(name)
		for _, run := range runs {
			run()
		}
		if fault != nil && !fault.Applied {
			fault.answer(w, nil)
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if failure := s.gate(name, r); failure != nil {
			s.note(failure)
			failure.write(w)
			return
		}
		s.served++
		if s.expireEvery > 0 && s.served%s.expireEvery == 0 {
			clear(s.tokens)
		}
		if !s.tokens[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")] {
			(&apiError{code: http.StatusUnauthorized, status: "UNAUTHENTICATED", message: "Request had invalid authentication credentials."}).write(w)
			return
		}
		id := r.PathValue("id")
		if name == MethodUpdate {
			var ok bool
			if id, ok = strings.CutSuffix(id, ":batchUpdate"); !ok {
				http.NotFound(w, r)
				return
			}
		}
		answer, failure := h(id, r)
		switch {
		case failure != nil:
			s.note(failure)
			failure.write(w)
		case fault != nil:
			fault.answer(w, answer)
		default:
			writeAnswer(w, answer)
		}
	}
}

// note keeps the messages of requests that are not as documented.
func (s *Server) note(failure *apiError) {
	if failure.code == http.StatusBadRequest {
		s.refused = append(s.refused, failure.message)
	}
}

// unknown answers requests for which the APIs have no method.
func (s *Server) unknown(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused = append(s.refused, "no such method: "+r.Method+" "+r.URL.Path)
	http.NotFound(w, r)
}

// apiError is Google's error object.
type apiError struct {
	code    int
	status  string
	message string
	reason  string // in the list of errors, as Drive gives it, "" for none
}

func invalid(message string) *apiError {
	return &apiError{code: http.StatusBadRequest, status: "INVALID_ARGUMENT", message: message}
}

func forbidden(message string) *apiError {
	return &apiError{code: http.StatusForbidden, status: "PERMISSION_DENIED", message: message}
}

func (e *apiError) write(w http.ResponseWriter) {
	body := map[string]any{"code": e.code, "message": e.message, "status": e.status}
	if e.reason != "" {
		body["errors"] = []map[string]string{{"reason": e.reason, "domain": "global", "message": e.message}}
	}
	writeJSON(w, e.code, map[string]any{"error": body})
}

func canonical(status int) string {
	switch status {
	case http.StatusForbidden:
		return "PERMISSION_DENIED"
	case http.StatusNotFound:
		return "NOT_FOUND"
	case http.StatusTooManyRequests:
		return "RESOURCE_EXHAUSTED"
	case http.StatusServiceUnavailable:
		return "UNAVAILABLE"
	}
	return "INTERNAL"
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// visible refuses files that are not there or not shared, as Google does.
func (s *Server) visible(id string) *apiError {
	_, isBook := s.books[id]
	_, isFile := s.files[id]
	switch {
	case !isBook && !isFile:
		return &apiError{code: http.StatusNotFound, status: "NOT_FOUND", message: "Requested entity was not found."}
	case s.hidden[id]:
		return forbidden("The caller does not have permission")
	case !isBook:
		return &apiError{code: http.StatusBadRequest, status: "FAILED_PRECONDITION", message: "This operation is not supported for this document"}
	}
	return nil
}
