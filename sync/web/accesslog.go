package web

import (
	"strconv"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// What is done to personal data, as the log has it.
const (
	seenFindings = "findings"
	seenFinding  = "finding"
	seenPeople   = "people"
	seenPerson   = "person"
	seenSources  = "sources"
	seenReport   = "report"
	saidAnswer   = "answer"
	saidDecision = "decision"
	seenUploads  = "uploads"
	seenUpload   = "upload"
	seenFile     = "file"
	checkedFile  = "check"
	sentUpload   = "send"
	tookBack     = "withdraw"
)

// actionWord names an action to people.
func actionWord(action string) string {
	switch action {
	case seenFindings:
		return "xem danh sách sai lệch"
	case seenFinding:
		return "xem sai lệch"
	case seenPeople:
		return "tìm người"
	case seenPerson:
		return "xem một người"
	case seenSources:
		return "xem tệp và bảng tính"
	case seenReport:
		return "tải báo cáo"
	case saidAnswer:
		return "trả lời sai lệch"
	case saidDecision:
		return "quyết định"
	case seenUploads:
		return "xem các tệp đã gửi"
	case seenUpload:
		return "xem kết quả của tệp đã gửi"
	case seenFile:
		return "tải tệp đã gửi"
	case checkedFile:
		return "kiểm tra tệp"
	case sentUpload:
		return "gửi tệp"
	case tookBack:
		return "rút tệp"
	}
	return action
}

// accessPage is what the template of the log sees.
type accessPage struct {
	Login    string
	Accesses []postgres.Access
	Older    string // address of the next page, "" on the last
}

const accessesAtOnce = 100

// accessLog shows who saw whose data.
func (v *visit) accessLog() error {
	query := v.r.URL.Query()
	page := accessPage{Login: reconcile.CleanLogin(query.Get("login"))}
	before, _ := strconv.ParseInt(query.Get("before"), 10, 64) // no number: from the newest on
	accesses, err := v.Store.Accesses(v.r.Context(), v.Plan.ID, page.Login, max(0, before), accessesAtOnce+1)
	if err != nil {
		return err
	}
	if len(accesses) > accessesAtOnce {
		accesses = accesses[:accessesAtOnce]
		query.Set("before", strconv.FormatInt(accesses[accessesAtOnce-1].ID, 10))
		page.Older = "/access-log?" + query.Encode()
	}
	page.Accesses = accesses
	return v.show("accesslog", "Nhật ký truy cập dữ liệu cá nhân", page)
}
