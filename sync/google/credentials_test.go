package google_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doisoat/sync/google"
)

// TestKindsOfCredentials reads with each kind of credentials file that Google's
// tools make, each of which names its own places to get a token from.
func TestKindsOfCredentials(t *testing.T) {
	const robot = "doisoat@du-an.iam.gserviceaccount.com"
	refresh := map[string]any{
		"type": "authorized_user", "client_id": "ma-may", "client_secret": "bi-mat", "refresh_token": "lam-moi", "token_uri": "ISSUER/refresh",
	}
	tests := map[string]struct {
		file    map[string]any
		account string
		path    []string // of the places that must be asked, in their order
	}{
		"an authorised user": {file: refresh, path: []string{"/refresh"}},
		"an impersonated service account": {
			file: map[string]any{
				"type": "impersonated_service_account", "source_credentials": refresh,
				"service_account_impersonation_url": "ISSUER/v1/projects/-/serviceAccounts/" + robot + ":generateAccessToken",
			},
			account: robot,
			path:    []string{"/refresh", "/v1/projects/-/serviceAccounts/" + robot + ":generateAccessToken"},
		},
		"workload identity": {
			file: map[string]any{
				"type": "external_account", "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
				"audience":          "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
				"token_url":         "ISSUER/exchange",
				"credential_source": map[string]any{"file": "SUBJECT"},
			},
			path: []string{"/exchange"},
		},
		"workload identity that acts as a service account": {
			file: map[string]any{
				"type": "external_account", "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
				"audience":                          "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
				"token_url":                         "ISSUER/exchange",
				"credential_source":                 map[string]any{"file": "SUBJECT"},
				"service_account_impersonation_url": "ISSUER/v1/projects/-/serviceAccounts/" + robot + ":generateAccessToken",
			},
			account: robot,
			path:    []string{"/exchange", "/v1/projects/-/serviceAccounts/" + robot + ":generateAccessToken"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newServer(t)
			var asked []string
			issuer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked = append(asked, r.URL.Path)
				w.Header().Set("Content-Type", "application/json")
				_ = json.NewEncoder(w).Encode(map[string]any{
					"access_token": s.IssueToken(), "token_type": "Bearer", "expires_in": 3600, "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
					"accessToken": s.IssueToken(), "expireTime": time.Now().Add(time.Hour).Format(time.RFC3339),
				})
			}))
			t.Cleanup(issuer.Close)
			subject := filepath.Join(t.TempDir(), "subject.jwt")
			if err := os.WriteFile(subject, []byte("chu.the.ky"), 0o600); err != nil {
				t.Fatal(err)
			}
			content, err := json.Marshal(tt.file)
			if err != nil {
				t.Fatal(err)
			}
			key := strings.NewReplacer("ISSUER", issuer.URL, "SUBJECT", filepath.ToSlash(subject)).Replace(string(content))
			c, _ := newClient(t, s, []byte(key))
			if title, err := read(t, c); err != nil || title != "Sở Nội vụ - đăng ký 2024" {
				t.Fatalf("read: %q, %v", title, err)
			}
			if c.ServiceAccount() != tt.account {
				t.Errorf("account %q, want %q", c.ServiceAccount(), tt.account)
			}
			if strings.Join(asked, " ") != strings.Join(tt.path, " ") {
				t.Errorf("asked %q, want %q", asked, tt.path)
			}
		})
	}
}

// TestDefaultCredentials: without a path the library's own default is taken,
// here from the environment variable that Google's tools know.
func TestDefaultCredentials(t *testing.T) {
	s := newServer(t)
	key := filepath.Join(t.TempDir(), "khoa.json")
	if err := os.WriteFile(key, s.Credentials(), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOOGLE_APPLICATION_CREDENTIALS", key)
	c, err := google.New(t.Context(), google.Options{Endpoint: s.URL()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read(t, c); err != nil {
		t.Error(err)
	}
}
