package main

import (
	"os"
	"testing"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/sync/google/googletest"
)

const driveRoot = "0AbCDangKy2024"

// newDriveOffice has nothing but a folder on Google Drive: a native list of S03
// in its subfolder, an uploaded one that names its agency, and one that is not
// shared behind a shortcut.
func newDriveOffice(t *testing.T) *office {
	t.Helper()
	o := newOffice(t).withGoogle()
	o.google.AddFolder(driveRoot, "Đăng ký 2024")
	o.google.AddFolder("fS03", "S03", driveRoot)
	o.google.AddFolder("fS04", "S04", driveRoot)
	o.spreadsheet(sharedBook, "Danh sách đăng ký", roster("SỞ NỘI VỤ", an(), cuong()))
	o.google.Move(sharedBook, "fS03")
	o.workbook("dang ky.xlsx", roster("SỞ KẾ HOẠCH VÀ ĐẦU TƯ", cuong()))
	content, err := os.ReadFile(o.path("inbox", "dang ky.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(o.path("inbox", "dang ky.xlsx")); err != nil {
		t.Fatal(err)
	}
	o.google.Upload("uKH", "dang ky.xlsx", "application/octet-stream", content, driveRoot)
	o.spreadsheet(hiddenBook, "Sở Tài chính", roster("SỞ TÀI CHÍNH", an()))
	o.google.AddShortcut("scTC", "Danh sách Sở Tài chính", hiddenBook, "fS04")
	o.google.Share(hiddenBook, false)
	o.configure("  - {type: google_drive, folder: " + driveRoot + "}")
	return o
}

func (o *office) codes(filter ...string) map[string]reconcile.Status {
	o.t.Helper()
	codes := make(map[string]reconcile.Status)
	for _, f := range o.findings(filter...) {
		codes[f.Code] = f.Status
	}
	return codes
}

func TestDriveEndToEnd(t *testing.T) {
	t.Parallel()
	o := newDriveOffice(t)

	first := o.run(exitPartial)
	if first.Sources != (ranSources{Read: 2, Failed: 1}) || first.Rows.Registrations != 3 {
		t.Errorf("first run: %+v", first)
	}
	unread := o.findings("--rule", "NG02")
	if len(unread) != 1 || unread[0].Agency != "S04" {
		t.Fatalf("the sheet that is not shared gives %+v", unread)
	}
	mentions(t, unread[0].Message, googletest.Account, "chia sẻ", "Danh sách Sở Tài chính")
	for agency, source := range map[string]string{"S03": sharedBook, "S05": "uKH"} {
		wrong := o.findings("--rule", "DL02", "--agency", agency)
		if len(wrong) != 1 || wrong[0].Source != "google_drive:"+driveRoot+"/"+source {
			t.Fatalf("the wrong date of %s gives %+v", agency, wrong)
		}
	}
	code := o.findings("--rule", "DL02", "--agency", "S03")[0].Code
	answer(t, o, code, reconcile.ColumnAnswer, string(reconcile.AnswerCorrect))
	// What cannot be opened has a workbook among the reports instead of a tab.
	mentions(t, reportNames(o), "S05/dang ky - SAI LỆCH.xlsx", "S04/Danh sách Sở Tài chính - SAI LỆCH.xlsx")

	o.run(exitPartial)
	o.run(exitPartial) // what the second run wrote is read once more
	before := o.codes()
	if stored := o.findings("--rule", "DL02", "--agency", "S03"); stored[0].Response == nil {
		t.Errorf("the answer is stored as %+v", stored)
	}

	mentions(t, o.call(exitDone, "history", "--source", "Danh sách đăng ký").out.String(), "2 đăng ký")

	// Names are no news: nothing is read, the new name is known.
	o.google.Rename(sharedBook, "Danh sách đăng ký (chính thức)")
	o.google.Rename("uKH", "dang ky 2024.xlsx")
	o.google.ResetCounts()
	renamed := o.run(exitPartial)
	if renamed.Sources.Read != 0 || renamed.Sources.Unchanged != 2 {
		t.Errorf("after renaming two files: %+v", renamed)
	}
	if reads := o.google.Count(googletest.MethodDownload); reads > 1 { // one for the report under the new name
		t.Errorf("%d downloads after renaming", reads)
	}
	list := o.call(0, "sources", "list").out.String()
	mentions(t, list, "Danh sách đăng ký (chính thức)", "dang ky 2024.xlsx")

	// A tab under another name, and moved, is the same tab.
	for _, change := range []*sheets.Request{
		{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
			Properties: &sheets.SheetProperties{SheetId: 7, Title: "Danh sách cũ", Index: 1}, Fields: "title,index",
		}},
	} {
		if err := o.google.Apply(sharedBook, change); err != nil {
			t.Fatal(err)
		}
	}
	o.run(exitPartial)
	for code, status := range o.codes() {
		if before[code] != status {
			t.Errorf("after a tab was renamed, %s is %s, before %q", code, status, before[code])
		}
	}
	o.run(exitPartial)

	o.google.ResetCounts()
	quiet := o.run(exitPartial)
	if quiet.Sources.Read != 0 || quiet.Reports != 0 {
		t.Errorf("a run after which nothing changed: %+v", quiet)
	}
	if lists, writes := o.google.Count(googletest.MethodList), o.google.Count(googletest.MethodUpdate); lists != 2 || writes != 0 {
		t.Errorf("a quiet night takes %d listings and %d writes", lists, writes)
	}
	if n := o.google.Count(googletest.MethodDownload); n != 0 {
		t.Errorf("a quiet night takes %d downloads", n)
	}

	o.google.Trash("uKH", true)
	o.google.Share(hiddenBook, true)
	mended := o.run(exitDone)
	if mended.Sources.Failed != 0 || mended.Rows.Registrations != 3 {
		t.Errorf("after sharing one and binning another: %+v", mended)
	}
	if refused := o.google.Refused(); len(refused) > 0 {
		t.Errorf("Google refused: %q", refused)
	}
}

// reportNames are the reports' paths below their folder, one a line.
func reportNames(o *office) string {
	o.t.Helper()
	all := ""
	for path := range o.reportFiles() {
		all += path[len(o.path("reports"))+1:] + "\n"
	}
	return all
}

// TestReadOnlySpreadsheet: where the tab cannot be written the run says what to
// do, the report is among the others, and nobody else's waits for it.
func TestReadOnlySpreadsheet(t *testing.T) {
	t.Parallel()
	o := newDriveOffice(t)
	o.google.Share(hiddenBook, true)
	o.google.ViewOnly(sharedBook, true)
	o.spreadsheet("1Second", "Danh sách bổ sung", roster("SỞ NỘI VỤ", cuong()))
	o.google.Move("1Second", "fS03")
	s := o.call(exitPartial, "run")
	mentions(t, s.out.String()+s.errOut.String(), "Danh sách đăng ký", "chỉ cho xem", googletest.Account, "Người chỉnh sửa")
	told := o.findings("--rule", "NG07")
	if len(told) != 1 || told[0].Agency != "S03" || told[0].Source != "google_drive:"+driveRoot+"/"+sharedBook {
		t.Errorf("the agency is told %+v", told)
	}
	mentions(t, o.call(exitDone, "sources", "list").out.String(), "đọc được, chỉ cho xem")
	mentions(t, o.call(exitPartial, "sources", "test").out.String(), "✗ google_drive:"+driveRoot, "Danh sách đăng ký", googletest.Account, "Người chỉnh sửa")
	mentions(t, o.call(exitFailed, "doctor").out.String(), "✗ google_drive:"+driveRoot, "Danh sách đăng ký", googletest.Account)
	mentions(t, reportNames(o), "S03/Danh sách đăng ký - SAI LỆCH.xlsx", "!Danh sách bổ sung")
	if o.google.Texts("1Second", reconcile.DiscrepancyTab) == nil {
		t.Error("the other spreadsheet of the agency has no tab")
	}
	o.google.ViewOnly(sharedBook, false)
	o.run(exitDone)
	if o.google.Texts(sharedBook, reconcile.DiscrepancyTab) == nil {
		t.Error("there is no tab after the right was given")
	}
}

// TestDriveFolderThatIsGone: the sources say what is wrong with the folder, and
// what it held stays known.
func TestDriveFolderThatIsGone(t *testing.T) {
	t.Parallel()
	o := newDriveOffice(t)
	o.google.Share(hiddenBook, true)
	before := o.run(exitDone).Rows.Registrations
	o.google.Share(driveRoot, false)
	if after := o.run(exitPartial); after.Rows.Registrations != before && after.Findings.Gone != 0 {
		t.Errorf("a folder that cannot be seen took its lists along: %+v", after)
	}
	for _, command := range [][]string{{"sources", "list"}, {"sources", "test"}} {
		want := exitDone
		if command[1] == "test" {
			want = exitPartial
		}
		mentions(t, o.call(want, command...).out.String(), "google_drive:"+driveRoot, "✗", "thư mục Google Drive", googletest.Account)
	}
}
