package pull

import (
	"path"
	"slices"
	"strings"
)

// isTemporary reports whether a file or folder is a lock, a leftover or the
// file system's own business, by its NFC name.
func isTemporary(name string) bool {
	lower := strings.ToLower(name)
	switch lower {
	case "thumbs.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin",
		"system volume information", "lost+found", "@eadir", "#recycle":
		return true
	}
	// A leading dot: hidden, LibreOffice's .~lock.x#, .DS_Store. A leading ~$:
	// the lock file of Microsoft Office.
	if strings.HasPrefix(lower, ".") || strings.HasPrefix(lower, "~$") {
		return true
	}
	switch path.Ext(lower) {
	case ".tmp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".opdownload", ".bak", ".lnk", ".url":
		return true
	}
	return strings.HasSuffix(lower, "~")
}

// spreadsheetExtensions are those under which offices send tables. What a file
// really is, its content says; package sheet refuses what it cannot read, and
// the agency hears of it.
func spreadsheetExtensions() []string {
	return []string{
		".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".et",
		".ods", ".ots", ".fods", ".csv", ".tsv", ".htm", ".html", ".xml",
	}
}

func isSpreadsheetName(name string) bool {
	return slices.Contains(spreadsheetExtensions(), strings.ToLower(path.Ext(name)))
}

func notSpreadsheetMessage(name string) string {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case "":
		return "tệp không có phần mở rộng nên không được đọc; nếu là bảng tính, hãy thêm .xlsx vào tên tệp"
	case ".pdf", ".doc", ".docx", ".rtf", ".odt", ".jpg", ".jpeg", ".png":
		return "tệp " + ext + " không phải bảng tính; hãy gửi danh sách bằng tệp Excel"
	case ".zip", ".rar", ".7z":
		return "tệp nén " + ext + " không được đọc; hãy giải nén rồi gửi từng bảng tính"
	default:
		return "tệp " + ext + " không phải bảng tính"
	}
}

// AnnotatedSuffix ends the name, before the extension, of the copy with
// findings that an agency gets. It comes back when staff send that copy in.
const AnnotatedSuffix = " - SAI LỆCH"

// splitAnnotated tells whether an NFC name is that of an annotated copy, also
// of one that a browser or a mail program numbered ("X - SAI LỆCH (1).xlsx"),
// and returns the name of the document that it was made from.
func splitAnnotated(name string) (original string, ok bool) {
	ext := path.Ext(name)
	stem := withoutCopyNumber(strings.TrimSuffix(name, ext))
	// Vietnamese letters have the same length in both cases.
	cut := len(stem) - len(AnnotatedSuffix)
	if cut <= 0 || !strings.EqualFold(stem[cut:], AnnotatedSuffix) {
		return "", false
	}
	return stem[:cut] + ext, true
}

func withoutCopyNumber(stem string) string {
	open := strings.LastIndexByte(stem, '(')
	if open < 0 || !strings.HasSuffix(stem, ")") {
		return stem
	}
	digits := stem[open+1 : len(stem)-1]
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return stem
	}
	return strings.TrimRight(stem[:open], " ")
}
