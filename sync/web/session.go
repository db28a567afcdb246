package web

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"net/http"
	"strings"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// How long a sign-in lasts: a working day at most, and an hour on a machine
// that nobody works at.
const (
	sessionIdle = time.Hour
	sessionLife = 10 * time.Hour
)

// cookieName is the session's cookie. With the prefix, browsers take it only
// over TLS, from this very host.
func (s *Server) cookieName() string {
	if s.secure {
		return "__Host-doisoat"
	}
	return "doisoat"
}

// cookie is a cookie that scripts and other sites never see. Lax, since the
// identity provider sends people back from its own site.
func (s *Server) cookie(name, value, path string, age time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: path, MaxAge: int(age / time.Second),
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	}
}

// hashOfToken is what the database knows of a token: whoever reads the database
// cannot sign in with it.
func hashOfToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// newToken is a secret that cannot be guessed.
func newToken() string { return rand.Text() + rand.Text() }

// identify finds out who the visitor is. What they may do is looked up anew
// each time, so that an account that was barred, or a line taken out of the
// configuration, ends what its owner had open.
func (v *visit) identify() error {
	cookie, err := v.r.Cookie(v.cookieName())
	if err != nil || cookie.Value == "" {
		return nil
	}
	hash := hashOfToken(cookie.Value)
	session, err := v.Store.UseSession(v.r.Context(), v.Plan.ID, hash, v.at, sessionIdle)
	if errors.Is(err, postgres.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	user, ok, err := v.userOf(session)
	if err != nil || !ok {
		return err
	}
	v.user, v.session = user, hash
	return nil
}

func (v *visit) userOf(session postgres.Session) (reconcile.User, bool, error) {
	if session.Via == postgres.ViaOIDC {
		if v.provider == nil {
			return reconcile.User{}, false, nil
		}
		user, ok := v.Site.User(session.Login)
		return user, ok, nil
	}
	account, err := v.Store.Account(v.r.Context(), v.Plan.ID, session.Login)
	if errors.Is(err, postgres.ErrNotFound) {
		return reconcile.User{}, false, nil
	}
	return account.User, err == nil && !account.Disabled, err
}

// open signs the login in: a new token, whatever the browser had before.
func (v *visit) open(login, via string) error {
	token := newToken()
	before := v.session
	if cookie, err := v.r.Cookie(v.cookieName()); err == nil {
		before = hashOfToken(cookie.Value)
	}
	err := v.Store.OpenSession(v.r.Context(), v.Plan.ID, hashOfToken(token), before, postgres.Session{
		Login: login, Via: via, Created: v.at, Until: v.at.Add(sessionLife),
	})
	if err == nil {
		http.SetCookie(v.w, v.cookie(v.cookieName(), token, "/", sessionLife))
	}
	return err
}

// signOut ends the session.
func (v *visit) signOut() error {
	if err := v.Store.CloseSession(v.r.Context(), v.Plan.ID, v.session); err != nil {
		return err
	}
	http.SetCookie(v.w, v.cookie(v.cookieName(), "", "/", -time.Second))
	v.redirect("/sign-in?ok=signed-out")
	return nil
}

// localPath is the address when it is one of this page, else the start.
func localPath(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return startPath
	}
	return next
}

// startPath is where people are after signing in.
const startPath = "/overview"
