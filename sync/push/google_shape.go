package push

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// TabShape is a digest of which columns and findings a tab has, in whatever
// order: when people delete some, the tab has to be written though the report
// says nothing new.
func TabShape(headers, codes []string) string {
	parts := make([]string, 0, len(headers)+len(codes))
	for _, h := range headers {
		if key := reconcile.Key(h); key != "" {
			parts = append(parts, "column "+key)
		}
	}
	for _, code := range codes {
		parts = append(parts, "row "+code)
	}
	slices.Sort(parts)
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(parts), "\n")))
	return hex.EncodeToString(sum[:])
}

// shape is the digest of the tab as it was read, "" without a header.
func (s *tabState) shape() string {
	if s.header < 0 || s.lost {
		return ""
	}
	var headers, codes []string
	for col := range s.cells[s.header] {
		headers = append(headers, s.text(s.header, col))
	}
	for _, code := range s.codes {
		codes = append(codes, code)
	}
	return TabShape(headers, codes)
}
