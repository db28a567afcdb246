package postgres_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
)

const planID = "quang-ngai-2024"

// day is noon of a day of March 2024 in Quảng Ngãi.
func day(n int) time.Time {
	return time.Date(2024, 3, n, 12, 0, 0, 0, time.FixedZone("", 7*60*60))
}

// ledger is a store with the plan and an open run.
type ledger struct {
	*postgres.Store
	t   testing.TB
	run int64
}

func newLedger(t testing.TB) *ledger {
	t.Helper()
	return newLedgerOn(t, pgtest.NewURL(t), postgres.Options{})
}

func newLedgerOn(t testing.TB, url string, opts postgres.Options) *ledger {
	t.Helper()
	l := &ledger{Store: pgtest.Open(t, url, opts), t: t}
	if _, err := l.SavePlan(context.Background(), testPlan(), testRegister()); err != nil {
		t.Fatal(err)
	}
	l.start(day(1))
	return l
}

func testPlan() *reconcile.Plan {
	return &reconcile.Plan{
		ID: planID, Year: 2024, Province: "Quảng Ngãi", Title: "Kế hoạch đào tạo, bồi dưỡng cán bộ năm 2024",
		From: reconcile.Date{Year: 2024, Month: 1}, Approved: 36_511_988_780,
		Sections: []reconcile.Section{{Number: "1.1.1", Title: "Cao cấp lý luận chính trị"}},
		Programs: []reconcile.Program{
			{
				Code: "CCLLCT-TT", Section: "1.1.1", Name: "Cao cấp lý luận chính trị", Form: reconcile.FullTime,
				Quota:   reconcile.Quota{Places: 50, Kind: reconcile.Ceiling, Strict: true},
				Aliases: []string{"CCLLCT <tập trung> & “cao cấp”"},
			},
			{Code: "CCLLCT-KTT", Section: "1.1.1", Name: "Cao cấp lý luận chính trị", Form: reconcile.PartTime, Quota: reconcile.Quota{Places: 60, Kind: reconcile.Ceiling}},
		},
		Lines: map[string]int{"1.1.1": 12},
	}
}

func testRegister() *reconcile.Register {
	return &reconcile.Register{Province: "Quảng Ngãi", Agencies: []reconcile.Agency{
		{Code: "S03", Name: "Sở Nội vụ", Bloc: reconcile.StateBloc, Level: reconcile.ProvinceLevel, Aliases: []reconcile.Alias{{Text: "SNV"}}},
		{
			Code: "H01", Name: "Huyện Bình Sơn", Bloc: reconcile.PartyBloc, Level: reconcile.DistrictLevel,
			To:         reconcile.Date{Year: 2025, Month: 6, Day: 30},
			Successors: []reconcile.Succession{{Name: "xã Bình Sơn", On: reconcile.Date{Year: 2025, Month: 7, Day: 1}}},
		},
	}}
}

// in runs do in a transaction that must succeed.
func (l *ledger) in(do func(ctx context.Context, tx postgres.Tx) error) {
	l.t.Helper()
	if err := l.InTx(context.Background(), do); err != nil {
		l.t.Fatal(err)
	}
}

// start opens the next run.
func (l *ledger) start(now time.Time) {
	l.t.Helper()
	l.in(func(ctx context.Context, tx postgres.Tx) (err error) {
		l.run, err = l.StartRun(ctx, tx, planID, "manual", now)
		return err
	})
}

// next finishes the run and opens another.
func (l *ledger) next(now time.Time) {
	l.t.Helper()
	err := l.FinishRun(context.Background(), planID, l.run, reconcile.RunDone, "", reconcile.RunCounts{}, now)
	if err != nil {
		l.t.Fatal(err)
	}
	l.start(now)
}

func (l *ledger) save(d *reconcile.Document, now time.Time) postgres.Changes {
	l.t.Helper()
	var changes postgres.Changes
	l.in(func(ctx context.Context, tx postgres.Tx) (err error) {
		changes, err = l.SaveDocument(ctx, tx, planID, l.run, d, now)
		return err
	})
	return changes
}

func (l *ledger) load() []*reconcile.Document {
	l.t.Helper()
	documents, err := l.LoadDocuments(context.Background(), planID)
	if err != nil {
		l.t.Fatal(err)
	}
	return documents
}

// written counts the rows that do inserts, updates or deletes, temporary tables
// apart.
func (l *ledger) written(do func(ctx context.Context, tx postgres.Tx) error) int {
	l.t.Helper()
	// The server's counters of this connection may still hold what its earlier
	// transactions wrote; only the difference is do's.
	const sum = `SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)
		FROM pg_stat_xact_user_tables WHERE schemaname = 'public'`
	var before, after int
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		if err := tx.QueryRow(ctx, sum).Scan(&before); err != nil {
			return err
		}
		if err := do(ctx, tx); err != nil {
			return err
		}
		return tx.QueryRow(ctx, sum).Scan(&after)
	})
	return after - before
}

// roster is a document with one sheet and one registration per name.
func roster(names ...string) *reconcile.Document {
	d := &reconcile.Document{
		Source: "folder:inbox/S03/so-noi-vu.xlsx", File: "so-noi-vu.xlsx", Format: reconcile.XLSX,
		Version: fmt.Sprint("v", names), Agency: "S03", Received: day(1),
	}
	sheet := reconcile.Sheet{
		Name: "CCLLCT", Role: reconcile.RoleRegistration, Title: "DANH SÁCH CÁN BỘ", NonEmptyRows: len(names) + 1,
		Columns: []reconcile.Column{{Letter: "B", Header: "Họ và tên", Field: reconcile.FieldFullName}},
		Rows:    []reconcile.Row{{Number: 1, Kind: reconcile.RowTitle, Text: "DANH SÁCH CÁN BỘ"}},
	}
	for i, name := range names {
		number := i + 9
		sheet.Rows = append(sheet.Rows, reconcile.Row{
			Number: number, Kind: reconcile.RowRegistration,
			Registrations: []*reconcile.Registration{registration(d.Source, sheet.Name, number, name)},
		})
	}
	d.Sheets = []reconcile.Sheet{sheet}
	return d
}

func registration(source, sheet string, row int, name string) *reconcile.Registration {
	return &reconcile.Registration{
		FullName: name, BirthDate: reconcile.Date{Year: 1979, Month: 8, Day: 15}, Sex: reconcile.Male, Ethnicity: "Kinh",
		CitizenID: "051079001234", PartyDate: reconcile.Date{Year: 2005, Month: 3}, Position: "Phó Trưởng phòng",
		Agency: "S03", AgencyText: "Sở Nội vụ", Education: reconcile.University, PoliticalTheory: reconcile.IntermediateTheory,
		Phone: "0905123456", Program: "CCLLCT-TT", Form: reconcile.FullTime,
		Origin: reconcile.Origin{Source: source, Sheet: sheet, Row: row},
		Readings: reconcile.ReadingsOf(map[reconcile.Field]reconcile.Reading{
			reconcile.FieldFullName:  {Cell: fmt.Sprintf("B%d", row), Text: name},
			reconcile.FieldBirthDate: {Cell: fmt.Sprintf("C%d", row), Text: "15/08/1979"},
			reconcile.FieldCitizenID: {Cell: fmt.Sprintf("D%d", row), Text: "51079001234", Fault: reconcile.Repaired},
		}),
		Key: "S03|CCLLCT-TT|" + reconcile.Key(name),
	}
}
