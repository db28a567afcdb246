package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

func oleBytes(t testing.TB, content []byte, name string) ([]byte, error) {
	t.Helper()
	c, err := openOLE(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	s, err := c.stream(name)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.NewSectionReader(s, 0, s.size))
}

// Streams of every size come back, wherever their sectors are.
func TestOLEStreams(t *testing.T) {
	for _, size := range []int{1, 63, 64, 65, 4095, 4096, 4097, 100_000, 9 << 20} {
		for _, scatter := range []bool{false, true} {
			want := strings.Repeat("Đối soát ", size/10+1)[:size]
			got, err := oleBytes(t, oleOf(scatter, filePart{"A", "small"}, filePart{"B", want}, filePart{"C", want}), "b")
			if err != nil || string(got) != want {
				t.Errorf("%d bytes, scatter %v: %d bytes, %v", size, scatter, len(got), err)
			}
		}
	}
}

func TestOLEReadAt(t *testing.T) {
	want := strings.Repeat("0123456789abcdef", 400)
	content := oleOf(true, filePart{"A", want})
	c, err := openOLE(bytes.NewReader(content), int64(len(content)))
	must(t, err)
	s, err := c.stream("A")
	must(t, err)
	for at := 0; at < len(want); at += 97 {
		b := make([]byte, 1000)
		n, err := s.ReadAt(b, int64(at))
		if string(b[:n]) != want[at:min(len(want), at+1000)] || (err == io.EOF) != (at+1000 > len(want)) {
			t.Fatalf("at %d: %d bytes, %v", at, n, err)
		}
	}
	if n, err := s.ReadAt(make([]byte, 1), s.size); n != 0 || err != io.EOF {
		t.Errorf("at the end: %d, %v", n, err)
	}
}

// What is wrong with a compound file is said, and never loops.
func TestOLEDamage(t *testing.T) {
	large := strings.Repeat("x", 5000) // sectors 0 to 9; then directory, table
	base := oleOf(false, filePart{"A", large})
	table := len(base) - 512
	small := oleOf(false, filePart{"A", strings.Repeat("y", 200)}) // sectors: mini stream, directory, mini table
	tests := []struct {
		name    string
		content []byte
		at      int
		value   uint32
	}{
		{"a ring in a stream", base, table + 4*3, 1},
		{"a stream that ends too early", base, table + 4*3, oleEndOfChain},
		{"a stream that leaves the file", base, table + 4*3, 0x00FFFFFF},
		{"a ring in the directory", base, table + 4*10, 10},
		{"a directory beyond the file", base, 48, 1 << 20},
		{"a table beyond the file", base, 76, 1 << 20},
		{"a stream longer than the file", base, 512 + 5120 + 128 + 120, 1 << 24},
		{"a tree that is a ring", base, 512 + 5120 + 128 + 72, 1},
		{"an entry that is not there", base, 512 + 5120 + 76, 99},
		{"no root", base, 512 + 5120 + 64, 0x00020004},
		{"a ring in the mini stream", small, 512 + 1024, 0},
		{"a mini stream that ends too early", small, 512 + 1024, oleEndOfChain},
		{"a mini sector beyond the table", small, 512 + 1024, 500},
		{"no mini table", small, 60, oleEndOfChain},
		{"no mini stream", small, 512 + 512 + 116, oleEndOfChain},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			content := bytes.Clone(tt.content)
			le.PutUint32(content[tt.at:], tt.value)
			if got, err := oleBytes(t, content, "A"); !errors.Is(err, ErrDamaged) {
				t.Errorf("%d bytes, %v", len(got), err)
			}
		})
	}
	if _, err := oleBytes(t, base, "B"); !errors.Is(err, errNoStream) {
		t.Errorf("no such stream: %v", err)
	}
}

// A workbook in a letter is not the file's own.
func TestOLEEmbedded(t *testing.T) {
	content := oleOf(false, filePart{"WordDocument", "x"}, filePart{"ObjectPool", ""}, filePart{workbookStream, "x"})
	// The directory is the second sector; the letter has the third entry as a
	// storage, and that one has the workbook below it.
	directory := content[512+512:]
	le.PutUint32(directory[2*oleEntryBytes+72:], oleNone)
	le.PutUint32(directory[2*oleEntryBytes+76:], 3)
	names, err := oleDirectory(bytes.NewReader(content), int64(len(content)))
	if err != nil || !names["WordDocument"] || names[workbookStream] {
		t.Errorf("%v, %v", names, err)
	}
}
