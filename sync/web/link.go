package web

import (
	"errors"
	"net/http"
	"time"

	"doisoat/reconcile/postgres"
)

// LinkLife is how long a one-time link works.
const LinkLife = 72 * time.Hour

// NewLink makes a one-time link: the path that its owner opens, and the hash
// of its token, which is all that is stored.
func NewLink() (path string, hash []byte) {
	token := newToken()
	return "/link/" + token, hashOfToken(token)
}

// linkPage is what the template of a one-time link sees.
type linkPage struct {
	Login, Fault string
	Least        int
}

var errLink = &refusal{http.StatusNotFound, "Liên kết này đã dùng rồi, đã hết hạn hoặc đã được thay bằng liên kết khác. Xin Ban Tổ chức một liên kết mới."}

// linkForm asks for the password of the account that the link is of. It
// changes nothing: programs that look into mails open links, too.
func (v *visit) linkForm() error { return v.showLink(http.StatusOK, "") }

func (v *visit) showLink(status int, fault string) error {
	account, err := v.linkAccount()
	if err != nil {
		return err
	}
	return v.showAs(status, "link", "Đặt mật khẩu", linkPage{Login: account.Login, Fault: fault, Least: passwordLeast})
}

func (v *visit) linkAccount() (postgres.Account, error) {
	account, err := v.Store.AccountOfLink(v.r.Context(), v.Plan.ID, hashOfToken(v.r.PathValue("token")), v.at)
	if errors.Is(err, postgres.ErrNotFound) {
		err = errLink
	}
	return account, err
}

// useLink sets the password and signs its owner in.
func (v *visit) useLink() error {
	if err := v.r.ParseForm(); err != nil {
		return errForm
	}
	account, err := v.linkAccount()
	if err != nil {
		return err
	}
	password := v.r.PostFormValue("password")
	if password != v.r.PostFormValue("again") {
		return v.showLink(http.StatusUnprocessableEntity, "Hai lần nhập mật khẩu không giống nhau.")
	}
	if err := checkNewPassword(account.Login, password); err != nil {
		return v.showLink(http.StatusUnprocessableEntity, "Chưa dùng được: "+err.Error()+".")
	}
	hash, err := v.hashPassword(v.r.Context(), password)
	if err != nil {
		return err
	}
	err = v.Store.UseLink(v.r.Context(), v.Plan.ID, hashOfToken(v.r.PathValue("token")), hash, v.at)
	if errors.Is(err, postgres.ErrNotFound) {
		return errLink
	}
	if err != nil {
		return err
	}
	if err := v.open(account.Login, postgres.ViaPassword); err != nil {
		return err
	}
	v.redirect(startPath)
	return nil
}
