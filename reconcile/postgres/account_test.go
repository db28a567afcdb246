package postgres_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

func hashOf(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func TestAccounts(t *testing.T) {
	ctx := t.Context()
	store, id := newLedger(t), planID
	now := time.Date(2024, 3, 5, 8, 0, 0, 0, time.UTC)
	an := reconcile.User{Login: "an@snv.example.vn", Role: reconcile.UserAgency, Agency: "S03"}
	if err := store.AddAccount(ctx, id, an, now); err != nil {
		t.Fatal(err)
	}
	if err := store.AddAccount(ctx, id, an, now); !errors.Is(err, postgres.ErrExists) {
		t.Errorf("added twice: %v", err)
	}
	if err := store.AddAccount(ctx, id, reconcile.User{Login: "an", Role: reconcile.UserOffice}, now); !errors.Is(err, reconcile.ErrUserLogin) {
		t.Errorf("a login that is no address: %v", err)
	}
	if err := store.SaveLink(ctx, id, "binh@snv.example.vn", hashOf("x"), now); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("a link for nobody: %v", err)
	}

	// The first link is replaced by the second, which works once and in time.
	for _, token := range []string{"first", "second"} {
		if err := store.SaveLink(ctx, id, an.Login, hashOf(token), now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := store.AccountOfLink(ctx, id, hashOf("first"), now); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("a link that was replaced: %v", err)
	}
	if _, err := store.AccountOfLink(ctx, id, hashOf("second"), now.Add(time.Hour)); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("a link that is too old: %v", err)
	}
	if a, err := store.AccountOfLink(ctx, id, hashOf("second"), now); err != nil || a.User != an {
		t.Errorf("the link's account: %+v, %v", a, err)
	}
	if err := store.UseLink(ctx, id, hashOf("second"), "$argon2id$…", now); err != nil {
		t.Fatal(err)
	}
	if err := store.UseLink(ctx, id, hashOf("second"), "$argon2id$another", now); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("a link used twice: %v", err)
	}
	if a, err := store.Account(ctx, id, an.Login); err != nil || a.PasswordHash != "$argon2id$…" || !a.LinkUntil.IsZero() {
		t.Errorf("after the link: %+v, %v", a, err)
	}

	// A new password and a bar both end what is open.
	open := func(token string) {
		session := postgres.Session{Login: an.Login, Via: postgres.ViaPassword, Created: now, Until: now.Add(12 * time.Hour)}
		if err := store.OpenSession(ctx, id, hashOf(token), nil, session); err != nil {
			t.Fatal(err)
		}
	}
	isOpen := func(token string) bool {
		_, err := store.UseSession(ctx, id, hashOf(token), now, time.Hour)
		return err == nil
	}
	open("a")
	if err := store.SaveLink(ctx, id, an.Login, hashOf("third"), now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if !isOpen("a") {
		t.Error("a link that nobody used ended the session")
	}
	if err := store.UseLink(ctx, id, hashOf("third"), "$argon2id$third", now); err != nil || isOpen("a") {
		t.Errorf("the session outlived the password, %v", err)
	}
	open("b")
	if err := store.DisableAccount(ctx, id, an.Login, true); err != nil || isOpen("b") {
		t.Errorf("the session outlived the account, %v", err)
	}
	if err := store.SaveLink(ctx, id, an.Login, hashOf("fourth"), now.Add(time.Hour)); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("a link for an account that is barred: %v", err)
	}
	accounts, err := store.Accounts(ctx, id)
	if err != nil || len(accounts) != 1 || !accounts[0].Disabled || !accounts[0].SignedIn.Equal(now) {
		t.Errorf("accounts %+v, %v", accounts, err)
	}
}

func TestSessions(t *testing.T) {
	ctx := t.Context()
	store, id := newLedger(t), planID
	now := time.Date(2024, 3, 5, 8, 0, 0, 0, time.UTC)
	session := postgres.Session{Login: "an@snv.example.vn", Via: postgres.ViaOIDC, Created: now, Until: now.Add(3 * time.Hour)}
	if err := store.OpenSession(ctx, id, hashOf("one"), nil, session); err != nil {
		t.Fatal(err)
	}
	use := func(token string, after time.Duration) error {
		_, err := store.UseSession(ctx, id, hashOf(token), now.Add(after), time.Hour)
		return err
	}
	// Used within the hour again and again it lives until its end.
	for _, after := range []time.Duration{0, 50 * time.Minute, 100 * time.Minute, 150 * time.Minute} {
		if err := use("one", after); err != nil {
			t.Fatalf("after %v: %v", after, err)
		}
	}
	if err := use("one", 3*time.Hour); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("past its end: %v", err)
	}
	if err := use("two", 0); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("another token: %v", err)
	}
	// A new sign-in of the browser ends the session that it had.
	session.Created, session.Until = now.Add(160*time.Minute), now.Add(6*time.Hour)
	if err := store.OpenSession(ctx, id, hashOf("two"), hashOf("one"), session); err != nil {
		t.Fatal(err)
	}
	if err := use("one", 160*time.Minute); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("the session from before the sign-in: %v", err)
	}
	if err := use("two", 221*time.Minute); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("idle for an hour: %v", err)
	}
	if err := store.CloseSession(ctx, id, hashOf("two")); err != nil {
		t.Error(err)
	}
	if err := use("two", 161*time.Minute); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("signed out: %v", err)
	}
}

func TestAttempts(t *testing.T) {
	ctx := t.Context()
	store, id := newLedger(t), planID
	now := time.Date(2024, 3, 5, 8, 0, 0, 0, time.UTC)
	note := func(login, address string, after time.Duration) postgres.Attempts {
		at := now.Add(after)
		a, err := store.NoteAttempt(ctx, id, hashOf(login), address, at.Add(-15*time.Minute), at)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	note("an", "10.0.0.1", 0)
	note("an", "10.0.0.2", time.Minute)
	note("binh", "10.0.0.1", 2*time.Minute)
	if a := note("an", "10.0.0.1", 3*time.Minute); a != (postgres.Attempts{Both: 2, Login: 3, Address: 3}) {
		t.Errorf("attempts %+v", a)
	}
	if err := store.ForgetAttempts(ctx, id, hashOf("an"), "10.0.0.1"); err != nil {
		t.Fatal(err)
	}
	if a := note("an", "10.0.0.1", 4*time.Minute); a != (postgres.Attempts{Both: 1, Login: 2, Address: 2}) {
		t.Errorf("after one that succeeded: %+v", a)
	}
	if a := note("an", "10.0.0.1", 30*time.Minute); a != (postgres.Attempts{Both: 1, Login: 1, Address: 1}) {
		t.Errorf("after the quarter of an hour: %+v", a)
	}
}

func TestAccessLog(t *testing.T) {
	ctx := t.Context()
	store, id := newLedger(t), planID
	now := time.Date(2024, 3, 5, 8, 0, 0, 0, time.UTC)
	for i := range 5 {
		user := reconcile.User{Login: "btc@tinhuy.example.vn", Role: reconcile.UserOffice}
		if i == 2 {
			user = reconcile.User{Login: "an@snv.example.vn", Role: reconcile.UserAgency, Agency: "S03"}
		}
		if err := store.LogAccess(ctx, id, user, "10.0.0.1", "finding", fmt.Sprintf("DL02-%d\x00", i), now.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	subjects := func(login string, before int64) (all []byte, last int64) {
		accesses, err := store.Accesses(ctx, id, login, before, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range accesses {
			all, last = append(all, a.Subject[len("DL02-")]), a.ID
		}
		return all, last
	}
	first, last := subjects("", 0)
	if second, _ := subjects("", last); !bytes.Equal(first, []byte("432")) || !bytes.Equal(second, []byte("10")) {
		t.Errorf("pages %q, %q", first, second)
	}
	if of, _ := subjects("an@snv.example.vn", 0); !bytes.Equal(of, []byte("2")) {
		t.Errorf("of one login: %q", of)
	}
}
