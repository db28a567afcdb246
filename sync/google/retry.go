package google

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"google.golang.org/api/googleapi"
)

// Retry bounds the repeating of failed requests.
type Retry struct {
	Attempts int           // in all, the first included
	Base     time.Duration // the longest wait after the first failure; it doubles
	Max      time.Duration // the longest wait of our own choice
	// Asked is the longest wait that Google may ask for; when it asks for more,
	// the request fails and is left to the next run.
	Asked   time.Duration
	Timeout time.Duration // of one attempt
}

// DefaultRetry gives a request about three minutes, longer than the minute in
// which a used-up quota fills again.
func DefaultRetry() Retry {
	return Retry{Attempts: 7, Base: time.Second, Max: 64 * time.Second, Asked: 5 * time.Minute, Timeout: 2 * time.Minute}
}

func (r Retry) withDefaults() Retry {
	if r == (Retry{}) {
		return DefaultRetry()
	}
	return r
}

// callKind tells what a failure may have left behind.
type callKind uint8

const (
	read callKind = iota
	write
)

type turnKey struct{}

// TakeTurn waits until a write may be sent. The next one under the context that
// it returns is sent at once, so that what is read in between is read as late as
// can be.
func (c *Client) TakeTurn(ctx context.Context) (context.Context, error) {
	if err := c.pace(ctx, SheetsWrites); err != nil {
		return ctx, err
	}
	return context.WithValue(ctx, turnKey{}, new(atomic.Bool)), nil
}

// hasTurn reports whether the request's turn was taken before; it is used up.
func hasTurn(ctx context.Context, what target) bool {
	used, ok := ctx.Value(turnKey{}).(*atomic.Bool)
	return ok && what.budget() == SheetsWrites && used.CompareAndSwap(false, true)
}

// call sends a request until it succeeds, fails for good, or the attempts are
// used up. A write is only sent again when it surely was not applied; else the
// error wraps ErrUnsure, and the caller has to look (see Converge).
func (c *Client) call(ctx context.Context, what target, send func(ctx context.Context) error) error {
	renewed := false
	note := Request{Write: what.kind == write}
	for attempt := 1; ; attempt++ {
		asked := time.Now()
		if !hasTurn(ctx, what) {
			if err := c.pace(ctx, what.budget()); err != nil {
				return err
			}
		}
		note.Queued = time.Since(asked)
		err := c.attempt(ctx, send)
		note.Failed = err != nil
		c.observe(note)
		note.Again, note.Paused = true, 0
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if isUnauthorized(err) && !renewed {
			// The token ended before its time. This costs no attempt.
			renewed = true
			attempt--
			c.tokens.drop()
			c.reading.drop()
			continue
		}
		fate := judge(err)
		if fate == unsure && what.kind == write {
			return c.explain(what, err, true)
		}
		pause := c.pauseAfter(attempt, err)
		if fate == final || attempt >= c.retry.Attempts || pause > max(c.retry.Asked, c.retry.Max) {
			return c.explain(what, err, false)
		}
		note.Paused = pause
		if err := c.sleep(ctx, pause); err != nil {
			return err
		}
	}
}

func (c *Client) attempt(ctx context.Context, send func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, c.retry.Timeout)
	defer cancel()
	return send(ctx)
}

// Converge runs a step that reads, decides and writes until its write is known
// to have been applied or refused. The step must start from what it reads, so
// that after an unsure write it finds nothing left to do.
func (c *Client) Converge(ctx context.Context, step func(ctx context.Context) error) error {
	for attempt := 1; ; attempt++ {
		err := step(ctx)
		if err == nil || !errors.Is(err, ErrUnsure) || attempt >= c.retry.Attempts {
			return err
		}
		if err := c.sleep(ctx, min(c.pauseAfter(attempt, err), c.retry.Max)); err != nil {
			return err
		}
	}
}

// pauseAfter is what Google asks for, or a random part of a wait that doubles.
func (c *Client) pauseAfter(attempt int, err error) time.Duration {
	if d, ok := retryAfter(err); ok {
		return d
	}
	longest := min(c.retry.Base<<min(attempt-1, 16), c.retry.Max)
	// Full jitter, but never so short that it is no wait at all.
	return longest/4 + rand.N(longest*3/4+1)
}

func retryAfter(err error) (time.Duration, bool) {
	var ge *googleapi.Error
	if !errors.As(err, &ge) {
		return 0, false
	}
	v := ge.Header.Get("Retry-After")
	if s, err := strconv.Atoi(v); err == nil && s >= 0 {
		return time.Duration(s) * time.Second, true
	}
	if t, err := http.ParseTime(v); err == nil {
		return max(time.Until(t), 0), true
	}
	return 0, false
}

// fate is what to do about a failure.
type fate uint8

const (
	final   fate = iota // asking again gives the same answer
	refused             // surely not applied; may succeed later
	unsure              // may have been applied; may succeed later
)

func judge(err error) fate {
	var te *tokenError
	if errors.As(err, &te) {
		if tokenRefused(te) {
			return final
		}
		return refused // the request was never sent
	}
	var ge *googleapi.Error
	if errors.As(err, &ge) {
		switch {
		case ge.Code == http.StatusTooManyRequests, ge.Code == http.StatusForbidden && isRateReason(reasonOf(ge)):
			return refused
		case ge.Code >= 500 && ge.Code != http.StatusNotImplemented, ge.Code == http.StatusRequestTimeout:
			return unsure
		}
		return final
	}
	if errors.Is(err, ErrTooLarge) {
		return final
	}
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		return refused
	}
	// What is left is a connection that broke, an attempt that took too long,
	// or an answer that is no JSON.
	return unsure
}

func isUnauthorized(err error) bool {
	var ge *googleapi.Error
	return errors.As(err, &ge) && ge.Code == http.StatusUnauthorized
}
