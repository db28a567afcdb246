package sheet

import (
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// The code pages that a workbook falls back on.
const (
	codePageWestern = 1252
	codePageUTF16   = 1200
)

// codePage is the encoding of a Windows code page, as the CODEPAGE record
// numbers them ([MS-XLS] 2.4.52); nil when it is not known.
func codePage(number int) encoding.Encoding {
	switch number {
	case 367, codePageWestern, 32769:
		return charmap.Windows1252
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 855:
		return charmap.CodePage855
	case 858:
		return charmap.CodePage858
	case 860:
		return charmap.CodePage860
	case 862:
		return charmap.CodePage862
	case 863:
		return charmap.CodePage863
	case 865:
		return charmap.CodePage865
	case 866:
		return charmap.CodePage866
	case 874:
		return charmap.Windows874
	case 932:
		return japanese.ShiftJIS
	case 936:
		return simplifiedchinese.GBK
	case 949:
		return korean.EUCKR
	case 950:
		return traditionalchinese.Big5
	case codePageUTF16:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	case 10000, 32768:
		return charmap.Macintosh
	case 65001:
		return unicode.UTF8
	}
	return nil
}

// charsetPage is the code page that a font's character set stands for
// ([MS-XLS] 2.4.122, Windows' CHARSET constants); 0 for those that leave it to
// the workbook.
func charsetPage(charset byte) int {
	switch charset {
	case 77:
		return 10000
	case 128:
		return 932
	case 129:
		return 949
	case 134:
		return 936
	case 136:
		return 950
	case 161:
		return 1253
	case 162:
		return 1254
	case 163:
		return 1258
	case 177:
		return 1255
	case 178:
		return 1256
	case 186:
		return 1257
	case 204:
		return 1251
	case 222:
		return 874
	case 238:
		return 1250
	}
	return 0
}

// appendPage appends 8-bit text as UTF-8.
func appendPage(dst, text []byte, page int) ([]byte, error) {
	if page != codePageUTF16 && isPlain(text) {
		return append(dst, text...), nil // it is the same in all of them
	}
	e := codePage(page)
	if e == nil {
		return dst, fmt.Errorf("%w: text in code page %d", ErrUnsupported, page)
	}
	decoded, err := e.NewDecoder().Bytes(text)
	if err != nil {
		return dst, fmt.Errorf("%w: text in code page %d: %w", ErrDamaged, page, err)
	}
	return append(dst, decoded...), nil
}

func isPlain(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
