package postgres_test

import (
	"context"
	"slices"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"

	"github.com/google/go-cmp/cmp"
)

func TestResponses(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	finding := birthDate("Nguyễn Văn An")
	code := finding.Code(planID)
	l.find(day(2), finding)
	own := reconcile.Origin{Source: "folder:inbox/S03/a.xlsx", Sheet: "SAI LỆCH", Row: 8}
	renamed := own
	renamed.Sheet, renamed.Row = "Sai lech (da tra loi)", 3
	other := reconcile.Origin{Source: "folder:inbox/S03/b.xlsx", Sheet: "SAI LỆCH", Row: 8}
	answer := func(word, text string, at reconcile.Origin) reconcile.Response {
		return reconcile.Response{Code: code, Answer: word, Text: text, Origin: at}
	}
	for i, step := range []struct {
		name    string
		read    []reconcile.Response
		changes postgres.AnswerChanges
		want    *reconcile.Response // without Seen; nil: nothing stands
	}{
		{"empty cells say nothing", []reconcile.Response{answer("", "", own)}, postgres.AnswerChanges{}, nil},
		{
			"a first answer",
			[]reconcile.Response{answer("đã sửa", "", own)},
			postgres.AnswerChanges{Saved: 1},
			&reconcile.Response{Answer: "đã sửa", Origin: own},
		},
		{
			"read again, moved and renamed",
			[]reconcile.Response{answer("đã sửa", "", renamed)},
			postgres.AnswerChanges{},
			&reconcile.Response{Answer: "đã sửa", Origin: own},
		},
		{
			"empty in another document",
			[]reconcile.Response{answer("", "", other)},
			postgres.AnswerChanges{},
			&reconcile.Response{Answer: "đã sửa", Origin: own},
		},
		{
			"a later word elsewhere wins",
			[]reconcile.Response{answer("dữ liệu đúng", "Theo giấy khai sinh", other)},
			postgres.AnswerChanges{Saved: 1},
			&reconcile.Response{Answer: "dữ liệu đúng", Text: "Theo giấy khai sinh", Origin: other},
		},
		{
			"both documents read again: the later still wins",
			[]reconcile.Response{answer("dữ liệu đúng", "Theo giấy khai sinh", other), answer("đã sửa", "", own)},
			postgres.AnswerChanges{},
			&reconcile.Response{Answer: "dữ liệu đúng", Text: "Theo giấy khai sinh", Origin: other},
		},
		{
			"withdrawn where it was given: the other stands",
			[]reconcile.Response{answer("", "", other)},
			postgres.AnswerChanges{Withdrawn: 1},
			&reconcile.Response{Answer: "đã sửa", Origin: own},
		},
		{
			"an old copy of the tab in the same file",
			[]reconcile.Response{answer("đã sửa", "", own), answer("", "", renamed)},
			postgres.AnswerChanges{},
			&reconcile.Response{Answer: "đã sửa", Origin: own},
		},
		{"withdrawn for good", []reconcile.Response{answer("", "", own)}, postgres.AnswerChanges{Withdrawn: 1}, nil},
		{
			"unknown codes come back",
			[]reconcile.Response{{Code: "DL02-KHONGCO", Answer: "đã sửa", Origin: own}, {Code: "trống", Origin: own}},
			postgres.AnswerChanges{Unknown: []string{"DL02-KHONGCO"}},
			nil,
		},
	} {
		var changes postgres.AnswerChanges
		l.in(func(ctx context.Context, tx postgres.Tx) (err error) {
			changes, err = l.SaveResponses(ctx, tx, planID, l.run, step.read, day(3+i))
			return err
		})
		if diff := cmp.Diff(step.changes, changes); diff != "" {
			t.Errorf("%s: changes (-want +got):\n%s", step.name, diff)
		}
		got := l.discrepancies(postgres.Filter{})[0].Response
		if got != nil {
			if got.Seen.IsZero() {
				t.Errorf("%s: an answer without a time", step.name)
			}
			plain := *got
			plain.Seen, plain.Code = day(0).AddDate(-2024, 0, 0), ""
			got = &plain
			step.want.Seen = plain.Seen
		}
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
	var versions int
	err := l.Pool().QueryRow(context.Background(), `SELECT count(*) FROM answer`).Scan(&versions)
	if err != nil || versions != 4 {
		t.Errorf("%d versions kept (%v), want 4: two answers, two withdrawals", versions, err)
	}
}

func TestDecisionIsShownAndKept(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	finding := birthDate("Nguyễn Văn An")
	code := finding.Code(planID)
	l.find(day(2), finding)
	if diff := cmp.Diff(postgres.AnswerChanges{Saved: 1}, l.decide(day(3), code, "chấp nhận")); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	got := l.discrepancies(postgres.Filter{})[0].Decision
	if got == nil || got.Verdict != "chấp nhận" || !got.Seen.Equal(day(3)) || got.Origin.Row != 7 {
		t.Errorf("decision %+v", got)
	}
	// Nothing is withdrawn by a workbook that does not list the code at all.
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		_, err := l.SaveDecisions(ctx, tx, planID, l.run, nil, day(4))
		return err
	})
	if l.discrepancies(postgres.Filter{})[0].Decision == nil {
		t.Error("the decision is lost")
	}
}

// Every workbook of the office shows the decision that stands. Read back from
// another than it was written in, it neither overrules a newer one nor outlives
// one that was taken back; a word of one's own there counts.
func TestEchoOfADecision(t *testing.T) {
	t.Parallel()
	for _, echoFirst := range []bool{false, true} {
		l := newLedger(t)
		finding := birthDate("Nguyễn Văn An")
		code := finding.Code(planID)
		l.find(day(2), finding)
		decided := func(verdict, file string) reconcile.Decision {
			return reconcile.Decision{Code: code, Verdict: verdict, Origin: reconcile.Origin{Source: "reports:" + file}}
		}
		step := func(n int, want string, read ...reconcile.Decision) {
			t.Helper()
			l.start(day(n))
			if echoFirst {
				slices.Reverse(read)
			}
			for _, d := range read {
				l.in(func(ctx context.Context, tx postgres.Tx) error {
					_, err := l.SaveDecisions(ctx, tx, planID, l.run, []reconcile.Decision{d}, day(n))
					return err
				})
			}
			found, err := l.Discrepancies(t.Context(), planID, postgres.Filter{})
			if err != nil || len(found) != 1 {
				t.Fatalf("%d discrepancies, %v", len(found), err)
			}
			got := ""
			if d := found[0].Decision; d != nil {
				got = d.Verdict
			}
			if got != want {
				t.Errorf("on day %d, echo first %v: %q stands, want %q", n, echoFirst, got, want)
			}
		}
		step(3, "không chấp nhận", decided("không chấp nhận", "all.xlsx"), decided("", "bloc.xlsx"))
		step(4, "chấp nhận", decided("chấp nhận", "all.xlsx"), decided("không chấp nhận", "bloc.xlsx"))
		step(5, "", decided("", "all.xlsx"), decided("chấp nhận", "bloc.xlsx"))
		step(6, "ý kiến", decided("", "all.xlsx"), decided("ý kiến", "bloc.xlsx"))
		step(7, "chấp nhận", decided("chấp nhận", "all.xlsx"), decided("ý kiến", "bloc.xlsx"))
		step(8, "chấp nhận", decided("chấp nhận", "all.xlsx"), decided("chấp nhận", "bloc.xlsx"))
		step(9, "không chấp nhận", decided("chấp nhận", "all.xlsx"), decided("không chấp nhận", "bloc.xlsx"))
	}
}
