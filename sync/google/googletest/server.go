package googletest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"google.golang.org/api/drive/v3"
)

// The methods that faults, hooks and counts go by.
const (
	MethodToken  = "token"
	MethodGet    = "spreadsheets.get"
	MethodUpdate = "spreadsheets.batchUpdate"
	MethodFile   = "drive.files.get"
)

// Server is safe for use by many goroutines.
type Server struct {
	http *httptest.Server

	mu      sync.Mutex
	books   map[string]*book
	files   map[string]*drive.File
	hidden  map[string]bool // not shared with the account
	tokens  map[string]bool // access tokens that are valid
	issued  int
	counts  map[string]int
	faults  []*Fault
	hooks   []*hook
	refused []string
}

// New starts a server on the loopback interface.
func New() *Server {
	s := &Server{
		books:  make(map[string]*book),
		files:  make(map[string]*drive.File),
		hidden: make(map[string]bool),
		tokens: make(map[string]bool),
		counts: make(map[string]int),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /token", s.serveToken)
	mux.HandleFunc("GET /v4/spreadsheets/{id}", s.method(MethodGet, s.get))
	mux.HandleFunc("POST /v4/spreadsheets/{id}", s.method(MethodUpdate, s.batchUpdate))
	mux.HandleFunc("GET /drive/v3/files/{id}", s.method(MethodFile, s.file))
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

// Share makes a file visible to the account, or hides it.
func (s *Server) Share(id string, shared bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hidden[id] = !shared
}

// AddFile puts a file on the Drive that is no native spreadsheet.
func (s *Server) AddFile(f *drive.File) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[f.Id] = f
}

// Fault makes requests of one method fail.
type Fault struct {
	Method string
	// Skip lets so many requests pass first; Times is how many fail, 0 one.
	Skip, Times int
	// Status of the answer; 0 with Broken answers 200 and half a body.
	Status     int
	Reason     string // in the list of errors, as Drive gives it
	RetryAfter string
	Body       string // instead of Google's error object
	Broken     bool
	// Applied: the request is carried out before it is answered with the fault.
	Applied bool
}

// Fail adds a fault; faults of a method are used up in the order of adding.
func (s *Server) Fail(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.Times = max(f.Times, 1)
	s.faults = append(s.faults, &f)
}

type hook struct {
	method string
	skip   int
	run    func()
}

// Before runs a function once before the next request of a method is carried
// out, or after skip more of them. It may call the server's other methods.
func (s *Server) Before(method string, skip int, run func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hooks = append(s.hooks, &hook{method, skip, run})
}

// enter counts a request and takes what was planned for it.
func (s *Server) enter(method string) (*Fault, []func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[method]++
	var runs []func()
	rest := s.hooks[:0]
	for _, h := range s.hooks {
		switch {
		case h.method != method:
			rest = append(rest, h)
		case h.skip > 0:
			h.skip--
			rest = append(rest, h)
		default:
			runs = append(runs, h.run)
		}
	}
	s.hooks = rest
	for i, f := range s.faults {
		if f.Method != method {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			return nil, runs
		}
		if f.Times--; f.Times == 0 {
			s.faults = append(s.faults[:i], s.faults[i+1:]...)
		}
		return f, runs
	}
	return nil, runs
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
		if !s.tokens[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")] {
			(&apiError{http.StatusUnauthorized, "UNAUTHENTICATED", "Request had invalid authentication credentials."}).write(w)
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
			if failure.code == http.StatusBadRequest {
				s.refused = append(s.refused, failure.message)
			}
			failure.write(w)
		case fault != nil:
			fault.answer(w, answer)
		default:
			writeJSON(w, http.StatusOK, answer)
		}
	}
}

func (f *Fault) answer(w http.ResponseWriter, answer any) {
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	switch {
	case f.Broken:
		b, _ := json.Marshal(answer)
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(append([]byte(`{"spreadsheetId":`), b[:len(b)/2]...))
	case f.Body != "":
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte(f.Body))
	default:
		body := map[string]any{"code": f.Status, "message": http.StatusText(f.Status), "status": canonical(f.Status)}
		if f.Reason != "" {
			body["errors"] = []map[string]string{{"reason": f.Reason, "domain": "usageLimits"}}
		}
		writeJSON(w, f.Status, map[string]any{"error": body})
	}
}

// apiError is Google's error object.
type apiError struct {
	code    int
	status  string
	message string
}

func invalid(message string) *apiError {
	return &apiError{http.StatusBadRequest, "INVALID_ARGUMENT", message}
}

func (e *apiError) write(w http.ResponseWriter) {
	writeJSON(w, e.code, map[string]any{"error": map[string]any{"code": e.code, "message": e.message, "status": e.status}})
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
		return &apiError{http.StatusNotFound, "NOT_FOUND", "Requested entity was not found."}
	case s.hidden[id]:
		return &apiError{http.StatusForbidden, "PERMISSION_DENIED", "The caller does not have permission"}
	case !isBook:
		return &apiError{http.StatusBadRequest, "FAILED_PRECONDITION", "This operation is not supported for this document"}
	}
	return nil
}

// file is Drive's files.get. Drive answers 404 for what is not shared.
func (s *Server) file(id string, r *http.Request) (any, *apiError) {
	f, ok := s.files[id]
	if b, isBook := s.books[id]; isBook {
		ok = true
		f = &drive.File{
			Id: id, Kind: "drive#file", Name: b.title, MimeType: "application/vnd.google-apps.spreadsheet",
			Version: b.version, ModifiedTime: b.modified.UTC().Format(time.RFC3339),
		}
	}
	if !ok || s.hidden[id] {
		return nil, &apiError{http.StatusNotFound, "NOT_FOUND", "File not found: " + id + "."}
	}
	fields := r.URL.Query().Get("fields")
	if fields == "" {
		fields = "kind,id,name,mimeType"
	}
	return masked(f, fields)
}
