package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"doisoat/reconcile"
	"doisoat/sync/google/googletest"
)

const (
	sharedBook = "1AbCSoNoiVu"
	hiddenBook = "1XyZSoTaiChinh"
)

// newGoogleOffice has a list in a folder, one in a shared spreadsheet and one
// in a spreadsheet that nobody shared.
func newGoogleOffice(t *testing.T) *office {
	t.Helper()
	o := newOffice(t).withGoogle()
	o.workbook("S05/dang ky.xlsx", roster("SỞ KẾ HOẠCH VÀ ĐẦU TƯ", an()))
	o.spreadsheet(sharedBook, "Sở Nội vụ - đăng ký 2024", roster("SỞ NỘI VỤ", an(), cuong()))
	o.spreadsheet(hiddenBook, "Sở Tài chính - đăng ký 2024", roster("SỞ TÀI CHÍNH", cuong()))
	o.google.Share(hiddenBook, false)
	o.configure(
		"  - {type: google_sheet, id: "+sharedBook+", agency: S03}",
		"  - {type: google_sheet, id: "+hiddenBook+", agency: S04}",
	)
	return o
}

// answer types into the tab's row of a code, under a header.
func answer(t *testing.T, o *office, code, header, text string) {
	t.Helper()
	var id int64
	for _, s := range o.google.Spreadsheet(sharedBook).Sheets {
		if s.Properties.Title == reconcile.DiscrepancyTab {
			id = s.Properties.SheetId
		}
	}
	row, column := tabCell(t, o, code, header)
	if err := o.google.Type(sharedBook, id, int64(row), int64(column), text); err != nil {
		t.Fatal(err)
	}
}

// tabCell is the place of a finding's cell in the tab, 0-based.
func tabCell(t *testing.T, o *office, code, header string) (row, column int) {
	t.Helper()
	column = -1
	for i, texts := range o.google.Texts(sharedBook, reconcile.DiscrepancyTab) {
		if slices.Contains(texts, reconcile.ColumnCode) {
			column = slices.Index(texts, header)
		}
		if column >= 0 && slices.Contains(texts, code) {
			return i, column
		}
	}
	t.Fatalf("no cell for %s under %s in the tab", code, header)
	return 0, 0
}

func TestGoogleEndToEnd(t *testing.T) {
	t.Parallel()
	o := newGoogleOffice(t)

	first := o.run(exitPartial)
	if first.Sources != (ranSources{Read: 2, Failed: 1}) || first.Rows.Registrations != 3 {
		t.Errorf("first run: %+v", first)
	}
	unread := o.findings("--rule", "NG02")
	if len(unread) != 1 || unread[0].Agency != "S04" || !strings.Contains(unread[0].Message, googletest.Account) {
		t.Errorf("the sheet that is not shared gives %+v", unread)
	}
	wrong := o.findings("--rule", "DL02", "--agency", "S03")
	if len(wrong) != 1 || wrong[0].Source != "google_sheet:"+sharedBook || wrong[0].Cell != "C8" {
		t.Fatalf("the wrong date gives %+v", wrong)
	}
	code := wrong[0].Code

	answer(t, o, code, reconcile.ColumnAnswer, string(reconcile.AnswerCorrect))
	answer(t, o, code, reconcile.ColumnText, "Theo giấy khai sinh gốc")
	o.run(exitPartial)
	stored := o.findings("--rule", "DL02", "--agency", "S03")
	if len(stored) != 1 || stored[0].Code != code || stored[0].Response == nil || stored[0].Response.Text != "Theo giấy khai sinh gốc" {
		t.Errorf("the answer is stored as %+v", stored)
	}
	row, column := tabCell(t, o, code, reconcile.ColumnText)
	if got := o.google.Texts(sharedBook, reconcile.DiscrepancyTab)[row][column]; got != "Theo giấy khai sinh gốc" {
		t.Errorf("the answer stands as %q after the second run", got)
	}

	o.run(exitPartial) // what the second run wrote is read once more
	o.google.ResetCounts()
	files := o.reportFiles()
	quiet := o.run(exitPartial)
	if quiet.Findings.New != 0 || quiet.Findings.Gone != 0 || quiet.Reports != 0 {
		t.Errorf("a run after which nothing changed: %+v", quiet)
	}
	if n := o.google.Count(googletest.MethodUpdate); n != 0 {
		t.Errorf("%d writes to Google although nothing changed", n)
	}
	for path, at := range o.reportFiles() {
		if !files[path].Equal(at) {
			t.Errorf("%s was written although nothing changed", path)
		}
	}
	if refused := o.google.Refused(); len(refused) > 0 {
		t.Errorf("Google refused: %q", refused)
	}

	o.google.Share(hiddenBook, true)
	mended := o.run(exitDone)
	if mended.Sources.Failed != 0 || mended.Rows.Registrations != 4 {
		t.Errorf("after sharing: %+v", mended)
	}
	if unread := o.findings("--rule", "NG02", "--status", "gone"); len(unread) != 1 {
		t.Errorf("after sharing, NG02 is %+v", o.findings("--rule", "NG02"))
	}
}

// TestGoogleCredentials: a key that Google refuses, or that is none, stops the
// Google sources only.
func TestGoogleCredentials(t *testing.T) {
	t.Parallel()
	foreign := googletest.New()
	t.Cleanup(foreign.Close) // the subtests run after this function
	revoked := strings.ReplaceAll(string(foreign.Credentials()), googletest.Account, "nguoi-la@noi-khac.iam.gserviceaccount.com")
	for name, key := range map[string]string{
		"revoked":   revoked,
		"truncated": `{"type": "service_account", "private_key": "-----BEGIN`,
		"not a key": "mật khẩu là 123456",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newGoogleOffice(t)
			o.write("khoa.json", []byte(key))
			run := o.run(exitPartial)
			if run.Sources != (ranSources{Read: 1, Failed: 2}) || run.Rows.Registrations != 1 {
				t.Errorf("run: %+v", run)
			}
			s := o.call(exitPartial, "sources", "test")
			mentions(t, s.out.String(), "✓ folder:inbox", "✗ google_sheet:"+sharedBook, "✗ google_sheet:"+hiddenBook)
			for _, text := range []string{s.out.String(), s.errOut.String()} {
				mentions(t, text, "!123456", "!PRIVATE KEY")
			}
			sick := o.call(exitFailed, "doctor")
			mentions(t, sick.out.String(), "✗ Tài khoản Google", "google.credentials")
			if err := os.WriteFile(o.path("khoa.json"), o.google.Credentials(), 0o600); err != nil {
				t.Fatal(err)
			}
			o.google.Share(hiddenBook, true)
			if run := o.run(exitDone); run.Rows.Registrations != 4 {
				t.Errorf("run with the right key: %+v", run)
			}
		})
	}
}
