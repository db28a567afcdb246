package googletest

import (
	"encoding/json"
	"net/http"
	"strconv"
)

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

// FailBy asks a function about each request, which returns nil when it shall not
// fail. It must not call the server; nil ends it.
func (s *Server) FailBy(choose func(method string) *Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.random = choose
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
	if s.random != nil {
		if f := s.random(method); f != nil {
			return f, runs
		}
	}
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

func (f *Fault) answer(w http.ResponseWriter, answer any) {
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	switch {
	case f.Broken:
		if content, ok := answer.(media); ok {
			w.Header().Set("Content-Length", strconv.Itoa(len(content)))
			_, _ = w.Write(content[:len(content)/2])
			return
		}
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
