package rule

import (
	"fmt"
	"slices"

	"doisoat/reconcile"
)

// tl01 finds one person put down twice by one agency for one program: in one
// sheet or in several. The earliest row without an
// error of its own counts, the others do not.
func tl01() Rule {
	return Rule{
		ID: "TL01", Title: "Một người đăng ký trùng trong cùng danh sách, lớp", Alone: true,
		Meaning: reconcile.Meaning{
			Correct:  "không phải cùng một người: hai người khác nhau, câu trả lời được giữ mãi",
			Accepted: acceptedAsOne,
			Refused:  refusedAsOne,
		},
		Plan: func(in *Input, report Report) {
			for i := range in.Persons {
				for _, rows := range in.sameClass(&in.Persons[i]) {
					if len(rows) > 1 {
						report(twice(in, rows))
					}
				}
			}
		},
		Sheet: yearsOnly,
	}
}

// What a decision means where the finding is that two registrations are one
// person's.
const (
	acceptedAsOne = "cho qua, vẫn coi là cùng một người; nếu là hai người khác nhau thì viết “" + reconcile.ApartWords + "” vào nội dung"
	refusedAsOne  = "là cùng một người: câu trả lời ngược lại của đơn vị không còn được tính"
)

type purpose struct{ agency, program string }

func purposeOf(r *reconcile.Registration) purpose {
	c := purpose{r.Agency, r.Program}
	if c.agency == "" {
		c.agency = "?" + r.Origin.Source
	}
	if c.program == "" {
		c.program = "?" + reconcile.Key(r.ProgramText)
	}
	return c
}

// sameClass splits a person's registrations by agency and program, each part
// in the order of the sheets.
func (in *Input) sameClass(p *reconcile.Person) map[purpose][]*reconcile.Registration {
	if len(p.Members) < 2 {
		return nil
	}
	classes := make(map[purpose][]*reconcile.Registration)
	for _, r := range p.Members {
		classes[purposeOf(r)] = append(classes[purposeOf(r)], r)
	}
	for _, rows := range classes {
		slices.SortFunc(rows, in.index.compareRows)
	}
	return classes
}

func twice(in *Input, rows []*reconcile.Registration) reconcile.Finding {
	counted, later := in.firstValid(rows)
	f := reconcile.Finding{
		Severity: reconcile.SeverityError,
		Subject:  leastKey(rows),
		Agency:   counted.Agency,
		Program:  counted.Program,
		Person:   later[0].FullName,
		Place:    later[0].Place(nameField(later[0])),
		Message: fmt.Sprintf("%s được ghi %d lần cho cùng một lớp: chỉ tính một dòng (%s), không tính các dòng còn lại.",
			later[0].FullName, len(rows), counted.Origin.String()),
		Found:      fmt.Sprintf("%d dòng của cùng một người", len(rows)),
		Expected:   "mỗi người một dòng cho mỗi lớp",
		LegalBasis: duty(in),
		Remedy:     "Xóa dòng ghi trùng; nếu là hai người khác nhau thì ghi rõ ngày sinh, số căn cước của từng người, hoặc chọn “dữ liệu đúng”.",
		Related:    []reconcile.Origin{counted.Place(nameField(counted))},
		Same:       couples(rows, nil),
	}
	for _, r := range later {
		f.Invalidates = append(f.Invalidates, r.Key)
	}
	for _, r := range later[1:] {
		f.Related = append(f.Related, r.Place(nameField(r)))
	}
	return f
}

// couplesOf is how many rows of a finding an answer may tell apart: beyond that
// nobody can mean each and every pair.
const couplesOf = 8

// couples pairs each of the rows with each of the others; without others, the
// rows with each other.
func couples(rows, others []*reconcile.Registration) []reconcile.Couple {
	var all []reconcile.Couple
	rows, others = rows[:min(len(rows), couplesOf)], others[:min(len(others), couplesOf)]
	for i, a := range rows {
		against := others
		if against == nil {
			against = rows[i+1:]
		}
		for _, b := range against {
			all = append(all, reconcile.Couple{A: reconcile.Mark(a), B: reconcile.Mark(b)})
		}
	}
	return all
}

// firstValid takes out the row that counts: the first without an error of its
// own, else the first.
func (in *Input) firstValid(rows []*reconcile.Registration) (*reconcile.Registration, []*reconcile.Registration) {
	i := max(0, slices.IndexFunc(rows, func(r *reconcile.Registration) bool { return in.Valid(r.Key) }))
	return rows[i], slices.Delete(slices.Clone(rows), i, i+1)
}

func leastKey(rows []*reconcile.Registration) string {
	least := rows[0].Key
	for _, r := range rows[1:] {
		least = min(least, r.Key)
	}
	return least
}

// yearsOnly says of a sheet how many of its people have neither a full birth
// date nor a citizen ID, so that they could not be compared.
func yearsOnly(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
	info := in.sheet(d, s)
	var unknown []reconcile.Origin
	for _, r := range info.rows {
		if !r.BirthDate.IsFull() && r.CitizenID == "" {
			unknown = append(unknown, r.Place(reconcile.FieldBirthDate))
		}
	}
	if len(unknown) == 0 {
		return
	}
	report(reconcile.Finding{
		NotChecked: true,
		Subject:    info.key + "|years only",
		Agency:     info.agency,
		Place:      unknown[0],
		Message: fmt.Sprintf("Chưa kiểm tra trùng được %s trong %s người của biểu vì không có ngày sinh đầy đủ hoặc số căn cước.",
			count(len(unknown)), count(len(info.rows))),
		Found:      count(len(unknown)) + " người không có đủ ngày, tháng, năm sinh và không có số căn cước",
		Expected:   "ngày, tháng, năm sinh đầy đủ hoặc số căn cước công dân",
		LegalBasis: duty(in),
		Remedy:     "Ghi đủ ngày, tháng, năm sinh hoặc bổ sung cột “Số căn cước công dân”.",
	})
}
