package config

import (
	"fmt"
	"strings"

	"doisoat/config/strict"
	"doisoat/reconcile"
)

// configFile is the YAML shape of doisoat.yaml.
type configFile struct {
	Plan        string               `yaml:"plan"`
	Database    string               `yaml:"database"`
	KeyFile     string               `yaml:"key_file"`
	Timezone    string               `yaml:"timezone"`
	Schedule    string               `yaml:"schedule"`
	Reports     string               `yaml:"reports"`
	Google      googleFile           `yaml:"google"`
	Sources     []sourceFile         `yaml:"sources"`
	Allocations []sourceFile         `yaml:"allocations"`
	Deadline    date                 `yaml:"deadline"`
	Guard       guardFile            `yaml:"guard"`
	Rules       map[string]ruleGrade `yaml:"rules"`
	Wordings    wordingsFile         `yaml:"wordings"`
	Web         webFile              `yaml:"web"`
}

type googleFile struct {
	Credentials string `yaml:"credentials"`
	Endpoint    string `yaml:"endpoint"`
	Report      string `yaml:"report"`
	CellNotes   bool   `yaml:"cell_notes"`
}

type sourceFile struct {
	Type   string `yaml:"type" need:"true"`
	Path   string `yaml:"path"`
	ID     string `yaml:"id"`
	Folder string `yaml:"folder"`
	Agency string `yaml:"agency"`
}

// defaults is the configuration of an empty file.
func defaults() configFile {
	return configFile{
		Plan:     "quang-ngai-2024",
		Database: embedded,
		Timezone: "Asia/Ho_Chi_Minh",
		Schedule: "0 1 * * *",
		Reports:  "./reports",
	}
}

type date struct{ reconcile.Date }

// UnmarshalText reads a full date.
func (d *date) UnmarshalText(b []byte) error {
	parsed, err := reconcile.ParseDate(string(b))
	if err != nil || !parsed.IsFull() {
		return &strict.Invalid{
			Message: fmt.Sprintf("%q không phải là ngày", b),
			Remedy:  "viết năm-tháng-ngày, ví dụ 2024-03-31",
		}
	}
	d.Date = parsed
	return nil
}

// ruleGrade reads what a rule's findings are graded as.
type ruleGrade struct{ RuleSetting }

// UnmarshalText reads the words of the JSON output or the Vietnamese ones, with
// the reason behind a comma or a colon: "off, chưa đến hạn".
func (g *ruleGrade) UnmarshalText(b []byte) error {
	text := reconcile.Clean(string(b))
	if i := strings.IndexAny(text, ",:"); i >= 0 {
		text, g.Reason = text[:i], strings.TrimSpace(text[i+1:])
	}
	switch word := strings.ToLower(strings.TrimSpace(text)); word {
	case "off", "tắt":
		g.Off = true
	case string(reconcile.SeverityError), "lỗi":
		g.Severity = reconcile.SeverityError
	case string(reconcile.SeverityWarning), "cảnh báo":
		g.Severity = reconcile.SeverityWarning
	case string(reconcile.SeverityInfo), "thông tin":
		g.Severity = reconcile.SeverityInfo
	default:
		return &strict.Invalid{
			Message: fmt.Sprintf("không có mức %q", b),
			Remedy:  "dùng off, error, warning hoặc info (tắt, lỗi, cảnh báo, thông tin)",
		}
	}
	return nil
}
