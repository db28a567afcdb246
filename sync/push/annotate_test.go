package push

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestAnnotateSamples(t *testing.T) {
	for _, tt := range []struct{ file, sheet string }{
		{"stc.xlsx", "Bieu 1"}, {"sonha.xlsx", "Bieu 1"}, {"thads.xlsx", "Sheet1"}, {"dkdt.xlsx", "TCLLCT TT"},
	} {
		t.Run(tt.file, func(t *testing.T) {
			original := readFixture(t, tt.file)
			once := annotate(t, original, sampleTab(tt.sheet), sampleComments(tt.sheet))
			twice := annotate(t, once, sampleTab(tt.sheet), sampleComments(tt.sheet))
			if !bytes.Equal(once, twice) {
				t.Error("annotating twice differs from once")
			}
			if dir := os.Getenv("OUT"); dir != "" {
				os.WriteFile(filepath.Join(dir, tt.file), once, 0o644)
			}
		})
	}
}
