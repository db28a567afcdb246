package push_test

import (
	"testing"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
)

// TestAnswersStayOpen: whatever people do to the tab, they can answer each
// finding without a warning, from the list of answers, after the next write.
func TestAnswersStayOpen(t *testing.T) {
	columns := func(from, to int64) func(id int64) *sheets.Request {
		return func(id int64) *sheets.Request {
			return &sheets.Request{DeleteDimension: &sheets.DeleteDimensionRequest{
				Range: &sheets.DimensionRange{SheetId: id, Dimension: "COLUMNS", StartIndex: from, EndIndex: to},
			}}
		}
	}
	for name, edit := range map[string]func(id int64) *sheets.Request{
		"the column of answers is deleted": columns(answerCol, answerCol+1),
		"the column of texts is deleted":   columns(textCol, textCol+1),
		"both are deleted":                 columns(answerCol, textCol+1),
		"rows are inserted below the header": func(id int64) *sheets.Request {
			return &sheets.Request{InsertDimension: &sheets.InsertDimensionRequest{
				Range: &sheets.DimensionRange{SheetId: id, Dimension: "ROWS", StartIndex: firstRow, EndIndex: firstRow + 2},
			}}
		},
		"the header is deleted": func(id int64) *sheets.Request {
			return &sheets.Request{DeleteDimension: &sheets.DeleteDimensionRequest{
				Range: &sheets.DimensionRange{SheetId: id, Dimension: "ROWS", StartIndex: headerRow, EndIndex: headerRow + 1},
			}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := answered(t)
			f.edit(edit(f.own().Properties.SheetId))
			f.write(findings("02:00", ân, bé, chi))
			tab := f.own()
			header := tab.Data[0].RowData[headerRow].Values
			for col := range header {
				if title := text(header[col]); title != reconcile.ColumnAnswer && title != reconcile.ColumnText {
					continue
				}
				for _, p := range []problem{ân, bé, chi} {
					row := f.rowOf(p.code)
					if !isOpen(tab, row, int64(col)) {
						t.Errorf("%s of %s is not open: %+v", text(header[col]), p.code, tab.ProtectedRanges[0].UnprotectedRanges)
					}
					cells := tab.Data[0].RowData[row].Values
					if text(header[col]) == reconcile.ColumnAnswer && (col >= len(cells) || cells[col] == nil || cells[col].DataValidation == nil) {
						t.Errorf("no list of answers for %s", p.code)
					}
				}
			}
			f.isSettled(findings("03:00", ân, bé, chi))
		})
	}
}

func isOpen(tab *sheets.Sheet, row, col int64) bool {
	if len(tab.ProtectedRanges) != 1 || !tab.ProtectedRanges[0].WarningOnly {
		return false
	}
	for _, u := range tab.ProtectedRanges[0].UnprotectedRanges {
		if u.StartRowIndex <= row && (u.EndRowIndex == 0 || row < u.EndRowIndex) && u.StartColumnIndex <= col && col < u.EndColumnIndex {
			return true
		}
	}
	return false
}
