package strict

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

type colour string

func (c *colour) UnmarshalText(b []byte) (err error) {
	*c, err = Choose(string(b), colour("đỏ"), colour("xanh"))
	return err
}

type opaque struct{ text string }

func (o *opaque) UnmarshalText(b []byte) error {
	if string(b) == "hỏng" {
		return errors.New("some reason in English")
	}
	o.text = string(b)
	return nil
}

type entry struct {
	Name  string   `yaml:"name" need:"true"`
	Count int      `yaml:"count"`
	Tags  []string `yaml:"tags"`
}

func (e *entry) UnmarshalText(b []byte) error {
	e.Name = string(b)
	return nil
}

type sample struct {
	Title   string         `yaml:"title" need:"true"`
	Amount  int64          `yaml:"amount"`
	Open    bool           `yaml:"open"`
	Colour  colour         `yaml:"colour"`
	Opaque  opaque         `yaml:"opaque"`
	Entries []entry        `yaml:"entries"`
	Numbers map[string]int `yaml:"numbers"`
	Inner   entryOnly      `yaml:"inner"`
}

type entryOnly struct {
	Depth int `yaml:"depth"`
}

func TestDecode(t *testing.T) {
	var got sample
	doc := Decode("a.yml", []byte(strings.Join([]string{
		"title: Đào tạo # ghi chú",
		"amount: 36511988780",
		"open: true",
		"colour: xanh",
		"opaque: 2024-01-31",
		"entries:",
		"  - một tên",
		"  - {name: hai, count: -3, tags: &tags [a, b]}",
		"  - name: ba",
		"    tags: *tags",
		"numbers: {khoảng: 10, dự kiến: 0}",
		"inner:",
	}, "\n")), &got)
	if err := doc.Err(); err != nil {
		t.Fatal(err)
	}
	want := sample{
		Title: "Đào tạo", Amount: 36511988780, Open: true, Colour: "xanh", Opaque: opaque{"2024-01-31"},
		Entries: []entry{{Name: "một tên"}, {Name: "hai", Count: -3, Tags: []string{"a", "b"}}, {Name: "ba", Tags: []string{"a", "b"}}},
		Numbers: map[string]int{"khoảng": 10, "dự kiến": 0},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(opaque{})); diff != "" {
		t.Error(diff)
	}
	for path, line := range map[string]int{
		"title": 1, "amount": 2, "entries": 6, "entries[0]": 7, "entries[1].count": 8, "entries[2]": 9,
		"entries[2].tags": 10, "entries[2].missing": 9, "numbers.khoảng": 11, "nothing": 1,
	} {
		if got := doc.Line(path); got != line {
			t.Errorf("Line(%q) = %d, want %d", path, got, line)
		}
	}
}

func TestDecodeFaults(t *testing.T) {
	tests := []struct {
		name, yaml string
		want       []string // beginnings of the faults, in order
	}{
		{"empty", "", []string{"a.yml: tệp không có nội dung"}},
		{"only a comment", "# không có gì\n", []string{"a.yml: tệp không có nội dung"}},
		{"syntax", "title: a\nopen: [\n", []string{"a.yml:3: sai cú pháp YAML"}},
		{"open bracket", "title: a\nentries:\n  - {name: x\nopen: true\n", []string{"a.yml:3: sai cú pháp YAML"}},
		{"two colons", "title: a\ncolour: a: b\n", []string{"a.yml:2: sai cú pháp YAML"}},
		{"tab", "title: a\n\topen: true\n", []string{"a.yml:2: sai cú pháp YAML"}},
		{"unknown anchor", "title: *nothing\n", []string{"a.yml: sai cú pháp YAML"}},
		{"two documents", "title: a\n---\ntitle: b\n", []string{"a.yml:2: tệp có nhiều hơn một tài liệu YAML"}},
		{"a list", "- a\n", []string{"a.yml:1: sai kiểu, đang là một danh sách"}},
		{"a scalar", "xin chào\n", []string{"a.yml:1: sai kiểu, đang là một giá trị đơn"}},
		{"missing", "open: true\n", []string{`a.yml:1: thiếu khóa "title"`}},
		{"unknown, near", "titel: a\ntitle: b\n", []string{`a.yml:1: titel: không có khóa "titel". Cách sửa: có phải là "title"?`}},
		{"unknown, far", "title: b\nzzz: 1\n", []string{`a.yml:2: zzz: không có khóa "zzz". Cách sửa: bỏ khóa này; các khóa dùng được: amount, colour`}},
		{"twice", "title: a\nopen: true\ntitle: b\n", []string{`a.yml:3: title: khóa "title" đã có ở dòng 1`}},
		{"twice in a map", "title: a\nnumbers:\n  x: 1\n  x: 2\n", []string{`a.yml:4: numbers.x: khóa "x" đã có ở dòng 3`}},
		{"every fault at once", "amount: nhiều\nopen: có\ncolour: xanhh\nentries: 3\nnumbers: [1]\ninner: 5\n", []string{
			`a.yml:1: amount: "nhiều" không phải là số nguyên`, `a.yml:1: thiếu khóa "title"`, "a.yml:2: open: sai kiểu",
			`a.yml:3: colour: không có giá trị "xanhh". Cách sửa: có phải là "xanh"?`, "a.yml:4: entries: sai kiểu",
			"a.yml:5: numbers: sai kiểu", "a.yml:6: inner: sai kiểu",
		}},
		{"no value", "title:\namount:\ncolour:\nentries:\nnumbers:\n", []string{
			"a.yml:1: title: không có giá trị", "a.yml:2: amount: không có giá trị", "a.yml:3: colour: không có giá trị",
		}},
		{"an error without a remedy", "title: a\nopaque: hỏng\n", []string{`a.yml:2: opaque: không hiểu giá trị "hỏng". Cách sửa: xem`}},
		{"a group for a value", "title: {a: 1}\nopaque: {}\ncolour: [đỏ]\n", []string{
			"a.yml:1: title: sai kiểu", "a.yml:2: opaque: sai kiểu", "a.yml:3: colour: sai kiểu",
		}},
		{"merge key", "title: a\ninner:\n  <<: {depth: 1}\n", []string{`a.yml:3: inner.<<: không có khóa "<<"`}},
		{"self reference", "title: a\nentries: &x [*x]\n", []string{"a.yml:2: entries[0]: sai kiểu, đang là một danh sách"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got sample
			faults := Decode("a.yml", []byte(test.yaml), &got).Faults()
			if len(faults) != len(test.want) {
				t.Fatalf("got %d faults, want %d:\n%v", len(faults), len(test.want), faults)
			}
			for i, want := range test.want {
				if text := faults[i].String(); !strings.HasPrefix(text, want) {
					t.Errorf("fault %d:\n got %s\nwant %s…", i, text, want)
				}
				if faults[i].Remedy == "" {
					t.Errorf("no remedy: %s", faults[i])
				}
			}
		})
	}
}

func TestIntegersAreDigits(t *testing.T) {
	for text, ok := range map[string]bool{
		"0": true, "113": true, "-5": true, "36511988780": true, "9223372036854775807": true,
		"36.511.988.780": false, "36,511": false, "36_511": false, "0113": false, "0x71": false, "1e3": false, "5.0": false,
		`"113"`: false, "+5": false, "9223372036854775808": false, "113 đồng": false, "": false, "-": false,
	} {
		var got sample
		doc := Decode("a.yml", []byte("title: a\namount: "+text+"\n"), &got)
		if (doc.Err() == nil) != ok {
			t.Errorf("amount: %s: error %v, want ok=%v", text, doc.Err(), ok)
		}
	}
}

func TestLimits(t *testing.T) {
	var got sample
	if err := Decode("a.yml", make([]byte, maxSize+1), &got).Err(); err == nil {
		t.Error("a file over the limit was read")
	}
	var bomb strings.Builder
	bomb.WriteString("title: a\nentries:\n  - {name: x, tags: &t [" + strings.Repeat("a, ", 1000) + "a]}\n")
	for range 1000 {
		bomb.WriteString("  - {name: x, tags: *t}\n")
	}
	err := Decode("a.yml", []byte(bomb.String()), &got).Err()
	if err == nil || !strings.Contains(err.Error(), "quá nhiều giá trị") {
		t.Errorf("aliases without end: %.200v", err)
	}
}

func TestFaultString(t *testing.T) {
	for want, f := range map[string]Fault{
		"a.yml:3: x.y: sai. Cách sửa: sửa": {File: "a.yml", Line: 3, Path: "x.y", Message: "sai", Remedy: "sửa"},
		"dòng 3: sai":                      {Line: 3, Message: "sai"},
		"a.yml: sai":                       {File: "a.yml", Message: "sai"},
		"sai":                              {Message: "sai"},
	} {
		if got := f.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if err := (Faults{}).Err(); err != nil {
		t.Errorf("no faults are an error: %v", err)
	}
	var faults Faults
	if !errors.As(fmt.Errorf("đọc: %w", Faults{{Message: "b", Line: 2}, {Message: "a", Line: 1}}.Err()), &faults) || faults[0].Message != "a" {
		t.Errorf("faults are not in the order of lines: %v", faults)
	}
}

func TestNearest(t *testing.T) {
	known := []string{"plan", "database", "timezone", "schedule", "sources", "deadline"}
	for word, want := range map[string]string{
		"databse": "database", "Timezone": "timezone", "shcedule": "schedule", "source": "sources",
		"plans": "plan", "deadlines": "deadline", "xyz": "", "": "", "ngày": "",
	} {
		if got := Nearest(word, known); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestDistanceIsAMetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("abcđê")), 0, 8, -1)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		if (distance(a, b) == 0) != (a == b) || distance(a, b) != distance(b, a) {
			t.Fatalf("distance(%q, %q) = %d, back %d", a, b, distance(a, b), distance(b, a))
		}
		if d, longest := distance(a, b), max(len([]rune(a)), len([]rune(b))); d > longest {
			t.Fatalf("distance(%q, %q) = %d is more than %d", a, b, d, longest)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"title: a\n", "entries: &x [*x]\n", "title: a\nnumbers: {a: 1, a: 2}\n", "\ufefftitle: a\n",
		"? [a]\n: b\n", "title: !!binary aGk=\n", "---\n---\n", "title: |\n  x\n y\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var got sample
		doc := Decode("a.yml", data, &got)
		for _, fault := range doc.Faults() {
			if fault.Message == "" || fault.Remedy == "" || fault.Line < 0 {
				t.Errorf("fault without message, remedy or line: %+v", fault)
			}
		}
		if doc.Err() == nil && !doc.Has("title") {
			t.Error("a missing key was not noticed")
		}
		if !slices.IsSortedFunc(doc.Faults(), func(a, b Fault) int { return a.Line - b.Line }) {
			t.Error("faults are not in the order of lines")
		}
	})
}
