package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"doisoat/config/strict"
	"doisoat/reconcile"
)

// Wordings are words of offices that the program does not know by itself: how
// they head a column, what they call a class or a body.
type Wordings struct {
	Columns  map[reconcile.Field][]string
	Programs map[string][]string // by the program's code
	Agencies map[string][]string // by the agency's code
}

// wordingsFile is the YAML shape of Wordings.
type wordingsFile struct {
	Columns  map[string][]string `yaml:"columns"`
	Programs map[string][]string `yaml:"programs"`
	Agencies map[string][]string `yaml:"agencies"`
}

// Fingerprint changes when the wordings do, so that documents are read again;
// it is "" when there are none.
func (w Wordings) Fingerprint() string {
	var b strings.Builder
	w.each(func(group, meaning string, _ int, word string) {
		fmt.Fprintf(&b, "%s\x00%s\x00%s\x00", group, meaning, reconcile.Key(word))
	})
	if b.Len() == 0 {
		return ""
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:6])
}

// each visits all wordings in a stable order: the group as in the file, what
// is meant, the wording's place in its list.
func (w Wordings) each(visit func(group, meaning string, i int, word string)) {
	columns := make(map[string][]string, len(w.Columns))
	for f, list := range w.Columns {
		columns[string(f)] = list
	}
	for _, g := range []struct {
		name string
		list map[string][]string
	}{{"columns", columns}, {"programs", w.Programs}, {"agencies", w.Agencies}} {
		for _, meaning := range slices.Sorted(maps.Keys(g.list)) {
			for i, word := range g.list[meaning] {
				visit(g.name, meaning, i, word)
			}
		}
	}
}

func wordingPath(group, meaning string, i int) string {
	return fmt.Sprintf("wordings.%s.%s[%d]", group, meaning, i)
}

// wordings reads what is taught. Whether a program or an agency exists is asked
// by CheckWordings.
func (l *loader) wordings() Wordings {
	w := Wordings{Programs: l.file.Wordings.Programs, Agencies: l.file.Wordings.Agencies}
	if len(l.file.Wordings.Columns) > 0 {
		w.Columns = make(map[reconcile.Field][]string, len(l.file.Wordings.Columns))
	}
	for name, list := range l.file.Wordings.Columns {
		w.Columns[l.column(name)] = list
	}
	type use struct{ group, key string }
	first := make(map[use]string)
	w.each(func(group, meaning string, i int, word string) {
		path, at := wordingPath(group, meaning, i), use{group, reconcile.Key(word)}
		switch known, again := first[at]; {
		case at.key == "":
			l.doc.Fault(path, "cách gọi để trống", "ghi nguyên văn cách gọi như trong bảng, hoặc bỏ mục này")
		case again && known != meaning:
			l.doc.Fault(path, fmt.Sprintf("cách gọi %q đã dùng cho %s", word, known), "mỗi cách gọi chỉ dùng cho một nghĩa, bỏ ở một trong hai chỗ")
		case again:
			l.doc.Fault(path, fmt.Sprintf("cách gọi %q có hai lần", word), "bỏ một dòng")
		default:
			first[at] = meaning
		}
	})
	return w
}

// column checks the name of a field.
func (l *loader) column(name string) reconcile.Field {
	field, err := strict.Choose(name, reconcile.ColumnFields()...)
	if err != nil {
		fields := make([]string, 0, len(reconcile.ColumnFields()))
		for _, f := range reconcile.ColumnFields() {
			fields = append(fields, string(f))
		}
		remedy := "các trường dùng được: " + strings.Join(fields, ", ")
		if near := strict.Nearest(name, fields); near != "" {
			remedy = fmt.Sprintf("có phải là %q? ", near) + remedy
		}
		l.doc.Fault("wordings.columns."+name, fmt.Sprintf("không có trường %q", name), remedy)
		return reconcile.Field(name)
	}
	return field
}

// Meanings finds the codes that a wording is known for without being taught.
type Meanings func(word string) []string

// CheckWordings compares the wordings with the plan and the register: their
// codes must exist, and a wording must not name anything else there. The error
// is a Faults.
func (c Config) CheckWordings(programs, agencies []string, program, agency Meanings) error {
	var faults Faults
	c.Wordings.each(func(group, meaning string, i int, word string) {
		codes, named, what := programs, program, "chương trình"
		switch group {
		case "columns":
			return
		case "agencies":
			codes, named, what = agencies, agency, "cơ quan"
		}
		path := wordingPath(group, meaning, i)
		if !slices.Contains(codes, meaning) {
			if i > 0 {
				return // told with the first
			}
			path, remedy := "wordings."+group+"."+meaning, "Xem các mã bằng lệnh doisoat plan show"
			if near := strict.Nearest(meaning, codes); near != "" {
				remedy = fmt.Sprintf("có phải là %q? ", near) + remedy
			}
			faults = append(faults, c.faultAt(path, fmt.Sprintf("không có %s %q", what, meaning), remedy))
			return
		}
		if other := named(word); len(other) > 0 && !slices.Contains(other, meaning) {
			faults = append(faults, c.faultAt(path, fmt.Sprintf("%q là cách gọi sẵn có của %s", word, strings.Join(other, ", ")), "dùng cách gọi khác, hoặc bỏ mục này"))
		}
	})
	return faults.Err()
}

func (c Config) faultAt(path, message, remedy string) Fault {
	line := 0
	if c.positions.doc != nil {
		line = c.positions.doc.Line(path)
	}
	return Fault{File: c.File, Line: line, Path: path, Message: message, Remedy: remedy}
}

// dumpWordings writes them in the form of the file.
func dumpWordings(b *strings.Builder, w Wordings) {
	group, meaning := "", ""
	w.each(func(g, m string, _ int, word string) {
		if group == "" {
			b.WriteString("wordings:\n")
		}
		if g != group {
			fmt.Fprintf(b, "  %s:\n", g)
			meaning = ""
		}
		if m != meaning || g != group {
			fmt.Fprintf(b, "    %s:\n", m)
		}
		group, meaning = g, m
		fmt.Fprintf(b, "      - %q\n", word)
	})
}
