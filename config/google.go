package config

import (
	"fmt"
	"net/url"
	"strings"
)

// google reads how Google is reached; the environment variable wins.
func (l *loader) google() Google {
	g := Google{Credentials: l.path(l.file.Google.Credentials), Endpoint: l.file.Google.Endpoint, CellNotes: l.file.Google.CellNotes}
	if l.doc.Has("google.report") {
		g.Report = l.googleID("google.report", l.file.Google.Report)
	}
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

// reportApart refuses to read lists where the report is written.
func (l *loader) reportApart(c Config) {
	for _, list := range []struct {
		key     string
		sources []Source
	}{{"sources", c.Sources}, {"allocations", c.Allocations}} {
		for i, s := range list.sources {
			if s.Type == GoogleSheet && s.ID != "" && s.ID == c.Google.Report {
				l.doc.Fault(fmt.Sprintf("%s[%d].id", list.key, i), "bảng tính này đã là nơi ghi báo cáo tổng hợp (google.report)", "tạo một bảng tính riêng cho báo cáo")
			}
		}
	}
}
