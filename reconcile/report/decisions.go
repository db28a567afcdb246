package report

import "doisoat/reconcile"

// decisionsTab lists every finding that is open or was accepted, with columns
// for the office's decision. Accepted ones stay, so that a decision can be
// seen, and changed, where it was made.
func (v *view) decisionsTab() Tab {
	table := newTable(FindingsTable, []Column{
		{Title: reconcile.ColumnCode},
		{Title: reconcile.ColumnSeverity, Style: Centered},
		{Title: reconcile.ColumnRule},
		{Title: reconcile.ColumnAgency},
		{Title: reconcile.ColumnProgram},
		{Title: reconcile.ColumnPerson},
		{Title: reconcile.ColumnPlace},
		{Title: reconcile.ColumnFound},
		{Title: reconcile.ColumnExpected},
		{Title: reconcile.ColumnRemedy},
		{Title: reconcile.ColumnSince, Style: Day},
		{Title: reconcile.ColumnStatus, Style: Centered},
		{Title: "Trả lời của cơ quan, đơn vị"},
		{Title: reconcile.ColumnVerdict, Staff: true, Choices: verdictList()},
		{Title: reconcile.ColumnDecisionText, Staff: true},
	})
	list := v.open(true)
	for _, f := range list {
		table.Rows = append(table.Rows, v.decisionRow(f))
	}
	n := countOpen(list)
	head := v.head("SAI LỆCH ĐANG MỞ VÀ QUYẾT ĐỊNH", len(table.Columns),
		"Đang mở: "+n.words()+". Chọn một mục ở cột Quyết định (chấp nhận, không chấp nhận, ý kiến), ghi nội dung ở cột bên cạnh rồi lưu tệp; lần đối soát sau sẽ đọc và chuyển cho cơ quan, đơn vị.")
	return Tab{
		Name:      reconcile.DecisionsTab,
		Blocks:    []Block{head, table},
		Widths:    []float64{13.5, 8, 12, 14, 13, 11.5, 12, 16, 23.5, 26, 10, 9, 13, 11, 16},
		Landscape: true,
		FreezeRow: len(head.Rows) + 1,
		Filter:    true,
	}
}

// editedBy says who last changed the document that holds the answer, as far as
// that is known.
func (v *view) editedBy(r *reconcile.Response) string {
	if r.By == "" {
		return ""
	}
	return "(" + r.By + ", " + MomentWord(v.local(r.Edited)) + ")"
}

func (v *view) decisionRow(f *reconcile.Discrepancy) []Cell {
	status := text(StatusWord(f), statusStyle(f))
	status.Volatile = f.Status == reconcile.StatusOpen && f.Reopened == 0
	var response reconcile.Response
	if f.Response != nil {
		response = *f.Response
	}
	var decision reconcile.Decision
	if f.Decision != nil {
		decision = *f.Decision
	}
	agency := v.Plan.Issuer
	if f.Agency != "" {
		agency = v.agencyName(f.Agency)
	}
	return []Cell{
		text(f.Code, Bold),
		text(SeverityWord(f.Severity), severityStyle(f.Severity)),
		text(v.ruleWords(f), Plain),
		text(agency, Plain),
		text(v.findingProgram(f), Plain),
		text(f.Person, Plain),
		v.placeCell(&f.Finding, ""),
		text(f.Found, Plain),
		text(joinWords("\nCăn cứ: ", f.Expected, f.LegalBasis), Plain),
		text(advice(f), Plain),
		{Value: reconcile.DateOf(v.local(f.FirstSeen)), Style: Day},
		status,
		text(joinWords("\n", joinWords(": ", response.Answer, response.Text), v.editedBy(&response)), Plain),
		staffCell(decision.Verdict),
		staffCell(decision.Text),
	}
}
