package reconcile_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"doisoat/reconcile"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"spaces", "  Nguyễn  Thị\u00a0 Thanh ", "Nguyễn Thị Thanh"},
		{"line break in a cell", "TỈNH ỦY QUẢNG NGÃI\nBAN TỔ CHỨC", "TỈNH ỦY QUẢNG NGÃI BAN TỔ CHỨC"},
		{"decomposed", norm.NFD.String("Trần Thị Bưởi"), "Trần Thị Bưởi"},
		{"base letter composed, tone apart", "ê\u0301", "ế"},
		{"zero width", "Lê\u200b Thị\ufeff Hoa", "Lê Thị Hoa"},
		{"eth for Đ", "Ðoàn Thùy", "Đoàn Thùy"},
		{"case, tone placement and punctuation stay", "HOÀ, Phạm  H'Re - Y", "HOÀ, Phạm H'Re - Y"},
		{"nothing", " \u00a0\t", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := reconcile.Clean(c.in); got != c.want {
				t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestCleanLines(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"one line", " Theo  giấy khai sinh\u00a0gốc ", "Theo giấy khai sinh gốc"},
		{"several", "1. Đã sửa ngày sinh;\r\n2.  Xin giữ số CCCD.", "1. Đã sửa ngày sinh;\n2. Xin giữ số CCCD."},
		{"paragraphs", "\n\tKính gửi Ban:\n\nĐã rà soát.\n \n", "Kính gửi Ban:\n\nĐã rà soát."},
		{"decomposed", norm.NFD.String("Đã sửa\ntheo hồ sơ"), "Đã sửa\ntheo hồ sơ"},
		{"nothing", " \n\t\r\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := reconcile.CleanLines(c.in); got != c.want {
				t.Errorf("CleanLines(%q) = %q, want %q", c.in, got, c.want)
			}
			if again := reconcile.CleanLines(c.want); again != c.want {
				t.Errorf("CleanLines(%q) = %q", c.want, again)
			}
		})
	}
}

func TestKey(t *testing.T) {
	same := [][2]string{
		{"Nguyễn Mỹ Hòa", "NGUYỄN MỸ HOÀ"},
		{"Thúy", "Thuý"},
		{"Hủy", "huỷ"},
		{"Đặng  Thùy Trâm", norm.NFD.String("đặng thuỳ trâm")},
		{"Khỏe", "khoẻ"},
	}
	for _, p := range same {
		if a, b := reconcile.Key(p[0]), reconcile.Key(p[1]); a != b {
			t.Errorf("%q and %q should compare equal: %q, %q", p[0], p[1], a, b)
		}
	}
	different := [][2]string{
		{"Hoa", "Hòa"},
		{"Sơn Hà", "Sơn Hạ"},
		{"Bình Thanh", "Bình Thạnh"},
		{"Nguyễn", "Nguyển"},
		{"Lý", "Lí"}, // perhaps the same person, never by this key
		{"Đông", "Dông"},
		{"Huỳnh", "Hoàng"},
	}
	for _, p := range different {
		if reconcile.Key(p[0]) == reconcile.Key(p[1]) {
			t.Errorf("%q and %q must not compare equal", p[0], p[1])
		}
	}
}

func TestASCII(t *testing.T) {
	if got := reconcile.ASCII("  Đoàn Thùy  LỆ Quyên"); got != "doan thuy le quyen" {
		t.Errorf("ASCII = %q", got)
	}
}

func TestTextProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		clean := reconcile.Clean(s)
		if reconcile.Clean(clean) != clean {
			t.Fatalf("Clean is not idempotent on %q: %q", s, clean)
		}
		if !norm.NFC.IsNormalString(clean) || !utf8.ValidString(clean) {
			t.Fatalf("Clean(%q) = %q is not NFC", s, clean)
		}
		if reconcile.Key(s) != reconcile.Key(norm.NFD.String(s)) {
			t.Fatalf("Key depends on the normal form of %q", s)
		}
	})
}

// A clean text comes back as it is, and what is not clean does not: both ways
// through Clean agree.
func TestCleanIsSettled(t *testing.T) {
	parts := rapid.SampledFrom([]string{"Hòa", "Ðoàn", " ", "  ", "\u00a0", "\u200b", "e\u0302", "ế", "\u0301", "\xff", "\ufffd", "\u3000", "-", "\n", "ð", "한", "\u1100\u1161"})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(parts).Draw(t, "parts"), "")
		once := reconcile.Clean(s)
		if again := reconcile.Clean(once); again != once {
			t.Errorf("Clean(%q) = %q, and again %q", s, once, again)
		}
		// With a blank in front no shortcut is taken.
		if long := reconcile.Clean(" " + s); long != once {
			t.Errorf("Clean(%q) = %q, the long way %q", s, once, long)
		}
	})
}

// Texts of common letters take a shortcut. With a blank in front none is taken,
// and what comes out is the same.
func TestShortcutsOfComparing(t *testing.T) {
	letters := rapid.RuneFrom([]rune{'a', 'Đ', 'đ', 'Ư', 'ợ', 'Ỹ', 'ð', ' ', '-', '.', '\'', '1', 'ß', 'ŉ', 'İ', 'ẞ', 'Ω', '\u0301', '\u0302', '\u00a0', '\u00ad', '\u0345', '한'},
		&unicode.RangeTable{R16: []unicode.Range16{{Lo: 0, Hi: 0x260, Stride: 1}, {Lo: 0x1df0, Hi: 0x1f10, Stride: 1}}})
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(letters).Draw(t, "s")
		if quick, slow := reconcile.Key(s), reconcile.Key(" "+s); quick != slow {
			t.Errorf("Key(%q) = %q, the long way %q", s, quick, slow)
		}
		if quick, slow := reconcile.ASCII(s), reconcile.ASCII(" "+s); quick != slow {
			t.Errorf("ASCII(%q) = %q, the long way %q", s, quick, slow)
		}
	})
}

func BenchmarkKey(b *testing.B) {
	for b.Loop() {
		reconcile.Key("Nguyễn Thị Thùy Dương")
	}
}
