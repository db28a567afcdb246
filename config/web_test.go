package config

import (
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"doisoat/reconcile"
)

func TestWeb(t *testing.T) {
	c, err := load("testdata/web.good.yml", environment())
	if err != nil {
		t.Fatal(err)
	}
	want := Web{
		URL: "https://doisoat.example.vn", Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8")},
		OIDC: OIDC{Issuer: "https://accounts.example.com", ClientID: "doisoat", Secret: "bí mật không nằm trong YAML", Name: "thư công vụ"},
		People: []Person{
			{Domain: "snv.example.vn", Role: reconcile.UserAgency, Agency: "S03"},
			{Email: "an@snv.example.vn", Role: reconcile.UserOffice},
			{Email: "kiemtoan@example.vn", Role: reconcile.UserAuditor},
		},
	}
	if diff := cmp.Diff(want, c.Web, cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
		t.Error(diff)
	}
	for email, want := range map[string]reconcile.User{
		"AN@snv.example.vn":      {Login: "an@snv.example.vn", Role: reconcile.UserOffice},
		"binh@snv.example.vn":    {Login: "binh@snv.example.vn", Role: reconcile.UserAgency, Agency: "S03"},
		"an@xsnv.example.vn":     {},
		"an@a.snv.example.vn":    {},
		"snv.example.vn":         {},
		"@snv.example.vn":        {},
		"kiemtoan@example.vn.vn": {},
	} {
		if got, ok := c.Web.User(email); got != want || ok != (want != reconcile.User{}) {
			t.Errorf("%s is %+v, %t", email, got, ok)
		}
	}

	if c, err = load("testdata/web.good.yml", environment(EnvOIDCSecret, "từ môi trường")); err != nil || c.Web.OIDC.Secret != "từ môi trường" {
		t.Errorf("the secret of the environment: %q, %v", c.Web.OIDC.Secret, err)
	}
	dump := c.Dump()
	if strings.Contains(dump, "môi trường") {
		t.Errorf("the dump shows the secret:\n%s", dump)
	}
	path := filepath.Join(t.TempDir(), "doisoat.yaml")
	if err := os.WriteFile(path, []byte(dump), 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := load(path, environment(EnvOIDCSecret, "từ môi trường"))
	if diff := cmp.Diff(c.Web, again.Web, cmpopts.EquateComparable(netip.Prefix{})); diff != "" || err != nil {
		t.Errorf("the dump read again: %v\n%s", err, diff)
	}
}

func TestWebAgencies(t *testing.T) {
	c, err := load("testdata/web.good.yml", environment())
	if err != nil {
		t.Fatal(err)
	}
	if err := c.CheckCodes([]string{"S03"}, nil); err != nil {
		t.Error(err)
	}
	if err := c.CheckCodes([]string{"S04"}, nil); err == nil || !strings.Contains(err.Error(), `web.people[0].agency: danh mục không có cơ quan "S03"`) {
		t.Errorf("an agency that is not in the register: %v", err)
	}
	c.ResolveAgencies(func(string) (string, bool) { return "S04", true })
	if c.Web.People[0].Agency != "S04" {
		t.Errorf("the agency's word is not made a code: %+v", c.Web.People[0])
	}
}
