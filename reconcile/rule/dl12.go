package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"doisoat/reconcile"
)

// dl12 finds rows that readers of the sheet do not see, and rows of another
// program than the one that the sheet is headed for. Both count: the agency
// says whether they should.
func dl12() Rule {
	return Rule{
		ID: "DL12", Title: "Dòng bị ẩn hoặc nằm trong biểu của lớp khác", Alone: true,
		Sheet: func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
			hiddenRows(in, d, s, report)
			strayRows(in, d, s, report)
		},
	}
}

func hiddenRows(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
	info := in.sheet(d, s)
	var rows []string
	var first *reconcile.Registration
	for _, r := range info.rows {
		if !r.Hidden {
			continue
		}
		if first == nil {
			first = r
		}
		if n := strconv.Itoa(r.Origin.Row); len(rows) == 0 || rows[len(rows)-1] != n {
			rows = append(rows, n)
		}
	}
	if first == nil {
		return
	}
	f := reconcile.Finding{
		Severity: reconcile.SeverityWarning, Subject: info.key + "|hidden", Agency: info.agency,
		Place:      reconcile.Origin{Source: d.Source, Sheet: s.Name, Row: first.Origin.Row},
		Message:    fmt.Sprintf("%s dòng có người đăng ký đang bị ẩn trong biểu, vẫn được tính: dòng %s.", count(len(rows)), rowList(rows)),
		Found:      fmt.Sprintf("%s dòng bị ẩn", count(len(rows))),
		Expected:   "mọi người đăng ký đều nhìn thấy được trong biểu",
		LegalBasis: duty(in),
		Remedy:     "Bỏ ẩn các dòng này nếu vẫn đăng ký; nếu không thì xóa khỏi danh sách.",
	}
	if s.Hidden {
		f.Message = fmt.Sprintf("Trang tính đang bị ẩn nhưng có %s dòng người đăng ký, vẫn được tính.", count(len(rows)))
		f.Found = "trang tính bị ẩn"
		f.Remedy = "Bỏ ẩn trang tính nếu vẫn đăng ký; nếu không thì xóa trang tính."
	}
	report(f)
}

func rowList(rows []string) string {
	list := strings.Join(rows[:min(len(rows), shownRows)], ", ")
	if rest := len(rows) - shownRows; rest > 0 {
		list += fmt.Sprintf(" và %s dòng khác", count(rest))
	}
	return list
}

// strayRows speaks only where title or tab names the program of most rows, and
// not that of the row: elsewhere a list of several programs is meant.
func strayRows(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
	info := in.sheet(d, s)
	own := in.Plan.Program(most(info.rows, programOf))
	heading := " " + reconcile.Key(s.Title+" "+s.Name) + " "
	if own == nil || !in.index.namesProgram(heading, own) {
		return
	}
	for _, r := range info.rows {
		p := in.Plan.Program(r.Program)
		if p == nil || reconcile.Key(p.Name) == reconcile.Key(own.Name) || in.index.namesProgram(heading, p) {
			continue
		}
		f := about(r, reconcile.FieldProgram, reconcile.SeverityWarning)
		f.Subject += "|stray"
		f.Message = fmt.Sprintf("Dòng này nằm trong biểu của lớp %s nhưng đăng ký lớp %s.", own.Name, p.Name)
		f.Expected = "người đăng ký lớp nào ghi ở biểu của lớp đó"
		f.LegalBasis = duty(in)
		f.Remedy = "Kiểm tra lại lớp đăng ký; nếu đúng thì chuyển dòng sang biểu của lớp đó."
		report(f)
	}
}

// namesProgram reports whether one of the program's names stands in the text, a
// folded text with a space at each end.
func (x *index) namesProgram(text string, p *reconcile.Program) bool {
	return slices.ContainsFunc(x.namesOf(p), func(name string) bool { return strings.Contains(text, name) })
}

// namesOf are the program's names, folded, with a space at each end.
func (x *index) namesOf(p *reconcile.Program) []string {
	names, ok := x.names[p]
	if !ok {
		for _, list := range [][]string{{p.Name}, p.Aliases, p.TabNames} {
			for _, name := range list {
				if key := reconcile.Key(name); key != "" {
					names = append(names, " "+key+" ")
				}
			}
		}
		x.names[p] = names
	}
	return names
}
