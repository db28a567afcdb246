package reconcile

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// markDigits is the length of the digest in a mark: enough to tell the handful
// of rows apart that share agency, program and name.
const markDigits = 12

// Mark is how a registration is known again in a later run: its Key, and a
// digest of what tells it from others of the same agency, program and name.
// The number that such rows carry in their keys moves when another one comes,
// the digest changes when a value is mended, the name in the key when the name
// is: it takes two of them to lose the row.
func Mark(r *Registration) string { return r.Key + "~" + Digest(r) }

// Digest is the part of a mark that is made from birth date, position and phone.
// The citizen ID is not in it: with all the rest in sight, it could be found by
// trying.
func Digest(r *Registration) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{r.BirthDate.String(), "", Key(r.Position), r.Phone}, "\x00")))
	return hex.EncodeToString(sum[:])[:markDigits]
}

// SplitMark returns the key and the digest of a mark; a bare key has none.
func SplitMark(mark string) (key, digest string) {
	if i := strings.LastIndexByte(mark, '~'); i >= 0 && len(mark)-i-1 == markDigits {
		return mark[:i], mark[i+1:]
	}
	return mark, ""
}

// Unnumbered is a registration's key without the number that tells rows of one
// agency, program and name apart.
func Unnumbered(key string) string {
	if i := strings.LastIndexByte(key, '#'); i >= 0 {
		return key[:i]
	}
	return key
}
