package provincetest

import "strings"

// The letters of Vietnamese and, in the same order, the bytes of TCVN 5712 that
// stand for them, as a font of that encoding shows them in Latin-1.
const (
	vietnameseLetters = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ"
	tcvn3Letters      = "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô-õö÷øùúûüýþ¡¢£¤¥¦§"
)

// toTCVN3 writes a text as a program of the nineties stored it. Capital letters
// with a tone have no place of their own there and are typed in small.
func toTCVN3(s string) string { return tcvn3.Replace(s) }

var tcvn3 = func() *strings.Replacer {
	var pairs []string
	to := []rune(strings.Replace(tcvn3Letters, "-", "\u00ad", 1)) // ư is the soft hyphen
	for i, from := range []rune(vietnameseLetters) {
		pairs = append(pairs, string(from), string(to[i]))
		if upper := strings.ToUpper(string(from)); !strings.Contains(vietnameseLetters, upper) {
			pairs = append(pairs, upper, string(to[i]))
		}
	}
	return strings.NewReplacer(pairs...)
}()
