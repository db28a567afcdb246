package google

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/google"
)

// tokens keeps the access token that is valid now.
type tokens struct {
	// source makes a source that has cached nothing yet.
	source func(ctx context.Context) (oauth2.TokenSource, error)
	client *http.Client // carries the requests for tokens

	mu    sync.Mutex
	token *oauth2.Token
}

// tokenTimeout bounds one request for a token.
const tokenTimeout = 30 * time.Second

// get returns a token that has not expired.
func (t *tokens) get(ctx context.Context) (*oauth2.Token, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.token.Valid() {
		return t.token, nil
	}
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, oauth2.HTTPClient, t.client), tokenTimeout)
	defer cancel()
	source, err := t.source(ctx)
	if err != nil {
		return nil, &tokenError{err}
	}
	token, err := source.Token()
	if err != nil {
		return nil, &tokenError{err}
	}
	t.token = token
	return token, nil
}

// drop forgets the token: Google did not accept it although it has not expired
// by our clock.
func (t *tokens) drop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.token = nil
}

// tokenError tells a failure to get a token from one of the request itself.
type tokenError struct{ err error }

func (e *tokenError) Error() string { return "no access token: " + e.err.Error() }
func (e *tokenError) Unwrap() error { return e.err }

// authorized adds the token to each request.
type authorized struct {
	base   http.RoundTripper
	tokens *tokens
}

func (a *authorized) RoundTrip(req *http.Request) (*http.Response, error) {
	token, err := a.tokens.get(req.Context())
	if err != nil {
		if req.Body != nil {
			req.Body.Close()
		}
		return nil, err
	}
	signed := req.Clone(req.Context())
	token.SetAuthHeader(signed)
	resp, err := a.base.RoundTrip(signed)
	if err != nil {
		return nil, err
	}
	resp.Body = &boundedBody{ReadCloser: resp.Body, left: limitOf(req.Context())}
	return resp, nil
}

type limitKey struct{}

// withLimit bounds the answers of the requests that are made with the context.
func withLimit(ctx context.Context, limit int64) context.Context {
	return context.WithValue(ctx, limitKey{}, limit)
}

func limitOf(ctx context.Context) int64 {
	limit, ok := ctx.Value(limitKey{}).(int64)
	if !ok {
		return maxAnswer
	}
	return min(limit, maxAnswer)
}

// maxAnswer bounds one answer, unpacked: about a million cells with their
// formats, more than a machine with 1 GB of memory should take at once.
const maxAnswer = 256 << 20

// boundedBody refuses to read on beyond a limit; cutting off in silence would
// look like a broken answer and be asked for again.
type boundedBody struct {
	io.ReadCloser
	left int64
}

func (b *boundedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}

// credentialsFile is what is needed of a credentials file besides the key.
type credentialsFile struct {
	Type             string `json:"type"`
	ClientEmail      string `json:"client_email"`
	ImpersonationURL string `json:"service_account_impersonation_url"`
}

// account is the address that acts, "" when the file does not say.
func (f credentialsFile) account() string {
	if f.ImpersonationURL != "" {
		// …/serviceAccounts/NAME@PROJECT.iam.gserviceaccount.com:generateAccessToken
		name, _, _ := strings.Cut(path.Base(f.ImpersonationURL), ":")
		return name
	}
	return f.ClientEmail
}

// newTokens returns tokens for the scopes, made with the content of the
// credentials file, and the account's address.
func newTokens(ctx context.Context, o Options, data []byte, transport http.RoundTripper, scopes ...string) (*tokens, string, error) {
	t := &tokens{client: &http.Client{Transport: transport, Timeout: tokenTimeout}}
	if data == nil {
		// The machine's own account (metadata server): there is no file.
		t.source = func(ctx context.Context) (oauth2.TokenSource, error) {
			return google.DefaultTokenSource(ctx, scopes...)
		}
		return t, "", nil
	}
	var file credentialsFile
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, "", badCredentials(o, "không phải tệp JSON của Google", nil)
	}
	t.source = func(ctx context.Context) (oauth2.TokenSource, error) {
		c, err := google.CredentialsFromJSONWithType(ctx, data, google.CredentialsType(file.Type), scopes...)
		if err != nil {
			return nil, err
		}
		return c.TokenSource, nil
	}
	if _, err := t.source(ctx); err != nil {
		return nil, "", badCredentials(o, fmt.Sprintf("loại %q không dùng được", file.Type), nil)
	}
	return t, file.account(), nil
}

// readCredentials returns the credentials file's content; nil with no error
// when application default credentials come without a file.
func readCredentials(ctx context.Context, o Options) ([]byte, error) {
	if o.Credentials == "" {
		c, err := google.FindDefaultCredentials(ctx)
		if err != nil {
			return nil, badCredentials(o, "", err)
		}
		return c.JSON, nil
	}
	data, err := os.ReadFile(o.Credentials)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, badCredentials(o, "không có tệp này", nil)
	case err != nil:
		return nil, badCredentials(o, "không đọc được tệp", err)
	}
	return data, nil
}

func badCredentials(o Options, why string, err error) error {
	e := &Error{Kind: ErrCredentials, err: err}
	if o.Credentials == "" {
		e.Message = "chưa có tài khoản Google cho chương trình; hãy đặt khóa google.credentials trong cấu hình, trỏ tới tệp khóa của tài khoản dịch vụ"
		return e
	}
	e.Message = fmt.Sprintf("tệp khóa Google %s: %s; hãy tải lại khóa của tài khoản dịch vụ và sửa google.credentials", o.Credentials, why)
	return e
}
