package rule

import (
	"fmt"
	"strings"

	"doisoat/reconcile"
)

// kp02 compares what the estimates of a program say with its budget line: the
// office's own line or, where it gives none, that of the list of programs.
func kp02() Rule {
	return Rule{
		ID: "KP02", Title: "Dự toán của chương trình vượt kinh phí được giao",
		Plan: func(in *Input, report Report) {
			if len(in.Estimates) == 0 {
				report(estimatesMissing(in))
				return
			}
			b := BudgetOf(in)
			unlined := 0
			for i := range b.Lines {
				l := &b.Lines[i]
				switch {
				case l.Line == 0 && l.Detailed != 0:
					unlined++
				case l.Line != 0:
					overLine(in, l, report)
				}
			}
			if unlined > 0 {
				report(notChecked("lines", fmt.Sprintf("%d dự toán chi tiết của các lớp chưa có khoản kinh phí được giao để so sánh", unlined),
					moneyBasis(in), "Nạp kinh phí từng chương trình (Phụ lục 8, hoặc mục budget trong tệp dữ liệu)."))
			}
		},
	}
}

func overLine(in *Input, l *reconcile.BudgetLine, report Report) {
	asked, at := l.Detailed, l.DetailedAt
	what := "dự toán chi tiết"
	if l.Listed > asked {
		asked, at, what = l.Listed, l.ListedAt, "dự toán"
	}
	if asked <= l.Line || len(at) == 0 {
		return
	}
	report(reconcile.Finding{
		Severity: reconcile.SeverityError,
		Subject:  lineID(l),
		Program:  only(l.Programs),
		Place:    at[0],
		Related:  at[1:],
		Message: fmt.Sprintf("%s: %s vượt %s so với kinh phí của chương trình.",
			in.lineName(l), what, asked.Plus(-l.Line)),
		Found:      fmt.Sprintf("%s %s (%s)", what, asked, cells(at)),
		Expected:   fmt.Sprintf("không quá %s (%s)", l.Line, cells(l.LineAt)),
		LegalBasis: moneyBasis(in),
		Remedy:     "Giảm dự toán trong phạm vi kinh phí của chương trình, hoặc trình điều chỉnh kinh phí giữa các chương trình.",
	})
}

// lineName is what people call a budget line.
func (in *Input) lineName(l *reconcile.BudgetLine) string {
	if len(l.Programs) == 0 {
		return "“" + cellText(l.Text) + "”"
	}
	return in.programNames(l.Programs)
}

// inputsSource begins the source of what the office gives in a file of its own.
const inputsSource = "yaml:"

// shownCells is how many cells a text names before it only counts.
const shownCells = 6

// cells names places for people: "Phụ lục 8!E10, CX!F22".
func cells(at []reconcile.Origin) string {
	names := make([]string, 0, shownCells)
	for _, o := range at[:min(len(at), shownCells)] {
		if strings.HasPrefix(o.Source, inputsSource) {
			o.Sheet = "" // a part of the file, which is no word for people
			names = append(names, "tệp dữ liệu "+o.String())
			continue
		}
		names = append(names, o.String())
	}
	list := strings.Join(names, ", ")
	if rest := len(at) - shownCells; rest > 0 {
		list += fmt.Sprintf(" và %d ô khác", rest)
	}
	return list
}
