package config

import (
	"net/url"
	"strings"
)

// embedded is the word for the private server.
const embedded = "embedded"

// database reads where the data is kept. What the URL holds is never repeated
// in a fault, since it may hold a password.
func (l *loader) database() Database {
	if env := l.getenv(EnvDatabase); env != "" {
		if env == embedded {
			return Database{Embedded: true, FromEnvironment: true}
		}
		if !isPostgresURL(env) && !isKeywords(env) {
			l.doc.Fault("database", "biến môi trường "+EnvDatabase+" không phải là địa chỉ PostgreSQL",
				"đặt "+EnvDatabase+"=postgres://người_dùng:mật_khẩu@máy_chủ:5432/tên_cơ_sở_dữ_liệu, hoặc bỏ biến này")
		}
		// The file is checked all the same: a password in it is a leak.
		l.databaseFile()
		return Database{URL: env, FromEnvironment: true}
	}
	return l.databaseFile()
}

func (l *loader) databaseFile() Database {
	value := strings.TrimSpace(l.file.Database)
	switch {
	case value == embedded:
		return Database{Embedded: true}
	case !isPostgresURL(value):
		l.doc.Fault("database", "không phải là embedded, cũng không phải địa chỉ postgres://",
			"ghi database: embedded, hoặc database: postgres://người_dùng@máy_chủ:5432/tên_cơ_sở_dữ_liệu (mật khẩu đặt trong biến "+EnvDatabase+")")
	case hasPassword(value):
		l.doc.Fault("database", "mật khẩu nằm trong tệp cấu hình",
			"bỏ mật khẩu khỏi tệp này; đặt cả địa chỉ vào biến môi trường "+EnvDatabase+", và đổi mật khẩu nếu tệp đã được chia sẻ")
	}
	return Database{URL: value}
}

// keyFile need not be there: a database that is not encrypted yet gets its key
// when it is first opened.
func (l *loader) keyFile() string {
	if env := l.getenv(EnvKeyFile); env != "" {
		return env
	}
	return l.path(l.file.KeyFile)
}

func isPostgresURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "postgres" || u.Scheme == "postgresql")
}

// isKeywords tells libpq's other form: host=… dbname=….
func isKeywords(s string) bool {
	return !strings.Contains(s, "://") && strings.Contains(s, "=")
}

// secretParameters are the connection parameters that hold a secret.
func secretParameters() []string { return []string{"password", "sslpassword"} }

func hasPassword(s string) bool {
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	if _, set := u.User.Password(); set {
		return true
	}
	for _, name := range secretParameters() {
		if u.Query().Has(name) {
			return true
		}
	}
	return false
}

// Redacted is the database for people and logs: without a password.
func (d Database) Redacted() string {
	if d.Embedded {
		return embedded
	}
	u, err := url.Parse(d.URL)
	if err != nil || u.Scheme == "" {
		return "(chuỗi kết nối PostgreSQL)" // keywords may hold a password anywhere
	}
	query := u.Query()
	for _, name := range secretParameters() {
		if query.Has(name) {
			query.Set(name, "xxxxx")
			u.RawQuery = query.Encode()
		}
	}
	return u.Redacted()
}
