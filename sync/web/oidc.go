package web

import (
	"cmp"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"doisoat/reconcile/postgres"
)

// OIDC is an identity provider that speaks OpenID Connect, such as Google
// Workspace or Keycloak.
type OIDC struct {
	Issuer   string // its address, "" for none
	ClientID string
	Secret   string
	Name     string // for the button
}

const (
	callbackPath = "/sign-in/oidc/callback"
	// flowCookie carries what must come back unchanged from the provider.
	flowCookie = "doisoat-oidc"
	flowLife   = 10 * time.Minute
)

// provider is the identity provider as it describes itself. It is asked when it
// is first needed, and again as long as it did not answer: the page starts
// without it.
type provider struct {
	settings OIDC
	callback string

	mu     sync.Mutex
	oauth  *oauth2.Config
	verify *oidc.IDTokenVerifier
}

func (p *provider) name() string { return cmp.Or(p.settings.Name, "tài khoản cơ quan") }

// client bounds how long the provider may take.
func (p *provider) client(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, &http.Client{Timeout: 10 * time.Second})
}

func (p *provider) discover(ctx context.Context) (*oauth2.Config, *oidc.IDTokenVerifier, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.oauth != nil {
		return p.oauth, p.verify, nil
	}
	// The provider's keys are fetched later with the same context.
	found, err := oidc.NewProvider(p.client(context.WithoutCancel(ctx)), p.settings.Issuer)
	if err != nil {
		return nil, nil, fmt.Errorf("ask the identity provider %s: %w", p.settings.Issuer, err)
	}
	p.oauth = &oauth2.Config{
		ClientID: p.settings.ClientID, ClientSecret: p.settings.Secret, Endpoint: found.Endpoint(),
		RedirectURL: p.callback, Scopes: []string{oidc.ScopeOpenID, "email"},
	}
	p.verify = found.Verifier(&oidc.Config{ClientID: p.settings.ClientID})
	return p.oauth, p.verify, nil
}

// flow is one sign-in under way: the state ties the answer to this browser, the
// nonce the token to this sign-in, the verifier (PKCE) the code to whoever
// asked for it.
type flow struct{ state, nonce, verifier, next string }

func (f flow) encode() string {
	return url.Values{"s": {f.state}, "n": {f.nonce}, "v": {f.verifier}, "to": {f.next}}.Encode()
}

func decodeFlow(text string) flow {
	values, err := url.ParseQuery(text)
	if err != nil {
		return flow{}
	}
	return flow{state: values.Get("s"), nonce: values.Get("n"), verifier: values.Get("v"), next: localPath(values.Get("to"))}
}

// errProvider is all that the reader is told; the log has the cause.
var errProvider = &refusal{http.StatusBadGateway, "Không đăng nhập được qua nhà cung cấp tài khoản. Thử lại; nếu vẫn không được, báo người quản trị."}

// toProvider sends the browser to the identity provider.
func (v *visit) toProvider() error {
	if v.provider == nil {
		return errNotFound
	}
	oauth, _, err := v.provider.discover(v.r.Context())
	if err != nil {
		return v.providerFailed(err)
	}
	f := flow{state: newToken(), nonce: newToken(), verifier: oauth2.GenerateVerifier(), next: localPath(v.r.FormValue("next"))}
	http.SetCookie(v.w, v.cookie(flowCookie, url.QueryEscape(f.encode()), "/sign-in/oidc", flowLife))
	v.redirect(oauth.AuthCodeURL(f.state, oidc.Nonce(f.nonce), oauth2.S256ChallengeOption(f.verifier)))
	return nil
}

func (v *visit) providerFailed(err error) error {
	v.Log.WarnContext(v.r.Context(), "sign-in through the identity provider", "error", err)
	return errProvider
}

// fromProvider takes the browser back and signs its owner in, when the provider
// vouches for the e-mail address and the configuration knows it.
func (v *visit) fromProvider() error {
	if v.provider == nil {
		return errNotFound
	}
	f, err := v.takeFlow()
	if err != nil {
		return err
	}
	if reason := v.r.FormValue("error"); reason != "" {
		return v.providerFailed(fmt.Errorf("the provider refused: %.100q", reason))
	}
	email, err := v.provider.emailOf(v.r.Context(), f, v.r.FormValue("code"))
	if err != nil {
		return v.providerFailed(err)
	}
	user, ok := v.Site.User(email)
	if !ok {
		v.Log.WarnContext(v.r.Context(), "an address that the configuration does not know tried to sign in")
		return &refusal{http.StatusForbidden, "Địa chỉ thư này chưa được cấp quyền vào trang. Liên hệ Ban Tổ chức để được thêm vào danh sách."}
	}
	if err := v.open(user.Login, postgres.ViaOIDC); err != nil {
		return err
	}
	v.redirect(f.next)
	return nil
}

// takeFlow returns what this browser was sent out with; it is good once.
func (v *visit) takeFlow() (flow, error) {
	stale := &refusal{http.StatusBadRequest, "Lần đăng nhập này đã hết hạn hoặc không bắt đầu từ trình duyệt này. Quay lại trang đăng nhập và làm lại."}
	cookie, err := v.r.Cookie(flowCookie)
	if err != nil {
		return flow{}, stale
	}
	http.SetCookie(v.w, v.cookie(flowCookie, "", "/sign-in/oidc", -time.Second))
	text, err := url.QueryUnescape(cookie.Value)
	if err != nil {
		return flow{}, stale
	}
	f := decodeFlow(text)
	if f.state == "" || f.nonce == "" || subtle.ConstantTimeCompare([]byte(f.state), []byte(v.r.FormValue("state"))) != 1 {
		return flow{}, stale
	}
	return f, nil
}

// emailOf exchanges the code for the token and returns the address that it
// proves.
func (p *provider) emailOf(ctx context.Context, f flow, code string) (string, error) {
	oauth, verifier, err := p.discover(ctx)
	if err != nil {
		return "", err
	}
	ctx = p.client(ctx)
	token, err := oauth.Exchange(ctx, code, oauth2.VerifierOption(f.verifier))
	if err != nil {
		return "", fmt.Errorf("exchange the code: %w", err)
	}
	raw, _ := token.Extra("id_token").(string)
	proof, err := verifier.Verify(ctx, raw)
	if err != nil {
		return "", fmt.Errorf("verify the token: %w", err)
	}
	if subtle.ConstantTimeCompare([]byte(proof.Nonce), []byte(f.nonce)) != 1 {
		return "", errors.New("the token is of another sign-in")
	}
	var claims struct {
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
	}
	if err := proof.Claims(&claims); err != nil {
		return "", fmt.Errorf("read the token: %w", err)
	}
	if !claims.Verified || !strings.Contains(claims.Email, "@") {
		return "", errors.New("the provider does not vouch for an e-mail address")
	}
	return claims.Email, nil
}
