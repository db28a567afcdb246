package pull

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"doisoat/sync/sheet"
)

// sentFiles are files that were sent through the page, one minute after the
// other.
type sentFiles struct {
	files    []SentFile
	contents map[int64][]byte
	fault    error
}

func (s *sentFiles) send(document int64, name, content string) *sentFiles {
	id := int64(len(s.files) + 1)
	if document == 0 {
		document = id
	}
	sum := sha256.Sum256([]byte(content))
	sent := time.Date(2024, 3, 5, 8, int(id), 0, 0, time.UTC)
	s.files = append(s.files, SentFile{ID: id, Document: document, Agency: "S03", Own: true, Name: name, Hash: sum[:], Sent: sent})
	if s.contents == nil {
		s.contents = make(map[int64][]byte)
	}
	s.contents[id] = []byte(content)
	return s
}

func (s *sentFiles) Sent(context.Context) ([]SentFile, error) { return s.files, s.fault }

func (s *sentFiles) Content(_ context.Context, id int64) ([]byte, error) {
	return s.contents[id], s.fault
}

func uploads(t *testing.T, files *sentFiles) RawSource {
	t.Helper()
	s, err := New(Settings{Type: "upload"}, Deps{Uploads: files})
	if err != nil {
		t.Fatal(err)
	}
	return s.(RawSource)
}

func TestUploadListsOneFileOfEachDocument(t *testing.T) {
	type item struct {
		Source, Name, Copy, Path string
		AnswersOnly              bool
	}
	tests := []struct {
		name string
		sent *sentFiles
		want []item
	}{
		{"a corrected file replaces the earlier one", new(sentFiles).send(0, "DS.xlsx", "1").send(0, "DS.xlsx", "của danh sách khác").send(1, "DS bản sửa.xlsx", "2"), []item{
			{Source: "upload/1", Name: "DS bản sửa.xlsx", Path: "3"},
			{Source: "upload/2", Name: "DS.xlsx", Path: "2"},
		}},
		{"the copy that was sent back stands for it", new(sentFiles).send(0, "DS.xlsx", "1").send(1, "DS - SAI LỆCH (1).xlsx", "2"), []item{
			{Source: "upload/1", Name: "DS.xlsx", Copy: "DS - SAI LỆCH (1).xlsx", Path: "2"},
		}},
		{"an older copy is read for its answers", new(sentFiles).send(0, "DS.xlsx", "1").send(1, "DS - SAI LỆCH.xlsx", "2").send(1, "DS.xlsx", "3"), []item{
			{Source: "upload/1", Name: "DS.xlsx", Path: "3"},
			{Source: "upload/1/2", Name: "DS - SAI LỆCH.xlsx", Path: "2", AnswersOnly: true},
		}},
		{"the report on an .xls is no copy of it", new(sentFiles).send(0, "DS.xls", "1").send(1, "DS - SAI LỆCH.xlsx", "2"), []item{
			{Source: "upload/1", Name: "DS.xls", Path: "1"},
			{Source: "upload/1/2", Name: "DS - SAI LỆCH.xlsx", Path: "2", AnswersOnly: true},
		}},
		{"a name is no path", new(sentFiles).send(0, "../../etc/passwd.xlsx", "1"), []item{
			{Source: "upload/1", Name: "../../etc/passwd.xlsx", Path: "1"},
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			listing, err := uploads(t, test.sent).List(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var got []item
			for _, it := range listing.Items {
				got = append(got, item{it.Source, it.Name, it.Copy, it.Path, it.AnswersOnly})
				if it.Agency != "S03" || !it.Own || it.Modified.IsZero() {
					t.Errorf("item %+v", it)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUploadOpensWhatWasListed(t *testing.T) {
	const table = "TT;Họ và tên\n1;Nguyễn Thị Bình\n"
	files := new(sentFiles).send(0, "DS.csv", table)
	s := uploads(t, files)
	listing, err := s.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range []Item{listing.Items[0], {Source: "upload/1"}} {
		raw, err := s.OpenRaw(t.Context(), item)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(io.NewSectionReader(raw, 0, raw.Size))
		if err != nil || string(content) != table || raw.Item.Version != listing.Items[0].Version || raw.Item.Name != "DS.csv" {
			t.Errorf("%q, %v, %+v", content, err, raw.Item)
		}
	}
	book, _, err := s.Open(t.Context(), listing.Items[0])
	if err != nil {
		t.Fatal(err)
	}
	book.Close()
	files.send(1, "DS.csv", table+"2;Trần Văn An\n")
	later, err := s.List(t.Context())
	if err != nil || Unchanged(listing.Items[0].Version, later.Items[0].Version) {
		t.Errorf("a corrected file has the version of the earlier one: %v", err)
	}
}

func TestUploadFaults(t *testing.T) {
	if _, err := New(Settings{Type: "upload"}, Deps{}); err == nil {
		t.Error("no database, no error")
	}
	files := new(sentFiles).send(0, "DS.xlsx", "không phải bảng tính")
	s := uploads(t, files)
	if _, err := s.OpenRaw(t.Context(), Item{Source: "upload/9", Name: "DS.xlsx"}); !errors.Is(err, ErrNotFound) {
		t.Errorf("a document that nobody sent: %v", err)
	}
	_, item, err := s.Open(t.Context(), Item{Source: "upload/1"})
	if !errors.Is(err, sheet.ErrNotASheet) && !errors.Is(err, sheet.ErrDamaged) && !errors.Is(err, sheet.ErrEmpty) || ContentOf(item.Version) == "" {
		t.Errorf("no workbook: %v, %+v", err, item)
	}
	files.fault = errors.New("connection refused")
	if _, err := s.List(t.Context()); !errors.Is(err, ErrUnreachable) {
		t.Errorf("listing without a database: %v", err)
	}
	if _, _, err := s.Open(t.Context(), Item{Source: "upload/1", Path: "1"}); !errors.Is(err, ErrUnreachable) {
		t.Errorf("opening without a database: %v", err)
	}
}
