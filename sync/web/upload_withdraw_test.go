package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pipeline"
)

// counted are the registrations of the document that the first file began.
func (s *site) counted(first string) int {
	s.t.Helper()
	documents, err := s.store.CurrentDocuments(s.t.Context(), s.plan.ID, []string{"upload/" + strings.TrimPrefix(first, "/uploads/")})
	if err != nil {
		s.t.Fatal(err)
	}
	n := 0
	for _, d := range documents {
		n += len(d.Registrations())
	}
	return n
}

var sure = url.Values{"sure": {"yes"}}

// TestFilesAreTakenBack: what a mistaken file replaced counts again, and a list
// that is taken back altogether counts until the office confirms; everything
// stays in the history.
func TestFilesAreTakenBack(t *testing.T) {
	s := newSendingSite(t)
	agency := s.as(reconcile.User{Login: "an@vpub.example.vn", Role: reconcile.UserAgency, Agency: "S01"})
	office := s.as(somebody(reconcile.UserOffice))
	agency.sendFiles("", goodFile(t))
	first := agency.sendDraft("0")
	agency.reconciled(first)
	people := s.counted(first)
	agency.sendFiles("", demoFile(t, "inbox/SNNPTNT-DS.xlsx", "gửi nhầm.xlsx"))
	mistake := agency.sendDraft(strings.TrimPrefix(first, "/uploads/"))
	says(t, "the mistake", agency.reconciled(mistake), "Gửi nhầm?", "tệp gửi trước nó được tính lại", "«gửi nhầm.xlsx»")
	says(t, "what it replaced", agency.get(first).body, "!Gửi nhầm?")

	if got := agency.post(mistake+"/withdraw", nil); got.status != http.StatusUnprocessableEntity {
		t.Errorf("without being sure: %d", got.status)
	}
	if got := agency.post(first+"/withdraw", sure); got.status != http.StatusConflict {
		t.Errorf("what was replaced is taken back: %d", got.status)
	}
	if got := agency.post(mistake+"/withdraw", sure); got.header.Get("Location") != mistake+"?ok=withdrawn" {
		t.Fatalf("taken back: %d %s", got.status, got.body)
	}
	says(t, "taken back", agency.reconciled(mistake), "đã rút", "an@vpub.example.vn", "!Đã có tệp gửi sau", "!/copy", "Tải tệp đã gửi")
	says(t, "what counts again", agency.get(first).body, "Gửi nhầm?", "đăng ký trong tệp được rút theo", "<strong>đã rút</strong>")
	if got := s.counted(first); got != people {
		t.Errorf("%d registrations count again, want %d", got, people)
	}
	if got := agency.post(mistake+"/withdraw", sure); got.status != http.StatusConflict {
		t.Errorf("taken back twice: %d", got.status)
	}

	agency.post(first+"/withdraw", sure)
	says(t, "all taken back", agency.reconciled(first), "đã rút, chờ Ban Tổ chức xác nhận", "NG05")
	if got := s.counted(first); got != people {
		t.Errorf("%d registrations count before the office confirms, want %d", got, people)
	}
	held, err := s.store.Discrepancies(t.Context(), s.plan.ID, postgres.Filter{Rule: "NG05", Status: reconcile.StatusOpen})
	if err != nil || len(held) != 1 {
		t.Fatalf("the office is asked %v, %v", held, err)
	}
	office.post("/decisions", url.Values{"code": {held[0].Code}, "verdict": {string(reconcile.Accepted)}, "query": {"status=open"}})
	office.post("/runs", nil)
	agency.sendFiles("", goodFile(t)) // its run comes after the one that was asked for
	again := agency.sendDraft("0")
	agency.reconciled(again)
	if got := s.counted(first); got != 0 {
		t.Errorf("%d registrations count after the office confirmed", got)
	}
	says(t, "the list", agency.get("/uploads").body, "đã rút")
	says(t, "the log", office.get("/access-log").body, "rút tệp", "gửi nhầm.xlsx")
	if got := agency.get(first + "/file"); got.body != string(goodFile(t).content) {
		t.Error("what was taken back cannot be had any more")
	}
}

// TestWhoTakesFilesBack: nobody but those who may send for the agency, and what
// the office sent only the office.
func TestWhoTakesFilesBack(t *testing.T) {
	s := newSendingSite(t)
	owner := s.as(reconcile.User{Login: "an@vpub.example.vn", Role: reconcile.UserAgency, Agency: "S01"})
	owner.sendFiles("", goodFile(t))
	sent := owner.sendDraft("0")
	office := s.as(somebody(reconcile.UserOffice))
	office.sendFiles("S01", file{"phan cua ban to chuc.xlsx", goodFile(t).content})
	offices := office.sendDraft("0")
	for _, path := range []string{sent, offices} {
		for _, role := range []reconcile.UserRole{reconcile.UserAgency, reconcile.UserPartyBloc, reconcile.UserAuditor} {
			if got := s.as(somebody(role)).post(path+"/withdraw", sure); got.status != http.StatusNotFound && got.status != http.StatusForbidden {
				t.Errorf("%s is taken back by %s: %d", path, role, got.status)
			}
		}
	}
	says(t, "the office's file", owner.get(offices).body, "!Gửi nhầm?")
	if got := owner.post(offices+"/withdraw", sure); got.status != http.StatusNotFound {
		t.Errorf("the office's file is taken back by the agency: %d", got.status)
	}
	for path, who := range map[string]*browser{sent: s.as(somebody(reconcile.UserStateBloc)), offices: office} {
		if got := who.post(path+"/withdraw", sure); got.status != http.StatusSeeOther {
			t.Errorf("%s is not taken back: %d %s", path, got.status, got.body)
		}
	}
	withdrawn, err := s.store.UploadWithdrawals(t.Context(), s.plan.ID)
	if err != nil || len(withdrawn) != 2 {
		t.Errorf("taken back: %v, %v", withdrawn, err)
	}
	all, err := s.store.SentUploads(t.Context(), s.plan.ID, nil)
	if err != nil || len(all) != 2 || len(pipeline.Standing(all, withdrawn)) != 0 {
		t.Errorf("%d files are kept, %v", len(all), err)
	}
}
