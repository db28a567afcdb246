package web

import (
	"errors"
	"net/http"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// How often a sign-in may be tried in vain within attemptsWithin. The first
// bound stops one machine that guesses one password, the others many machines
// and many logins; they are wider so that nobody can easily lock another out,
// and an office behind one address is not locked out by one of its people.
const (
	attemptsWithin = 15 * time.Minute
	attemptsBoth   = 5
	attemptsLogin  = 30
	attemptsAll    = 60
)

// signInPage is what the template of the sign-in sees.
type signInPage struct {
	Next     string
	Login    string
	Fault    string
	Provider string // the identity provider's name, "" without one
	// Nobody: no account and no provider, so that nobody can sign in.
	Nobody bool
}

func (v *visit) signInForm() error {
	if v.user.Role != "" {
		v.redirect(localPath(v.r.FormValue("next")))
		return nil
	}
	return v.showSignIn(http.StatusOK, "", "")
}

func (v *visit) showSignIn(status int, login, fault string) error {
	page := signInPage{Next: localPath(v.r.FormValue("next")), Login: login, Fault: fault}
	if v.provider != nil {
		page.Provider = v.provider.name()
	} else {
		accounts, err := v.Store.Accounts(v.r.Context(), v.Plan.ID)
		if err != nil {
			return err
		}
		page.Nobody = len(accounts) == 0
	}
	return v.showAs(status, "signin", "Đăng nhập", page)
}

// signIn lets in whoever has the password.
func (v *visit) signIn() error {
	if err := v.r.ParseForm(); err != nil {
		return errForm
	}
	login, password := reconcile.CleanLogin(v.r.PostFormValue("login")), v.r.PostFormValue("password")
	hash, address := hashOfToken(login), v.address()
	tried, err := v.Store.NoteAttempt(v.r.Context(), v.Plan.ID, hash, address, v.at.Add(-attemptsWithin), v.at)
	if err != nil {
		return err
	}
	if tried.Both > attemptsBoth || tried.Login > attemptsLogin || tried.Address > attemptsAll {
		v.Log.WarnContext(v.r.Context(), "too many attempts to sign in", "address", address)
		v.w.Header().Set("Retry-After", "900")
		return v.showSignIn(http.StatusTooManyRequests, login, "Đăng nhập sai quá nhiều lần. Chờ 15 phút rồi thử lại, hoặc xin Ban Tổ chức một liên kết đặt lại mật khẩu.")
	}
	ok, err := v.passwordFits(login, password)
	if err != nil {
		return err
	}
	if !ok {
		return v.showSignIn(http.StatusUnauthorized, login, "Sai tên đăng nhập hoặc mật khẩu.")
	}
	if err := v.Store.ForgetAttempts(v.r.Context(), v.Plan.ID, hash, address); err != nil {
		return err
	}
	if err := v.open(login, postgres.ViaPassword); err != nil {
		return err
	}
	v.redirect(localPath(v.r.PostFormValue("next")))
	return nil
}

func (v *visit) passwordFits(login, password string) (bool, error) {
	account, err := v.Store.Account(v.r.Context(), v.Plan.ID, login)
	if err != nil && !errors.Is(err, postgres.ErrNotFound) {
		return false, err
	}
	ok, err := v.samePassword(v.r.Context(), account.PasswordHash, password)
	return ok && !account.Disabled, err
}
