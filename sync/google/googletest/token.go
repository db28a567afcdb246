package googletest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"google.golang.org/api/drive/v3"
)

// Account is the service account that the server knows.
const Account = "doisoat@doisoat-test.iam.gserviceaccount.com"

// key is made once: making one takes long.
var key = sync.OnceValue(func() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic("googletest: no randomness: " + err.Error())
	}
	return k
})

// Credentials is the key file of the service account, with this server's own
// token endpoint.
func (s *Server) Credentials() []byte {
	der, err := x509.MarshalPKCS8PrivateKey(key())
	if err != nil {
		panic("googletest: " + err.Error())
	}
	b, err := json.Marshal(map[string]string{
		"type":           "service_account",
		"project_id":     "doisoat-test",
		"private_key_id": "1",
		"private_key":    string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
		"client_email":   Account,
		"client_id":      "1",
		"token_uri":      s.http.URL + "/token",
	})
	if err != nil {
		panic("googletest: " + err.Error())
	}
	return b
}

// ExpireTokens makes every token given so far invalid.
func (s *Server) ExpireTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.tokens)
}

// IssueToken is an access token as another issuer would give it, with all rights
// but that to read what is in files.
func (s *Server) IssueToken() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.issued++
	token := fmt.Sprintf("token-%d", s.issued)
	s.tokens[token] = true
	return token
}

// ExpireTokensEvery makes all tokens invalid again and again, after so many
// requests; 0 ends it.
func (s *Server) ExpireTokensEvery(requests int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expireEvery = requests
}

func (s *Server) serveToken(w http.ResponseWriter, r *http.Request) {
	fault, runs := s.enter(MethodToken)
	for _, run := range runs {
		run()
	}
	if fault != nil {
		fault.answer(w, nil)
		return
	}
	scope, err := checkAssertion(r, s.http.URL+"/token")
	if err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant", "error_description": err.Error()})
		return
	}
	token := s.IssueToken()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mayRead[token] = slices.Contains(strings.Fields(scope), drive.DriveReadonlyScope)
	writeJSON(w, http.StatusOK, map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": 3599})
}

// checkAssertion verifies the signed claim of RFC 7523 that asks for a token and
// returns the scopes that it asks for.
func checkAssertion(r *http.Request, audience string) (scope string, err error) {
	if err := r.ParseForm(); err != nil {
		return "", fmt.Errorf("bad form")
	}
	if r.PostForm.Get("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer" {
		return "", fmt.Errorf("bad grant_type")
	}
	parts := strings.Split(r.PostForm.Get("assertion"), ".")
	if len(parts) != 3 {
		return "", fmt.Errorf("the assertion is no JWT")
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return "", fmt.Errorf("bad signature encoding")
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if err := rsa.VerifyPKCS1v15(&key().PublicKey, crypto.SHA256, sum[:], signature); err != nil {
		return "", fmt.Errorf("invalid JWT signature")
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return "", fmt.Errorf("bad claims encoding")
	}
	var claims struct {
		Iss, Scope, Aud string
		Exp, Iat        int64
	}
	if err := json.Unmarshal(payload, &claims); err != nil {
		return "", fmt.Errorf("bad claims")
	}
	now := time.Now().Unix()
	switch {
	case claims.Iss != Account:
		return "", fmt.Errorf("account not found")
	case claims.Aud != audience || claims.Scope == "":
		return "", fmt.Errorf("bad audience or scope")
	case claims.Exp <= now || claims.Iat > now+300 || claims.Exp-claims.Iat > 3600+60:
		return "", fmt.Errorf("invalid JWT: token must be a short-lived token (60 minutes) and in a reasonable timeframe")
	}
	return claims.Scope, nil
}
