package reconcile_test

import (
	"errors"
	"slices"
	"testing"

	"doisoat/reconcile"
)

func TestUserSees(t *testing.T) {
	register := &reconcile.Register{Agencies: []reconcile.Agency{
		{Code: "D01", Name: "Ban Tuyên giáo Tỉnh ủy", Bloc: reconcile.PartyBloc},
		{Code: "S03", Name: "Sở Nội vụ", Bloc: reconcile.StateBloc},
		{Code: "S04", Name: "Sở Tài chính", Bloc: reconcile.StateBloc},
		{Code: "T01", Name: "Cục Thuế tỉnh", Bloc: reconcile.CentralBloc},
	}}
	for _, c := range []struct {
		user reconcile.User
		sees []string
		all  bool
	}{
		{reconcile.User{Role: reconcile.UserOffice}, []string{"", "D01", "S03", "S04", "T01", "X99"}, true},
		{reconcile.User{Role: reconcile.UserAuditor}, []string{"", "D01", "S03", "S04", "T01", "X99"}, true},
		{reconcile.User{Role: reconcile.UserPartyBloc}, []string{"D01"}, false},
		{reconcile.User{Role: reconcile.UserStateBloc}, []string{"S03", "S04"}, false},
		{reconcile.User{Role: reconcile.UserAgency, Agency: "S03"}, []string{"S03"}, false},
		{reconcile.User{Role: reconcile.UserAgency}, nil, false},
		{reconcile.User{Role: "boss"}, nil, false},
		{reconcile.User{}, nil, false},
	} {
		var sees []string
		for _, code := range []string{"", "D01", "S03", "S04", "T01", "X99"} {
			if c.user.Sees(register, code) {
				sees = append(sees, code)
			}
		}
		if !slices.Equal(sees, c.sees) {
			t.Errorf("%+v sees %q, want %q", c.user, sees, c.sees)
		}
		scope, all := c.user.Scope(register)
		if (scope == nil) != all {
			t.Errorf("%+v has the scope %#v, which stands for all: %t", c.user, scope, all)
		}
		if all != c.all || !all && !slices.Equal(scope, c.sees) {
			t.Errorf("%+v has the scope %q, all %t", c.user, scope, all)
		}
	}
}

func TestUserCheck(t *testing.T) {
	for _, c := range []struct {
		user reconcile.User
		want error
	}{
		{reconcile.User{Login: "an@snv.example.vn", Role: reconcile.UserAgency, Agency: "S03"}, nil},
		{reconcile.User{Login: "btc@tinhuy.example.vn", Role: reconcile.UserOffice}, nil},
		{reconcile.User{Login: "An@snv.example.vn", Role: reconcile.UserOffice}, reconcile.ErrUserLogin},
		{reconcile.User{Login: "an", Role: reconcile.UserOffice}, reconcile.ErrUserLogin},
		{reconcile.User{Login: "an@", Role: reconcile.UserOffice}, reconcile.ErrUserLogin},
		{reconcile.User{Login: "a n@snv.example.vn", Role: reconcile.UserOffice}, reconcile.ErrUserLogin},
		{reconcile.User{Login: "an@snv.example.vn", Role: "admin"}, reconcile.ErrUserRole},
		{reconcile.User{Login: "an@snv.example.vn", Role: reconcile.UserAgency}, reconcile.ErrUserAgency},
		{reconcile.User{Login: "an@snv.example.vn", Role: reconcile.UserAuditor, Agency: "S03"}, reconcile.ErrUserAgency},
	} {
		if err := c.user.Check(); !errors.Is(err, c.want) || c.want == nil && err != nil {
			t.Errorf("%+v: %v, want %v", c.user, err, c.want)
		}
	}
}
