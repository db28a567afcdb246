package config

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"doisoat/config/strict"
)

// sourceTypes lists what sources: may hold.
func sourceTypes() []SourceType { return []SourceType{Folder, GoogleSheet, GoogleDrive, Upload} }

// inputTypes lists what allocations: may hold.
func inputTypes() []SourceType { return append(sourceTypes(), YAML) }

// keysOf says which keys a type of source has; true for those it must have.
func keysOf(kind SourceType) map[string]bool {
	switch kind {
	case Folder:
		return map[string]bool{"path": true, "agency": false}
	case GoogleSheet:
		return map[string]bool{"id": true, "agency": false}
	case GoogleDrive:
		return map[string]bool{"folder": true, "agency": false}
	case YAML:
		return map[string]bool{"path": true}
	case Upload:
	}
	return nil
}

// sources reads a list of sources whose types are among the allowed.
func (l *loader) sources(key string, files []sourceFile, allowed []SourceType) []Source {
	var all []Source
	seen := make(map[Source]int)
	for i, f := range files {
		at := fmt.Sprintf("%s[%d]", key, i)
		kind, ok := l.sourceType(at, f.Type, allowed)
		if !ok {
			continue
		}
		s := Source{Type: kind, Agency: strings.TrimSpace(f.Agency)}
		l.keys(at, kind, &f)
		switch kind {
		case Folder:
			// Whether the folder can be read is found when it is read: one
			// source that is away must not stop the others.
			s.Path = l.path(f.Path)
		case YAML:
			s.Path = l.path(f.Path)
			if f.Path != "" {
				l.mustExist(at+".path", s.Path)
			}
		case GoogleSheet:
			s.ID = l.googleID(at+".id", f.ID)
		case GoogleDrive:
			s.Folder = l.googleID(at+".folder", f.Folder)
		case Upload:
		}
		if first, again := seen[identity(s)]; again {
			l.doc.Fault(at, fmt.Sprintf("nguồn này đã có ở dòng %d", first), "bỏ một trong hai")
		}
		s.Line = l.doc.Line(at)
		seen[identity(s)] = s.Line
		all = append(all, s)
	}
	return all
}

// onePage notes the page as a source in both lists: what is sent through it is
// told apart by what is in it.
func (l *loader) onePage(c Config) {
	if hasUpload(c.Sources) && hasUpload(c.Allocations) {
		l.doc.Fault("allocations", "tệp gửi qua trang web (upload) đã khai báo dưới sources", "bỏ dòng upload ở đây; danh sách, phân bổ, dự toán được phân biệt theo nội dung tệp")
	}
}

// HasUpload reports whether files that are sent through the page are a source.
func (c Config) HasUpload() bool { return hasUpload(c.Sources) || hasUpload(c.Allocations) }

func hasUpload(sources []Source) bool {
	return slices.ContainsFunc(sources, func(s Source) bool { return s.Type == Upload })
}

// identity is the source without what may differ for one and the same place.
func identity(s Source) Source {
	s.Agency, s.Line = "", 0
	return s
}

func (l *loader) sourceType(at, word string, allowed []SourceType) (SourceType, bool) {
	if !l.doc.Has(at + ".type") {
		return "", false // the missing key is a fault already
	}
	kind, err := strict.Choose(word, allowed...)
	var wrong *strict.Invalid
	if errors.As(err, &wrong) {
		if word == string(YAML) {
			wrong.Remedy = "loại yaml chỉ dùng dưới allocations"
		}
		l.doc.Fault(at+".type", "không có loại nguồn "+fmt.Sprintf("%q", word), wrong.Remedy)
		return "", false
	}
	return kind, true
}

// keys compares the keys that a source has with those of its type.
func (l *loader) keys(at string, kind SourceType, f *sourceFile) {
	for _, k := range []struct{ name, value string }{
		{"path", f.Path}, {"id", f.ID}, {"folder", f.Folder}, {"agency", f.Agency},
	} {
		given := l.doc.Has(at + "." + k.name)
		must, known := keysOf(kind)[k.name]
		switch {
		case must && strings.TrimSpace(k.value) == "":
			where := at
			if given {
				where = at + "." + k.name
			}
			l.doc.Fault(where, fmt.Sprintf("nguồn loại %s thiếu %q", kind, k.name), fmt.Sprintf("ghi {type: %s, %s: …}", kind, k.name))
		case given && !known:
			l.doc.Fault(at+"."+k.name, fmt.Sprintf("nguồn loại %s không dùng khóa %q", kind, k.name), "bỏ khóa này, hoặc sửa type")
		case given && k.name == "agency" && strings.TrimSpace(k.value) == "":
			l.doc.Fault(at+".agency", "cơ quan để trống", "ghi mã hoặc tên cơ quan, hoặc bỏ khóa này")
		}
	}
}

var (
	googleID = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
	// inAddress finds the ID in an address copied from the browser.
	inAddress = regexp.MustCompile(`/(?:d|folders)/([A-Za-z0-9_-]+)`)
)

// googleID reads the ID of a spreadsheet or folder, also out of its address,
// which is what people copy.
func (l *loader) googleID(key, value string) string {
	value = strings.TrimSpace(value)
	if m := inAddress.FindStringSubmatch(value); m != nil && strings.HasPrefix(value, "https://") {
		return m[1]
	}
	if value != "" && !googleID.MatchString(value) {
		l.doc.Fault(key, fmt.Sprintf("%q không phải là mã của Google", value), "chép phần giữa /d/ (hoặc /folders/) và dấu / kế tiếp của địa chỉ trên trình duyệt")
	}
	return value
}
