package web_test

import (
	"context"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// TestViewOnlyIsSaid: a spreadsheet that may not be written into is named to
// those who may see its agency, with whom to share it.
func TestViewOnlyIsSaid(t *testing.T) {
	s := newReportingSite(t)
	const source, account = "folder:inbox/S03/ds.xlsx", "doi-soat@quang-ngai.iam.gserviceaccount.com"
	err := s.store.InTx(t.Context(), func(ctx context.Context, tx postgres.Tx) error {
		d := &reconcile.Document{Source: source, File: "DS Sở Nội vụ", Agency: "S03", Format: reconcile.GoogleSheet}
		if _, err := s.store.SaveDocument(ctx, tx, s.plan.ID, 1, d, s.now); err != nil {
			return err
		}
		_, err := s.store.NoteViewOnly(ctx, tx, s.plan.ID, postgres.ViewOnly{Source: source, Account: account, Listed: true})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		role reconcile.UserRole
		path string
		says []string
	}{
		{reconcile.UserOffice, "/overview", []string{"1 bảng tính Google chỉ cho xem", "DS Sở Nội vụ (Sở Nội vụ)", account}},
		{reconcile.UserStateBloc, "/overview", []string{"1 bảng tính Google chỉ cho xem"}},
		{reconcile.UserPartyBloc, "/overview", []string{"!chỉ cho xem"}},
		{reconcile.UserOffice, "/sources", []string{"chỉ cho xem: không ghi được trang SAI LỆCH"}},
		{reconcile.UserAgency, "/sources", []string{"chỉ cho xem: không ghi được trang SAI LỆCH"}},
		{reconcile.UserAgency, "/overview", []string{"chỉ cho xem: không ghi được trang SAI LỆCH"}},
	} {
		says(t, c.path+" as "+string(c.role), s.as(somebody(c.role)).get(c.path).body, c.says...)
	}
}
