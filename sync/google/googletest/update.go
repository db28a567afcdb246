package googletest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"time"

	"google.golang.org/api/drive/v3"
	"google.golang.org/api/sheets/v4"
)

// batchUpdate is spreadsheets.batchUpdate: all requests or none.
func (s *Server) batchUpdate(id string, r *http.Request) (any, *apiError) {
	batch, err := decodeBatch(r.Body)
	if err != nil {
		return nil, invalid("Invalid JSON payload received. " + err.Error())
	}
	if e := s.visible(id); e != nil {
		return nil, e
	}
	changed, replies, e := s.books[id].apply(batch.Requests)
	if e != nil {
		return nil, e
	}
	answer := &sheets.BatchUpdateSpreadsheetResponse{SpreadsheetId: id, Replies: replies}
	if batch.IncludeSpreadsheetInResponse {
		updated, e := changed.answer(id, batch.ResponseRanges, batch.ResponseIncludeGridData)
		if e != nil {
			return nil, e
		}
		answer.UpdatedSpreadsheet = updated
	}
	fields := r.URL.Query().Get("fields")
	if fields == "" {
		fields = "*"
	}
	out, e := masked(answer, fields)
	if e == nil {
		changed.editor = &drive.User{DisplayName: Account, EmailAddress: Account}
		s.books[id] = changed
	}
	return out, e
}

// decodeBatch refuses fields that the API does not document.
func decodeBatch(body io.Reader) (*sheets.BatchUpdateSpreadsheetRequest, error) {
	raw, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	var batch sheets.BatchUpdateSpreadsheetRequest
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&batch); err != nil {
		return nil, err
	}
	// The decoded types do not tell index 0, which is the first place, from no
	// index, which is the last.
	var given struct {
		Requests []struct {
			AddSheet struct {
				Properties struct{ Index *int64 }
			}
		}
	}
	if err := json.Unmarshal(raw, &given); err != nil {
		return nil, err
	}
	for i, r := range batch.Requests {
		if r != nil && r.AddSheet != nil && r.AddSheet.Properties != nil && given.Requests[i].AddSheet.Properties.Index != nil {
			r.AddSheet.Properties.ForceSendFields = []string{"Index"}
		}
	}
	return &batch, nil
}

// apply carries requests out on a copy, which is returned when all went well.
func (b *book) apply(requests []*sheets.Request) (*book, []*sheets.Response, *apiError) {
	if len(requests) == 0 {
		return nil, nil, invalid("Must specify at least one request.")
	}
	c := b.clone()
	replies := make([]*sheets.Response, len(requests))
	for i, r := range requests {
		reply, err := c.do(r)
		if err != nil {
			return nil, nil, invalid(fmt.Sprintf("Invalid requests[%d].%s: %v", i, kindOf(r), err))
		}
		replies[i] = reply
	}
	c.version++
	c.modified = c.modified.Add(time.Second)
	return c, replies, nil
}

// kindOf is the JSON name of the one request that is set, "" unless it is one.
func kindOf(r *sheets.Request) string {
	if r == nil {
		return ""
	}
	v, kind := reflect.ValueOf(*r), ""
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Pointer && !f.IsNil() {
			if kind != "" {
				return ""
			}
			kind, _, _ = strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		}
	}
	return kind
}

// do carries out one request.
func (b *book) do(r *sheets.Request) (*sheets.Response, error) {
	empty := &sheets.Response{}
	switch kindOf(r) {
	case "addSheet":
		return b.addSheet(r.AddSheet)
	case "deleteSheet":
		return empty, b.deleteSheet(r.DeleteSheet.SheetId)
	case "duplicateSheet":
		return b.duplicateSheet(r.DuplicateSheet)
	case "updateSheetProperties":
		return empty, b.updateSheetProperties(r.UpdateSheetProperties)
	case "updateCells":
		return empty, b.updateCells(r.UpdateCells)
	case "appendCells":
		return empty, b.appendCells(r.AppendCells)
	case "repeatCell":
		return empty, b.repeatCell(r.RepeatCell)
	case "setDataValidation":
		return empty, b.setDataValidation(r.SetDataValidation)
	case "mergeCells":
		return empty, b.mergeCells(r.MergeCells)
	case "unmergeCells":
		return empty, b.unmergeCells(r.UnmergeCells)
	case "insertDimension":
		return empty, b.insertDimension(r.InsertDimension)
	case "deleteDimension":
		return empty, b.deleteDimension(r.DeleteDimension)
	case "appendDimension":
		return empty, b.appendDimension(r.AppendDimension)
	case "updateDimensionProperties":
		return empty, b.updateDimensionProperties(r.UpdateDimensionProperties)
	case "sortRange":
		return empty, b.sortRange(r.SortRange)
	case "setBasicFilter":
		return empty, b.setBasicFilter(r.SetBasicFilter)
	case "clearBasicFilter":
		return empty, b.clearBasicFilter(r.ClearBasicFilter)
	case "addProtectedRange":
		return b.addProtectedRange(r.AddProtectedRange)
	case "addChart":
		return b.addChart(r.AddChart)
	case "deleteEmbeddedObject":
		return empty, b.deleteEmbeddedObject(r.DeleteEmbeddedObject)
	case "autoResizeDimensions":
		return empty, b.autoResizeDimensions(r.AutoResizeDimensions)
	case "updateProtectedRange":
		return empty, b.updateProtectedRange(r.UpdateProtectedRange)
	case "deleteProtectedRange":
		return empty, b.deleteProtectedRange(r.DeleteProtectedRange)
	case "createDeveloperMetadata":
		return b.createDeveloperMetadata(r.CreateDeveloperMetadata)
	case "":
		return nil, fmt.Errorf("exactly one kind of request must be set")
	}
	return nil, fmt.Errorf("this server does not know the request")
}

// place resolves a range to its tab and bounds, which must be in the grid.
func (b *book) place(r *sheets.GridRange) (*tab, area, error) {
	if r == nil {
		return nil, area{}, fmt.Errorf("range is required")
	}
	t := b.tab(r.SheetId)
	if t == nil {
		return nil, area{}, fmt.Errorf("no grid with id: %d", r.SheetId)
	}
	a := area{r.StartRowIndex, r.StartColumnIndex, r.EndRowIndex, r.EndColumnIndex}
	if a.endRow == 0 {
		a.endRow = t.grid.RowCount
	}
	if a.endCol == 0 {
		a.endCol = t.grid.ColumnCount
	}
	switch {
	case a.row < 0 || a.col < 0 || a.row >= a.endRow || a.col >= a.endCol:
		return nil, area{}, fmt.Errorf("range is empty or upside down")
	case a.endRow > t.grid.RowCount || a.endCol > t.grid.ColumnCount:
		return nil, area{}, fmt.Errorf("range exceeds grid limits. Max rows: %d, max columns: %d", t.grid.RowCount, t.grid.ColumnCount)
	}
	return t, a, nil
}

func (t *tab) edit(row, col int64, from *sheets.CellData, fields string) error {
	var c sheets.CellData
	if old := t.cell(row, col); old != nil {
		c = *old
	}
	if from == nil {
		from = &sheets.CellData{}
	}
	if err := checkCell(from); err != nil {
		return err
	}
	if err := assign(&c, from, fields); err != nil {
		return err
	}
	t.setCell(row, col, settle(&c))
	return nil
}

// checkCell refuses what Google refuses in the data of a cell.
func checkCell(c *sheets.CellData) error {
	if v := c.UserEnteredValue; v != nil {
		set := 0
		for _, is := range []bool{v.StringValue != nil, v.NumberValue != nil, v.BoolValue != nil, v.FormulaValue != nil, v.ErrorValue != nil} {
			if is {
				set++
			}
		}
		if set > 1 || v.ErrorValue != nil {
			return fmt.Errorf("userEnteredValue must have one value that is no error")
		}
		if v.StringValue != nil && len([]rune(*v.StringValue)) > 50000 {
			return fmt.Errorf("your input contains more than the maximum of 50000 characters in a single cell")
		}
	}
	if v := c.DataValidation; v != nil && (v.Condition == nil || v.Condition.Type == "") {
		return fmt.Errorf("dataValidation needs a condition")
	}
	return nil
}

func (b *book) updateCells(r *sheets.UpdateCellsRequest) error {
	var t *tab
	var a area
	switch {
	case r.Fields == "":
		return fmt.Errorf("at least one field must be listed in 'fields'")
	case (r.Start == nil) == (r.Range == nil):
		return fmt.Errorf("one of start and range must be set")
	case r.Start != nil:
		if t = b.tab(r.Start.SheetId); t == nil {
			return fmt.Errorf("no grid with id: %d", r.Start.SheetId)
		}
		a = area{row: r.Start.RowIndex, col: r.Start.ColumnIndex}
		for i, row := range r.Rows {
			if err := t.editRow(a.row+int64(i), a.col, row, r.Fields); err != nil {
				return err
			}
		}
		return nil
	}
	t, a, err := b.place(r.Range)
	if err != nil {
		return err
	}
	for row := a.row; row < a.endRow; row++ {
		for col := a.col; col < a.endCol; col++ {
			var from *sheets.CellData
			if i := row - a.row; i < int64(len(r.Rows)) && col-a.col < int64(len(r.Rows[i].Values)) {
				from = r.Rows[i].Values[col-a.col]
			}
			if err := t.edit(row, col, from, r.Fields); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tab) editRow(row, col int64, data *sheets.RowData, fields string) error {
	for j, v := range data.Values {
		if row >= t.grid.RowCount || col+int64(j) >= t.grid.ColumnCount {
			return fmt.Errorf("attempting to write beyond the grid (%d rows, %d columns)", t.grid.RowCount, t.grid.ColumnCount)
		}
		if err := t.edit(row, col+int64(j), v, fields); err != nil {
			return err
		}
	}
	return nil
}

// appendCells writes after the last row with data, growing the grid.
func (b *book) appendCells(r *sheets.AppendCellsRequest) error {
	t := b.tab(r.SheetId)
	if t == nil {
		return fmt.Errorf("no grid with id: %d", r.SheetId)
	}
	if r.Fields == "" {
		return fmt.Errorf("at least one field must be listed in 'fields'")
	}
	first := t.lastDataRow()
	t.grid.RowCount = max(t.grid.RowCount, first+int64(len(r.Rows)))
	for i, row := range r.Rows {
		if err := t.editRow(first+int64(i), 0, row, r.Fields); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) repeatCell(r *sheets.RepeatCellRequest) error {
	t, a, err := b.place(r.Range)
	if err != nil {
		return err
	}
	if r.Fields == "" {
		return fmt.Errorf("at least one field must be listed in 'fields'")
	}
	for row := a.row; row < a.endRow; row++ {
		for col := a.col; col < a.endCol; col++ {
			if err := t.edit(row, col, r.Cell, r.Fields); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *book) setDataValidation(r *sheets.SetDataValidationRequest) error {
	t, a, err := b.place(r.Range)
	if err != nil {
		return err
	}
	for row := a.row; row < a.endRow; row++ {
		for col := a.col; col < a.endCol; col++ {
			if err := t.edit(row, col, &sheets.CellData{DataValidation: r.Rule}, "dataValidation"); err != nil {
				return err
			}
		}
	}
	return nil
}
