package google

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"google.golang.org/api/drive/v3"
	"google.golang.org/api/option"
	"google.golang.org/api/sheets/v4"
)

// Options say who the service is and where Google is.
type Options struct {
	// Credentials is the path of a credentials file: a service account's key,
	// an authorised user, workload identity. "" asks for application default
	// credentials.
	Credentials string
	// Endpoint is another base URL for the Sheets and Drive APIs, "" for
	// Google's own: Sheets is at ENDPOINT/v4/…, Drive at ENDPOINT/drive/v3/….
	// Tokens come from the credentials' own token_uri all the same.
	Endpoint string
	// Downloads asks for the right to read the content of uploaded files, and
	// not only their names and versions.
	Downloads bool
	// Quota paces the requests; zero is DefaultQuota.
	Quota Quota
	// Retry bounds the repeating of failed requests; zero is DefaultRetry.
	Retry Retry
	// Transport carries the requests, those for tokens too; nil is the
	// machine's own network.
	Transport http.RoundTripper
	// Sleep waits between two attempts; nil waits on the clock.
	Sleep func(ctx context.Context, d time.Duration) error
}

// Client is safe for use by many goroutines.
type Client struct {
	sheets  *sheets.Service
	drive   *drive.Service
	tokens  *tokens
	limits  *limiter
	retry   Retry
	sleep   func(ctx context.Context, d time.Duration) error
	account string
}

// New reads the credentials and makes the client. It sends no request, so a
// key that Google does not accept shows at the first call. Its error wraps
// ErrCredentials.
func New(ctx context.Context, o Options) (*Client, error) {
	transport := o.Transport
	if transport == nil {
		transport = http.DefaultTransport
	}
	tokens, account, err := newTokens(ctx, o, transport)
	if err != nil {
		return nil, err
	}
	c := &Client{
		tokens:  tokens,
		account: account,
		limits:  newLimiter(o.Quota),
		retry:   o.Retry.withDefaults(),
		sleep:   o.Sleep,
	}
	if c.sleep == nil {
		c.sleep = sleep
	}
	return c, c.connect(ctx, o, transport)
}

func (c *Client) connect(ctx context.Context, o Options, transport http.RoundTripper) error {
	hc := &http.Client{Transport: &authorized{base: transport, tokens: c.tokens}}
	options := func(path string) []option.ClientOption {
		opts := []option.ClientOption{option.WithHTTPClient(hc)}
		if o.Endpoint != "" {
			opts = append(opts, option.WithEndpoint(strings.TrimRight(o.Endpoint, "/")+path))
		}
		return opts
	}
	var err error
	if c.sheets, err = sheets.NewService(ctx, options("/")...); err != nil {
		return fmt.Errorf("google sheets client: %w", err)
	}
	if c.drive, err = drive.NewService(ctx, options("/drive/v3/")...); err != nil {
		return fmt.Errorf("google drive client: %w", err)
	}
	c.sheets.UserAgent, c.drive.UserAgent = userAgent, userAgent
	return nil
}

const userAgent = "doisoat"

// ServiceAccount is the address that people share their spreadsheets with, ""
// when the credentials do not tell it.
func (c *Client) ServiceAccount() string { return c.account }

func scopes(o Options) []string {
	if o.Downloads {
		return []string{sheets.SpreadsheetsScope, drive.DriveReadonlyScope}
	}
	return []string{sheets.SpreadsheetsScope, drive.DriveMetadataReadonlyScope}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
