package web

import (
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"doisoat/reconcile"
	"doisoat/sync/pipeline"
)

// reportFile is a report to download.
type reportFile struct {
	Agency string // code, "" for what is of several
	Name   string
	Link   string
	Made   time.Time
	Size   int64
}

// reportsPage is what the template of the reports sees.
type reportsPage struct {
	Whole    []reportFile // of all agencies, or of a bloc
	Agencies []reportFile
}

const reportSuffix = ".xlsx"

// reports lists the reports that the visitor may download.
func (v *visit) reports() error {
	files, err := v.reportFiles()
	if err != nil {
		return err
	}
	var page reportsPage
	for _, f := range files {
		if f.Agency == "" && !strings.Contains(strings.TrimPrefix(f.Link, reportPath), "/") {
			page.Whole = append(page.Whole, f)
		} else {
			page.Agencies = append(page.Agencies, f)
		}
	}
	return v.show("reports", "Báo cáo", page)
}

// reportFiles lists them: workbooks in the folder itself, and those in the
// folders of agencies.
func (v *visit) reportFiles() ([]reportFile, error) {
	folder, err := v.openReports()
	if err != nil || folder == nil {
		return nil, err
	}
	defer folder.Close()
	var files []reportFile
	err = fs.WalkDir(folder.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return err
		case err != nil:
			return nil // gone in between, or not ours to read
		case entry.IsDir() && (strings.Contains(name, "/") || name != "." && !v.seesFolder(name)):
			return fs.SkipDir
		case !entry.Type().IsRegular() || !v.seesReport(name):
			return nil
		}
		info, err := entry.Info()
		if err != nil {
			return nil // gone in between
		}
		f := reportFile{Name: path.Base(name), Made: info.ModTime(), Size: info.Size(), Link: reportLink(name)}
		if dir := path.Dir(name); v.Register.Agency(dir) != nil {
			f.Agency = dir
		}
		files = append(files, f)
		return nil
	})
	slices.SortStableFunc(files, func(a, b reportFile) int { return strings.Compare(a.Agency, b.Agency) })
	return files, err
}

// openReports opens the reports folder, out of which no name leads. It is nil
// where there is none yet.
func (v *visit) openReports() (*os.Root, error) {
	if v.Reports == "" {
		return nil, nil
	}
	folder, err := os.OpenRoot(v.Reports)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return folder, err
}

// seesFolder reports whether the visitor may see what is in the folder: that of
// an agency, by its code, or of what belongs to none that is known.
func (v *visit) seesFolder(name string) bool {
	if v.Register.Agency(name) == nil {
		return v.user.SeesAll()
	}
	return v.sees(name)
}

// seesReport reports whether the visitor may download the file.
func (v *visit) seesReport(name string) bool {
	if !fs.ValidPath(name) || !strings.HasSuffix(name, reportSuffix) || strings.HasPrefix(path.Base(name), ".") || strings.HasPrefix(path.Base(name), "~$") {
		return false
	}
	switch dir, file := path.Split(name); {
	case strings.Count(name, "/") > 1:
		return false
	case dir != "":
		return v.seesFolder(strings.TrimSuffix(dir, "/"))
	case v.user.SeesAll():
		return true
	default:
		bloc := v.user.Bloc()
		return bloc != "" && reconcile.Clean(file) == reconcile.Clean(pipeline.BlocWorkbooks()[bloc])
	}
}

const reportPath = "/reports/"

// reportLink is the address of a report.
func reportLink(name string) string { return (&url.URL{Path: reportPath + name}).EscapedPath() }

// report hands a report out.
func (v *visit) report() error {
	name := v.r.PathValue("path")
	if !v.seesReport(name) {
		return errNotFound
	}
	folder, err := v.openReports()
	if err != nil {
		return err
	}
	if folder == nil {
		return errNotFound
	}
	defer folder.Close()
	file, err := folder.Open(name)
	if err != nil {
		return errNotFound // also what leads out of the folder
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return errNotFound
	}
	if err := v.log(seenReport, name); err != nil {
		return err
	}
	return v.sendFile(path.Base(name), file, info)
}

func (v *visit) sendFile(name string, file *os.File, info fs.FileInfo) error {
	h := v.w.Header()
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	http.ServeContent(v.w, v.r, name, info.ModTime(), file)
	return nil
}
