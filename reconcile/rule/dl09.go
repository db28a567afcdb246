package rule

import (
	"fmt"
	"strconv"

	"doisoat/reconcile"
)

// dl09 finds totals that a sheet states and its rows disagree with.
func dl09() Rule {
	return Rule{
		ID: "DL09", Title: "Số tổng cộng không khớp với danh sách", Alone: true,
		Sheet: func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
			pages, totals := 0, 0
			for i := range s.Rows {
				stated := s.Rows[i].Stated
				if stated == nil {
					continue
				}
				// Pages and totals are numbered apart, in their order: rows
				// that move do not change which total it is.
				which := ""
				if stated.PageOnly {
					pages++
					which = "page" + strconv.Itoa(pages)
				} else {
					totals++
					which = "total" + strconv.Itoa(totals)
				}
				if stated.Count != stated.Counted {
					report(wrongTotal(in, d, s, &s.Rows[i], which))
				}
			}
		},
	}
}

func wrongTotal(in *Input, d *reconcile.Document, s *reconcile.Sheet, row *reconcile.Row, which string) reconcile.Finding {
	info, stated := in.sheet(d, s), row.Stated
	return reconcile.Finding{
		Severity: reconcile.SeverityError,
		Subject:  info.key + "|" + which,
		Agency:   info.agency,
		Place:    reconcile.Origin{Source: d.Source, Sheet: s.Name, Row: row.Number, Cell: stated.Cell},
		Message: fmt.Sprintf("Dòng cộng ghi %s người nhưng %s có %s người.",
			count(stated.Count), rowsWords(stated.FromRow, stated.ToRow), count(stated.Counted)),
		Found:      "ghi " + count(stated.Count) + " người",
		Expected:   count(stated.Counted) + " người theo danh sách",
		LegalBasis: duty(in),
		Remedy:     "Kiểm tra danh sách có thiếu hoặc thừa người không, rồi sửa số tổng cộng cho khớp.",
	}
}

func rowsWords(from, to int) string {
	if from == to {
		return fmt.Sprintf("dòng %d", from)
	}
	return fmt.Sprintf("từ dòng %d đến dòng %d", from, to)
}
