package understand

import (
	"strings"
	"testing"
	"unicode"

	"doisoat/reconcile"

	"golang.org/x/text/unicode/norm"
)

// tcvnBytes lists VN3 in the order of its bytes, as the standard's code page
// does; the tables of the reader are in the order of the vowels.
var tcvnBytes = map[byte]string{
	0xA1: "ĂÂÊÔƠƯĐăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ",
	0xDC: "ĩíịò", 0xE1: "ỏõóọồổỗốộờởỡớợù", 0xF1: "ủũúụừửữứựỳỷỹýỵ",
}

// encodeTCVN3 writes the text in VN3, toned capitals as small letters, for
// which a font with capitals makes up.
func encodeTCVN3(text string) string {
	table := map[rune]rune{}
	for first, letters := range tcvnBytes {
		for i, r := range []rune(letters) {
			table[r] = rune(first) + rune(i)
		}
	}
	return strings.Map(func(r rune) rune {
		if b, ok := table[r]; ok {
			return b
		}
		if b, ok := table[unicode.ToLower(r)]; ok {
			return b
		}
		return r
	}, norm.NFC.String(text))
}

// vniMarks are the marks of VNI by shape (none, breve, circumflex) and tone
// (none, grave, acute, tilde, hook, dot), as combining characters.
var vniMarks = map[string]string{
	"\u0300": "ø", "\u0301": "ù", "\u0303": "õ", "\u0309": "û", "\u0323": "ï",
	"\u0306": "ê", "\u0306\u0300": "è", "\u0306\u0301": "é", "\u0306\u0303": "ü", "\u0306\u0309": "ú", "\u0306\u0323": "ë",
	"\u0302": "â", "\u0302\u0300": "à", "\u0302\u0301": "á", "\u0302\u0303": "ã", "\u0302\u0309": "å", "\u0302\u0323": "ä",
}

var vniOwn = map[rune]string{
	'đ': "ñ", 'ơ': "ô", 'ư': "ö", 'í': "í", 'ì': "ì", 'ỉ': "æ", 'ĩ': "ó", 'ị': "ò", 'ỵ': "î",
}

func encodeVNI(text string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(text) {
		small := unicode.ToLower(r)
		stored, ok := vniOwn[small]
		if !ok {
			stored = string(small)
			if parts := []rune(norm.NFD.String(stored)); len(parts) > 1 {
				shape, tone := "", ""
				base := string(parts[0])
				for _, mark := range parts[1:] {
					switch {
					case mark == '\u031b':
						base = vniOwn[only(norm.NFC.String(base+"\u031b"))]
					case mark == '\u0306' || mark == '\u0302':
						shape = string(mark)
					default:
						tone = string(mark)
					}
				}
				stored = base + vniMarks[shape+tone]
			}
		}
		if small != r {
			stored = strings.ToUpper(stored)
		}
		b.WriteString(stored)
	}
	return b.String()
}

// vietnameseLetters are all letters beyond ASCII: 67 small ones and as many
// capitals.
func vietnameseLetters() []rune {
	var all []rune
	for _, r := range "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ" {
		all = append(all, r, unicode.ToUpper(r))
	}
	return all
}

func TestEveryLetter(t *testing.T) {
	letters := vietnameseLetters()
	if len(letters) != 134 {
		t.Fatalf("%d letters, want 134", len(letters))
	}
	for _, want := range letters {
		stored := []rune(encodeTCVN3(string(want)))
		got, ok := tcvn3.decode(stored)
		if unicode.IsUpper(want) && !strings.ContainsRune("ĂÂÊÔƠƯĐ", want) {
			want = unicode.ToLower(want) // only a font makes it a capital
		}
		if !ok || string(got) != string(want) {
			t.Errorf("TCVN3 %+q: %q, want %q", string(stored), string(got), want)
		}
	}
	for _, want := range letters {
		stored := []rune(encodeVNI(string(want)))
		got, ok := vni.decode(stored)
		if !ok || string(got) != string(want) {
			t.Errorf("VNI %+q: %q, want %q", string(stored), string(got), want)
		}
	}
}

// The tables say nothing besides the 134 letters, and no two things of one.
func TestTablesHoldNothingElse(t *testing.T) {
	if n := len(tcvn3.single); n != 67+7 {
		t.Errorf("TCVN3 has %d characters, want 67 small letters and 7 capitals", n)
	}
	if n := len(vni.single); n != 2*9 {
		t.Errorf("VNI has %d letters of one character, want đ, ơ, ư, ỵ and five of i, small and capital", n)
	}
	if n := len(vni.pair); n != 4*(67-9) {
		t.Errorf("VNI has %d pairs, want all others in four mixtures of case", n)
	}
	for _, c := range codecs {
		for stored, r := range c.single {
			if stored > 0xff || stored < 0xa1 {
				t.Errorf("%s: %+q for %q is no letter of a legacy font", c.name, stored, r)
			}
		}
	}
}

func TestWindows1258FoldsOntoLatin1(t *testing.T) {
	for r, folded := range windows1258 {
		if folded < 0xa1 || folded > 0xff {
			t.Errorf("%+q: %+q", r, folded)
		}
	}
	// "thị trấn Đức Phổ" in TCVN3, read as Windows-1258.
	j := tcvn3.judge("th\u0303 trÊn §øc Phæ")
	if j.foreign || j.text != "thị trấn Đức Phổ" {
		t.Errorf("%+v", j)
	}
}

func TestTonesOfCapitalsComeFromTheWord(t *testing.T) {
	for stored, want := range map[string]string{
		"NGUYÔN": "NGUYỄN", "§øc": "Đức", "L£": "LÊ", "TRÇN": "TRẦN", "nguyÔn": "nguyễn", "Vò": "Vũ", "H§ND": "HĐND",
	} {
		if got, ok := tcvn3.decode([]rune(stored)); !ok || string(got) != want {
			t.Errorf("%s: %q, want %q", stored, string(got), want)
		}
	}
}

func TestIsSyllable(t *testing.T) {
	for _, word := range strings.Fields(`Nguyễn Trương quý Quốc quyết khuỷu giếng gìn gì nghiêng ngoằn ngoẹo Huỳnh Thủy Thuỷ hoà hòa
		uống yêu ý Y Đắk Lắk huyện thuở khuya ĐOÀN ếch oái ương ưu xoong quần quỳ quyển`) {
		if !isSyllable([]rune(word)) {
			t.Errorf("%s is none", word)
		}
	}
	for _, word := range strings.Fields(`Hrê Krông Brâu Müller cÊp NguyÔn catp các1 càt ốk Thị́ e̋ Niế Ñ đđ ngh`) {
		if isSyllable([]rune(word)) {
			t.Errorf("%s is one", word)
		}
	}
}

func TestFontCodec(t *testing.T) {
	for _, c := range []struct {
		font     string
		encoding reconcile.Encoding
		capitals bool
	}{
		{".VnTime", reconcile.TCVN3, false},
		{".VnTimeH", reconcile.TCVN3, true},
		{".VnArialH", reconcile.TCVN3, true},
		{".VnArial NarrowH", reconcile.TCVN3, true},
		{".VnShelley Allegro", reconcile.TCVN3, false},
		{".VNTIMEH", reconcile.TCVN3, true},
		{".vntimeh", reconcile.TCVN3, true},
		{"VNI-Times", reconcile.VNI, false},
		{"vni-helve", reconcile.VNI, false},
		{"Times New Roman", "", false},
		{"", "", false},
		{"Vni", "", false},
	} {
		got, capitals := fontCodec(c.font)
		if (got == nil) != (c.encoding == "") || got != nil && got.name != c.encoding || capitals != c.capitals {
			t.Errorf("%q: %v, %v", c.font, got, capitals)
		}
	}
}
