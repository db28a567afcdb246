package push

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile/report"
)

// application is what the file's properties say made it; they hold nothing of
// the machine, the user or the hour.
const application = "doisoat"

// epoch stands in the file's properties, which must have some time: equal
// reports are equal bytes whenever they are made.
const epoch = "2024-01-01T00:00:00Z"

// Workbook renders a report to the bytes of an .xlsx file. The same report
// gives the same bytes. The digest of what it says (report.Workbook.Content)
// is kept in the file's properties, see ContentOf.
//
// The sheets are not protected: Excel's protection would keep staff from
// sorting, filtering and inserting rows, which they may do, and guards
// nothing, since cells of the service are written anew and answers are found
// by their code.
func Workbook(w report.Workbook) ([]byte, error) { return workbook(w, longTable) }

// workbook is Workbook with another number of rows that make a table long.
func workbook(w report.Workbook, long int) ([]byte, error) {
	if len(w.Tabs) == 0 {
		return nil, fmt.Errorf("workbook %q has no tabs", w.Title)
	}
	file := excelize.NewFile()
	defer file.Close()
	b := &bookWriter{file: file, report: &w, styles: make(map[look]int), long: long, soft: make(map[string]map[int]bool), raw: make(map[string]*bytes.Buffer)}
	if err := b.write(); err != nil {
		return nil, fmt.Errorf("render workbook %q: %w", w.Title, err)
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		return nil, fmt.Errorf("write workbook %q: %w", w.Title, err)
	}
	xlsx, err := finish(out.Bytes(), b.soft, b.raw)
	if err != nil {
		return nil, fmt.Errorf("write workbook %q: %w", w.Title, err)
	}
	return xlsx, nil
}

// ContentOf returns the digest of what a workbook made by Workbook says; ok is
// false when the bytes are no such workbook.
func ContentOf(xlsx []byte) (digest string, ok bool) {
	file, err := excelize.OpenReader(bytes.NewReader(xlsx))
	if err != nil {
		return "", false
	}
	defer file.Close()
	props, err := file.GetDocProps()
	if err != nil || props.Creator != application || props.Identifier == "" {
		return "", false
	}
	return props.Identifier, true
}

// bookWriter renders the tabs of one report into one file.
type bookWriter struct {
	file   *excelize.File
	report *report.Workbook
	styles map[look]int
	long   int                     // rows from which a table counts as long
	soft   map[string]map[int]bool // rows by the name of the sheet's part
	raw    map[string]*bytes.Buffer
}

func (b *bookWriter) write() error {
	if err := b.file.SetDefaultFont(fontFace); err != nil {
		return err
	}
	if err := b.properties(); err != nil {
		return err
	}
	// All sheets first: links and charts point forward.
	for i := range b.report.Tabs {
		name := b.report.Tabs[i].Name
		if i == 0 {
			if err := b.file.SetSheetName(b.file.GetSheetName(0), name); err != nil {
				return fmt.Errorf("tab %q: %w", name, err)
			}
			continue
		}
		if _, err := b.file.NewSheet(name); err != nil {
			return fmt.Errorf("tab %q: %w", name, err)
		}
	}
	for i := range b.report.Tabs {
		t := &tabWriter{bookWriter: b, tab: &b.report.Tabs[i], soft: make(map[int]bool), raw: new(bytes.Buffer)}
		part := fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
		b.soft[part], b.raw[part] = t.soft, t.raw
		if err := t.write(); err != nil {
			return fmt.Errorf("tab %q: %w", t.tab.Name, err)
		}
	}
	return nil
}

func (b *bookWriter) properties() error {
	err := b.file.SetDocProps(&excelize.DocProperties{
		Title:          b.report.Title,
		Creator:        application,
		LastModifiedBy: application,
		Identifier:     b.report.Content(),
		Language:       "vi-VN",
		Created:        epoch,
		Modified:       epoch,
	})
	if err != nil {
		return err
	}
	return b.file.SetAppProps(&excelize.AppProperties{Application: application})
}
