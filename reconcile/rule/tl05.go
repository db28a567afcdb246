package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"doisoat/reconcile"
)

// tl05 asks about pairs that may be one person, where it matters: in one class,
// in two agencies, in programs that exclude each other. Each agency of the pair
// gets its own finding about its own row and answers for itself. A pair that
// somebody told apart stays, waived, where the answer stands and can be taken
// back; with one citizen ID in both rows it stays open, since one of the
// numbers is wrong.
func tl05() Rule {
	return Rule{
		ID: "TL05", Title: "Có thể là cùng một người", Alone: true,
		Meaning: reconcile.Meaning{
			Correct:  "không phải cùng một người: hai người khác nhau, câu trả lời được giữ mãi",
			Accepted: "không phải cùng một người: hai người khác nhau, được tách mãi, cả trong kế hoạch các năm sau",
			Refused:  "là cùng một người: câu trả lời ngược lại của đơn vị không còn được tính, đơn vị phải sửa cho thống nhất",
		},
		Plan: func(in *Input, report Report) {
			for i := range in.Unsure {
				p := &in.Unsure[i]
				if !in.matters(p.A, p.B) {
					continue
				}
				report(perhapsOne(in, p, p.A, p.B))
				if p.A.Agency != p.B.Agency {
					report(perhapsOne(in, p, p.B, p.A))
				}
			}
		},
	}
}

// matters reports whether it makes a difference that two registrations are one
// person's: one agency may well send one person to two programs.
func (in *Input) matters(a, b *reconcile.Registration) bool {
	if a.Agency != b.Agency || purposeOf(a) == purposeOf(b) {
		return true
	}
	_, excluded := in.Plan.Exclusion(a, b)
	return excluded
}

func perhapsOne(in *Input, p *reconcile.Pair, own, other *reconcile.Registration) reconcile.Finding {
	sameID := own.CitizenID != "" && own.CitizenID == other.CitizenID
	f := reconcile.Finding{
		Severity:   reconcile.SeverityWarning,
		Subject:    in.leastOf(own) + "~" + unnamed(in.leastOf(other)),
		Agency:     own.Agency,
		Program:    own.Program,
		Person:     own.FullName,
		Place:      own.Place(nameField(own)),
		Found:      p.Why,
		Expected:   "mỗi người được nhận ra chắc chắn",
		LegalBasis: duty(in),
		Remedy:     "Nếu là một người thì sửa cho thống nhất, mỗi lớp chỉ để một dòng; nếu là hai người thì chọn “dữ liệu đúng”, câu trả lời được giữ mãi.",
		Same:       []reconcile.Couple{{A: reconcile.Mark(own), B: reconcile.Mark(other)}},
		Settled:    p.Apart && !sameID,
	}
	f.Message = fmt.Sprintf("%s %s là cùng một người với %s: %s.", own.FullName, likely(p), whom(in, own, other), p.Why)
	if sameID {
		f.Message = fmt.Sprintf("%s và %s có cùng một số căn cước mà chưa chắc là một người: %s.", own.FullName, whom(in, own, other), p.Why)
		f.Remedy = "Đối chiếu số căn cước với thẻ và sửa dòng ghi nhầm số; nếu là một người thì mỗi lớp chỉ để một dòng."
	}
	if own.Agency == other.Agency {
		f.Related = []reconcile.Origin{other.Place(nameField(other))}
	}
	return f
}

// leastOf is the least key of the agency's registrations of one person, so that
// it does not matter to the identity of the finding which of them are alike.
func (in *Input) leastOf(r *reconcile.Registration) string {
	least := r.Key
	if i, ok := in.person(r); ok {
		for _, m := range in.Persons[i].Members {
			if m.Agency == r.Agency {
				least = min(least, m.Key)
			}
		}
	}
	return least
}

// unnamed stands for another agency's key in a subject: a key may hold a name,
// and a birth date where there is none.
func unnamed(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:4])
}

// likely puts a probability into words, which do not change with every row that
// is added elsewhere; the tab Trùng lặp has the figure.
func likely(p *reconcile.Pair) string {
	switch {
	case p.Probability >= 0.95:
		return "rất có thể (trên 95%)"
	case p.Probability >= 0.70:
		return "nhiều khả năng (trên 70%)"
	}
	return "có khả năng (dưới 70%)"
}

// whom names the other one, as far as the agency may know: of another agency's
// row no more than agency and class.
func whom(in *Input, own, other *reconcile.Registration) string {
	if own.Agency == other.Agency {
		return fmt.Sprintf("%s (%s)", other.FullName, other.Origin.String())
	}
	program := in.Plan.ProgramName(other.Program)
	if program == "" {
		program = "chương trình chưa xác định"
	}
	agency := in.agencyName(other.Agency)
	if agency == "" {
		agency = "một cơ quan chưa xác định"
	}
	return fmt.Sprintf("người do %s đăng ký (lớp %s)", agency, program)
}
