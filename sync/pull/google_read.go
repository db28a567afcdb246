package pull

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"google.golang.org/api/sheets/v4"

	"doisoat/sync/google"
	"doisoat/sync/sheet"
)

// What is asked of a spreadsheet: its tabs, and all that a grid is made of.
const (
	tabMask  = "sheetId,title,index,sheetType,hidden"
	markMask = "developerMetadata(metadataKey,metadataValue)"
	dataMask = "data(startRow,startColumn,rowMetadata(hiddenByUser,hiddenByFilter),columnMetadata(hiddenByUser,hiddenByFilter)," +
		"rowData(values(effectiveValue,formattedValue,userEnteredValue(formulaValue),effectiveFormat(numberFormat,textFormat(fontFamily)))))"
	gridMask  = "properties(title),sheets(properties(" + tabMask + ")," + markMask + ",merges," + dataMask + ")"
	pieceMask = "sheets(properties(sheetId)," + dataMask + ")"
	lookMask  = "properties(title),sheets(properties(" + tabMask + ",gridProperties(rowCount,columnCount))," + markMask + ",merges)"
)

const (
	// wholeBytes is the largest answer that is taken in one piece. Google asks
	// for payloads of about two megabytes; lists of some thousand rows are
	// below the double of it, and one read is better than three.
	wholeBytes = 4 << 20
	// pieceBytes is what a piece of a larger spreadsheet should have.
	pieceBytes = 2 << 20
)

// openNative reads a native spreadsheet: in one request, or a large one in
// pieces, at once where it is known to be large. The version's cheap part stays that of the listing, which was asked
// for earlier, so that an edit in between, or between two pieces, is seen again
// at the next listing and never missed.
func openNative(ctx context.Context, client *google.Client, id string, item Item, limits sheet.Limits) (sheet.Book, Item, error) {
	var answer *sheets.Spreadsheet
	var book *googleBook
	err := google.ErrTooLarge
	if !item.Large {
		answer, err = client.SpreadsheetUpTo(ctx, wholeBytes, id, gridMask)
	}
	switch {
	case err == nil:
		book, err = wholeBook(ctx, answer, limits)
	case errors.Is(err, google.ErrTooLarge):
		answer, book, item.Large, err = readPieces(ctx, client, id, limits)
	}
	if err != nil {
		return nil, item, fmt.Errorf("bảng tính Google %q: %w", item.Name, googleError(err))
	}
	if answer.Properties != nil && answer.Properties.Title != "" {
		item.Name = driveName(answer.Properties.Title)
	}
	cheap, _ := splitVersion(item.Version)
	item.Version = joinVersion(cheap, book.version())
	return book, item, nil
}

// wholeBook makes the book of an answer that holds everything.
func wholeBook(ctx context.Context, answer *sheets.Spreadsheet, limits sheet.Limits) (*googleBook, error) {
	book, err := newGoogleBook(answer, limits)
	if err != nil {
		return nil, err
	}
	for _, s := range answer.Sheets {
		if err := book.add(ctx, s); err != nil {
			return nil, err
		}
	}
	return book, nil
}

// readPieces looks at the sizes of the tabs and reads each in pieces. When a
// tab is renamed or removed meanwhile Google does not know the range that was
// asked for, and everything is read once more. It reports whether the
// spreadsheet is large indeed: one that shrank fits into one answer again.
func readPieces(ctx context.Context, client *google.Client, id string, limits sheet.Limits) (look *sheets.Spreadsheet, book *googleBook, large bool, err error) {
	for again := false; ; again = true {
		look, err = client.Spreadsheet(ctx, id, lookMask)
		if err != nil {
			return nil, nil, true, err
		}
		book, err = newGoogleBook(look, limits)
		if err != nil {
			return nil, nil, true, err
		}
		p := pieces{client: client, id: id, book: book, rowBytes: 4 << 10}
		for _, s := range look.Sheets {
			if err = p.tab(ctx, s); err != nil {
				break
			}
		}
		if !errors.Is(err, google.ErrRefused) || again {
			return look, book, p.bytes > wholeBytes/2, err
		}
	}
}

// pieces reads tabs in ranges of rows.
type pieces struct {
	client *google.Client
	id     string
	book   *googleBook
	// rowBytes is what a row took so far, which says how many to ask for next.
	rowBytes int64
	bytes    int64 // about so many were read
}

func (p *pieces) tab(ctx context.Context, s *sheets.Sheet) error {
	if s == nil || s.Properties == nil || s.Properties.GridProperties == nil {
		return nil // a chart
	}
	grid := s.Properties.GridProperties
	last := sheet.CellName(int(max(grid.ColumnCount, 1)), 1)
	column := strings.TrimRight(last, "0123456789")
	for from := int64(1); from <= grid.RowCount; {
		rows := max(1, min(pieceBytes/p.rowBytes, grid.RowCount-from+1))
		area := fmt.Sprintf("%s!A%d:%s%d", quoteTitle(s.Properties.Title), from, column, from+rows-1)
		answer, err := p.client.SpreadsheetUpTo(ctx, wholeBytes, p.id, pieceMask, area)
		if errors.Is(err, google.ErrTooLarge) && rows > 1 {
			p.rowBytes = max(2*pieceBytes/rows, p.rowBytes*2)
			continue
		}
		if err != nil {
			return err
		}
		for _, piece := range answer.Sheets {
			if err := p.book.add(ctx, piece); err != nil {
				return err
			}
		}
		from += rows
		read := weight(answer)
		p.bytes += read
		p.rowBytes = max(p.rowBytes/4, read/rows, 64)
	}
	return nil
}

// weight estimates the bytes of an answer by its cells.
func weight(answer *sheets.Spreadsheet) int64 {
	const cellBytes = 130
	var n int64
	for _, s := range answer.Sheets {
		for _, d := range s.Data {
			for _, r := range d.RowData {
				if r == nil {
					continue
				}
				for _, v := range r.Values {
					if v != nil && v.EffectiveValue != nil {
						n += cellBytes + 2*int64(len(v.FormattedValue))
					}
				}
			}
		}
	}
	return n
}

// quoteTitle writes a tab's title as A1 notation has it.
func quoteTitle(title string) string { return "'" + strings.ReplaceAll(title, "'", "''") + "'" }

// openUpload downloads an uploaded file and opens it by its content.
func openUpload(ctx context.Context, client *google.Client, id string, item Item, limits sheet.Limits) (sheet.Book, Item, error) {
	raw, err := download(ctx, client, id, item, limits)
	if err != nil {
		return nil, raw.Item, err
	}
	book, err := sheet.Open(ctx, raw.ReaderAt, raw.Size, limits)
	if err != nil {
		return nil, raw.Item, fmt.Errorf("%s: %w", raw.Item.Name, err)
	}
	return book, raw.Item, nil
}

func download(ctx context.Context, client *google.Client, id string, item Item, limits sheet.Limits) (Raw, error) {
	data, err := client.Download(ctx, id, limits.FileBytes)
	if err != nil {
		return Raw{Item: item}, fmt.Errorf("%s: %w", item.Name, googleError(err))
	}
	cheap, _ := splitVersion(item.Version)
	item.Version = joinVersion(cheap, contentVersion(data))
	return Raw{Item: item, ReaderAt: bytes.NewReader(data), Size: int64(len(data))}, nil
}
