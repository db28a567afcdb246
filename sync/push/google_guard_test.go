package push_test

import (
	"regexp"
	"testing"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/sync/google/googletest"
)

// TestNoRowIsWrittenAside: a column that is inserted while the run writes puts
// no row beside its columns, also in a tab whose columns were deleted and came
// back at its right end.
func TestNoRowIsWrittenAside(t *testing.T) {
	code := regexp.MustCompile(`^[A-Z]{2}\d{2}-`)
	columns := func(f *fixture, from, to int64) *sheets.DimensionRange {
		return &sheets.DimensionRange{SheetId: f.own().Properties.SheetId, Dimension: "COLUMNS", StartIndex: from, EndIndex: to}
	}
	for name, at := range map[string]int64{"at the left": 0, "in the middle": foundCol, "before what came back": 8} {
		t.Run(name, func(t *testing.T) {
			f := answered(t)
			f.edit(&sheets.Request{DeleteDimension: &sheets.DeleteDimensionRequest{Range: columns(f, textCol, textCol+1)}})
			f.write(findings("02:00", ân, bé))
			f.refusals = true
			f.server.Before(googletest.MethodUpdate, 0, func() {
				f.edit(&sheets.Request{InsertDimension: &sheets.InsertDimensionRequest{Range: columns(f, at, at+1)}})
			})
			changed := bé
			changed.found = "31/02/1985"
			f.write(findings("03:00", ân, changed, chi))
			codes, seen := -1, 0
			for _, row := range f.own().Data[0].RowData {
				for col, c := range row.Values {
					switch said := text(c); {
					case said == reconcile.ColumnCode:
						codes = col
					case code.MatchString(said) && col != codes:
						t.Errorf("%s stands in column %d, the codes in %d", said, col, codes)
					case code.MatchString(said):
						seen++
					}
				}
			}
			if seen != 3 {
				t.Errorf("%d rows with a code, want 3", seen)
			}
			f.isSettled(findings("04:00", ân, changed, chi))
		})
	}
}
