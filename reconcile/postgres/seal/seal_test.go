package seal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doisoat/reconcile/postgres/seal"
)

func newSealer(t testing.TB) *seal.Sealer {
	t.Helper()
	key, err := seal.CreateKey(filepath.Join(t.TempDir(), "khoa"))
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := key.NewSealer()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestText(t *testing.T) {
	t.Parallel()
	s := newSealer(t)
	for _, c := range []struct{ text, shows string }{
		{"Số căn cước 051079001234 không khớp ngày sinh", "Số căn cước … không khớp ngày sinh"},
		{"051 079 001 234", "…"},
		{"051.079.001-234", "…"},
		{"051\u00a0079\u00a0001\u00a0234", "…"},
		{"CMND 212345678, CCCD 051079001234.", "CMND …, CCCD …."},
		{"05107900123", "…"},
		{"0510790012345", "…"},
		{"CCCD:051079001234", "CCCD:…"},
		{"0905123456 051079001234 15.08.1979", "0905123456 … 15.08.1979"},
		{"15.08.1979 051079001234", "15.08.1979 …"},
		{"0905 123 456", "0905 123 456"},                       // a phone
		{"15.08.1979 - 02.03.2005", "15.08.1979 - 02.03.2005"}, // dates
		{"051079 - 001234", "…"},
		{"51,079,001,234", "…"},
		{"Phó Trưởng phòng", "Phó Trưởng phòng"},
		{"12345678", "12345678"},
		{"12345678901234", "12345678901234"},
		{"", ""},
	} {
		sealed := s.Text(c.text)
		if got := hidden(t, sealed); got != c.shows {
			t.Errorf("%q shows %q, should %q", c.text, got, c.shows)
		}
		if again := s.Text(c.text); again != sealed {
			t.Errorf("%q has two seals", c.text)
		}
		if opened := s.Open(sealed); opened != c.text {
			t.Errorf("%q opens as %q", c.text, opened)
		}
	}
}

// hidden shows seals as dots.
func hidden(t *testing.T, text string) string {
	t.Helper()
	for {
		start, end := strings.Index(text, "〘"), strings.Index(text, "〙")
		if start < 0 {
			return text
		}
		text = text[:start] + "…" + text[end+len("〙"):]
	}
}

func TestWhole(t *testing.T) {
	t.Parallel()
	s := newSealer(t)
	for _, text := range []string{"051079001234", "O5107900l234", "hộ chiếu B1234567", `"\` + "\n", "〘x〙"} {
		sealed := s.Whole(text)
		if strings.Contains(sealed, text) {
			t.Errorf("%q is to be read in %q", text, sealed)
		}
		if opened := s.Open(sealed); opened != text {
			t.Errorf("%q opens as %q", text, opened)
		}
	}
	if s.Whole("") != "" {
		t.Error("nothing is something")
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	s := newSealer(t)
	type line struct {
		Text  string            `json:"text"`
		Money int64             `json:"money"`
		More  map[string]string `json:"more"`
	}
	said := line{"\u2028051079001234 \"051079001235\" \\", 365119887, map[string]string{"123456789": s.Whole("a\"\\\n\x01đ")}}
	plain, err := json.Marshal(said)
	if err != nil {
		t.Fatal(err)
	}
	sealed := s.JSON(plain)
	for _, number := range []string{"051079001234", "051079001235", "123456789"} {
		if bytes.Contains(sealed, []byte(number)) {
			t.Errorf("%s is to be read in %s", number, sealed)
		}
	}
	var still line
	if err := json.Unmarshal(sealed, &still); err != nil || still.Money != said.Money {
		t.Errorf("%s: %v", sealed, err)
	}
	said.More["123456789"] = "a\"\\\n\x01đ"
	var opened line
	if err := json.Unmarshal(s.OpenJSON(sealed), &opened); err != nil || opened.Text != said.Text || opened.More["123456789"] != said.More["123456789"] {
		t.Errorf("opens as %s: %v", s.OpenJSON(sealed), err)
	}
}

// What is no seal of this key stays as it is, wherever it comes from.
func TestForeignSeals(t *testing.T) {
	t.Parallel()
	s, other := newSealer(t), newSealer(t)
	for _, text := range []string{"〘", "〙〘", "〘〙", "〘AAAA〙", "〘không〙 phải", other.Whole("051079001234"), "〘" + s.Whole("x")[1:]} {
		if opened := s.Open(text); opened != text {
			t.Errorf("%q opens as %q", text, opened)
		}
	}
	if mixed := "〘" + s.Whole("051079001234") + "〙"; s.Open(mixed) != "〘051079001234〙" {
		t.Errorf("%q opens as %q", mixed, s.Open(mixed))
	}
}

func TestNoSealer(t *testing.T) {
	t.Parallel()
	var s *seal.Sealer
	const text = "051079001234 〘"
	content, err := s.OpenFile(s.File([]byte(text)))
	if s.Whole(text) != text || s.Text(text) != text || string(s.JSON([]byte(text))) != text ||
		s.Open(text) != text || string(s.OpenJSON([]byte(text))) != text || string(content) != text || err != nil {
		t.Error("changed")
	}
}

func TestFile(t *testing.T) {
	t.Parallel()
	s, other := newSealer(t), newSealer(t)
	content := []byte("PK\x03\x04 051079001234")
	sealed := s.File(content)
	if bytes.Contains(sealed, content) || bytes.Equal(sealed, s.File(content)) {
		t.Error("the seal tells of the file")
	}
	if opened, err := s.OpenFile(sealed); err != nil || !bytes.Equal(opened, content) {
		t.Errorf("opens as %q: %v", opened, err)
	}
	sealed[len(sealed)-1] ^= 1
	for _, wrong := range [][]byte{sealed, {}, content, other.File(content)} {
		if _, err := s.OpenFile(wrong); !errors.Is(err, seal.ErrDamaged) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "mới", "khoa")
	if _, err := seal.ReadKey(path); !errors.Is(err, seal.ErrNoKey) {
		t.Errorf("no file: %v", err)
	}
	key, err := seal.CreateKey(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := seal.CreateKey(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second one: %v", err)
	}
	if files, err := os.ReadDir(filepath.Dir(path)); err != nil || len(files) != 1 {
		t.Errorf("left behind: %v, %v", files, err)
	}
	s, wrapped, err := key.NewSealer()
	if err != nil {
		t.Fatal(err)
	}
	sealed := s.Whole("051079001234")
	again, err := seal.ReadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	opens(t, again, wrapped, sealed)

	next, err := seal.CreateKey(filepath.Join(dir, "khoa mới"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := next.Sealer(wrapped); !errors.Is(err, seal.ErrWrongKey) {
		t.Errorf("another key: %v", err)
	}
	rewrapped, err := again.Rewrap(wrapped, next)
	if err != nil {
		t.Fatal(err)
	}
	opens(t, next, rewrapped, sealed)
	if _, err := key.Sealer(rewrapped); !errors.Is(err, seal.ErrWrongKey) {
		t.Errorf("the key of before: %v", err)
	}
	for _, content := range []string{"", "không phải khóa", "MTIz"} {
		bad := filepath.Join(dir, "hỏng")
		if err := os.WriteFile(bad, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := seal.ReadKey(bad); !errors.Is(err, seal.ErrBadKey) || strings.Contains(err.Error(), "MTIz") {
			t.Errorf("%q: %v", content, err)
		}
	}
}

func opens(t *testing.T, key *seal.Key, wrapped []byte, sealed string) {
	t.Helper()
	s, err := key.Sealer(wrapped)
	if err != nil {
		t.Fatal(err)
	}
	if opened := s.Open(sealed); opened != "051079001234" {
		t.Errorf("opens as %q", opened)
	}
}

// Whatever the text, it comes back as it was, and JSON stays JSON.
func FuzzSeal(f *testing.F) {
	for _, text := range []string{"051079001234", "a\"〘b〙051 079 001 234\\", "\u2028212345678", "〘"} {
		f.Add(text)
	}
	s := newSealer(f)
	f.Fuzz(func(t *testing.T, text string) {
		if opened := s.Open(s.Text(text)); opened != text {
			t.Errorf("%q opens as %q", text, opened)
		}
		plain, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		sealed := s.JSON(plain)
		if !json.Valid(sealed) {
			t.Errorf("%s becomes %s", plain, sealed)
		}
		if opened := s.OpenJSON(sealed); !bytes.Equal(opened, plain) {
			t.Errorf("%s opens as %s", plain, opened)
		}
	})
}

func BenchmarkText(b *testing.B) {
	s := newSealer(b)
	text := `{"full_name":{"cell":"B12","text":"Nguyễn Thị Hồng Nhung"},"birth_date":{"cell":"C12","text":"15/08/1979"},"citizen_id":{"cell":"D12","text":"051079001234"}}`
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.OpenJSON(s.JSON([]byte(text)))
	}
}
