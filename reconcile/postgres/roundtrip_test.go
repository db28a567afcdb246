package postgres_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// Whatever a reader makes of a sheet comes back from the store as it was, also
// when it replaces something else, and saving it again writes nothing.
func TestDocumentRoundTrip(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	rapid.Check(t, func(t *rapid.T) {
		want := drawDocument(t)
		ctx := context.Background()
		var again postgres.Changes
		err := l.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
			if _, err := l.SaveDocument(ctx, tx, planID, l.run, want, day(2)); err != nil {
				return err
			}
			var err error
			again, err = l.SaveDocument(ctx, tx, planID, l.run, want, day(3))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if again.Any() || again.Unchanged != len(want.Registrations()) {
			t.Fatalf("the second save changed something: %+v", again)
		}
		got, err := l.LoadDocuments(ctx, planID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]*reconcile.Document{want}, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-saved +loaded):\n%s", diff)
		}
	})
}

func text() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"", "Nguyễn Thị Hoà", "Đ/c \"Hai\" \\ {a,b}", "dòng\nhai\tcột", "=1+1", "CCCD 051079001234, \"051 079 001 234\"", "〘x〙 212345678", "NULL", "\\N", "'; --"}),
		rapid.StringOfN(rapid.RuneFrom([]rune("aăâđêôơư ÀẢÃÁẠ,;{}\"'\\\n\u200b😀")), 0, 12, -1),
	)
}

func date() *rapid.Generator[reconcile.Date] {
	return rapid.Custom(func(t *rapid.T) reconcile.Date {
		d := reconcile.Date{
			Year:  rapid.IntRange(1, 9999).Draw(t, "year"),
			Month: rapid.IntRange(1, 12).Draw(t, "month"), Day: rapid.IntRange(1, 28).Draw(t, "day"),
		}
		switch rapid.IntRange(0, 3).Draw(t, "precision") {
		case 0:
			return reconcile.Date{}
		case 1:
			return reconcile.Date{Year: d.Year}
		case 2:
			d.Day = 0
		}
		return d
	})
}

func oneOf[T any](t *rapid.T, label string, values ...T) T {
	return rapid.SampledFrom(values).Draw(t, label)
}

func drawDocument(t *rapid.T) *reconcile.Document {
	d := &reconcile.Document{
		Source: "folder:inbox/a.xlsx", File: text().Draw(t, "file"), Format: oneOf(t, "format", reconcile.XLSX, reconcile.CSV),
		Version: text().Draw(t, "version"), Agency: oneOf(t, "agency", "", "S03"),
	}
	if rapid.Bool().Draw(t, "has received") {
		d.Received = time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "received"))
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "sheets") {
		d.Sheets = append(d.Sheets, drawSheet(t, d.Source, fmt.Sprint("Trang ", i)))
	}
	return d
}

func drawSheet(t *rapid.T, source, name string) reconcile.Sheet {
	s := reconcile.Sheet{
		Name: name, Index: rapid.IntRange(0, 9).Draw(t, "index"), Hidden: rapid.Bool().Draw(t, "hidden"),
		Role: oneOf(t, "role", reconcile.RoleRegistration, reconcile.RoleSummary, reconcile.RoleCostEstimate, reconcile.RoleAllocation,
			reconcile.RoleResult, reconcile.RoleDiscrepancies, reconcile.RoleOther),
		Title: text().Draw(t, "title"), ID: text().Draw(t, "id"), NonEmptyRows: rapid.IntRange(0, 99).Draw(t, "rows"),
		Columns: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) reconcile.Column {
			return reconcile.Column{
				Letter: "B", Header: text().Draw(t, "header"), Field: reconcile.FieldFullName, Program: text().Draw(t, "program"),
				Form: oneOf(t, "form", "", reconcile.FullTime), Sex: oneOf(t, "sex", "", reconcile.Female), Hidden: rapid.Bool().Draw(t, "hidden"),
			}
		}), 0, 3).Draw(t, "columns"),
	}
	s.Converted = rapid.SliceOfN(rapid.Custom(drawConversion), 0, 2).Draw(t, "converted")
	s.Uncalculated = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) reconcile.Uncalculated {
		return reconcile.Uncalculated{Column: "C", Cells: rapid.IntRange(1, 999).Draw(t, "cells"), Examples: []string{"C5"}}
	}), 0, 2).Draw(t, "uncalculated")
	number := 0
	for range rapid.IntRange(0, 5).Draw(t, "rows") {
		number += rapid.IntRange(1, 3).Draw(t, "step")
		s.Rows = append(s.Rows, drawRow(t, source, name, number))
	}
	for range rapid.IntRange(0, 2).Draw(t, "allocations") {
		s.Allocations = append(s.Allocations, reconcile.Allocation{
			Agency: text().Draw(t, "agency"), Programs: rapid.SliceOfN(text(), 0, 3).Draw(t, "programs"),
			Places: rapid.IntRange(-3, 500).Draw(t, "places"), Subtotal: rapid.Bool().Draw(t, "subtotal"),
			Text: text().Draw(t, "text"), Origin: drawOrigin(t, source, name, 7),
		})
	}
	for range rapid.IntRange(0, 2).Draw(t, "estimates") {
		s.Estimates = append(s.Estimates, drawEstimate(t, source, name))
	}
	for range rapid.IntRange(0, 2).Draw(t, "results") {
		s.Results = append(s.Results, drawResult(t, source, name))
	}
	if rapid.Bool().Draw(t, "answered") {
		at := drawOrigin(t, source, name, 9)
		s.Responses = []reconcile.Response{{Code: "DL02-ABC", Answer: text().Draw(t, "answer"), Text: text().Draw(t, "text"), Seen: day(2).UTC(), Origin: at}}
		s.Decisions = []reconcile.Decision{{Code: "DL02-ABC", Verdict: string(reconcile.Accepted), Text: text().Draw(t, "text"), Origin: at}}
	}
	return s
}

func drawConversion(t *rapid.T) reconcile.Conversion {
	return reconcile.Conversion{
		Encoding: oneOf(t, "encoding", reconcile.TCVN3, reconcile.VNI), Column: "B",
		Cells: rapid.IntRange(1, 999).Draw(t, "cells"), ByLetters: rapid.IntRange(0, 999).Draw(t, "by letters"),
		Examples: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) reconcile.ConvertedName {
			return reconcile.ConvertedName{Stored: oneOf(t, "stored", "L\u00adu ThÞ Ng\u00ead", "Nguyeãn Vaên AÙnh"), Read: text().Draw(t, "read")}
		}), 0, 2).Draw(t, "examples"),
	}
}

func drawRow(t *rapid.T, source, sheet string, number int) reconcile.Row {
	row := reconcile.Row{
		Number: number, Hidden: rapid.Bool().Draw(t, "hidden"), Text: text().Draw(t, "text"),
		Kind: oneOf(t, "kind", reconcile.RowRegistration, reconcile.RowTitle, reconcile.RowTotal, reconcile.RowNotUnderstood),
	}
	if row.Kind == reconcile.RowTotal {
		row.Stated = &reconcile.StatedTotal{Count: 12, Cell: "A9", FromRow: 1, ToRow: number, PageOnly: true}
	}
	if row.Kind != reconcile.RowRegistration {
		return row
	}
	for range rapid.IntRange(0, 3).Draw(t, "registrations") {
		row.Registrations = append(row.Registrations, drawRegistration(t, source, sheet, number))
	}
	return row
}

func drawOrigin(t *rapid.T, source, sheet string, row int) reconcile.Origin {
	o := reconcile.Origin{Source: source, Sheet: sheet, Row: row, Cell: oneOf(t, "cell", "", "D12")}
	if rapid.IntRange(0, 9).Draw(t, "elsewhere") == 0 {
		o = reconcile.Origin{Source: "google:1AbC", Sheet: "khác", Row: 99, Cell: o.Cell}
	}
	return o
}

func drawReadings(t *rapid.T) reconcile.Readings {
	return reconcile.ReadingsOf(rapid.MapOfN(
		rapid.SampledFrom([]reconcile.Field{reconcile.FieldFullName, reconcile.FieldBirthDate, reconcile.FieldAmount}),
		rapid.Custom(func(t *rapid.T) reconcile.Reading {
			return reconcile.Reading{Cell: "D12", Text: text().Draw(t, "text"), Fault: oneOf(t, "fault", reconcile.NoFault, reconcile.Lossy)}
		}), 0, 3).Draw(t, "readings"))
}

func drawRegistration(t *rapid.T, source, sheet string, row int) *reconcile.Registration {
	return &reconcile.Registration{
		FullName: text().Draw(t, "name"), BirthDate: date().Draw(t, "birth"), Sex: oneOf(t, "sex", "", reconcile.Male, reconcile.Female),
		Ethnicity: text().Draw(t, "ethnicity"), CitizenID: oneOf(t, "citizen", "", "051079001234"),
		PartyDate: date().Draw(t, "party"), OfficialDate: date().Draw(t, "official"), Position: text().Draw(t, "position"),
		Agency: text().Draw(t, "agency"), AgencyText: text().Draw(t, "agency text"),
		Education: oneOf(t, "education", "", reconcile.UpperSecondary, reconcile.EducationIntermediate, reconcile.College,
			reconcile.University, reconcile.Master, reconcile.Doctor),
		PoliticalTheory: oneOf(t, "theory", "", reconcile.NoPoliticalTheory, reconcile.ElementaryTheory, reconcile.IntermediateTheory,
			reconcile.AdvancedPoliticalTheory),
		Phone: text().Draw(t, "phone"), Program: text().Draw(t, "program"), ProgramText: text().Draw(t, "program text"),
		Form:     oneOf(t, "form", "", reconcile.FullTime, reconcile.PartTime, reconcile.Completion),
		Priority: rapid.IntRange(0, 1<<31-1).Draw(t, "priority"), Note: text().Draw(t, "note"), Career: drawCareer(t), Hidden: rapid.Bool().Draw(t, "hidden"),
		Origin: drawOrigin(t, source, sheet, row), Readings: drawReadings(t), Key: text().Draw(t, "key"),
	}
}

func drawEstimate(t *rapid.T, source, sheet string) reconcile.EstimateLine {
	e := reconcile.EstimateLine{
		Kind:     oneOf(t, "kind", reconcile.ProgramLine, reconcile.ItemLine, reconcile.SubtotalLine, reconcile.TotalLine),
		Programs: rapid.SliceOfN(text(), 0, 2).Draw(t, "programs"), Text: text().Draw(t, "text"),
		Classes: rapid.IntRange(0, 9).Draw(t, "classes"), Learners: rapid.IntRange(0, 999).Draw(t, "learners"),
		FactorsMil: rapid.SliceOfN(rapid.Int64(), 0, 3).Draw(t, "factors"), Lines: rapid.SliceOfN(rapid.IntRange(0, 99), 0, 3).Draw(t, "lines"),
		Origin: drawOrigin(t, source, sheet, 5), Readings: drawReadings(t),
		HasQuantity: rapid.Bool().Draw(t, "has quantity"), HasRate: rapid.Bool().Draw(t, "has rate"),
		HasAmount: rapid.Bool().Draw(t, "has amount"), HasSpent: rapid.Bool().Draw(t, "has spent"),
	}
	if e.HasQuantity {
		e.QuantityMil = rapid.Int64().Draw(t, "quantity")
	}
	for _, money := range []struct {
		has  bool
		into *reconcile.VND
	}{{e.HasRate, &e.Rate}, {e.HasAmount, &e.Amount}, {e.HasSpent, &e.Spent}} {
		if money.has {
			*money.into = reconcile.VND(rapid.Int64().Draw(t, "money"))
		}
	}
	return e
}

func drawResult(t *rapid.T, source, sheet string) *reconcile.Result {
	r := &reconcile.Result{
		Learner: *drawRegistration(t, source, sheet, 6), Class: text().Draw(t, "class"),
		Outcome: oneOf(t, "outcome", reconcile.NoOutcome, reconcile.Completed, reconcile.NotCompleted, reconcile.DroppedOut,
			reconcile.Withdrawn, reconcile.Studying, reconcile.Absent),
		Final: rapid.Bool().Draw(t, "final"), Grade: text().Draw(t, "grade"), Decision: text().Draw(t, "decision"),
		From: date().Draw(t, "from"), To: date().Draw(t, "to"),
		HasScore: rapid.Bool().Draw(t, "has score"), HasOwed: rapid.Bool().Draw(t, "has owed"),
		HasServed: rapid.Bool().Draw(t, "has served"), HasCost: rapid.Bool().Draw(t, "has cost"),
	}
	if r.HasScore {
		r.ScoreMil = rapid.Int64().Draw(t, "score")
	}
	if r.HasOwed {
		r.MonthsOwed = rapid.IntRange(0, 600).Draw(t, "owed")
	}
	if r.HasServed {
		r.MonthsServed = rapid.IntRange(0, 600).Draw(t, "served")
	}
	if r.HasCost {
		r.Cost = reconcile.VND(rapid.Int64().Draw(t, "cost"))
	}
	return r
}

func drawCareer(t *rapid.T) reconcile.Career {
	return reconcile.Career{
		PlannedPosition: text().Draw(t, "planned"), Major: text().Draw(t, "major"), ReligiousRank: text().Draw(t, "religious rank"),
		Employment: rapid.SampledFrom([]reconcile.Employment{"", reconcile.Cadre, reconcile.PartTimer}).Draw(t, "employment"),
		Trainee:    rapid.Bool().Draw(t, "trainee"),
		Rank:       rapid.SampledFrom([]reconcile.Rank{"", reconcile.Expert, reconcile.Professional}).Draw(t, "rank"),
		RankSince:  date().Draw(t, "rank since"), RankMonths: rapid.IntRange(0, 600).Draw(t, "rank months"), Recruited: date().Draw(t, "recruited"),
		Ratings: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) reconcile.Rating {
			return reconcile.Rating{Year: rapid.IntRange(0, 2100).Draw(t, "rated"), Grade: reconcile.GradeGood}
		}), 0, 2).Draw(t, "ratings"),
		Commitment: rapid.SampledFrom([]reconcile.Reply{reconcile.NoReply, reconcile.Yes, reconcile.No}).Draw(t, "commitment"),
		Minority:   rapid.SampledFrom([]reconcile.Reply{reconcile.NoReply, reconcile.Yes}).Draw(t, "minority"), DefenceGroup: rapid.IntRange(0, 4).Draw(t, "group"),
	}
}
