package web_test

import (
	"context"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// TestWhatAWordMeans: where one answers or decides, the page says what the words
// lead to on findings of that rule.
func TestWhatAWordMeans(t *testing.T) {
	s := newSendingSite(t) // it has the rules
	err := s.store.InTx(t.Context(), func(ctx context.Context, tx postgres.Tx) error {
		run, err := s.store.StartRun(ctx, tx, s.plan.ID, "manual", s.now)
		if err != nil {
			return err
		}
		perhaps, plain := finding(1, "S03", ownPerson, reconcile.SeverityWarning), finding(2, "S03", ownPerson, reconcile.SeverityWarning)
		perhaps.Rule = "TL05"
		_, err = s.store.SaveFindings(ctx, tx, s.plan.ID, run, []reconcile.Finding{perhaps, plain}, s.now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	code := map[string]string{}
	found, err := s.store.Discrepancies(t.Context(), s.plan.ID, postgres.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range found {
		code[d.Rule] = d.Code
	}
	agency, office := s.as(somebody(reconcile.UserAgency)), s.as(somebody(reconcile.UserOffice))
	says(t, "TL05 to the agency", agency.get("/findings/"+code["TL05"]).body, "dữ liệu đúng <span class=\"soft\">– không phải cùng một người")
	says(t, "another to the agency", agency.get("/findings/"+code["DL02"]).body, "không phải sửa; nêu căn cứ", "!cùng một người: hai")
	says(t, "TL05 to the office", office.get("/findings/"+code["TL05"]).body, "không chấp nhận <span class=\"soft\">– là cùng một người", "chấp nhận <span class=\"soft\">– không phải cùng một người")
	says(t, "another to the office", office.get("/findings/"+code["DL02"]).body, "sai lệch vẫn còn, đơn vị phải xử lý")
	says(t, "the list", office.get("/findings").body, "«Có thể là cùng một người» (TL05), quyết định có nghĩa riêng", "sai lệch vẫn còn, đơn vị phải xử lý")
	says(t, "the list of one rule", office.get("/findings?rule=TL05").body, "không phải cùng một người: hai người khác nhau", "!nghĩa riêng")
	office.post("/decisions", map[string][]string{"code": {code["TL05"]}, "verdict": {string(reconcile.Refused)}})
	says(t, "the decision to the agency", agency.get("/findings/"+code["TL05"]).body, "; là cùng một người:")
}
