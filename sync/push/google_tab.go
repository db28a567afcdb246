package push

import (
	"context"
	"errors"
	"fmt"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/sync/google"
)

// TabResult is what WriteTab did and found.
type TabResult struct {
	// Written: the spreadsheet was changed.
	Written bool
	// Responses are the answers that stood in the tab right before the write,
	// those of findings that are gone included. Seen is left to the caller.
	Responses []reconcile.Response
	// Shape is the TabShape of the tab as it was left, "" when that is not known.
	Shape string
}

// Spreadsheet is where a tab goes.
type Spreadsheet struct {
	ID string
	// Large: it is known to be too large to be read at once, so that only the tab
	// is asked for.
	Large bool
}

// WriteTab brings a tab of a report into an agency's own spreadsheet: one read,
// and one atomic write when what the tab says has changed (cells that are
// volatile are no reason).
//
// The tab is made once and found again by developer metadata, whatever its name
// and place. After that staff and service share it, and this is what keeps
// every answer beside its finding though people sort, filter, insert rows and
// columns, or type at the very moment of the write:
//
//   - columns are found by their header words, rows by their code (Mã);
//   - of a row that exists neither the code nor the cells of staff columns are
//     written, so that both move together whatever happens to the row;
//   - no row is deleted. One whose finding is gone gets the status "lưu trữ",
//     which the tab's filter hides;
//   - a batch is refused as a whole when columns moved, or rows or columns were
//     deleted, since the read (see tabPlan.guards); then the tab is read again;
//   - new findings are appended by Google itself below the last row with data;
//   - the answer to the write shows the tab as it then is, and what an edit
//     between read and write led astray is put right.
//
// Of the agency's other tabs nothing is touched but notes, and these only where
// the caller asks for it: with notes that are not nil, the cells they point to
// get passages (see passage), and those of other findings are taken back. What
// people wrote in a note stays.
func WriteTab(ctx context.Context, client *google.Client, spreadsheet Spreadsheet, tab report.Tab, notes []Comment) (TabResult, error) {
	var result TabResult
	layout, err := layoutOf(&tab)
	if err != nil {
		return result, err
	}
	w := &findingsTab{client: client, id: spreadsheet.ID, large: spreadsheet.Large, layout: layout, key: google.TabKey, notes: notes}
	err = client.Converge(ctx, func(ctx context.Context) error {
		err := w.write(ctx, &result)
		// A tab that was renamed, or lost a column, after it was read makes
		// Google refuse the batch as a whole: look again.
		for again := 0; errors.Is(err, google.ErrRefused) && again < maxRepairs; again++ {
			err = w.write(ctx, &result)
		}
		return err
	})
	if err != nil {
		return result, fmt.Errorf("tab %s: %w", tab.Name, err)
	}
	return result, nil
}

// write reads the tab, and makes it or brings it up to date.
func (w *findingsTab) write(ctx context.Context, result *TabResult) error {
	state, changes, err := w.read(ctx)
	if err != nil {
		return err
	}
	if ctx, state.notes, err = w.renewNotes(ctx, changes); err != nil {
		return err
	}
	if state.tab == nil {
		made, err := w.update(ctx, append(w.create(state), state.notes...), freeTitle(w.layout.tab.Name, state.titles))
		if err != nil {
			return err
		}
		result.Written = true
		if made != nil {
			result.Shape = made.shape()
		}
		return nil
	}
	result.Responses = state.responses(w.id)
	left, written, err := w.bringUpToDate(ctx, state)
	result.Written = result.Written || written
	if left != nil {
		result.Shape = left.shape()
	}
	return err
}

type findingsTab struct {
	client *google.Client
	id     string
	large  bool // see Spreadsheet
	layout *tabLayout
	key    string // of the metadata that marks the tab
	index  int64  // where a new tab is put
	newTab int64  // its id, 0 when it is to be found
	notes  []Comment
}

// maxRepairs bounds the writes that put right what edits during a write led
// astray; what is left then is for the next run.
const maxRepairs = 3

// bringUpToDate writes what differs and looks at what came of it. It returns
// the tab as it is left, nil when the answers did not show it.
func (w *findingsTab) bringUpToDate(ctx context.Context, state *tabState) (left *tabState, written bool, err error) {
	return w.carryOut(ctx, state, w.plan(state))
}

// carryOut writes a plan, and what is left to do when it is written.
func (w *findingsTab) carryOut(ctx context.Context, state *tabState, p *tabPlan) (left *tabState, written bool, err error) {
	for repair := 0; p.needed() && repair <= maxRepairs; repair++ {
		after, err := w.update(ctx, p.requests(), state.title())
		if err != nil {
			return nil, written, err
		}
		written = true
		if after == nil {
			return nil, written, nil
		}
		after.titles, after.links = state.titles, state.links
		p, state = w.repair(state, after, p), after
	}
	return state, written, nil
}

const (
	tabsMask = "sheets(properties(sheetId,title,index,gridProperties(rowCount,columnCount))," +
		"developerMetadata(metadataKey,metadataValue),basicFilter,merges,protectedRanges(protectedRangeId,range,warningOnly,unprotectedRanges)"
	cellMask  = "data(startRow,startColumn,rowData(values(effectiveValue,formattedValue,hyperlink)))"
	stateMask = tabsMask + "," + cellMask + ")"
	notesMask = tabsMask + ",data(startRow,startColumn,rowData(values(effectiveValue,formattedValue,hyperlink,note))))"
)

// wholeBytes is the largest answer that is taken in one piece, see package pull.
const wholeBytes = 4 << 20

// read gets the tab as it is, the other tabs' identities for links, and which
// notes need a change. The
// cells of a large spreadsheet are read for the tab alone.
func (w *findingsTab) read(ctx context.Context) (*tabState, []noteChange, error) {
	mask := stateMask
	if w.notes != nil {
		mask = notesMask
	}
	var answer *sheets.Spreadsheet
	err := google.ErrTooLarge
	if !w.large {
		answer, err = w.client.SpreadsheetUpTo(ctx, wholeBytes, w.id, mask)
	}
	if errors.Is(err, google.ErrTooLarge) {
		answer, err = w.readTab(ctx)
	}
	if err != nil {
		return nil, nil, err
	}
	return w.layout.state(answer, w.key), w.noteChanges(answer), nil
}

// readTab asks which tabs there are, and for the cells of the own one.
func (w *findingsTab) readTab(ctx context.Context) (*sheets.Spreadsheet, error) {
	answer, err := w.client.Spreadsheet(ctx, w.id, tabsMask+")")
	if err != nil {
		return nil, err
	}
	own := google.MarkedTab(answer.Sheets, w.key)
	if own == nil {
		return answer, w.readNotes(ctx, answer)
	}
	full, err := w.client.Spreadsheet(ctx, w.id, stateMask, quoteSheet(own.Properties.Title))
	if err != nil {
		return nil, err
	}
	for _, t := range full.Sheets {
		if t.Properties.SheetId == own.Properties.SheetId {
			own.Data = t.Data
		}
	}
	return answer, w.readNotes(ctx, answer)
}

// update sends the requests. With a title it returns the tab of that name as it
// is after them, or nil when the answer does not show it.
func (w *findingsTab) update(ctx context.Context, requests []*sheets.Request, title string) (*tabState, error) {
	batch := &sheets.BatchUpdateSpreadsheetRequest{Requests: requests}
	fields := "spreadsheetId"
	if title != "" {
		batch.IncludeSpreadsheetInResponse = true
		batch.ResponseIncludeGridData = true
		batch.ResponseRanges = []string{quoteSheet(title)}
		fields += ",updatedSpreadsheet(" + stateMask + ")"
	}
	answer, err := w.client.Update(ctx, w.id, batch, fields)
	if err != nil || title == "" || answer.UpdatedSpreadsheet == nil {
		return nil, err
	}
	state := w.layout.state(answer.UpdatedSpreadsheet, w.key)
	if state.tab == nil {
		return nil, nil
	}
	return state, nil
}
