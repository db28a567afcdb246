package pipeline_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/rule"
)

// A rule that one plan switches off, and one that it grades otherwise, do so in
// that plan alone; its workbook names them, and nobody is said to have mended
// what is only looked away from.
func TestGradesOfAPlan(t *testing.T) {
	b := newBench(t)
	nobody := []any{"Lê Thị Dung", "02/02/1981", "Nữ", "", "Văn phòng Sở", an[5]}
	b.roster(filepath.Join(b.inbox, "S03", "dang ky.xlsx"), an, cuong, nobody)
	b.run()
	if d := b.one(postgres.Filter{Rule: "DL02"}); d.Severity != reconcile.SeverityError {
		t.Fatalf("as written the rule finds %+v", d.Finding)
	}

	b.config.Grades = map[string]string{"DL02": rule.Off, "DL04": "info"}
	b.config.GradeReasons = map[string]string{"DL02": "Bổ sung ở đợt sau"}
	b.run()
	if d := b.one(postgres.Filter{Rule: "DL02"}); d.Status != reconcile.StatusGone {
		t.Errorf("what a rule found that is off is %s", d.Status)
	}
	for _, d := range b.found(postgres.Filter{Rule: "DL04"}) {
		if d.Severity != reconcile.SeverityInfo {
			t.Errorf("a rule that is graded down finds a %s", d.Severity)
		}
	}
	office := filepath.Join(b.reports, "Tổng hợp đối soát.xlsx")
	if text := cellsOf(t, office, "Nhật ký"); !slices.Contains(text, "DL02") || !slices.Contains(text, "tắt") || !slices.Contains(text, "Bổ sung ở đợt sau") {
		t.Errorf("the ledger does not name the rule that is off: %q", text)
	}
	if text := cellsOf(t, office, "Tổng quan"); !slices.ContainsFunc(text, func(s string) bool {
		return strings.Contains(s, "2 quy tắc không áp dụng như quy định gốc")
	}) {
		t.Errorf("the overview keeps quiet about the rules: %q", text)
	}
	if text := cellsOf(t, filepath.Join(b.reports, "S03", "dang ky - SAI LỆCH.xlsx"), reconcile.DiscrepancyTab); slices.Contains(text, "đã sửa") {
		t.Error("the agency is said to have mended what is only looked away from")
	}

	next := *b.plan
	next.ID = "quang-ngai-2024-bo-sung"
	if _, err := b.store.SavePlan(t.Context(), &next, b.config.Register); err != nil {
		t.Fatal(err)
	}
	b.plan, b.config.Plan, b.config.Grades = &next, &next, nil
	b.reports = t.TempDir()
	b.config.Reports, b.config.Answers = b.reports, b.source("reports", b.reports)
	b.run()
	if d := b.one(postgres.Filter{Rule: "DL02"}); d.Status != reconcile.StatusOpen {
		t.Errorf("in another plan the rule finds what is %s", d.Status)
	}
}

// cellsOf are the texts of a tab.
func cellsOf(t *testing.T, path, tab string) []string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(tab)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(rows...)
}
