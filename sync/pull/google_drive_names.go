package pull

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/api/drive/v3"

	"doisoat/sync/google"
)

// arrange makes one item of each document, as arrangeDocuments does for files
// on a disk. Drive lets several files have one name; each is a document of its
// own, and an annotated copy belongs to the newest of them.
func (g *googleDrive) arrange(files []file, account string) []Item {
	var items []Item
	groups, order := groupByDocument(files)
	for _, key := range order {
		group := groups[key]
		slices.SortStableFunc(group, newestFirst)
		original := slices.IndexFunc(group, func(c candidate) bool { return !c.annotated })
		for i, c := range group {
			it := g.item(c.file, account)
			switch {
			case c.foreign, c.annotated && i > 0:
				it.AnswersOnly = true
			case c.annotated && original >= 0: // the newest of all stands for the document
				it.Source, it.Name, it.Copy = g.identity(group[original].info.(driveFile).Id), group[original].name, c.name
			case i == original && group[0].annotated:
				continue // the copy stands for it
			}
			items = append(items, it)
		}
	}
	return items
}

// driveName makes a name on Drive, which may hold slashes, one part of a path.
func driveName(name string) string {
	if name == "" || name == "." || name == ".." {
		return "không tên"
	}
	return spell(strings.ReplaceAll(name, "/", "∕"))
}

// isDriveSpreadsheet goes by the type and, since what is uploaded often has a
// wrong one, by the name.
func isDriveSpreadsheet(mimeType, name string) bool {
	switch mimeType {
	case google.SpreadsheetType,
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.template",
		"application/vnd.ms-excel", "application/vnd.ms-excel.sheet.macroenabled.12",
		"application/vnd.ms-excel.sheet.binary.macroenabled.12",
		"application/vnd.oasis.opendocument.spreadsheet", "application/x-vnd.oasis.opendocument.spreadsheet",
		"text/csv", "text/tab-separated-values":
		return true
	}
	return !isNative(mimeType) && isSpreadsheetName(name)
}

// isNative reports whether the file is one of Google's own kinds.
func isNative(mimeType string) bool {
	return strings.HasPrefix(mimeType, "application/vnd.google-apps.")
}

func notDriveSpreadsheetMessage(mimeType, name string) string {
	if isNative(mimeType) {
		return "tài liệu Google không phải bảng tính; hãy gửi danh sách bằng Google Trang tính hoặc tệp Excel"
	}
	return notSpreadsheetMessage(name)
}

// driveVersion is the cheap part of a version: of an upload the checksum of its
// bytes, of a native spreadsheet Drive's version with the time of the last edit
// and the place. Both hold the first subfolder, which names the agency: what is
// moved to another one is another agency's.
func driveVersion(f *drive.File, rel string) string {
	folder := short(firstFolder(rel))
	switch {
	case f.Sha256Checksum != "":
		return "drive-sha256:" + f.Sha256Checksum + "#" + folder
	case f.Md5Checksum != "":
		return "drive-md5:" + f.Md5Checksum + "#" + folder
	case f.Version == 0:
		return ""
	}
	place := short(path.Join(rel, strings.Join(f.Parents, ",")))
	return fmt.Sprintf("%s%s@%s#%s~%s", nativePrefix, strconv.FormatInt(f.Version, 10), f.ModifiedTime, folder, place)
}

const nativePrefix = "drive:"

// onlyMoved reports whether two cheap versions of a native spreadsheet differ
// because it was renamed or moved below its first subfolder: Drive counts that
// as a new version, but not as an edit.
func onlyMoved(was, now string) bool {
	edited := func(v string) (edit, place string, ok bool) {
		_, rest, isNative := strings.Cut(v, nativePrefix)
		_, rest, hasTime := strings.Cut(rest, "@")
		edit, place, hasPlace := strings.Cut(rest, "~")
		return edit, place, isNative && hasTime && hasPlace && !strings.HasPrefix(edit, "#")
	}
	editWas, placeWas, ok := edited(was)
	editNow, placeNow, ok2 := edited(now)
	return ok && ok2 && editWas == editNow && placeWas != placeNow
}

// short is enough of a hash to tell names of one folder apart.
func short(text string) string {
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}
