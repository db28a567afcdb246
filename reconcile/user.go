package reconcile

import (
	"errors"
	"slices"
	"strings"
)

// UserRole is what somebody who signed in is there for; it says what they see
// and what they may do.
type UserRole string

// The roles of users. The office sees and decides all; a bloc's office does so
// for the agencies of its bloc; an agency sees itself alone and answers; an
// auditor sees all and changes nothing.
const (
	UserOffice    UserRole = "office"
	UserPartyBloc UserRole = "party_bloc"
	UserStateBloc UserRole = "state_bloc"
	UserAgency    UserRole = "agency"
	UserAuditor   UserRole = "auditor"
)

// UserRoles lists all roles.
func UserRoles() []UserRole {
	return []UserRole{UserOffice, UserPartyBloc, UserStateBloc, UserAgency, UserAuditor}
}

// User is somebody who is known to the page.
type User struct {
	Login  string // an e-mail address, see CleanLogin
	Role   UserRole
	Agency string // code, of an agency's staff only
}

// What can be wrong with a user.
var (
	ErrUserLogin  = errors.New("tên đăng nhập phải là địa chỉ thư điện tử, ví dụ an@snv.example.vn")
	ErrUserRole   = errors.New("không có vai trò này; các vai trò: office, party_bloc, state_bloc, agency, auditor")
	ErrUserAgency = errors.New("vai trò agency, và chỉ vai trò đó, cần mã cơ quan")
)

// Check reports what is wrong with the user.
func (u User) Check() error {
	at := strings.IndexByte(u.Login, '@')
	switch {
	case u.Login != CleanLogin(u.Login) || at < 1 || at == len(u.Login)-1 || strings.ContainsAny(u.Login, " \t\r\n<>\","):
		return ErrUserLogin
	case !slices.Contains(UserRoles(), u.Role):
		return ErrUserRole
	case (u.Role == UserAgency) != (u.Agency != ""):
		return ErrUserAgency
	}
	return nil
}

// CleanLogin is the one spelling of a login: composed, without spaces around
// it, in lower case.
func CleanLogin(s string) string { return strings.ToLower(Clean(s)) }

// SeesAll reports whether nothing of the plan is kept from the user.
func (u User) SeesAll() bool { return u.Role == UserOffice || u.Role == UserAuditor }

// Bloc is the bloc whose office the user is of, "" for everybody else.
func (u User) Bloc() Bloc {
	switch u.Role {
	case UserPartyBloc:
		return PartyBloc
	case UserStateBloc:
		return StateBloc
	}
	return ""
}

// Sees reports whether the user may see what belongs to the agency. What
// belongs to none ("") is the office's and the auditor's.
func (u User) Sees(register *Register, agency string) bool {
	switch {
	case u.SeesAll():
		return true
	case agency == "":
		return false
	case u.Role == UserAgency:
		return agency == u.Agency
	case u.Bloc() != "":
		a := register.Agency(agency)
		return a != nil && a.Bloc == u.Bloc()
	}
	return false
}

// Scope lists the agencies that the user may see, in the register's order; all
// is true when there is no limit, and then what belongs to no agency is seen,
// too. Without all, codes is never nil: nil stands for no limit elsewhere.
func (u User) Scope(register *Register) (codes []string, all bool) {
	if u.SeesAll() {
		return nil, true
	}
	codes = []string{}
	for i := range register.Agencies {
		if code := register.Agencies[i].Code; u.Sees(register, code) {
			codes = append(codes, code)
		}
	}
	return codes, false
}

// pageSource begins the source of what is said on the page.
const pageSource = "page:"

// Source is where the user's answers and decisions come from, beside the
// documents that others stand in.
func (u User) Source() string { return pageSource + u.Login }

// SaidOnPage is the login of whoever said it on the page, "" for the source of
// a document.
func SaidOnPage(source string) string {
	login, ok := strings.CutPrefix(source, pageSource)
	if !ok {
		return ""
	}
	return login
}

// Decides reports whether the user may decide on findings.
func (u User) Decides() bool { return u.Role == UserOffice || u.Bloc() != "" }
