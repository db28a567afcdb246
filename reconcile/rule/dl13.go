package rule

import (
	"fmt"
	"strconv"
	"strings"

	"doisoat/reconcile"
)

// dl13 tells, once for each column of a sheet, which cells hold formulas that
// no program has calculated: a person who opens the file in Excel sees values
// there that nobody here can know.
func dl13() Rule {
	return Rule{
		ID: "DL13", Title: "Công thức chưa có kết quả trong tệp", Alone: true,
		Sheet: func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
			info := in.sheet(d, s)
			for _, u := range s.Uncalculated {
				report(reconcile.Finding{
					Severity:   reconcile.SeverityWarning,
					Subject:    info.key + "|uncalculated|" + u.Column,
					Agency:     info.agency,
					Place:      uncalculatedPlace(d, s, &u),
					Message:    fmt.Sprintf("%s ô ở cột %s có công thức mà tệp không lưu kết quả, nên không biết giá trị: %s.", count(u.Cells), u.Column, cellList(&u)),
					Found:      "(công thức chưa có kết quả)",
					Expected:   "ô có công thức đã được tính",
					LegalBasis: duty(in),
					Remedy:     "Mở tệp bằng Excel (hoặc LibreOffice) để tính lại, lưu rồi gửi lại; hoặc thay công thức bằng giá trị.",
				})
			}
		},
	}
}

func uncalculatedPlace(d *reconcile.Document, s *reconcile.Sheet, u *reconcile.Uncalculated) reconcile.Origin {
	place := reconcile.Origin{Source: d.Source, Sheet: s.Name}
	if len(u.Examples) > 0 {
		place.Cell = u.Examples[0]
		place.Row, _ = strconv.Atoi(strings.TrimPrefix(place.Cell, u.Column))
	}
	return place
}

func cellList(u *reconcile.Uncalculated) string {
	list := strings.Join(u.Examples, ", ")
	if rest := u.Cells - len(u.Examples); rest > 0 {
		list += fmt.Sprintf(" và %s ô khác", count(rest))
	}
	return list
}
