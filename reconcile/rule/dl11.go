package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// dl11 finds rows that hold several people in one cell of names. Each was taken
// for a registration of their own, and the agency should see how they were told
// apart. Lists that stand side by side have a cell for each name.
func dl11() Rule {
	return Rule{
		ID: "DL11", Title: "Nhiều người trong một dòng", Alone: true,
		Sheet: func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
			var row []*reconcile.Registration
			for _, r := range in.sheet(d, s).rows {
				if len(row) > 0 && (nameCell(r) == "" || nameCell(r) != nameCell(row[0])) {
					severalPeople(in, row, report)
					row = row[:0]
				}
				row = append(row, r)
			}
			severalPeople(in, row, report)
		},
	}
}

func nameCell(r *reconcile.Registration) string { return r.Readings.Get(nameField(r)).Cell }

// severalPeople looks at the registrations of one cell of names.
func severalPeople(in *Input, rows []*reconcile.Registration, report Report) {
	if len(rows) < 2 {
		return
	}
	people := make(map[string]bool)
	for _, r := range rows {
		people[reconcile.Key(r.FullName)] = true
	}
	if len(people) < 2 {
		return // one person, perhaps for several classes
	}
	f := about(rows[0], nameField(rows[0]), reconcile.SeverityWarning)
	f.Subject = leastKey(rows) + "|several people"
	f.Message = fmt.Sprintf("Một ô ghi %d người; mỗi người đã được tính là một đăng ký riêng, với các ô khác theo thứ tự tương ứng.", len(people))
	f.Expected = "mỗi dòng ghi một người"
	f.LegalBasis = duty(in)
	f.Remedy = "Tách mỗi người thành một dòng riêng và ghi đủ các cột cho từng người."
	report(f)
}
