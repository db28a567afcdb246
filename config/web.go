package config

import (
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"strings"

	"doisoat/reconcile"
)

// EnvOIDCSecret holds the client secret of the identity provider; it wins over
// the file that the configuration names.
const EnvOIDCSecret = "DOISOAT_OIDC_SECRET"

// Web is how people reach the page of `serve` and who they are.
type Web struct {
	// URL is the page's public address without a slash at its end; "" when
	// nobody but this machine sees the page.
	URL string
	// Proxies are the machines that may say, in X-Forwarded-For, for whom they
	// ask.
	Proxies []netip.Prefix
	OIDC    OIDC
	// People are those who come through OIDC.
	People []Person
}

// OIDC is the identity provider; Issuer is "" when there is none.
type OIDC struct {
	Issuer   string
	ClientID string
	Secret   string // from a file or the environment, never from the YAML
	Name     string // on the button
}

// Person says who somebody is: by the whole e-mail address, or all of a domain.
type Person struct {
	Email  string // in lower case
	Domain string // in lower case; either this or Email
	Role   reconcile.UserRole
	Agency string // as Source.Agency
}

type webFile struct {
	URL     string       `yaml:"url"`
	Proxies []string     `yaml:"proxies"`
	OIDC    oidcFile     `yaml:"oidc"`
	People  []personFile `yaml:"people"`
}

type oidcFile struct {
	Issuer     string `yaml:"issuer"`
	ClientID   string `yaml:"client_id"`
	SecretFile string `yaml:"secret_file"`
	Name       string `yaml:"name"`
}

type personFile struct {
	Email  string `yaml:"email"`
	Domain string `yaml:"domain"`
	Role   string `yaml:"role" need:"true"`
	Agency string `yaml:"agency"`
}

func (l *loader) web() Web {
	w := Web{URL: l.webURL("web.url", l.file.Web.URL), Proxies: l.proxies(), OIDC: l.oidc(), People: l.people()}
	switch {
	case w.OIDC.Issuer != "" && w.URL == "":
		l.doc.Fault("web.oidc", "đăng nhập OpenID Connect cần địa chỉ công khai của trang", "ghi web.url, ví dụ https://doisoat.example.vn")
	case w.OIDC.Issuer == "" && len(w.People) > 0:
		l.doc.Fault("web.people", "danh sách này chỉ dùng cho đăng nhập OpenID Connect", "khai báo web.oidc, hoặc bỏ web.people và tạo tài khoản bằng lệnh doisoat accounts add")
	}
	return w
}

// webURL reads an address that people or the provider are sent to.
func (l *loader) webURL(key, value string) string {
	value = strings.TrimRight(strings.TrimSpace(value), "/")
	if value == "" {
		return ""
	}
	u, err := url.Parse(value)
	local := err == nil && (u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1" || u.Hostname() == "::1")
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		l.doc.Fault(key, "không phải là địa chỉ web", "ghi địa chỉ đầy đủ, ví dụ https://doisoat.example.vn")
	case u.Scheme != "https" && !(u.Scheme == "http" && local):
		l.doc.Fault(key, "địa chỉ không dùng https", "dùng https; http chỉ cho phép với localhost khi thử")
	case key == "web.url" && u.Path != "":
		l.doc.Fault(key, "trang phải ở gốc của địa chỉ", "bỏ phần sau tên máy; dùng một tên máy riêng cho trang này")
	}
	return value
}

func (l *loader) proxies() []netip.Prefix {
	var all []netip.Prefix
	for i, text := range l.file.Web.Proxies {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			var addr netip.Addr
			if addr, err = netip.ParseAddr(text); err == nil {
				prefix = netip.PrefixFrom(addr, addr.BitLen())
			}
		}
		if err != nil {
			l.doc.Fault(fmt.Sprintf("web.proxies[%d]", i), fmt.Sprintf("%q không phải là địa chỉ IP hay dải địa chỉ", text), "ví dụ 127.0.0.1 hoặc 10.0.0.0/8")
			continue
		}
		all = append(all, prefix.Masked())
	}
	return all
}

func (l *loader) oidc() OIDC {
	f := l.file.Web.OIDC
	o := OIDC{Issuer: l.webURL("web.oidc.issuer", f.Issuer), ClientID: strings.TrimSpace(f.ClientID), Name: reconcile.Clean(f.Name)}
	if o.Issuer == "" {
		if f != (oidcFile{}) {
			l.doc.Fault("web.oidc", "thiếu issuer", "ghi địa chỉ của nhà cung cấp, ví dụ https://accounts.google.com")
		}
		return OIDC{}
	}
	// The provider names itself with or without a slash, and means it.
	o.Issuer = strings.TrimSpace(f.Issuer)
	if o.ClientID == "" {
		l.doc.Fault("web.oidc", "thiếu client_id", "ghi mã ứng dụng mà nhà cung cấp đã cấp")
	}
	o.Secret = l.oidcSecret(f.SecretFile)
	return o
}

// oidcSecret reads the client secret. A client without one is possible: PKCE
// protects the exchange.
func (l *loader) oidcSecret(file string) string {
	if env := l.getenv(EnvOIDCSecret); env != "" {
		return env
	}
	if file == "" {
		return ""
	}
	path := l.path(file)
	l.mustExist("web.oidc.secret_file", path)
	content, err := os.ReadFile(path)
	if err != nil {
		return "" // told by mustExist
	}
	secret := strings.TrimSpace(string(content))
	if secret == "" || len(secret) > 1000 {
		l.doc.Fault("web.oidc.secret_file", "tệp không chứa mật khẩu của ứng dụng", "ghi vào tệp đúng một dòng là client secret của nhà cung cấp, hoặc đặt biến "+EnvOIDCSecret)
	}
	return secret
}

func (l *loader) people() []Person {
	var all []Person
	first := make(map[string]string)
	for i, f := range l.file.Web.People {
		at := fmt.Sprintf("web.people[%d]", i)
		p := Person{
			Email: reconcile.CleanLogin(f.Email), Domain: strings.TrimPrefix(reconcile.CleanLogin(f.Domain), "@"),
			Role: reconcile.UserRole(strings.TrimSpace(f.Role)), Agency: strings.TrimSpace(f.Agency),
		}
		user := reconcile.User{Login: p.Email, Role: p.Role, Agency: p.Agency}
		if p.Domain != "" {
			user.Login = "x@" + p.Domain
		}
		if (p.Email == "") == (p.Domain == "") {
			l.doc.Fault(at, "cần đúng một trong hai: email hoặc domain", "ghi {email: …, role: …} hoặc {domain: …, role: …}")
		} else if err := user.Check(); err != nil && l.doc.Has(at+".role") {
			l.doc.Fault(at, err.Error(), "ví dụ {email: an@snv.example.vn, role: agency, agency: S03}")
		}
		if earlier, again := first[p.Email+"@"+p.Domain]; again {
			l.doc.Fault(at, "người này đã có ở "+earlier, "mỗi địa chỉ hoặc tên miền chỉ ghi một lần")
		}
		first[p.Email+"@"+p.Domain] = at
		all = append(all, p)
	}
	return all
}

// User is who the owner of a proven e-mail address is; an address goes before
// its domain. ok is false for a stranger.
func (w Web) User(email string) (user reconcile.User, ok bool) {
	email = reconcile.CleanLogin(email)
	at := strings.LastIndexByte(email, '@')
	if at < 1 {
		return reconcile.User{}, false
	}
	for _, p := range w.People {
		switch {
		case p.Email == email:
			return reconcile.User{Login: email, Role: p.Role, Agency: p.Agency}, true
		case p.Domain == email[at+1:] && !ok:
			user, ok = reconcile.User{Login: email, Role: p.Role, Agency: p.Agency}, true
		}
	}
	return user, ok
}

// dump writes the page's settings in the form of the file, without the secret.
func (w Web) dump() string {
	if w.URL == "" && len(w.Proxies) == 0 && w.OIDC.Issuer == "" && len(w.People) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("web:\n")
	if w.URL != "" {
		fmt.Fprintf(&b, "  url: %s\n", w.URL)
	}
	if len(w.Proxies) > 0 {
		words := make([]string, len(w.Proxies))
		for i, p := range w.Proxies {
			words[i] = fmt.Sprintf("%q", p)
		}
		fmt.Fprintf(&b, "  proxies: [%s]\n", strings.Join(words, ", "))
	}
	if w.OIDC.Issuer != "" {
		fmt.Fprintf(&b, "  oidc: {issuer: %q, client_id: %q, name: %q}\n", w.OIDC.Issuer, w.OIDC.ClientID, w.OIDC.Name)
	}
	if len(w.People) > 0 {
		b.WriteString("  people:\n")
	}
	for _, p := range w.People {
		parts := []string{}
		for _, f := range []struct{ key, value string }{{"email", p.Email}, {"domain", p.Domain}, {"role", string(p.Role)}, {"agency", p.Agency}} {
			if f.value != "" {
				parts = append(parts, fmt.Sprintf("%s: %q", f.key, f.value))
			}
		}
		fmt.Fprintf(&b, "    - {%s}\n", strings.Join(parts, ", "))
	}
	return b.String()
}
