package googletest

import (
	"fmt"
	"slices"
	"strconv"

	"google.golang.org/api/sheets/v4"
)

func (b *book) addSheet(r *sheets.AddSheetRequest) (*sheets.Response, error) {
	p := r.Properties
	if p == nil {
		p = &sheets.SheetProperties{}
	}
	t := &tab{props: *p, grid: sheets.GridProperties{RowCount: 1000, ColumnCount: 26}}
	if g := p.GridProperties; g != nil {
		t.grid = *g
		if t.grid.RowCount < 1 || t.grid.ColumnCount < 1 {
			return nil, fmt.Errorf("a grid needs rows and columns")
		}
	}
	t.props.GridProperties = nil
	t.props.SheetType = "GRID"
	if t.props.SheetId == 0 {
		t.props.SheetId = b.freeID()
	}
	if t.props.Title == "" {
		t.props.Title = "Sheet" + strconv.Itoa(len(b.tabs)+1)
	}
	if b.tab(t.props.SheetId) != nil {
		return nil, fmt.Errorf("a sheet with the id %d already exists", t.props.SheetId)
	}
	if b.tabTitled(t.props.Title) != nil {
		return nil, fmt.Errorf("a sheet with the name %q already exists. Please enter another name", t.props.Title)
	}
	t.rowProps = make(map[int64]*sheets.DimensionProperties)
	t.colProps = make(map[int64]*sheets.DimensionProperties)
	at := len(b.tabs)
	if p.Index > 0 || slices.Contains(p.ForceSendFields, "Index") {
		at = min(int(p.Index), at)
	}
	b.tabs = slices.Insert(b.tabs, at, t)
	props := t.props
	return &sheets.Response{AddSheet: &sheets.AddSheetResponse{Properties: &props}}, nil
}

func (b *book) freeID() int64 {
	id := int64(1000)
	for b.tab(id) != nil {
		id++
	}
	return id
}

func (b *book) deleteSheet(id int64) error {
	i := slices.IndexFunc(b.tabs, func(t *tab) bool { return t.props.SheetId == id })
	switch {
	case i < 0:
		return fmt.Errorf("no sheet with id: %d", id)
	case len(b.tabs) == 1:
		return fmt.Errorf("you can't remove all the sheets in a document")
	}
	b.tabs = slices.Delete(b.tabs, i, i+1)
	return nil
}

// duplicateSheet copies a tab with its metadata and protection.
func (b *book) duplicateSheet(r *sheets.DuplicateSheetRequest) (*sheets.Response, error) {
	from := b.tab(r.SourceSheetId)
	if from == nil {
		return nil, fmt.Errorf("no sheet with id: %d", r.SourceSheetId)
	}
	t := from.clone()
	t.props.SheetId = r.NewSheetId
	if t.props.SheetId == 0 {
		t.props.SheetId = b.freeID()
	}
	t.props.Title = r.NewSheetName
	if t.props.Title == "" {
		t.props.Title = "Bản sao của " + from.props.Title
	}
	if b.tab(t.props.SheetId) != nil || b.tabTitled(t.props.Title) != nil {
		return nil, fmt.Errorf("a sheet with the id or the name already exists")
	}
	for i, m := range t.metadata {
		b.lastID++
		c := *m
		c.MetadataId = b.lastID
		c.Location = &sheets.DeveloperMetadataLocation{LocationType: "SHEET", SheetId: t.props.SheetId}
		t.metadata[i] = &c
	}
	b.tabs = slices.Insert(b.tabs, min(int(r.InsertSheetIndex), len(b.tabs)), t)
	props := t.props
	return &sheets.Response{DuplicateSheet: &sheets.DuplicateSheetResponse{Properties: &props}}, nil
}

func (b *book) updateSheetProperties(r *sheets.UpdateSheetPropertiesRequest) error {
	if r.Properties == nil || r.Fields == "" {
		return fmt.Errorf("properties and fields are required")
	}
	t := b.tab(r.Properties.SheetId)
	if t == nil {
		return fmt.Errorf("no sheet with id: %d", r.Properties.SheetId)
	}
	props, grid, was := t.props, t.grid, t.props.Index
	props.GridProperties = &grid
	if err := assign(&props, r.Properties, r.Fields); err != nil {
		return err
	}
	if other := b.tabTitled(props.Title); props.Title == "" || (other != nil && other != t) {
		return fmt.Errorf("a sheet with the name %q already exists", props.Title)
	}
	t.grid = *props.GridProperties
	props.GridProperties = nil
	t.props = props
	if t.grid.RowCount < int64(1) || t.grid.FrozenRowCount >= t.grid.RowCount {
		return fmt.Errorf("you can't freeze all visible rows on the sheet")
	}
	t.cut()
	if props.Index != was {
		i := slices.Index(b.tabs, t)
		b.tabs = slices.Delete(b.tabs, i, i+1)
		b.tabs = slices.Insert(b.tabs, min(int(props.Index), len(b.tabs)), t)
	}
	return nil
}

// cut takes away the cells that a smaller grid no longer has.
func (t *tab) cut() {
	if int64(len(t.rows)) > t.grid.RowCount {
		t.rows = t.rows[:t.grid.RowCount]
	}
	for i, row := range t.rows {
		if int64(len(row)) > t.grid.ColumnCount {
			t.rows[i] = row[:t.grid.ColumnCount]
		}
	}
}

func (b *book) createDeveloperMetadata(r *sheets.CreateDeveloperMetadataRequest) (*sheets.Response, error) {
	m := r.DeveloperMetadata
	if m == nil || m.MetadataKey == "" || m.Location == nil || m.Visibility == "" {
		return nil, fmt.Errorf("a key, a location and a visibility are required")
	}
	if m.Visibility != "DOCUMENT" && m.Visibility != "PROJECT" {
		return nil, fmt.Errorf("invalid value at visibility: %q", m.Visibility)
	}
	t := b.tab(m.Location.SheetId)
	if t == nil || m.Location.DimensionRange != nil || m.Location.Spreadsheet {
		return nil, fmt.Errorf("this server knows metadata of sheets alone")
	}
	b.lastID++
	c := *m
	c.MetadataId = b.lastID
	c.Location = &sheets.DeveloperMetadataLocation{LocationType: "SHEET", SheetId: t.props.SheetId}
	t.metadata = append(t.metadata, &c)
	return &sheets.Response{CreateDeveloperMetadata: &sheets.CreateDeveloperMetadataResponse{DeveloperMetadata: &c}}, nil
}

func (b *book) addProtectedRange(r *sheets.AddProtectedRangeRequest) (*sheets.Response, error) {
	p := r.ProtectedRange
	if p == nil || p.Range == nil {
		return nil, fmt.Errorf("a range is required")
	}
	t := b.tab(p.Range.SheetId)
	if t == nil {
		return nil, fmt.Errorf("no grid with id: %d", p.Range.SheetId)
	}
	if err := b.checkProtection(p); err != nil {
		return nil, err
	}
	b.lastID++
	c := *p
	c.ProtectedRangeId = b.lastID
	t.protected = append(t.protected, &c)
	return &sheets.Response{AddProtectedRange: &sheets.AddProtectedRangeResponse{ProtectedRange: &c}}, nil
}

func (b *book) checkProtection(p *sheets.ProtectedRange) error {
	for _, u := range p.UnprotectedRanges {
		if p.Range.StartRowIndex != 0 || p.Range.EndRowIndex != 0 || p.Range.StartColumnIndex != 0 || p.Range.EndColumnIndex != 0 {
			return fmt.Errorf("unprotected ranges can only be specified when the whole sheet is protected")
		}
		if _, _, err := b.place(u); err != nil {
			return err
		}
	}
	if p.WarningOnly && p.Editors != nil {
		return fmt.Errorf("warning-only protection has no editors")
	}
	return nil
}

func (b *book) updateProtectedRange(r *sheets.UpdateProtectedRangeRequest) error {
	if r.ProtectedRange == nil || r.Fields == "" {
		return fmt.Errorf("a protected range and fields are required")
	}
	for _, t := range b.tabs {
		for i, p := range t.protected {
			if p.ProtectedRangeId != r.ProtectedRange.ProtectedRangeId {
				continue
			}
			c := *p
			if err := assign(&c, r.ProtectedRange, r.Fields); err != nil {
				return err
			}
			t.protected[i] = &c
			return b.checkProtection(&c)
		}
	}
	return fmt.Errorf("no protected range with id: %d", r.ProtectedRange.ProtectedRangeId)
}

func (b *book) deleteProtectedRange(r *sheets.DeleteProtectedRangeRequest) error {
	for _, t := range b.tabs {
		for i, p := range t.protected {
			if p.ProtectedRangeId == r.ProtectedRangeId {
				t.protected = slices.Delete(t.protected, i, i+1)
				return nil
			}
		}
	}
	return fmt.Errorf("no protected range with id: %d", r.ProtectedRangeId)
}

func (b *book) setBasicFilter(r *sheets.SetBasicFilterRequest) error {
	if r.Filter == nil {
		return fmt.Errorf("a filter is required")
	}
	t, a, err := b.place(r.Filter.Range)
	if err != nil {
		return err
	}
	for _, s := range r.Filter.FilterSpecs {
		if s.ColumnIndex < a.col || s.ColumnIndex >= a.endCol {
			return fmt.Errorf("a filter's column must be in its range")
		}
	}
	f := *r.Filter
	f.Range = &sheets.GridRange{SheetId: t.props.SheetId, StartRowIndex: a.row, EndRowIndex: a.endRow, StartColumnIndex: a.col, EndColumnIndex: a.endCol}
	t.filter = &f
	return nil
}

func (b *book) clearBasicFilter(r *sheets.ClearBasicFilterRequest) error {
	t := b.tab(r.SheetId)
	if t == nil {
		return fmt.Errorf("no grid with id: %d", r.SheetId)
	}
	t.filter = nil
	return nil
}

func (b *book) mergeCells(r *sheets.MergeCellsRequest) error {
	t, a, err := b.place(r.Range)
	if err != nil {
		return err
	}
	if r.MergeType != "MERGE_ALL" {
		return fmt.Errorf("this server knows MERGE_ALL alone")
	}
	if _, err := t.mergesIn(a); err != nil {
		return err
	}
	t.merges = append(t.merges, &sheets.GridRange{
		SheetId: t.props.SheetId, StartRowIndex: a.row, EndRowIndex: a.endRow, StartColumnIndex: a.col, EndColumnIndex: a.endCol,
	})
	return nil
}

func (b *book) unmergeCells(r *sheets.UnmergeCellsRequest) error {
	t, a, err := b.place(r.Range)
	if err != nil {
		return err
	}
	inside, err := t.mergesIn(a)
	if err != nil {
		return err
	}
	t.merges = slices.DeleteFunc(t.merges, func(m *sheets.GridRange) bool { return slices.Contains(inside, m) })
	return nil
}

// mergesIn are the merges inside an area. It is an error when the area cuts
// through one.
func (t *tab) mergesIn(a area) ([]*sheets.GridRange, error) {
	var inside []*sheets.GridRange
	for _, m := range t.merges {
		switch {
		case a.row >= m.EndRowIndex || m.StartRowIndex >= a.endRow || a.col >= m.EndColumnIndex || m.StartColumnIndex >= a.endCol:
		case a.row <= m.StartRowIndex && m.EndRowIndex <= a.endRow && a.col <= m.StartColumnIndex && m.EndColumnIndex <= a.endCol:
			inside = append(inside, m)
		default:
			return nil, fmt.Errorf("you must select all cells in a merged range to merge or unmerge them")
		}
	}
	return inside, nil
}
