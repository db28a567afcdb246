package push

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"maps"
	"regexp"
	"slices"
	"strings"

	"google.golang.org/api/sheets/v4"

	"doisoat/sync/google"
)

// A note of ours is a passage of the cell's note that ends with the finding's
// code and a short sum over its words:
//
//	▸ Ngày sinh 30/02/1985 không có thật. (Đối soát DL03-ABCDEFGH/k7fq)
//
// What people write before or behind it, or in a note without one, is theirs
// and stays letter by letter. A passage whose words somebody changed no longer
// fits its sum: it is theirs too.
var passage = regexp.MustCompile(`(?s)(?:\n\n|\n)?` + noteMark + `([^` + noteMark + `]*?) \(Đối soát (\S+?)/([a-z2-7]{4})\)`)

const (
	noteMark  = "▸"
	noteWords = 600 // the longest text of a passage, in characters
)

func noteSum(text, code string) string {
	sum := sha256.Sum256([]byte(code + "\x00" + text))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:4])
}

// notePassage is what a finding says in a note.
func notePassage(c Comment) string {
	text := strings.ReplaceAll(strings.Join(strings.Fields(plainText(c.Text)), " "), noteMark, "-")
	if r := []rune(text); len(r) > noteWords {
		text = string(r[:noteWords]) + "…"
	}
	return noteMark + " " + text + " (Đối soát " + c.Code + "/" + noteSum(" "+text, c.Code) + ")"
}

// splitNote takes a note apart: what people wrote, and our passages.
func splitNote(note string) (theirs string, ours []string) {
	theirs = passage.ReplaceAllStringFunc(note, func(match string) string {
		parts := passage.FindStringSubmatch(match)
		if noteSum(parts[1], parts[2]) != parts[3] {
			return match
		}
		ours = append(ours, strings.TrimLeft(match, "\n"))
		return ""
	})
	return theirs, ours
}

// withPassages is the note with just the given passages of ours. Those that are
// there already leave it as it is.
func withPassages(note string, wanted []string) string {
	theirs, ours := splitNote(note)
	// A finding whose passage people made their own is not written again.
	wanted = slices.DeleteFunc(slices.Clone(wanted), func(p string) bool {
		return strings.Contains(theirs, p[strings.LastIndex(p, "(Đối soát "):strings.LastIndex(p, "/")+1])
	})
	slices.Sort(wanted)
	if slices.Equal(slices.Sorted(slices.Values(ours)), wanted) {
		return note
	}
	parts := slices.Clone(wanted)
	if theirs != "" && len(parts) > 0 {
		return theirs + "\n\n" + strings.Join(parts, "\n")
	}
	return theirs + strings.Join(parts, "\n")
}

// notePlace is a cell of one of the agency's tabs.
type notePlace struct {
	tab      int64
	row, col int
}

// noteRequests bring the notes of the agency's cells up to date; nothing else of
// a cell is touched. A note that somebody types into one of these cells in the
// second between read and write is the one thing that can be lost, since the
// API knows no write that depends on a read.
func (w *findingsTab) noteRequests(answer *sheets.Spreadsheet) []*sheets.Request {
	if w.notes == nil {
		return nil
	}
	wanted := make(map[notePlace][]string)
	titles := titlesOf(answer)
	for _, c := range w.notes {
		id, known := titles[c.Sheet]
		col, row, ok := parseCell(c.Cell)
		if at := (notePlace{id, row - 1, col - 1}); known && ok && !slices.Contains(wanted[at], notePassage(c)) {
			wanted[at] = append(wanted[at], notePassage(c))
		}
	}
	notes := notesIn(answer, w.key)
	for at := range wanted {
		if _, ok := notes[at]; !ok {
			notes[at] = ""
		}
	}
	places := slices.SortedFunc(maps.Keys(notes), func(a, b notePlace) int {
		return cmp.Or(cmp.Compare(a.tab, b.tab), cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col))
	})
	grids := gridsOf(answer)
	var all []*sheets.Request
	for _, at := range places {
		note := withPassages(notes[at], wanted[at])
		if g := grids[at.tab]; note == notes[at] || g == nil || int64(at.row) >= g.RowCount || int64(at.col) >= g.ColumnCount {
			continue
		}
		all = append(all, &sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{
			Start:  &sheets.GridCoordinate{SheetId: at.tab, RowIndex: int64(at.row), ColumnIndex: int64(at.col)},
			Rows:   []*sheets.RowData{{Values: []*sheets.CellData{{Note: note}}}},
			Fields: "note",
		}})
	}
	return all
}

// notesIn are the notes of all tabs but the service's own and copies of it.
func notesIn(answer *sheets.Spreadsheet, key string) map[notePlace]string {
	notes := make(map[notePlace]string)
	for _, t := range answer.Sheets {
		if _, ours := google.MarkOf(t, key); ours {
			continue
		}
		for _, d := range t.Data {
			for i, r := range d.RowData {
				for j, c := range r.Values {
					if c != nil && c.Note != "" {
						notes[notePlace{t.Properties.SheetId, int(d.StartRow) + i, int(d.StartColumn) + j}] = c.Note
					}
				}
			}
		}
	}
	return notes
}

func gridsOf(answer *sheets.Spreadsheet) map[int64]*sheets.GridProperties {
	grids := make(map[int64]*sheets.GridProperties, len(answer.Sheets))
	for _, t := range answer.Sheets {
		grids[t.Properties.SheetId] = t.Properties.GridProperties
	}
	return grids
}

// readNotes asks for the notes of a spreadsheet that is too large to be read as
// a whole.
func (w *findingsTab) readNotes(ctx context.Context, answer *sheets.Spreadsheet) error {
	if w.notes == nil {
		return nil
	}
	noted, err := w.client.Spreadsheet(ctx, w.id, "sheets(properties(sheetId),data(startRow,startColumn,rowData(values(note))))")
	if err != nil {
		return err
	}
	data := make(map[int64][]*sheets.GridData)
	for _, t := range noted.Sheets {
		data[t.Properties.SheetId] = t.Data
	}
	for _, t := range answer.Sheets {
		if t.Data == nil {
			t.Data = data[t.Properties.SheetId]
		}
	}
	return nil
}
