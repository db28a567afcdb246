package postgres_test

import (
	"context"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// TestAnswersOfCopies follows what stands when people answer in copies: of the
// tab beside it, of last week's file, of a row.
func TestAnswersOfCopies(t *testing.T) {
	t.Parallel()
	const book, copied = "google_sheet:1AbC", "folder:inbox/S03/tuan truoc.xlsx"
	type word struct{ source, tab, answer string }
	tests := map[string][]struct {
		read []word
		want string
	}{
		"a copy of the tab keeps an old answer": {
			{[]word{{book, "", "đã sửa"}}, "đã sửa"},
			{[]word{{book, "", "đã sửa"}, {book, "77", "đã sửa"}}, "đã sửa"},
			{[]word{{book, "", "dữ liệu đúng"}, {book, "77", "đã sửa"}}, "dữ liệu đúng"},
			{[]word{{book, "", "dữ liệu đúng"}, {book, "77", "đã sửa"}}, "dữ liệu đúng"},
			{[]word{{book, "", "dữ liệu đúng"}, {book, "77", "xin ý kiến"}}, "xin ý kiến"},
		},
		"a copy of last week's file comes in": {
			{[]word{{book, "", "đã sửa"}}, "đã sửa"},
			{[]word{{book, "", "dữ liệu đúng"}}, "dữ liệu đúng"},
			{[]word{{book, "", "dữ liệu đúng"}, {copied, "", "đã sửa"}}, "dữ liệu đúng"},
			{[]word{{book, "", "dữ liệu đúng"}, {copied, "", "đã sửa"}}, "dữ liệu đúng"},
			{[]word{{book, "", "dữ liệu đúng"}, {copied, "", "rút đăng ký"}}, "rút đăng ký"},
		},
		"an answer in such a copy that was never given": {
			{[]word{{book, "", ""}}, ""},
			{[]word{{book, "", ""}, {copied, "", "xin ý kiến"}}, "xin ý kiến"},
			{[]word{{book, "", ""}, {copied, "", "xin ý kiến"}}, "xin ý kiến"},
		},
		"said again where it was once said elsewhere": {
			{[]word{{book, "", "đã sửa"}, {copied, "", ""}}, "đã sửa"},
			{[]word{{book, "", "dữ liệu đúng"}, {copied, "", ""}}, "dữ liệu đúng"},
			{[]word{{book, "", "dữ liệu đúng"}, {copied, "", "đã sửa"}}, "đã sửa"},
		},
		"a row that was copied says two things": {
			{[]word{{book, "", "đã sửa"}}, "đã sửa"},
			{[]word{{book, "", "đã sửa"}, {book, "", "xin ý kiến"}}, "xin ý kiến"},
			{[]word{{book, "", "xin ý kiến"}, {book, "", "đã sửa"}}, "xin ý kiến"},
			{[]word{{book, "", "rút đăng ký"}, {book, "", "xin ý kiến"}}, "rút đăng ký"},
			{[]word{{book, "", "xin ý kiến"}}, "xin ý kiến"},
			{[]word{{book, "", ""}}, ""},
		},
	}
	for name, steps := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLedger(t)
			finding := birthDate("Nguyễn Văn An")
			code := finding.Code(planID)
			l.find(day(2), finding)
			for i, step := range steps {
				l.start(day(3 + i))
				for _, source := range []string{copied, book} {
					var read []reconcile.Response
					for _, w := range step.read {
						if w.source == source {
							read = append(read, reconcile.Response{Code: code, Answer: w.answer, Tab: w.tab, Origin: reconcile.Origin{Source: source}})
						}
					}
					l.in(func(ctx context.Context, tx postgres.Tx) error {
						_, err := l.SaveResponses(ctx, tx, planID, l.run, read, day(3+i))
						return err
					})
				}
				got := ""
				if r := l.discrepancies(postgres.Filter{})[0].Response; r != nil {
					got = r.Answer
				}
				if got != step.want {
					t.Errorf("step %d: %q stands, want %q", i+1, got, step.want)
				}
			}
		})
	}
}
