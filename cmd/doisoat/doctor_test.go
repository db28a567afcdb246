package main

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"doisoat/sync/google/googletest"
)

// TestDoctor: each fault is found, named and given a remedy, and no fault hides
// another.
func TestDoctor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		harm func(o *office)
		sick []string // lines with a cross, or remedies
		well []string
	}{
		{
			name: "nothing",
			harm: func(*office) {},
			well: []string{"Cấu hình", "Thư mục báo cáo", "Múi giờ Asia/Ho_Chi_Minh", "Cơ sở dữ liệu", "Tài khoản Google", "folder:inbox", "google_sheet:" + sharedBook},
		},
		{
			name: "an unshared sheet",
			harm: func(o *office) { o.google.Share(sharedBook, false) },
			sick: []string{"✗ google_sheet:" + sharedBook, googletest.Account, "Người chỉnh sửa"},
			well: []string{"Tài khoản Google", "folder:inbox"},
		},
		{
			name: "a sheet that is shared for reading only",
			harm: func(o *office) { o.google.ViewOnly(sharedBook, true) },
			sick: []string{"✗ google_sheet:" + sharedBook, googletest.Account, "chỉ được xem", "Người chỉnh sửa"},
			well: []string{"Tài khoản Google", "folder:inbox"},
		},
		{
			name: "a sheet in the bin",
			harm: func(o *office) { o.google.Trash(sharedBook, true) },
			sick: []string{"✗ google_sheet:" + sharedBook, "thùng rác"},
			well: []string{"Tài khoản Google"},
		},
		{
			name: "the Sheets API not enabled",
			harm: func(o *office) { o.google.Enable(googletest.SheetsAPI, false) },
			sick: []string{"✗ google_sheet:" + sharedBook, "chưa bật Google Sheets API", "Google Cloud"},
			well: []string{"Tài khoản Google"},
		},
		{
			name: "the Drive API not enabled",
			harm: func(o *office) { o.google.Enable(googletest.DriveAPI, false) },
			sick: []string{"✗ google_sheet:" + sharedBook, "chưa bật Google Drive API", "Google Cloud"},
			well: []string{"Tài khoản Google"},
		},
		{
			name: "a key that was revoked",
			harm: func(o *office) {
				o.google.Fail(googletest.Fault{Method: googletest.MethodToken, Status: 400, Times: 9, Body: `{"error":"invalid_grant","error_description":"Invalid JWT Signature."}`})
			},
			sick: []string{"✗ Tài khoản Google", "khóa mới", "google.credentials", "✗ google_sheet:" + sharedBook},
			well: []string{"Cơ sở dữ liệu", "folder:inbox"},
		},
		{
			name: "a clock that is wrong",
			harm: func(o *office) {
				o.google.Fail(googletest.Fault{
					Method: googletest.MethodToken, Status: 400, Times: 9,
					Body: `{"error":"invalid_grant","error_description":"Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."}`,
				})
			},
			sick: []string{"✗ Tài khoản Google", "đồng hồ", "NTP"},
			well: []string{"Cơ sở dữ liệu", "folder:inbox"},
		},
		{
			name: "a wrong id",
			harm: func(o *office) { o.rewrite("id: "+sharedBook, "id: 1KhongCoBangNay") },
			sick: []string{"✗ google_sheet:1KhongCoBangNay", "kiểm tra lại mã"},
			well: []string{"Tài khoản Google"},
		},
		{
			name: "a broken credential file",
			harm: func(o *office) { o.write("khoa.json", []byte("{")) },
			sick: []string{"✗ Tài khoản Google", "khoa.json", "✗ google_sheet:" + sharedBook},
			well: []string{"Cơ sở dữ liệu", "folder:inbox"},
		},
		{
			name: "a database that is not there",
			harm: func(o *office) { o.database = "postgres://doisoat:geheim@127.0.0.1:1/doisoat" },
			sick: []string{"✗ Cơ sở dữ liệu", "DATABASE_URL"},
			well: []string{"Tài khoản Google", "folder:inbox", "Thư mục báo cáo"},
		},
		{
			name: "a reports folder that cannot be",
			harm: func(o *office) {
				o.write("tep", nil)
				o.rewrite("reports: ./reports", "reports: ./tep/reports")
			},
			sick: []string{"✗ Thư mục báo cáo", "tep/reports", "tạo thư mục, hoặc sửa `reports`"},
			well: []string{"Cơ sở dữ liệu", "folder:inbox"},
		},
		{
			name: "a source folder that is missing",
			harm: func(o *office) {
				if err := os.RemoveAll(o.path("inbox")); err != nil {
					t.Fatal(err)
				}
			},
			sick: []string{"✗ folder:inbox", "inbox"},
			well: []string{"Cơ sở dữ liệu", "google_sheet:" + sharedBook},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newReachedOffice(t)
			tt.harm(o)
			want := exitDone
			if len(tt.sick) > 0 {
				want = exitFailed
			}
			s := o.call(want, "doctor")
			mentions(t, s.out.String(), tt.sick...)
			for _, well := range tt.well {
				mentions(t, s.out.String(), "✓ "+well)
			}
			mentions(t, s.out.String()+s.errOut.String(), "!geheim")
			if len(tt.sick) == 0 {
				mentions(t, s.out.String(), "!✗")
			}
		})
	}
}

// rewrite changes a line of the configuration.
func (o *office) rewrite(before, after string) {
	o.t.Helper()
	content, err := os.ReadFile(o.path("doisoat.yaml"))
	if err != nil {
		o.t.Fatal(err)
	}
	o.write("doisoat.yaml", bytes.Replace(content, []byte(before), []byte(after), 1))
}

// keysOf are the keys of a JSON object, in their order, with those of objects
// in it after a dot.
func keysOf(t *testing.T, object string) []string {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(object))
	var keys, path []string
	var isObject []bool
	isKey := false
	for decoder.More() || len(isObject) > 0 {
		token, err := decoder.Token()
		if err != nil {
			t.Fatalf("%v in %s", err, object)
		}
		switch token := token.(type) {
		case json.Delim:
			if token == '{' {
				isObject = append(isObject, true)
				isKey = true
				continue
			}
			isObject = isObject[:len(isObject)-1]
			if len(path) > 0 {
				path = path[:len(path)-1]
			}
			isKey = true
			continue
		case string:
			if isKey {
				path = append(path, token)
				keys = append(keys, strings.Join(path, "."))
				isKey = false
				continue
			}
		}
		path, isKey = path[:len(path)-1], true
	}
	return keys
}

// TestPublicJSON holds the machines' view to the names that others rely on.
func TestPublicJSON(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.workbook("S03/dang ky.xlsx", roster("SỞ NỘI VỤ", an(), cuong()))
	s := o.call(exitDone, "run", "--json")
	lines := strings.Split(strings.TrimSpace(s.out.String()), "\n")
	got := keysOf(t, lines[len(lines)-1])
	for _, key := range []string{
		"run", "sources.read", "sources.unchanged", "sources.failed", "rows.nonempty", "rows.registrations", "rows.not_understood",
		"findings.new", "findings.open", "findings.gone", "findings.waived", "budget.approved", "budget.estimated", "budget.projected", "duration_ms",
	} {
		if !slices.Contains(got, key) {
			t.Errorf("run --json lacks %s: %v", key, got)
		}
	}
	if got[0] != "run" {
		t.Errorf("run --json begins with %s", got[0])
	}

	s = o.call(exitDone, "findings", "--json", "--rule", "dl02", "--agency", "Sở Nội vụ", "--status", "open")
	got = keysOf(t, s.out.String())
	want := []string{
		"code", "rule", "severity", "status", "agency", "source", "sheet", "row", "cell", "subject", "message", "expected", "found",
		"legal_basis", "remedy", "first_seen", "last_seen",
	}
	for _, key := range want {
		if !slices.Contains(got, key) {
			t.Errorf("findings --json lacks %s: %v", key, got)
		}
	}
	if said := o.call(exitDone, "findings", "--rule", "dl02").out.String(); !strings.Contains(said, "mới") || strings.Contains(said, "open") {
		t.Errorf("the list of findings for people:\n%s", said)
	}
	for _, none := range [][]string{{"--status", "gone"}, {"--rule", "TL02"}, {"--agency", "S08"}} {
		if s := o.call(exitDone, append([]string{"findings", "--json"}, none...)...); s.out.Len() > 0 {
			t.Errorf("findings %v: %s", none, &s.out)
		}
	}
	for _, command := range [][]string{{"check", "--json", "inbox/S03/dang ky.xlsx"}} {
		s := o.call(exitDone, command...)
		for line := range strings.Lines(s.out.String()) {
			if !json.Valid([]byte(line)) {
				t.Errorf("%v prints %q", command, line)
			}
		}
	}
}

// TestSourcesAndPlan reads what the remaining commands say.
func TestSourcesAndPlan(t *testing.T) {
	t.Parallel()
	o := newReachedOffice(t)
	s := o.call(exitFailed, "plan", "export")
	mentions(t, s.errOut.String(), "doisoat run")
	o.run(exitDone)
	o.google.Share(sharedBook, false)
	s = o.call(exitPartial, "sources", "test")
	mentions(t, s.out.String(), "✓ folder:inbox", "✗ google_sheet:"+sharedBook, "chia sẻ")
	s = o.call(exitDone, "sources", "list")
	mentions(t, s.out.String(), "folder:inbox", "google_sheet:"+sharedBook, "dang ky.xlsx", "Sở Nội vụ - đăng ký 2024", "S03", "đọc được", "Lần đọc cuối")
	s = o.call(exitDone, "plan", "load")
	mentions(t, s.out.String(), "không thay đổi")
	s = o.call(exitDone, "plan", "export", "--out", "phu luc.xlsx")
	mentions(t, s.out.String(), "phu luc.xlsx")
	if _, err := os.Stat(o.path("phu luc.xlsx")); err != nil {
		t.Error(err)
	}
	s = o.call(exitDone, "version")
	mentions(t, s.out.String(), "doisoat ", "go1.")
	s = o.call(exitDone, "completion", "bash")
	mentions(t, s.out.String(), "__start_doisoat")
}
