package push

import (
	"io"
	"strconv"
)

// sharedTexts are the texts of a workbook's cells, each once, in the order in
// which they came. Names of classes, agencies and files, which make up most of
// a report, stand in thousands of cells.
type sharedTexts struct {
	index map[string]int
	texts []string
	cells int
}

// newSharedTexts has room for so many before it has to make more.
func newSharedTexts(room int) sharedTexts {
	return sharedTexts{index: make(map[string]int, room), texts: make([]string, 0, room)}
}

// number is the text's place in the list.
func (s *sharedTexts) number(text string) int {
	s.cells++
	at, known := s.index[text]
	if !known {
		at = len(s.texts)
		s.texts, s.index[text] = append(s.texts, text), at
	}
	return at
}

// write writes the list as its part has it.
func (s *sharedTexts) write(to io.Writer) error {
	b := append(make([]byte, 0, chunk+4<<10), xmlHeader+`<sst xmlns="`+mainNamespace+`" count="`...)
	b = append(strconv.AppendInt(b, int64(s.cells), 10), `" uniqueCount="`...)
	b = append(strconv.AppendInt(b, int64(len(s.texts)), 10), `">`...)
	for _, text := range s.texts {
		b = append(b, `<si><t xml:space="preserve">`...)
		b = append(b, stringXML(text)...)
		b = append(b, `</t></si>`...)
		if len(b) >= chunk {
			if _, err := to.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err := to.Write(append(b, `</sst>`...))
	return err
}
