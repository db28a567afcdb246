package config

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/robfig/cron/v3"

	"doisoat/reconcile"
)

var update = flag.Bool("update", false, "write the expected faults of testdata/*.bad.yml anew")

// secret stands in several bad files; nothing may ever show it.
const secret = "s3cr3t"

func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestLoad(t *testing.T) {
	got, err := load("testdata/full.good.yml", environment())
	if err != nil {
		t.Fatal(err)
	}
	if got.TimeZone.String() != "Asia/Ho_Chi_Minh" {
		t.Errorf("time zone %s", got.TimeZone)
	}
	got.TimeZone = nil
	want := Config{
		File: "testdata/full.good.yml", Plan: "testdata/files/plan.yml",
		Database: Database{URL: "postgres://doisoat@db.example:5432/doisoat?sslmode=verify-full"}, KeyFile: "testdata/files/khoa.key",
		Schedule: "30 22 * * 1-5", Reports: "testdata/bao-cao",
		Google: Google{Credentials: "testdata/files/service-account.json", Endpoint: "http://localhost:8080", Report: "1Tong_Hop", CellNotes: true},
		Sources: []Source{
			{Type: Folder, Path: "testdata/inbox", Line: 12},
			{Type: Folder, Path: "/var/lib/doisoat/so-noi-vu", Agency: "S03", Line: 13},
			{Type: GoogleSheet, ID: "1AbC_d-9", Agency: "S04", Line: 14},
			{Type: GoogleSheet, ID: "1XyZ", Line: 15},
			{Type: GoogleDrive, Folder: "0AbC", Line: 16},
			{Type: Upload, Line: 17},
		},
		Allocations: []Source{
			{Type: GoogleSheet, ID: "1Phan_Bo", Line: 19},
			{Type: YAML, Path: "testdata/files/inputs.yml", Line: 20},
		},
		Deadline: reconcile.Date{Year: 2024, Month: 3, Day: 31},
		Guard:    Guard{Lines: 25, Percent: 50},
		Rules: map[string]RuleSetting{
			"CT04": {Off: true, Reason: "chưa đến hạn"}, "DL02": {Severity: reconcile.SeverityWarning},
			"DL03": {Severity: reconcile.SeverityError}, "CT06": {Severity: reconcile.SeverityInfo},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Config{})); diff != "" {
		t.Error(diff)
	}
}

// TestDocumentedExample reads the example that the documentation shows.
func TestDocumentedExample(t *testing.T) {
	const example = `plan: quang-ngai-2024            # a built-in plan, or a path
database: embedded               # or postgres://…; the environment variable DATABASE_URL wins
timezone: Asia/Ho_Chi_Minh
schedule: "0 1 * * *"            # robfig/cron standard syntax
reports: ./reports
google:
  credentials: ./service-account.json   # or application default credentials when absent
  endpoint: ""                   # another base URL for the Sheets and Drive APIs; also DOISOAT_GOOGLE_ENDPOINT
sources:
  - {type: folder, path: ./inbox}                         # subfolder = agency code, or the agency is read from the sheet
  - {type: google_sheet, id: 1AbC, agency: SNV}
  - {type: google_drive, folder: 0AbC}                   # every spreadsheet and uploaded Excel file in it
allocations:  [ {type: google_sheet, id: 1XyZ} ]             # same source types; roles: allocation, cost_estimate, result
deadline: 2024-03-31
`
	folder := t.TempDir()
	for name, content := range map[string]string{DefaultFile: example, "service-account.json": "{}"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err := load(filepath.Join(folder, DefaultFile), environment())
	if err != nil {
		t.Fatal(err)
	}
	c.ResolveAgencies(func(word string) (string, bool) { return "S03", word == "SNV" })
	if c.Sources[0].Agency != "" || c.Sources[1].Agency != "S03" {
		t.Errorf("agencies of %+v", c.Sources)
	}
	if len(c.Sources) != 3 || len(c.Allocations) != 1 || c.Reports != filepath.Join(folder, "reports") || c.Deadline.String() != "2024-03-31" {
		t.Errorf("%+v", c)
	}
}

func TestDefaults(t *testing.T) {
	for _, file := range []string{"small", "blank"} {
		c, err := load("testdata/"+file+".good.yml", environment())
		if err != nil {
			t.Fatal(err)
		}
		if c.Plan != "quang-ngai-2024" || !c.Database.Embedded || c.TimeZone.String() != "Asia/Ho_Chi_Minh" ||
			c.Schedule != "0 1 * * *" || c.Reports != "testdata/reports" || c.Google != (Google{}) || !c.Deadline.IsZero() || len(c.Rules) != 0 {
			t.Errorf("%s: %+v", file, c)
		}
		if _, err := cron.ParseStandard(c.Schedule); err != nil {
			t.Error(err)
		}
	}
}

// TestBadFiles compares all faults of each bad file with the .txt beside it.
func TestBadFiles(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.bad.yml")
	if err != nil || len(paths) == 0 {
		t.Fatal("no bad files", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			_, err := load(path, environment())
			var faults Faults
			if !errors.As(err, &faults) {
				t.Fatalf("got %v, want faults", err)
			}
			for _, f := range faults {
				if f.File != path || f.Remedy == "" {
					t.Errorf("a fault without file or remedy: %+v", f)
				}
			}
			got := strings.ReplaceAll(err.Error(), "testdata"+string(filepath.Separator), "") + "\n"
			if strings.Contains(got, secret) {
				t.Errorf("the password is shown: %s", got)
			}
			golden := strings.TrimSuffix(path, ".yml") + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMissingFile(t *testing.T) {
	_, err := Load("testdata/khong-co.yaml")
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "testdata/khong-co.yaml") || !strings.Contains(err.Error(), "--config") {
		t.Errorf("got %v", err)
	}
	if _, err := Load("testdata"); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder was read: %v", err)
	}
}

func TestEnvironmentWins(t *testing.T) {
	const url = "postgres://doisoat:" + secret + "@db.example/doisoat"
	c, err := load("testdata/small.good.yml", environment(EnvDatabase, url, EnvGoogleEndpoint, "http://127.0.0.1:9/fake/"))
	if err != nil {
		t.Fatal(err)
	}
	if c.Database != (Database{URL: url, FromEnvironment: true}) || c.Google.Endpoint != "http://127.0.0.1:9/fake" {
		t.Errorf("%+v", c)
	}
	if dump := c.Dump(); strings.Contains(dump, secret) || !strings.Contains(dump, "postgres://doisoat:xxxxx@db.example/doisoat # từ biến môi trường DATABASE_URL") {
		t.Errorf("dump:\n%s", dump)
	}
	for value, want := range map[string]Database{
		"embedded":                      {Embedded: true, FromEnvironment: true},
		"host=/run/postgresql dbname=d": {URL: "host=/run/postgresql dbname=d", FromEnvironment: true},
		"":                              {Embedded: true},
	} {
		c, err := load("testdata/small.good.yml", environment(EnvDatabase, value))
		if err != nil || c.Database != want {
			t.Errorf("DATABASE_URL=%q: %+v, %v", value, c.Database, err)
		}
	}
	for _, env := range []func(string) string{
		environment(EnvDatabase, "mysql://root:"+secret+"@db.example/x"),
		environment(EnvDatabase, secret),
		environment(EnvGoogleEndpoint, "không phải địa chỉ"),
		environment(EnvGoogleEndpoint, "ftp://example"),
		environment(EnvGoogleEndpoint, "http://user:"+secret+"@example"),
	} {
		if _, err := load("testdata/small.good.yml", env); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("got %v", err)
		}
	}
	// A password in the file stays a fault when the environment wins.
	if _, err := load("testdata/password.bad.yml", environment(EnvDatabase, url)); err == nil {
		t.Error("the password in the file went unnoticed")
	}
}

func TestRedacted(t *testing.T) {
	for url, want := range map[string]string{
		"postgres://u:" + secret + "@h/d":                    "postgres://u:xxxxx@h/d",
		"postgres://u@h/d":                                   "postgres://u@h/d",
		"postgres://h/d?password=" + secret + "&sslmode=off": "postgres://h/d?password=xxxxx&sslmode=off",
		"postgres://h/d?sslpassword=" + secret:               "postgres://h/d?sslpassword=xxxxx",
		"host=h password=" + secret:                          "(chuỗi kết nối PostgreSQL)",
		"postgres://u:" + secret + "%zz@h/d":                 "(chuỗi kết nối PostgreSQL)",
	} {
		if got := (Database{URL: url}).Redacted(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestDump(t *testing.T) {
	c, err := load("testdata/full.good.yml", environment())
	if err != nil {
		t.Fatal(err)
	}
	const want = `plan: testdata/files/plan.yml
database: postgres://doisoat@db.example:5432/doisoat?sslmode=verify-full
key_file: testdata/files/khoa.key
timezone: Asia/Ho_Chi_Minh
schedule: "30 22 * * 1-5"
reports: testdata/bao-cao
google:
  credentials: testdata/files/service-account.json
  endpoint: http://localhost:8080
  report: 1Tong_Hop
  cell_notes: true
sources:
  - {type: folder, path: "testdata/inbox"}
  - {type: folder, path: "/var/lib/doisoat/so-noi-vu", agency: "S03"}
  - {type: google_sheet, id: "1AbC_d-9", agency: "S04"}
  - {type: google_sheet, id: "1XyZ"}
  - {type: google_drive, folder: "0AbC"}
  - {type: upload}
allocations:
  - {type: google_sheet, id: "1Phan_Bo"}
  - {type: yaml, path: "testdata/files/inputs.yml"}
deadline: 2024-03-31
guard: {lines: 25, percent: 50}
rules:
  CT04: "off, chưa đến hạn"
  CT06: info
  DL02: warning
  DL03: error
`
	if diff := cmp.Diff(want, c.Dump()); diff != "" {
		t.Error(diff)
	}
}

// TestDumpIsAConfiguration: what Dump shows can be read again.
func TestDumpIsAConfiguration(t *testing.T) {
	c, err := load("testdata/small.good.yml", environment())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "doisoat.yaml")
	if err := os.WriteFile(path, []byte(c.Dump()), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := load(path, environment()); err != nil {
		t.Errorf("%v\n%s", err, c.Dump())
	}
}

func TestCheckCodes(t *testing.T) {
	c, err := load("testdata/full.good.yml", environment())
	if err != nil {
		t.Fatal(err)
	}
	if err := c.CheckCodes([]string{"S03", "S04"}, []string{"CT04", "CT06", "DL02", "DL03"}); err != nil {
		t.Error(err)
	}
	err = c.CheckCodes([]string{"S03", "S05"}, []string{"CT04", "CT06", "DL02", "KP01"})
	want := `testdata/full.good.yml:14: sources[2].agency: danh mục không có cơ quan "S04". Cách sửa: có phải là "S03"? Xem các mã bằng lệnh doisoat plan show
testdata/full.good.yml:23: rules.DL03: không có quy tắc "DL03". Cách sửa: có phải là "DL02"? Các quy tắc: CT04, CT06, DL02, KP01`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if err := (Config{Rules: map[string]RuleSetting{"XX01": {}}}).CheckCodes(nil, nil); err == nil {
		t.Error("a configuration without a file has no unknown rule")
	}
}

func FuzzLoad(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.yml")
	for _, path := range paths {
		seed, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seed)
	}
	path := filepath.Join(f.TempDir(), "doisoat.yaml")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := load(path, environment())
		if err == nil {
			c.Dump()
			return
		}
		var faults Faults
		if !errors.As(err, &faults) {
			t.Errorf("an error without a place: %v", err)
		}
	})
}
