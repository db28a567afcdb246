package pull

import (
	"path"
	"strings"
)

// newReports is the folder of our own reports, read back for what people wrote
// in them: answers in the annotated copies, decisions in the consolidated
// workbooks.
func newReports(s Settings, d Deps) (Source, error) {
	return newFolderOf("reports", s, d, arrangeReports)
}

// arrangeReports lists each workbook as it is, to be read for answers alone.
func arrangeReports(f *folder, files []file) Listing {
	var l Listing
	for _, x := range files {
		if ListsReport(x.name) {
			l.Items = append(l.Items, f.answersItem(x))
			continue
		}
		l.Skipped = append(l.Skipped, f.skip(x.rel, NotSpreadsheet, "không phải báo cáo của chương trình"))
	}
	return l
}

// ListsReport reports whether a file of that name in the reports folder is read
// for answers: copies of workbooks with macros have to keep their extension.
func ListsReport(name string) bool {
	extension := strings.ToLower(path.Ext(name))
	return extension == ".xlsx" || extension == ".xlsm"
}
