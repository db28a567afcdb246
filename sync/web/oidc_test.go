package web_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/coreos/go-oidc/v3/oidc/oidctest"

	"doisoat/reconcile"
	"doisoat/sync/web"
)

// identityProvider is a small OpenID Connect provider: it takes everybody who
// is sent to it for the owner of its e-mail address, and is as strict about the
// exchange as real ones are.
type identityProvider struct {
	*httptest.Server
	t        *testing.T
	key      *ecdsa.PrivateKey
	asked    map[string]url.Values // by code
	email    string
	verified bool
	// The test may spoil the token.
	nonce, audience string
}

func newIdentityProvider(t *testing.T) *identityProvider {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p := &identityProvider{t: t, key: key, asked: map[string]url.Values{}, verified: true}
	described := &oidctest.Server{Algorithms: []string{oidc.ES256}, PublicKeys: []oidctest.PublicKey{{PublicKey: key.Public(), KeyID: "k", Algorithm: oidc.ES256}}}
	mux := http.NewServeMux()
	mux.Handle("/", described)
	mux.HandleFunc("GET /auth", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	described.SetIssuer(p.URL)
	return p
}

// authorize sends the browser back with a code.
func (p *identityProvider) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("response_type") != "code" || q.Get("client_id") != "doisoat" || q.Get("code_challenge_method") != "S256" ||
		q.Get("state") == "" || q.Get("nonce") == "" || !strings.Contains(q.Get("scope"), "openid") {
		p.t.Errorf("the provider is asked %v", q)
	}
	code := fmt.Sprintf("code-%d", len(p.asked))
	p.asked[code] = q
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+url.Values{"code": {code}, "state": {q.Get("state")}}.Encode(), http.StatusFound)
}

// token exchanges a code, once and only for whoever knows the verifier.
func (p *identityProvider) token(w http.ResponseWriter, r *http.Request) {
	q, known := p.asked[r.FormValue("code")]
	delete(p.asked, r.FormValue("code"))
	challenge := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	id, secret, _ := r.BasicAuth()
	if id == "" {
		id, secret = r.FormValue("client_id"), r.FormValue("client_secret")
	}
	if !known || id != "doisoat" || secret != "client-secret" || base64.RawURLEncoding.EncodeToString(challenge[:]) != q.Get("code_challenge") {
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
		return
	}
	claims := map[string]any{
		"iss": p.URL, "aud": "doisoat", "sub": "1", "exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(),
		"nonce": q.Get("nonce"), "email": p.email, "email_verified": p.verified,
	}
	if p.nonce != "" {
		claims["nonce"] = p.nonce
	}
	if p.audience != "" {
		claims["aud"] = p.audience
	}
	body, err := json.Marshal(claims)
	if err != nil {
		p.t.Error(err)
	}
	w.Header().Set("Content-Type", "application/json")
	err = json.NewEncoder(w).Encode(map[string]any{
		"access_token": "a", "token_type": "Bearer", "id_token": oidctest.SignIDToken(p.key, "k", oidc.ES256, string(body)),
	})
	if err != nil {
		p.t.Error(err)
	}
}

// newSiteWith is a page whose people come through the provider.
func newSiteWith(t *testing.T, p *identityProvider) *site {
	people := map[string]reconcile.User{
		"btc@tinhuy.example.vn": {Login: "btc@tinhuy.example.vn", Role: reconcile.UserOffice},
		"an@snv.example.vn":     {Login: "an@snv.example.vn", Role: reconcile.UserAgency, Agency: "S03"},
	}
	listener := httptest.NewUnstartedServer(nil) // the address must be known before the page is
	t.Cleanup(listener.Close)
	s := newSite(t, func(o *web.Options) {
		o.Site = web.Site{
			URL:  "http://" + listener.Listener.Addr().String(),
			OIDC: web.OIDC{Issuer: p.URL, ClientID: "doisoat", Secret: "client-secret", Name: "thư công vụ"},
			User: func(email string) (reconcile.User, bool) { u, ok := people[email]; return u, ok },
		}
	})
	listener.Config.Handler = s.page
	listener.Start()
	s.URL = listener.URL
	return s
}

// through goes the way of a sign-in and returns the page's last answer.
func (b *browser) through(next string) answer {
	b.t.Helper()
	out := b.get("/sign-in/oidc?next=" + url.QueryEscape(next))
	return b.get(b.back(out))
}

// back is where the provider sends the browser.
func (b *browser) back(out answer) string {
	b.t.Helper()
	elsewhere := b.anonymous().get(out.header.Get("Location"))
	if elsewhere.status != http.StatusFound {
		b.t.Fatalf("the provider answers %+v", elsewhere)
	}
	return elsewhere.header.Get("Location")
}

func TestOpenIDConnect(t *testing.T) {
	p := newIdentityProvider(t)
	s := newSiteWith(t, p)
	says(t, "the sign-in", s.anonymous().get("/sign-in").body, "Đăng nhập bằng thư công vụ", "/sign-in/oidc?next=")

	p.email = "btc@tinhuy.example.vn"
	b := s.anonymous()
	if got := b.through("/access-log?login=x"); got.status != http.StatusSeeOther || got.header.Get("Location") != "/access-log?login=x" || !b.isIn() {
		t.Errorf("the office: %d to %q", got.status, got.header.Get("Location"))
	}
	if len(b.cookie) != 1 {
		t.Errorf("cookies are left: %v", b.cookie)
	}

	p.email = "an@snv.example.vn"
	if b := s.anonymous(); b.through("/").status != http.StatusSeeOther || b.isIn() {
		t.Error("an agency reads the log of accesses")
	}

	for name, spoil := range map[string]func(){
		"a stranger":         func() { p.email = "la@example.com" },
		"not verified":       func() { p.verified = false },
		"another's token":    func() { p.nonce = "khác" },
		"for another client": func() { p.audience = "khác" },
		"no address":         func() { p.email = "" },
	} {
		p.email, p.verified, p.nonce, p.audience = "btc@tinhuy.example.vn", true, "", ""
		spoil()
		if b := s.anonymous(); b.through("/").status < 400 || b.isIn() {
			t.Errorf("%s is let in", name)
		}
	}
}

// TestOpenIDConnectIsBoundToTheBrowser: an answer of the provider is worth
// nothing in another browser, a second time, or with another state.
func TestOpenIDConnectIsBoundToTheBrowser(t *testing.T) {
	p := newIdentityProvider(t)
	p.email = "btc@tinhuy.example.vn"
	s := newSiteWith(t, p)
	b := s.anonymous()
	back := b.back(b.get("/sign-in/oidc"))
	if other := s.anonymous(); other.get(back).status != http.StatusBadRequest || other.isIn() {
		t.Error("another browser is let in")
	}
	if got := b.get(strings.Replace(back, "state=", "state=x", 1)); got.status != http.StatusBadRequest || b.isIn() {
		t.Errorf("another state: %d", got.status)
	}
	back = b.back(b.get("/sign-in/oidc"))
	flow := b.cookie
	if b.get(back); !b.isIn() {
		t.Fatal("the browser itself is not let in")
	}
	again := s.anonymous()
	again.cookie = flow
	if got := again.get(back); got.status < 400 || again.isIn() {
		t.Errorf("a second time: %d", got.status)
	}
	if got := b.get("/sign-in/oidc/callback?error=access_denied"); got.status != http.StatusBadRequest {
		t.Errorf("a refusal that nobody asked for: %d", got.status)
	}
}

func TestProviderIsAway(t *testing.T) {
	p := newIdentityProvider(t)
	s := newSiteWith(t, p)
	p.Close()
	if got := s.anonymous().get("/sign-in/oidc"); got.status != http.StatusBadGateway || !strings.Contains(got.body, "nhà cung cấp") {
		t.Errorf("without the provider: %d", got.status)
	}
	if got := s.anonymous().get("/"); got.status != http.StatusOK {
		t.Errorf("the page without the provider: %d", got.status)
	}
}
