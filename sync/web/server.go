package web

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"time"

	"doisoat/sync/pipeline"
)

//go:embed assets
var assets embed.FS

// Server answers requests until it is shut down.
type Server struct {
	service *pipeline.Pipeline
	log     *slog.Logger
	zone    *time.Location
	page    *template.Template
	handler http.Handler
	next    func(time.Time) time.Time
}

// New builds the server. Next tells when the schedule starts the next run.
func New(service *pipeline.Pipeline, zone *time.Location, next func(time.Time) time.Time, log *slog.Logger) (*Server, error) {
	s := &Server{service: service, log: log, zone: zone, next: next}
	page, err := template.New("status.html").Funcs(s.words()).ParseFS(assets, "assets/status.html")
	if err != nil {
		return nil, fmt.Errorf("parse the page: %w", err)
	}
	s.page = page
	static, err := fs.Sub(assets, "assets")
	if err != nil {
		return nil, fmt.Errorf("find the page's files: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.status)
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.Handle("GET /metrics", metrics(service, log))
	mux.Handle("GET /style.css", http.FileServerFS(static))
	s.handler = http.NewCrossOriginProtection().Handler(secured(mux))
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// secured sets the headers that keep a page from being framed, sniffed or fed
// with foreign content.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// Serve listens until ctx is cancelled, then finishes the requests under way.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return fmt.Errorf("serve on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(stop); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("stop the page: %w", err)
	}
	return nil
}

// healthz answers 200 while the database answers.
func (s *Server) healthz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	if err := s.service.Healthy(ctx); err != nil {
		s.log.WarnContext(ctx, "not healthy", "error", err)
		http.Error(w, "database unavailable", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}
