package googletest

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"google.golang.org/api/drive/v3"
)

const (
	spreadsheetType = "application/vnd.google-apps.spreadsheet"
	folderType      = "application/vnd.google-apps.folder"
	shortcutType    = "application/vnd.google-apps.shortcut"
)

// entry is what a file is on Drive, whatever is in it.
type entry struct {
	parents  []string
	drive    string // the shared drive that it is in
	trashed  bool
	viewOnly bool
}

// upload is a file on Drive that is no native spreadsheet.
type upload struct {
	drive.File
	entry
	content []byte
}

// media is an answer that is the content of a file.
type media []byte

// AddFile puts a file on the Drive that is no native spreadsheet, with metadata
// of any kind and no content.
func (s *Server) AddFile(f *drive.File) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[f.Id] = &upload{File: *f, entry: entry{parents: f.Parents, drive: f.DriveId, trashed: f.Trashed}}
}

// AddFolder puts a folder on the Drive.
func (s *Server) AddFolder(id, name string, parents ...string) {
	s.AddFile(&drive.File{Id: id, Name: name, MimeType: folderType, Version: 1, Parents: parents})
}

// AddShortcut puts a shortcut to another file on the Drive.
func (s *Server) AddShortcut(id, name, target string, parents ...string) {
	s.mu.Lock()
	mimeType := spreadsheetType
	if f := s.files[target]; f != nil {
		mimeType = f.MimeType
	}
	s.mu.Unlock()
	s.AddFile(&drive.File{
		Id: id, Name: name, MimeType: shortcutType, Version: 1, Parents: parents,
		ShortcutDetails: &drive.FileShortcutDetails{TargetId: target, TargetMimeType: mimeType},
	})
}

// Upload puts a file with content on the Drive, or new content into one that is
// there.
func (s *Server) Upload(id, name, mimeType string, content []byte, parents ...string) {
	sum, md := sha256.Sum256(content), md5.Sum(content)
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.files[id]
	if was == nil {
		was = &upload{entry: entry{parents: parents}, File: drive.File{ModifiedTime: "2024-03-01T08:00:00.000Z"}}
	}
	f := *was
	f.File.Id, f.File.Name, f.File.MimeType, f.File.Size = id, name, mimeType, int64(len(content))
	f.File.Md5Checksum, f.File.Sha256Checksum = hex.EncodeToString(md[:]), hex.EncodeToString(sum[:])
	f.File.Version++
	f.content = content
	if t, err := time.Parse(time.RFC3339, f.File.ModifiedTime); err == nil {
		f.File.ModifiedTime = t.Add(time.Second).Format(time.RFC3339)
	}
	s.files[id] = &f
}

// Move puts a file into other folders. As on Drive this is a new version and no
// edit.
func (s *Server) Move(id string, parents ...string) {
	s.alter(id, func(p *entry) { p.parents = parents })
}

// MoveToDrive makes a file part of a shared drive.
func (s *Server) MoveToDrive(id, sharedDrive string, parents ...string) {
	s.alter(id, func(p *entry) { p.parents, p.drive = parents, sharedDrive })
}

// Trash puts a file into the trash, or takes it out again.
func (s *Server) Trash(id string, trashed bool) {
	s.alter(id, func(p *entry) { p.trashed = trashed })
}

// ViewOnly lets the account only read a file, or write it again.
func (s *Server) ViewOnly(id string, viewOnly bool) {
	s.alter(id, func(p *entry) { p.viewOnly = viewOnly })
}

// HideRights leaves out of what Drive tells what the account may do with a
// file.
func (s *Server) HideRights() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.silent = true
}

// Rename gives a file another name. As on Drive this is a new version.
func (s *Server) Rename(id, name string) {
	s.alter(id, func(*entry) {
		if b := s.books[id]; b != nil {
			b.title = name
		} else if f := s.files[id]; f != nil {
			f.File.Name = name
		}
	})
}

func (s *Server) alter(id string, change func(*entry)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := s.books[id]; b != nil {
		change(&b.entry)
		b.version++
	} else if f := s.files[id]; f != nil {
		change(&f.entry)
		f.File.Version++
	}
}

// Share makes a file visible to the account, or hides it.
func (s *Server) Share(id string, shared bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hidden[id] = !shared
}

// metadata is a file as Drive describes it, nil when the account sees none.
func (s *Server) metadata(id string) *drive.File {
	if s.hidden[id] {
		return nil
	}
	var f drive.File
	var p entry
	switch b, u := s.books[id], s.files[id]; {
	case b != nil:
		f = drive.File{
			Name: b.title, MimeType: spreadsheetType,
			Version: b.version, ModifiedTime: b.modified.UTC().Format(time.RFC3339), LastModifyingUser: b.editor,
		}
		p = b.entry
	case u != nil:
		f, p = u.File, u.entry
	default:
		return nil
	}
	f.Id, f.Kind, f.Parents, f.Trashed, f.DriveId = id, "drive#file", p.parents, s.inTrash(p), p.drive
	if !s.silent {
		f.Capabilities = &drive.FileCapabilities{CanEdit: !p.viewOnly, CanDownload: true}
	}
	return &f
}

// inTrash reports whether a file or a folder that it is in is in the trash.
func (s *Server) inTrash(p entry) bool {
	return p.trashed || slices.ContainsFunc(p.parents, func(id string) bool {
		f := s.files[id]
		return f != nil && s.inTrash(f.entry)
	})
}

func notFound(id string) *apiError {
	return &apiError{code: http.StatusNotFound, status: "NOT_FOUND", reason: "notFound", message: "File not found: " + id + "."}
}

// fileOrMedia is Drive's files.get.
func (s *Server) fileOrMedia() http.HandlerFunc {
	metadata, content := s.method(MethodFile, s.file), s.method(MethodDownload, s.download)
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("alt") == "media" {
			content(w, r)
			return
		}
		metadata(w, r)
	}
}

// file is files.get without content. Drive answers 404 for what is not shared.
func (s *Server) file(id string, r *http.Request) (any, *apiError) {
	f := s.metadata(id)
	if f == nil || f.DriveId != "" && r.URL.Query().Get("supportsAllDrives") != "true" {
		return nil, notFound(id)
	}
	return masked(f, fieldsOr(r, "kind,id,name,mimeType"))
}

func fieldsOr(r *http.Request, otherwise string) string {
	if fields := r.URL.Query().Get("fields"); fields != "" {
		return fields
	}
	return otherwise
}

func (s *Server) download(id string, r *http.Request) (any, *apiError) {
	f := s.files[id]
	switch meta := s.metadata(id); {
	case meta == nil || meta.DriveId != "" && r.URL.Query().Get("supportsAllDrives") != "true":
		return nil, notFound(id)
	case f == nil || f.content == nil:
		return nil, &apiError{
			code: http.StatusForbidden, status: "PERMISSION_DENIED", reason: "fileNotDownloadable",
			message: "Only files with binary content can be downloaded. Use Export with Docs Editors files.",
		}
	case !s.mayRead[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]:
		return nil, &apiError{code: http.StatusForbidden, status: "PERMISSION_DENIED", reason: "insufficientPermissions", message: "Request had insufficient authentication scopes."}
	}
	return media(f.content), nil
}

// list is Drive's files.list.
func (s *Server) list(_ string, r *http.Request) (any, *apiError) {
	q := r.URL.Query()
	size, e := pageSize(q.Get("pageSize"))
	if e != nil {
		return nil, e
	}
	wanted, err := parseQuery(q.Get("q"))
	if err != nil {
		return nil, invalid("Invalid Value: q: " + err.Error())
	}
	everywhere := q.Get("supportsAllDrives") == "true" && q.Get("includeItemsFromAllDrives") == "true"
	corpora, sharedDrive := q.Get("corpora"), q.Get("driveId")
	switch {
	case corpora == "drive" && (sharedDrive == "" || !everywhere), corpora != "drive" && sharedDrive != "":
		return nil, invalid("The driveId parameter must be specified if and only if corpora is set to drive.")
	case !slices.Contains([]string{"", "user", "drive", "domain", "allDrives"}, corpora):
		return nil, invalid("Invalid Value: corpora")
	}
	for _, id := range wanted.parents {
		if f := s.metadata(id); f == nil || f.DriveId != "" && !everywhere {
			return nil, notFound("")
		}
	}
	var found []*drive.File
	for _, id := range s.ids() {
		f := s.metadata(id)
		if f == nil || f.DriveId != "" && !everywhere || corpora == "drive" && f.DriveId != sharedDrive || !wanted.match(f) {
			continue
		}
		found = append(found, f)
	}
	if e := order(found, q.Get("orderBy")); e != nil {
		return nil, e
	}
	page, e := pageOf(found, q.Get("pageToken"), size)
	if e != nil {
		return nil, e
	}
	return masked(page, fieldsOr(r, "kind,nextPageToken,incompleteSearch,files(kind,id,name,mimeType)"))
}

func (s *Server) ids() []string {
	ids := make([]string, 0, len(s.books)+len(s.files))
	for id := range s.books {
		ids = append(ids, id)
	}
	for id := range s.files {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func pageSize(text string) (int, *apiError) {
	if text == "" {
		return 100, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 1000 {
		return 0, invalid("Invalid value '" + text + "'. Values must be within the range: [1, 1000]")
	}
	return n, nil
}

func pageOf(found []*drive.File, token string, size int) (*drive.FileList, *apiError) {
	const prefix = "trang-"
	start := 0
	if token != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(token, prefix))
		if err != nil || !strings.HasPrefix(token, prefix) || n > len(found) {
			return nil, invalid("Invalid Value: pageToken")
		}
		start = n
	}
	page := &drive.FileList{Kind: "drive#fileList", Files: found[start:min(start+size, len(found))]}
	if start+size < len(found) {
		page.NextPageToken = fmt.Sprint(prefix, start+size)
	}
	return page, nil
}

// order sorts by the keys that the API documents, each maybe with " desc".
func order(files []*drive.File, by string) *apiError {
	if by == "" {
		return nil
	}
	keys := strings.Split(by, ",")
	for _, key := range slices.Backward(keys) {
		name, desc, _ := strings.Cut(strings.TrimSpace(key), " ")
		var text func(*drive.File) string
		switch name {
		case "name", "name_natural":
			text = func(f *drive.File) string { return f.Name }
		case "modifiedTime", "recency", "modifiedByMeTime":
			text = func(f *drive.File) string { return f.ModifiedTime }
		case "folder":
			text = func(f *drive.File) string { return strconv.FormatBool(f.MimeType != folderType) }
		case "createdTime", "quotaBytesUsed", "sharedWithMeTime", "starred", "viewedByMeTime":
			text = func(f *drive.File) string { return f.Id }
		default:
			return invalid("Invalid Value: orderBy " + name)
		}
		slices.SortStableFunc(files, func(a, b *drive.File) int {
			if desc == "desc" {
				a, b = b, a
			}
			return strings.Compare(text(a), text(b))
		})
	}
	return nil
}
