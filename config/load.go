package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	// The binary carries the time zones, since slim images and Windows have none.
	_ "time/tzdata"

	"github.com/robfig/cron/v3"

	"doisoat/config/strict"
)

// Fault is one thing that is wrong in the configuration.
type Fault = strict.Fault

// Faults is every fault of the configuration, as an error.
type Faults = strict.Faults

// positions tells where a value stands in the file, for later checks.
type positions struct{ doc *strict.Document }

// Load reads the configuration. The error is a Faults with every fault of the
// file, or wraps fs.ErrNotExist. Secrets are never part of an error.
func Load(path string) (Config, error) {
	return load(path, os.Getenv)
}

// load is Load with the environment as an argument.
func load(path string, getenv func(string) string) (Config, error) {
	data, err := strict.ReadFile(path, "tệp cấu hình")
	if err != nil {
		return Config{}, fmt.Errorf("%w; tạo tệp theo mẫu trong README, hoặc chỉ tệp khác bằng --config", err)
	}
	l := &loader{folder: filepath.Dir(path), file: defaults(), getenv: getenv}
	l.doc = strict.Decode(path, data, &l.file)
	c := Config{
		File: path, Plan: l.plan(), Database: l.database(), KeyFile: l.keyFile(), TimeZone: l.timeZone(), Schedule: l.schedule(),
		Reports: l.folderPath("reports", l.file.Reports), Google: l.google(),
		Sources:     l.sources("sources", l.file.Sources, sourceTypes()),
		Allocations: l.sources("allocations", l.file.Allocations, inputTypes()),
		Deadline:    l.file.Deadline.Date, Guard: l.guard(), Rules: l.rules(), Wordings: l.wordings(), Web: l.web(),
		positions: positions{l.doc},
	}
	l.onePage(c)
	l.reportApart(c)
	if err := l.doc.Err(); err != nil {
		return Config{}, err
	}
	return c, nil
}

type loader struct {
	doc    *strict.Document
	file   configFile
	folder string // of the configuration file
	getenv func(string) string
}

// path makes a path of the file absolute or relative to the working directory.
func (l *loader) path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(l.folder, p)
}

// mustExist notes a path that names no readable file. It looks before it
// opens, since opening a pipe would wait for its other end.
func (l *loader) mustExist(key, path string) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		l.doc.Fault(key, fmt.Sprintf("%s không phải là tệp", path), "ghi đường dẫn tới một tệp, không phải thư mục")
		return
	}
	var file *os.File
	if err == nil {
		file, err = os.Open(path)
	}
	if err != nil {
		l.doc.Fault(key, fmt.Sprintf("không mở được tệp %s", path), "kiểm tra đường dẫn (tính từ thư mục của tệp cấu hình) và quyền đọc tệp")
		return
	}
	file.Close()
}

func (l *loader) folderPath(key, path string) string {
	if path == "" {
		l.doc.Fault(key, "đường dẫn để trống", "ghi đường dẫn thư mục, ví dụ ./"+key)
		return ""
	}
	path = l.path(path)
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		l.doc.Fault(key, fmt.Sprintf("%s là tệp, không phải thư mục", path), "ghi đường dẫn thư mục")
	}
	return path
}

// plan keeps the name of a built-in plan and resolves the path of a file.
func (l *loader) plan() string {
	name := l.file.Plan
	switch {
	case name == "":
		l.doc.Fault("plan", "tên kế hoạch để trống", "ghi tên kế hoạch dựng sẵn, ví dụ quang-ngai-2024, hoặc đường dẫn tới tệp .yml")
	case strings.ContainsAny(name, `/\`) || strings.HasSuffix(name, ".yml") || strings.HasSuffix(name, ".yaml"):
		name = l.path(name)
		l.mustExist("plan", name)
		if !strings.ContainsAny(name, `/\`) {
			name = "." + string(filepath.Separator) + name // stays a path
		}
	}
	return name
}

func (l *loader) timeZone() *time.Location {
	name := l.file.Timezone
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		l.doc.Fault("timezone", fmt.Sprintf("không có múi giờ %q", name), "dùng Asia/Ho_Chi_Minh")
		return time.UTC
	}
	return zone
}

func (l *loader) schedule() string {
	spec := strings.TrimSpace(l.file.Schedule)
	if strings.Contains(spec, "TZ=") {
		l.doc.Fault("schedule", "múi giờ không ghi trong lịch", "bỏ TZ=… khỏi schedule, ghi múi giờ ở khóa timezone")
		return spec
	}
	if _, err := cron.ParseStandard(spec); err != nil {
		l.doc.Fault("schedule", fmt.Sprintf("lịch %q không đúng cú pháp cron", spec),
			`ghi năm phần: phút giờ ngày tháng thứ, trong ngoặc kép; ví dụ "0 1 * * *" là 01 giờ 00 mỗi đêm`)
	}
	return spec
}
