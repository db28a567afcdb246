package config

import (
	"net/url"
	"strings"
)

// google reads how Google is reached; the environment variable wins.
func (l *loader) google() Google {
	g := Google{Credentials: l.path(l.file.Google.Credentials), Endpoint: l.file.Google.Endpoint}
	if g.Credentials != "" {
		l.mustExist("google.credentials", g.Credentials)
	}
	from := "google.endpoint"
	if env := l.getenv(EnvGoogleEndpoint); env != "" {
		g.Endpoint, from = env, "google"
	}
	g.Endpoint = strings.TrimRight(strings.TrimSpace(g.Endpoint), "/")
	if u, err := url.Parse(g.Endpoint); g.Endpoint != "" &&
		(err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || u.RawQuery != "") {
		l.doc.Fault(from, "endpoint không phải là địa chỉ web", "ghi địa chỉ đầy đủ, ví dụ http://localhost:8080, hoặc bỏ endpoint (và biến "+EnvGoogleEndpoint+") để dùng Google")
	}
	return g
}
