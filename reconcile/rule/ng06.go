package rule

import (
	"fmt"
	"strings"

	"doisoat/reconcile"
)

// ng06 tells which file took the place of which, so that a list that was sent
// twice counts once; and asks where that is not sure (see FindResent). The
// office's decision on the finding stands over the rule: "chấp nhận" lets the
// later file alone count, "không chấp nhận" both.
func ng06() Rule {
	return Rule{
		ID: "NG06", Title: "Danh sách gửi lại thay thế danh sách trước",
		Meaning: reconcile.Meaning{
			Correct:  "là hai danh sách khác nhau; có tính cả hai không do Ban Tổ chức quyết định",
			Accepted: "chỉ tính tệp gửi sau",
			Refused:  "tính cả hai tệp",
		},
		Plan: func(in *Input, report Report) {
			for i := range in.Resent {
				report(in.resent(&in.Resent[i]))
			}
		},
	}
}

func (in *Input) resent(r *Resending) reconcile.Finding {
	what := roleWord(r.Role)
	f := reconcile.Finding{
		Severity:   reconcile.SeverityInfo,
		Subject:    r.subject(),
		Agency:     r.Agency,
		Program:    only(r.Programs),
		Place:      r.Earlier,
		Related:    []reconcile.Origin{r.Later},
		LegalBasis: duty(in),
	}
	if in.Plan.Program(f.Program) == nil {
		f.Program = ""
	}
	again := fmt.Sprintf("%s trong %s dòng của “%s” cũng có trong “%s”", count(r.Again), count(r.Lines), r.EarlierFile, r.LaterFile)
	switch {
	case r.Counted:
		f.Message = fmt.Sprintf("%s trong tệp “%s” được thay bằng tệp gửi sau “%s”: chỉ tính tệp gửi sau.", what, r.EarlierFile, r.LaterFile)
		f.Expected = "mỗi danh sách, bảng chỉ tính một lần, theo bản gửi sau cùng"
		f.Remedy = "Kiểm tra tệp gửi sau đã đủ; nếu cả hai tệp đều phải tính thì cơ quan chủ trì chọn “không chấp nhận” ở cột quyết định."
		if len(r.Dropped) > 0 {
			f.Severity = reconcile.SeverityWarning
			f.Message += fmt.Sprintf(" %s dòng của tệp trước không còn trong tệp sau.", count(len(r.Dropped)))
			again += "; không còn: " + droppedNames(r.Dropped)
		}
	case r.Decided:
		f.Message = fmt.Sprintf("%s trong hai tệp “%s” và “%s” trùng nhau phần lớn; cả hai đều được tính theo quyết định của cơ quan chủ trì.", what, r.EarlierFile, r.LaterFile)
		f.Expected = "mỗi danh sách, bảng chỉ tính một lần"
		f.Remedy = "Không cần làm gì thêm; nếu chỉ tính tệp gửi sau thì cơ quan chủ trì đổi quyết định thành “chấp nhận”."
	default:
		f.Severity = reconcile.SeverityWarning
		f.Message = fmt.Sprintf("%s trong tệp “%s” có vẻ là bản gửi lại của tệp “%s” nhưng chưa chắc (%s): đang tính cả hai tệp.", what, r.LaterFile, r.EarlierFile, r.Why)
		f.Expected = "rõ tệp nào thay tệp nào"
		f.Remedy = "Nếu tệp sau thay tệp trước thì xóa tệp trước khỏi nơi nộp, hoặc cơ quan chủ trì chọn “chấp nhận”; nếu là hai danh sách khác nhau thì chọn “dữ liệu đúng”."
		if len(r.Dropped) > 0 {
			again += "; không có trong tệp sau: " + droppedNames(r.Dropped)
		}
	}
	f.Found = again
	return f
}

func droppedNames(names []string) string {
	shown := make([]string, 0, shownPeople)
	for _, name := range names[:min(len(names), shownPeople)] {
		shown = append(shown, cellText(name))
	}
	list := strings.Join(shown, ", ")
	if rest := len(names) - shownPeople; rest > 0 {
		list += " và " + count(rest) + " dòng khác"
	}
	return list
}

// roleWord names the kind of a sheet, to begin a sentence.
func roleWord(r reconcile.Role) string {
	switch r {
	case reconcile.RoleResult:
		return "Danh sách kết quả"
	case reconcile.RoleAllocation:
		return "Bảng phân bổ chỉ tiêu"
	case reconcile.RoleCostEstimate:
		return "Dự toán"
	}
	return "Danh sách đăng ký"
}
