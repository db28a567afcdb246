package push

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"doisoat/reconcile"
)

// ErrOutside is the error for a report that would be written outside of the
// reports folder.
var ErrOutside = errors.New("the path leads out of the reports folder")

// maxName is the longest name of a file in bytes, with room for what programs
// put before it ("~$", "Copy of").
const maxName = 200

// noAgency is the folder for files whose agency nobody knows.
const noAgency = "Chưa xác định"

// sheetExtensions end the names of spreadsheets. Another end after a dot
// belongs to the name ("TP. Quảng Ngãi").
var sheetExtensions = []string{
	".xlsx", ".xlsm", ".xlsb", ".xls", ".xltx", ".xltm", ".xlt", ".ods", ".fods", ".csv", ".tsv", ".txt", ".htm", ".html", ".xml",
}

// ReportPath is where the annotated copy of a file stands:
// <root>/<agency>/<name of the file> - SAI LỆCH.xlsx. The file's extension is
// replaced, by .xlsm where it was that, since Excel opens a workbook with
// macros under no other. Names become ones that every system can store: NFC,
// without separators and reserved names, 200 bytes at most; a name that has to
// be cut keeps apart from others by a few letters of its digest.
//
// A folder of an agency that is a link to somewhere else is ErrOutside.
func ReportPath(root, agency, file string) (string, error) {
	extension := ".xlsx"
	name := strings.TrimSpace(norm.NFC.String(file))
	lower := strings.ToLower(name)
	for _, known := range sheetExtensions {
		if strings.HasSuffix(lower, known) && len(lower) == len(name) {
			if known == ".xlsm" {
				extension = known
			}
			name = name[:len(name)-len(known)]
			break
		}
	}
	// A copy that staff send back is no reason for a second end.
	name = strings.TrimSuffix(strings.TrimSpace(name), norm.NFC.String(reconcile.AnnotatedSuffix))
	end := reconcile.AnnotatedSuffix + extension
	name = fileName(name, maxName-len(end))
	if name == "" {
		return "", fmt.Errorf("a report for the file %q: no name is left of it", file)
	}
	folder := fileName(agency, maxName)
	if folder == "" {
		folder = noAgency
	}
	path := filepath.Join(root, folder, name+end)
	info, err := os.Lstat(filepath.Join(root, folder))
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return "", writeError(path, err)
	case !info.IsDir():
		return "", fmt.Errorf("%w: %s is no folder", ErrOutside, filepath.Join(root, folder))
	}
	return path, nil
}

// fileName makes one component of a path that every system can store, of at
// most so many bytes; "" when nothing is left.
func fileName(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Cf, r):
			return -1
		case strings.ContainsRune(`/\:*?"<>|`, r):
			return '-'
		}
		return r
	}, s)
	s = norm.NFC.String(strings.Join(strings.Fields(s), " "))
	s = strings.TrimLeft(strings.TrimRight(s, ". "), ". ")
	if isReserved(s) {
		s = "_" + s
	}
	if len(s) <= most {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	mark := "~" + hex.EncodeToString(sum[:4])
	cut := most - len(mark)
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return strings.TrimRight(s[:cut], ". ") + mark
}

// isReserved reports whether Windows takes the name for a device.
func isReserved(name string) bool {
	base, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch base = strings.TrimSpace(base); base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, ok := strings.CutPrefix(base, "COM")
	if !ok {
		port, ok = strings.CutPrefix(base, "LPT")
	}
	return ok && strings.Contains("123456789¹²³", port) && utf8.RuneCountInString(port) == 1
}
