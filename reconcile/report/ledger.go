package report

import (
	"time"

	"doisoat/reconcile"
)

// The IDs of the tables in the tab Nhật ký.
const (
	RunsTable    = "runs"
	SourcesTable = "sources"
	GradesTable  = "grades"
)

// ledgerTab shows the runs, what the last one did with each document, and which
// rules are not applied as they stand. Runs and sources are volatile: that a
// run took place is no reason to write a report.
func (v *view) ledgerTab() Tab {
	const width = 12
	blocks := []Block{v.head("NHẬT KÝ ĐỐI SOÁT", width)}
	if len(v.Grades) > 0 {
		blocks = append(blocks, v.gradesTable(), Block{Rows: [][]Cell{gap(width)}})
	}
	blocks = append(blocks,
		Block{Rows: [][]Cell{{spanned("CÁC NGUỒN Ở LẦN ĐỐI SOÁT NÀY", Bold, width)}}},
		v.sourcesTable(),
		Block{Rows: [][]Cell{gap(width), {spanned("CÁC LẦN ĐỐI SOÁT", Bold, width)}}},
		v.runsTable(),
	)
	return Tab{
		Name:      LedgerTab,
		Blocks:    blocks,
		Widths:    []float64{7, 34, 30, 18, 12, 12, 12, 12, 12, 12, 15, 40},
		Landscape: true,
	}
}

func (v *view) gradesTable() Block {
	table := newTable(GradesTable, []Column{
		{Title: "Mã"}, {Title: "Quy tắc không áp dụng như quy định gốc"}, {Title: "Lý do"}, {Title: "Mức áp dụng", Style: Centered},
	})
	for _, g := range v.Grades {
		level := text("tắt", Bad)
		if !g.Off {
			level = text(SeverityWord(g.Severity), severityStyle(g.Severity))
		}
		table.Rows = append(table.Rows, []Cell{text(g.Rule, Bold), text(v.RuleTitle(g.Rule), Plain), text(g.Reason, Plain), level})
	}
	return table
}

func (v *view) sourcesTable() Block {
	table := newTable(SourcesTable, []Column{
		{Title: "STT", Style: Figure},
		{Title: "Tệp"},
		{Title: "Cơ quan, đơn vị"},
		{Title: "Kết quả", Style: Centered},
		{Title: "Số dòng", Style: Figure},
		{Title: "Đăng ký", Style: Figure},
		{Title: "Chưa hiểu", Style: Figure},
		{Title: "Thời gian", Style: Centered},
		{Title: "Ghi chú"},
	})
	table.Rows[0][8].Span = 4
	for i := range v.Sources {
		s := &v.Sources[i]
		agency := ""
		if s.Agency != "" {
			agency = v.agencyName(s.Agency)
		}
		result := text(SourceWord(s.Status), Centered)
		if s.Status == reconcile.SourceFailed {
			result.Style = Bad
		}
		file := s.File
		if file == "" {
			file = v.fileName(s.Source)
		}
		table.Rows = append(table.Rows, allOf([]Cell{
			figure(i + 1), text(file, Plain), text(agency, Plain), result,
			figure(s.Rows), figure(s.Registrations), figure(s.NotUnderstood),
			text(tookWords(s.Started, s.Finished), Centered), spanned(s.Error, Plain, 4),
		}))
	}
	return table
}

func (v *view) runsTable() Block {
	table := newTable(RunsTable, []Column{
		{Title: "Lần", Style: Figure},
		{Title: "Bắt đầu", Style: Moment},
		{Title: "Cách chạy"},
		{Title: "Kết quả", Style: Centered},
		{Title: "Nguồn đã đọc", Style: Figure},
		{Title: "Nguồn không đổi", Style: Figure},
		{Title: "Nguồn lỗi", Style: Figure},
		{Title: "Số dòng", Style: Figure},
		{Title: "Đăng ký", Style: Figure},
		{Title: "Sai lệch mở", Style: Figure},
		{Title: "Thời gian", Style: Centered},
		{Title: "Ghi chú"},
	})
	for i := range v.Runs {
		r := &v.Runs[i]
		result := text(RunWord(r.Status), Centered)
		if r.Status == reconcile.RunFailed {
			result.Style = Bad
		}
		c := &r.Counts
		table.Rows = append(table.Rows, allOf([]Cell{
			{Value: int(r.ID), Style: Figure},
			{Value: v.local(r.Started), Style: Moment},
			text(TriggerWord(r.Trigger), Plain), result,
			figure(c.SourcesRead), figure(c.SourcesUnchanged), figure(c.SourcesFailed),
			figure(c.RowsNonEmpty), figure(c.RowsRegistrations), figure(c.FindingsOpen),
			text(tookWords(r.Started, r.Finished), Centered), text(r.Error, Plain),
		}))
	}
	return table
}

// allOf marks every cell of a row volatile.
func allOf(row []Cell) []Cell {
	for i := range row {
		row[i].Volatile = true
	}
	return row
}

func tookWords(from, to time.Time) string {
	if from.IsZero() || to.Before(from) {
		return noValue
	}
	return DurationWord(to.Sub(from))
}
