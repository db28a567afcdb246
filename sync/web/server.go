package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pipeline"
)

// Options is all that the page needs.
type Options struct {
	Service  *pipeline.Pipeline
	Store    *postgres.Store
	Plan     *reconcile.Plan
	Register *reconcile.Register
	Zone     *time.Location
	Schedule Schedule
	Now      func() time.Time
	Log      *slog.Logger
	Site     Site
	// Reports is the reports folder, "" for none.
	Reports string
	// Watch has seen what the process does; nil is one that sees nothing.
	Watch *Watch
	// Checker says of a file what is wrong before it is sent; nil where no
	// files are sent through the page.
	Checker *pipeline.Checker
}

// Site is how people reach the page and who they are.
type Site struct {
	// URL is the public address without a slash at its end, "" when there is
	// none; with https, cookies are kept from plain connections.
	URL string
	// Proxies are the machines whose X-Forwarded-For is believed.
	Proxies []netip.Prefix
	OIDC    OIDC
	// User is who the owner of an e-mail address is that the provider vouches
	// for; it may be nil when there is no provider.
	User func(email string) (reconcile.User, bool)
}

// Server answers requests until it is shut down.
type Server struct {
	Options
	secure   bool // the page is behind TLS
	pages    *pages
	guides   []guide
	metrics  http.Handler
	since    time.Time
	provider *provider // nil without one
	hashing  chan struct{}
	receiver *receiver
	routes   []Route
	tally    tally
	handler  http.Handler
}

// New builds the server.
func New(o Options) (*Server, error) {
	if o.Watch == nil {
		o.Watch = NewWatch()
	}
	s := &Server{
		Options: o, since: o.Now(), secure: strings.HasPrefix(o.Site.URL, "https://"), metrics: metrics(o),
		hashing: make(chan struct{}, hashedAtOnce), receiver: newReceiver(), routes: Routes(),
	}
	if o.Checker == nil {
		s.routes = slices.DeleteFunc(s.routes, func(r Route) bool { return r.sends })
	}
	if o.Site.OIDC.Issuer != "" {
		s.provider = &provider{settings: o.Site.OIDC, callback: o.Site.URL + callbackPath}
	}
	var err error
	if s.pages, err = parsePages(s.words()); err != nil {
		return nil, err
	}
	if s.guides, err = parseGuides(); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for i := range s.routes {
		mux.Handle(s.routes[i].Method+" "+s.routes[i].Path, s.serve(&s.routes[i]))
	}
	mux.Handle("/", s.serve(&Route{handle: func(*visit) error { return errNotFound }}))
	s.handler = s.secured(http.NewCrossOriginProtection().Handler(mux))
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// secured sets the headers that keep a page from being framed, sniffed, kept
// by others or fed with foreign content.
func (s *Server) secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		if s.secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// Serve listens until ctx is cancelled, then finishes the requests under way.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
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

func (v *visit) showMetrics() error {
	v.metrics.ServeHTTP(v.w, v.r)
	return nil
}
