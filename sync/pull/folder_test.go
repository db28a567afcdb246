package pull

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"doisoat/sync/sheet"
)

// old is when the files of the tests were last changed.
var old = time.Date(2024, 3, 1, 8, 0, 0, 0, time.UTC)

// newInbox makes a folder with files, all changed long ago.
func newInbox(t *testing.T, files ...string) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "inbox")
	if err := os.MkdirAll(root, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		put(t, root, name, "nội dung của "+name, old)
	}
	return root
}

func put(t *testing.T, root, name, content string, changed time.Time) {
	t.Helper()
	path := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, changed, changed); err != nil {
		t.Fatal(err)
	}
}

func deps() Deps {
	return Deps{Pause: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }}
}

func source(t *testing.T, s Settings, d Deps) *folder {
	t.Helper()
	src, err := New(s, d)
	if err != nil {
		t.Fatal(err)
	}
	return src.(*folder)
}

func list(t *testing.T, s Source) Listing {
	t.Helper()
	l, err := s.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// names are the identities below the folder.
func names(f *folder, l Listing) []string {
	var all []string
	for _, it := range l.Items {
		name := strings.TrimPrefix(it.Source, f.ID()+"/")
		if it.AnswersOnly {
			name += " [answers]"
		}
		if it.Copy != "" {
			name += " <- " + it.Copy
		}
		all = append(all, name)
	}
	return all
}

func reasons(f *folder, l Listing) map[string]Reason {
	all := make(map[string]Reason)
	for _, s := range l.Skipped {
		all[strings.TrimPrefix(s.Source, f.ID()+"/")+" "+s.Name] = s.Reason
	}
	return all
}

func TestFolderListsSpreadsheetsAlone(t *testing.T) {
	root := newInbox(t,
		"S03/dang ky.xlsx", "S03/~$dang ky.xlsx", "S03/.~lock.dang ky.xlsx#", "S03/dang ky.xlsx.tmp",
		"S03/tai xuong.xlsx.crdownload", "S03/.an.xlsx", "S03/.an/x.xlsx", "S03/Thumbs.db", "S03/desktop.ini", ".DS_Store",
		"H03/Bình An/ds.XLS", "H03/ds.ods", "H03/cong van.pdf", "H03/khong duoi", "H03/x.part",
		"export.html", "a.csv", "a/b/c/d/sau.xlsx", "a/b/c/d/e/sau qua.xlsx", "Phụ lục.docx", "__MACOSX/x.xlsx",
	)
	f := source(t, Settings{Type: "folder", Path: root, Agency: "S03"}, deps())
	l := list(t, f)
	want := []string{"H03/Bình An/ds.XLS", "H03/ds.ods", "S03/dang ky.xlsx", "a.csv", "a/b/c/d/sau.xlsx", "export.html"}
	if diff := cmp.Diff(want, names(f, l)); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	loud := make(map[string]Reason)
	for _, s := range l.Skipped {
		if !s.Quiet() {
			loud[s.Name] = s.Reason
			if s.Message == "" {
				t.Errorf("%s is skipped without a word", s.Name)
			}
		}
	}
	wantLoud := map[string]Reason{"cong van.pdf": NotSpreadsheet, "khong duoi": NotSpreadsheet, "Phụ lục.docx": NotSpreadsheet, "e": TooDeep}
	if diff := cmp.Diff(wantLoud, loud); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	first := l.Items[0]
	if first.Folder != "H03" || first.Agency != "S03" || first.Name != "ds.XLS" || !first.Modified.Equal(old) {
		t.Errorf("item %+v", first)
	}
	if l.Items[3].Folder != "" {
		t.Errorf("a file of the root has the folder %q", l.Items[3].Folder)
	}
}

func TestNamesInNFDAreTheSameDocument(t *testing.T) {
	name := "Sở Nội vụ/Đăng ký đợt 1.xlsx"
	a := source(t, Settings{Type: "folder", Path: newInbox(t, norm.NFC.String(name))}, deps())
	b := source(t, Settings{Type: "folder", Path: newInbox(t, norm.NFD.String(name))}, deps())
	one, other := list(t, a).Items[0], list(t, b).Items[0]
	if x, y := strings.TrimPrefix(one.Source, a.ID()), strings.TrimPrefix(other.Source, b.ID()); x != y {
		t.Errorf("%q and %q", x, y)
	}
	if one.Folder != other.Folder || one.Name != other.Name {
		t.Errorf("%+v and %+v", one, other)
	}
	if _, err := b.OpenRaw(t.Context(), other); err != nil {
		t.Errorf("a file named in NFD cannot be opened: %v", err)
	}
}

func TestIdentityDoesNotDependOnSpelling(t *testing.T) {
	for path, want := range map[string]string{
		"./inbox": "folder:inbox", "inbox/": "folder:inbox", "a/../inbox": "folder:inbox", "/srv/inbox": "folder:/srv/inbox",
	} {
		if got := source(t, Settings{Type: "folder", Path: path}, deps()).ID(); got != want {
			t.Errorf("ID of %q is %q, want %q", path, got, want)
		}
	}
}

func TestNameStandsForTheFolder(t *testing.T) {
	f := source(t, Settings{Type: "folder", Path: newInbox(t, "S03/a.xlsx"), Name: "./inbox"}, deps())
	item := list(t, f).Items[0]
	if item.Source != "folder:inbox/S03/a.xlsx" {
		t.Errorf("identity %q", item.Source)
	}
	if ContentOf(item.Version) != "" {
		t.Errorf("the content of a file that was not read is %q", ContentOf(item.Version))
	}
	raw, err := f.OpenRaw(t.Context(), Item{Source: item.Source})
	if err != nil || !strings.HasPrefix(ContentOf(raw.Item.Version), "sha256:") {
		t.Errorf("version %q, %v", raw.Item.Version, err)
	}
}

func TestSentBackCopies(t *testing.T) {
	later := old.Add(time.Hour)
	tests := []struct {
		name    string
		files   map[string]time.Time
		want    []string
		skipped map[string]Reason
	}{
		{
			"the copy is newer",
			map[string]time.Time{"S03/X.xlsx": old, "S03/X - SAI LỆCH.xlsx": later},
			[]string{"S03/X.xlsx <- X - SAI LỆCH.xlsx"},
			map[string]Reason{"S03/X.xlsx X.xlsx": Superseded},
		},
		{
			"the original is newer: the copy's answers still count",
			map[string]time.Time{"S03/X.xlsx": later, "S03/X - SAI LỆCH.xlsx": old},
			[]string{"S03/X - SAI LỆCH.xlsx [answers]", "S03/X.xlsx"},
			map[string]Reason{},
		},
		{
			"same time: the copy was made from the original",
			map[string]time.Time{"X.xlsx": old, "X - SAI LỆCH.xlsx": old},
			[]string{"X.xlsx <- X - SAI LỆCH.xlsx"},
			map[string]Reason{"X.xlsx X.xlsx": Superseded},
		},
		{
			"the copy alone, numbered by the browser and in another case",
			map[string]time.Time{"X - Sai lệch (2).xlsx": old},
			[]string{"X.xlsx <- X - Sai lệch (2).xlsx"},
			map[string]Reason{},
		},
		{
			"two copies: the newer stands, the older is read for answers",
			map[string]time.Time{"X - SAI LỆCH.xlsx": old, "X - SAI LỆCH (1).xlsx": later},
			[]string{"X - SAI LỆCH.xlsx [answers]", "X.xlsx <- X - SAI LỆCH (1).xlsx"},
			map[string]Reason{},
		},
		{
			"the answer to an .xls is no copy of it",
			map[string]time.Time{"X.xls": old, "X - SAI LỆCH.xlsx": later},
			[]string{"X - SAI LỆCH.xlsx [answers]", "X.xls"},
			map[string]Reason{},
		},
		{
			"another folder is another document",
			map[string]time.Time{"S03/X.xlsx": old, "S04/X - SAI LỆCH.xlsx": later},
			[]string{"S03/X.xlsx", "S04/X.xlsx <- X - SAI LỆCH.xlsx"},
			map[string]Reason{},
		},
		{
			"words alone do not make a copy",
			map[string]time.Time{"SAI LỆCH.xlsx": old, "X SAI LỆCH.xlsx": old, "X - SAI LỆCH 2.xlsx": old, " - SAI LỆCH.xlsx": old},
			[]string{" - SAI LỆCH.xlsx", "SAI LỆCH.xlsx", "X - SAI LỆCH 2.xlsx", "X SAI LỆCH.xlsx"},
			map[string]Reason{},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := newInbox(t)
			for name, changed := range tt.files {
				put(t, root, name, name, changed)
			}
			f := source(t, Settings{Type: "folder", Path: root}, deps())
			l := list(t, f)
			if diff := cmp.Diff(tt.want, names(f, l)); diff != "" {
				t.Errorf("items (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.skipped, reasons(f, l)); diff != "" {
				t.Errorf("skipped (-want +got):\n%s", diff)
			}
		})
	}
}

func TestVersions(t *testing.T) {
	root := newInbox(t, "a.xlsx")
	f := source(t, Settings{Type: "folder", Path: root}, deps())
	listed := list(t, f).Items[0]
	raw, err := f.OpenRaw(t.Context(), listed)
	if err != nil {
		t.Fatal(err)
	}
	stored := raw.Item.Version
	if !Unchanged(stored, list(t, f).Items[0].Version) {
		t.Error("an untouched file is not recognised by its stat")
	}
	put(t, root, "a.xlsx", "nội dung của a.xlsx", old.Add(time.Hour)) // saved again as it was
	listed = list(t, f).Items[0]
	if Unchanged(stored, listed.Version) {
		t.Error("a saved file counts as unchanged by its stat")
	}
	again, err := f.OpenRaw(t.Context(), listed)
	if err != nil {
		t.Fatal(err)
	}
	if !SameContent(stored, again.Item.Version) {
		t.Errorf("%q and %q are of the same content", stored, again.Item.Version)
	}
	put(t, root, "a.xlsx", "nội dung khác của a.xlsx", old.Add(time.Hour))
	changed, err := f.OpenRaw(t.Context(), Item{Source: listed.Source})
	if err != nil {
		t.Fatal(err)
	}
	if SameContent(stored, changed.Item.Version) {
		t.Error("other content has the same version")
	}
	if Unchanged("", "") || SameContent("", "") || SameContent("stat:1-2-3", "stat:1-2-3") {
		t.Error("versions that say nothing prove nothing")
	}
}

func TestStatOfAFreshFileProvesNothing(t *testing.T) {
	root := newInbox(t)
	now := time.Now()
	put(t, root, "a.xlsx", "một", now)
	d := deps()
	d.Now = func() time.Time { return now.Add(time.Second) }
	f := source(t, Settings{Type: "folder", Path: root}, d)
	if v := list(t, f).Items[0].Version; v != "" {
		t.Errorf("version %q: the same size and time may hold other content", v)
	}
}

func TestFileThatIsBeingWritten(t *testing.T) {
	now := time.Now()
	root := newInbox(t, "yen.xlsx")
	put(t, root, "dang ghi.xlsx", "một", now)
	put(t, root, "xong.xlsx", "hai", now)
	d := deps()
	d.Now = func() time.Time { return now }
	d.Pause = func(context.Context, time.Duration) error {
		put(t, root, "dang ghi.xlsx", "một phần nữa", now)
		put(t, root, "yen.xlsx", "ai đó vừa sửa", now)
		return nil
	}
	f := source(t, Settings{Type: "folder", Path: root}, d)
	l := list(t, f)
	if diff := cmp.Diff([]string{"xong.xlsx", "yen.xlsx"}, names(f, l)); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if !l.Holds(f.ID()+"/dang ghi.xlsx") || l.Holds(f.ID()+"/xong.xlsx") {
		t.Error("what is known of the file that is being written must be kept, and of no other")
	}
}

func TestUnreadableFolderHidesItsDocumentsAlone(t *testing.T) {
	root := newInbox(t, "S03/a.xlsx", "S04/b.xlsx")
	f := source(t, Settings{Type: "folder", Path: root}, deps())
	f.readDir = func(r *os.Root, dir string) ([]fs.DirEntry, error) {
		if dir == "S03" {
			return nil, &fs.PathError{Op: "open", Path: dir, Err: fs.ErrPermission}
		}
		return readDir(r, dir)
	}
	l := list(t, f)
	if diff := cmp.Diff([]string{"S04/b.xlsx"}, names(f, l)); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if len(l.Skipped) != 1 || !l.Skipped[0].Failed() || l.Skipped[0].Folder != "S03" {
		t.Errorf("skipped %+v", l.Skipped)
	}
	if !l.Holds(f.ID()+"/S03/a.xlsx") || l.Holds(f.ID()+"/S04/c.xlsx") || l.Holds(f.ID()+"/S035.xlsx") {
		t.Error("the unreadable folder holds its documents and no others")
	}
	f.readDir = func(*os.Root, string) ([]fs.DirEntry, error) { return nil, errors.New("I/O error") }
	if _, err := f.List(t.Context()); !errors.Is(err, ErrUnreachable) {
		t.Errorf("a root that cannot be read: %v", err)
	}
	if err := f.Test(t.Context()); !errors.Is(err, ErrUnreachable) {
		t.Errorf("Test: %v", err)
	}
}

func TestLinksDoNotLeadAstray(t *testing.T) {
	root := newInbox(t, "S03/a.xlsx")
	outside := filepath.Join(filepath.Dir(root), "ngoai.xlsx")
	put(t, filepath.Dir(root), "ngoai.xlsx", "bên ngoài", old)
	for link, target := range map[string]string{
		"S03/vong": root, "S03/len": "..", "ngoai.xlsx": outside, "trong.xlsx": "S03/a.xlsx", "cut.xlsx": "khong co",
	} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	f := source(t, Settings{Type: "folder", Path: root}, deps())
	l := list(t, f)
	if diff := cmp.Diff([]string{"S03/a.xlsx", "trong.xlsx"}, names(f, l)); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	for _, s := range l.Skipped {
		if s.Reason != Linked {
			t.Errorf("%s: %s", s.Name, s.Reason)
		}
	}
	if _, err := f.OpenRaw(t.Context(), Item{Source: f.ID() + "/ngoai.xlsx", Path: "ngoai.xlsx"}); err == nil {
		t.Error("a link out of the folder was opened")
	}
}

func TestReportsBelowTheInboxAreNotRead(t *testing.T) {
	root := newInbox(t, "S03/a.xlsx", "reports/S03/a - SAI LỆCH.xlsx", "reports/S03/macro - SAI LỆCH.xlsm", "reports/Tổng hợp đối soát.xlsx", "reports/nhat ky.txt")
	f := source(t, Settings{Type: "folder", Path: root, Exclude: []string{filepath.Join(root, "reports"), filepath.Join(root, "khong co")}}, deps())
	if diff := cmp.Diff([]string{"S03/a.xlsx"}, names(f, list(t, f))); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	r := source(t, Settings{Type: "reports", Path: filepath.Join(root, "reports")}, deps())
	l := list(t, r)
	if diff := cmp.Diff([]string{"S03/a - SAI LỆCH.xlsx [answers]", "S03/macro - SAI LỆCH.xlsm [answers]", "Tổng hợp đối soát.xlsx [answers]"}, names(r, l)); diff != "" {
		t.Errorf("reports (-want +got):\n%s", diff)
	}
	if l.Items[0].Folder != "S03" {
		t.Errorf("folder %q", l.Items[0].Folder)
	}
}

func TestFileThatVanishes(t *testing.T) {
	root := newInbox(t, "a.xlsx")
	f := source(t, Settings{Type: "folder", Path: root}, deps())
	item := list(t, f).Items[0]
	if err := os.Remove(filepath.Join(root, "a.xlsx")); err != nil {
		t.Fatal(err)
	}
	for _, it := range []Item{item, {Source: item.Source, Name: item.Name}} {
		_, _, err := f.Open(t.Context(), it)
		if !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), "a.xlsx") {
			t.Errorf("error %v, want ErrNotFound with the name", err)
		}
	}
	// A folder takes the file's place.
	if err := os.Mkdir(filepath.Join(root, "a.xlsx"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Open(t.Context(), item); !errors.Is(err, sheet.ErrNotASheet) {
		t.Errorf("error %v, want ErrNotASheet", err)
	}
}

func TestNameThatIsNoText(t *testing.T) {
	root := newInbox(t, "S03/\xd0\xa0anh s\xe1ch.xlsx")
	f := source(t, Settings{Type: "folder", Path: root}, deps())
	item := list(t, f).Items[0]
	if !utf8.ValidString(item.Source) || !utf8.ValidString(item.Name) {
		t.Errorf("item %q cannot be stored", item.Source)
	}
	if _, err := f.OpenRaw(t.Context(), Item{Source: item.Source}); err != nil {
		t.Error(err)
	}
}

func TestOpenReadsTheWorkbook(t *testing.T) {
	root := newInbox(t)
	put(t, root, "S03/ds.xlsx", string(workbook(t)), old)
	put(t, root, "S03/hong.xlsx", "PK\x03\x04 không phải tệp zip", old)
	put(t, root, "S03/rong.xlsx", "", old)
	f := source(t, Settings{Type: "folder", Path: root}, deps())
	want := map[string]error{"ds.xlsx": nil, "hong.xlsx": sheet.ErrDamaged, "rong.xlsx": sheet.ErrEmpty}
	for _, it := range list(t, f).Items {
		book, opened, err := f.Open(t.Context(), it)
		if !errors.Is(err, want[it.Name]) {
			t.Errorf("%s: %v, want %v", it.Name, err, want[it.Name])
		}
		if !SameContent(opened.Version, opened.Version) {
			t.Errorf("%s: the version %q has no content part", it.Name, opened.Version)
		}
		if err != nil {
			continue
		}
		grid, err := book.Read(t.Context(), 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := grid.Rows[0].Cells[0].Text; got != "Họ và tên" {
			t.Errorf("first cell %q", got)
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
	small := deps()
	small.Limits = sheet.DefaultLimits()
	small.Limits.FileBytes = 10
	g := source(t, Settings{Type: "folder", Path: root}, small)
	if _, err := g.OpenRaw(t.Context(), Item{Source: g.ID() + "/S03/ds.xlsx"}); !errors.Is(err, sheet.ErrTooLarge) {
		t.Errorf("error %v, want ErrTooLarge", err)
	}
}

// workbook is the smallest .xlsx with one cell.
func workbook(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	parts := [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + main + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="DS" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet ` + main + `><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Họ và tên</t></is></c></row></sheetData></worksheet>`},
	}
	for _, p := range parts {
		w, err := z.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRootFaults(t *testing.T) {
	root := newInbox(t, "a.xlsx")
	for path, want := range map[string]string{
		filepath.Join(root, "khong-co"): "không có thư mục",
		filepath.Join(root, "a.xlsx"):   "không phải là thư mục",
	} {
		f := source(t, Settings{Type: "folder", Path: path}, deps())
		err := f.Test(t.Context())
		if !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
		if _, err := f.List(t.Context()); !errors.Is(err, ErrNotFound) {
			t.Errorf("List: %v", err)
		}
	}
	if err := source(t, Settings{Type: "folder", Path: root}, deps()).Test(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestNewNamesTheTypes(t *testing.T) {
	_, err := New(Settings{Type: "ftp"}, Deps{})
	if err == nil || !strings.Contains(err.Error(), "folder") || !strings.Contains(err.Error(), "google_sheet") {
		t.Errorf("error %v", err)
	}
	for _, s := range []Settings{{Type: "folder"}, {Type: "google_sheet"}, {Type: "google_sheet", ID: "x"}} {
		if _, err := New(s, Deps{}); err == nil {
			t.Errorf("%+v is accepted", s)
		}
	}
	if !slices.IsSorted(Types()) {
		t.Error("Types is not sorted")
	}
}
