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

// noteChange is a cell whose note is to be brought up to date.
type noteChange struct {
	at     notePlace
	title  string   // of its tab
	wanted []string // passages
	shown  string   // what the cell showed when that was decided, "" when unknown
}

// noteChanges are the cells whose notes need a change.
func (w *findingsTab) noteChanges(answer *sheets.Spreadsheet) []noteChange {
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
	cells := cellsIn(answer, w.key, func(at notePlace) bool { return wanted[at] != nil })
	places := slices.Collect(maps.Keys(wanted))
	for at, c := range cells {
		if _, ok := wanted[at]; !ok && c.Note != "" {
			places = append(places, at)
		}
	}
	slices.SortFunc(places, func(a, b notePlace) int {
		return cmp.Or(cmp.Compare(a.tab, b.tab), cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col))
	})
	tabs := tabsOf(answer)
	var all []noteChange
	for _, at := range places {
		cell := cellAt(cells, at)
		if inGrid(tabs[at.tab], at) && withPassages(cell.Note, wanted[at]) != cell.Note {
			all = append(all, noteChange{at, tabs[at.tab].Properties.Title, wanted[at], cell.FormattedValue})
		}
	}
	return all
}

// noteRequests write the changes to the notes as the answer shows them; nothing else
// of a cell is touched. A cell that shows something else by now may be another
// one, and is left to the next run, which reads the spreadsheet anew.
func (w *findingsTab) noteRequests(changes []noteChange, answer *sheets.Spreadsheet) []*sheets.Request {
	cells, tabs := cellsIn(answer, w.key, func(notePlace) bool { return true }), tabsOf(answer)
	var all []*sheets.Request
	for _, c := range changes {
		cell := cellAt(cells, c.at)
		note := withPassages(cell.Note, c.wanted)
		if note == cell.Note || c.shown != "" && cell.FormattedValue != c.shown || !inGrid(tabs[c.at.tab], c.at) {
			continue
		}
		all = append(all, &sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{
			Start:  &sheets.GridCoordinate{SheetId: c.at.tab, RowIndex: int64(c.at.row), ColumnIndex: int64(c.at.col)},
			Rows:   []*sheets.RowData{{Values: []*sheets.CellData{{Note: note}}}},
			Fields: "note",
		}})
	}
	return all
}

const freshMask = "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),developerMetadata(metadataKey,metadataValue)," +
	"data(startRow,startColumn,rowData(values(formattedValue,note))))"

// renewNotes looks once more at the cells whose notes are to be written, after
// the write's turn has come: to read a whole spreadsheet takes seconds, and to
// wait for a turn up to a minute, in which somebody may type a note. What is
// left is the way of one short answer and of the write, since the API knows no
// write that depends on a read. The context returned has the turn.
func (w *findingsTab) renewNotes(ctx context.Context, changes []noteChange) (context.Context, []*sheets.Request, error) {
	if len(changes) == 0 {
		return ctx, nil, nil
	}
	ctx, err := w.client.TakeTurn(ctx)
	if err != nil {
		return ctx, nil, err
	}
	fresh, err := w.client.Spreadsheet(ctx, w.id, freshMask, noteRanges(changes)...)
	if err != nil {
		return ctx, nil, err
	}
	return ctx, w.noteRequests(changes, fresh), nil
}

// noteRanges are the areas of the changes, one for each tab.
func noteRanges(changes []noteChange) []string {
	var all []string
	for i := 0; i < len(changes); {
		first, last := changes[i].at, changes[i].at
		title := changes[i].title
		for ; i < len(changes) && changes[i].at.tab == first.tab; i++ {
			at := changes[i].at
			first.col, last.col = min(first.col, at.col), max(last.col, at.col)
			last.row = max(last.row, at.row)
		}
		all = append(all, quoteSheet(title)+"!"+cellName(first.col+1, first.row+1)+":"+cellName(last.col+1, last.row+1))
	}
	return all
}

func cellAt(cells map[notePlace]*sheets.CellData, at notePlace) *sheets.CellData {
	if c := cells[at]; c != nil {
		return c
	}
	return &sheets.CellData{}
}

// inGrid reports whether the tab is there and has the cell.
func inGrid(tab *sheets.Sheet, at notePlace) bool {
	if tab == nil || tab.Properties.GridProperties == nil {
		return false
	}
	g := tab.Properties.GridProperties
	return int64(at.row) < g.RowCount && int64(at.col) < g.ColumnCount
}

// cellsIn are the cells with notes, and those that are asked for, of all tabs
// but the service's own and copies of it.
func cellsIn(answer *sheets.Spreadsheet, key string, asked func(notePlace) bool) map[notePlace]*sheets.CellData {
	cells := make(map[notePlace]*sheets.CellData)
	for _, t := range answer.Sheets {
		if _, ours := google.MarkOf(t, key); ours {
			continue
		}
		for _, d := range t.Data {
			for i, r := range d.RowData {
				for j, c := range r.Values {
					at := notePlace{t.Properties.SheetId, int(d.StartRow) + i, int(d.StartColumn) + j}
					if c != nil && (c.Note != "" || asked(at)) {
						cells[at] = c
					}
				}
			}
		}
	}
	return cells
}

func tabsOf(answer *sheets.Spreadsheet) map[int64]*sheets.Sheet {
	tabs := make(map[int64]*sheets.Sheet, len(answer.Sheets))
	for _, t := range answer.Sheets {
		tabs[t.Properties.SheetId] = t
	}
	return tabs
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
