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
	// Quota paces the requests of this process; a field of zero is
	// DefaultQuota's.
	Quota Quota
	// Turn, when it is set, is asked for each request as well, for all processes
	// that share the account, or its project, share Google's quota.
	Turn Turn
	// Retry bounds the repeating of failed requests; zero is DefaultRetry.
	Retry Retry
	// Transport carries the requests, those for tokens too; nil is the
	// machine's own network.
	Transport http.RoundTripper
	// Sleep waits between two attempts; nil waits on the clock.
	Sleep func(ctx context.Context, d time.Duration) error
	// Observe is told of each request that was sent; it may be nil and must not
	// block.
	Observe func(Request)
}

// Request is one request that was sent, for measuring.
type Request struct {
	Write bool // it changes something
	// Again: an earlier one that failed is repeated by it.
	Again bool
	// Queued is how long it waited for its turn in the quota, Paused how long
	// after the failure of the one before.
	Queued, Paused time.Duration
	Failed         bool
}

// Client is safe for use by many goroutines.
type Client struct {
	sheets *sheets.Service
	drive  *drive.Service
	// contents is drive with the right to read what is in files.
	contents *drive.Service
	// tokens are for names, versions and spreadsheets, reading for contents.
	tokens, reading *tokens
	pace            pacer
	retry           Retry
	sleep           func(ctx context.Context, d time.Duration) error
	account         string
	observe         func(Request)
}

// New reads the credentials and makes the client. It sends no request, so a
// key that Google does not accept shows at the first call. Its error wraps
// ErrCredentials.
func New(ctx context.Context, o Options) (*Client, error) {
	transport := o.Transport
	if transport == nil {
		transport = http.DefaultTransport
	}
	data, err := readCredentials(ctx, o)
	if err != nil {
		return nil, err
	}
	c := &Client{retry: o.Retry.withDefaults(), sleep: o.Sleep, observe: o.Observe}
	if c.tokens, c.account, err = newTokens(ctx, o, data, transport, sheets.SpreadsheetsScope, drive.DriveMetadataReadonlyScope); err != nil {
		return nil, err
	}
	if c.reading, _, err = newTokens(ctx, o, data, transport, drive.DriveReadonlyScope); err != nil {
		return nil, err
	}
	c.pace = newPacer(pacesOf(c.account, o.Quota), o.Turn)
	if c.observe == nil {
		c.observe = func(Request) {}
	}
	if c.sleep == nil {
		c.sleep = sleep
	}
	return c, c.connect(ctx, o, transport)
}

func (c *Client) connect(ctx context.Context, o Options, transport http.RoundTripper) error {
	options := func(t *tokens, path string) []option.ClientOption {
		opts := []option.ClientOption{option.WithHTTPClient(&http.Client{Transport: &authorized{base: transport, tokens: t}})}
		if o.Endpoint != "" {
			opts = append(opts, option.WithEndpoint(strings.TrimRight(o.Endpoint, "/")+path))
		}
		return opts
	}
	const drivePath = "/drive/v3/"
	var err error
	if c.sheets, err = sheets.NewService(ctx, options(c.tokens, "/")...); err != nil {
		return fmt.Errorf("google sheets client: %w", err)
	}
	if c.drive, err = drive.NewService(ctx, options(c.tokens, drivePath)...); err != nil {
		return fmt.Errorf("google drive client: %w", err)
	}
	if c.contents, err = drive.NewService(ctx, options(c.reading, drivePath)...); err != nil {
		return fmt.Errorf("google drive client: %w", err)
	}
	c.sheets.UserAgent, c.drive.UserAgent, c.contents.UserAgent = userAgent, userAgent, userAgent
	return nil
}

const userAgent = "doisoat"

// ServiceAccount is the address that people share their spreadsheets with, ""
// when the credentials do not tell it.
func (c *Client) ServiceAccount() string { return c.account }

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
