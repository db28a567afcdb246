package pipeline_test

import (
	"context"
	"slices"
	"testing"

	"doisoat/sync/pull"
	"doisoat/sync/sheet"
)

// sized says of each document that it opens whether that is large, and keeps
// what it was told.
type sized struct {
	pull.Source
	large bool
	told  []bool
}

func (s *sized) Open(ctx context.Context, item pull.Item) (sheet.Book, pull.Item, error) {
	s.told = append(s.told, item.Large)
	book, item, err := s.Source.Open(ctx, item)
	item.Large = s.large
	return book, item, err
}

// TestLargeSpreadsheetsAreRemembered: a source is told of a spreadsheet that was
// large when it was last read, until it no longer is.
func TestLargeSpreadsheetsAreRemembered(t *testing.T) {
	t.Parallel()
	n := newNights(t, 1)
	source := &sized{Source: n.config.Sources[0], large: true}
	n.config.Sources = []pull.Source{source}
	for night := range 4 {
		n.change(1, night)
		source.large = night < 2
		n.run()
	}
	if want := []bool{false, true, true, false}; !slices.Equal(source.told, want) {
		t.Errorf("the source was told %v, want %v", source.told, want)
	}
}
