package main

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
	"doisoat/reconcile/postgres/seal"
)

// secrets are, by file, the citizen IDs and full birth dates, in the forms in
// which they may be written, of the registrations in the inbox.
func (o *office) secrets() (byFile map[string][]string, all []string) {
	o.t.Helper()
	byFile = make(map[string][]string)
	s := o.start(append([]string{"check", "--json"}, o.inboxFiles()...)...)
	s.wait(o.t)
	for decoder := json.NewDecoder(&s.out); ; {
		var checked checkedFile
		if err := decoder.Decode(&checked); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			o.t.Fatal(err)
		}
		byFile[checked.File] = secretsIn(&checked)
		all = append(all, byFile[checked.File]...)
	}
	if len(all) < 100 {
		o.t.Fatalf("the samples have only %d secrets", len(all))
	}
	return byFile, all
}

func secretsIn(checked *checkedFile) []string {
	var secrets []string
	for _, sheet := range checked.Sheets {
		for _, row := range sheet.Rows {
			for _, r := range row.Registrations {
				if r.CitizenID != "" {
					secrets = append(secrets, r.CitizenID)
				}
				if parts := strings.Split(r.BirthDate, "-"); len(parts) == 3 {
					day, month := strings.TrimPrefix(parts[2], "0"), strings.TrimPrefix(parts[1], "0")
					secrets = append(secrets, r.BirthDate, parts[2]+"/"+parts[1]+"/"+parts[0], day+"/"+month+"/"+parts[0])
				}
			}
		}
	}
	return secrets
}

// inboxFiles are the files of the inbox.
func (o *office) inboxFiles() []string {
	o.t.Helper()
	var all []string
	err := filepath.WalkDir(o.path("inbox"), func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return all
}

func holdsNone(t *testing.T, where, text string, secrets []string) {
	t.Helper()
	for _, secret := range secrets {
		if i := strings.Index(text, secret); i >= 0 {
			t.Errorf("%s holds somebody's birth date or number: …%q…", where, text[max(0, i-80):min(len(text), i+80)])
			return
		}
	}
}

// TestPrivacy: what is secret of a person is on no screen and in no log, and in
// no report but those of the agency that sent it.
func TestPrivacy(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.samples()
	o.configure("allocations:", "  - {type: folder, path: ./allocations}")
	files := o.inboxFiles()
	secrets, all := o.secrets()
	for _, args := range [][]string{
		{"run", "-vv"},
		{"run", "-vv", "--json"},
		append([]string{"check", "-v"}, files...),
		{"findings", "-v"},
		{"sources", "list", "-v"},
		{"sources", "test", "-v"},
		{"doctor", "-v"},
		{"plan", "load", "-v"},
		{"plan", "export", "-v"},
	} {
		s := o.start(args...)
		s.wait(t)
		holdsNone(t, "stderr of "+strings.Join(args[:2], " "), s.errOut.String(), all)
		if args[0] != "findings" && args[0] != "check" { // quote what the sender wrote
			holdsNone(t, "stdout of "+strings.Join(args[:2], " "), s.out.String(), all)
		}
	}
	for report := range o.reportFiles() {
		agency := filepath.Base(filepath.Dir(report))
		if agency == "reports" {
			continue // the office sees every list
		}
		own, sent := o.sentBy(agency, files, secrets)
		foreign := slices.DeleteFunc(slices.Clone(all), func(secret string) bool {
			return slices.Contains(own, secret) || strings.Contains(sent, secret)
		})
		holdsNone(t, report, packageText(t, report), foreign)
	}
	numbers := slices.DeleteFunc(all, func(secret string) bool { return strings.ContainsAny(secret, "-/") })
	store := pgtest.Open(t, o.database, postgres.Options{})
	if !store.Sealed() {
		t.Error("the database has no key")
	}
	holdsNone(t, "the database", pgtest.Dump(t, store), numbers)
}

// TestPrivacyInTheClear: that the tables hold no number is because of the key.
func TestPrivacyInTheClear(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.key = ""
	o.workbook("S03/danh sach.xlsx", roster("SỞ NỘI VỤ", an(), cuong()))
	mentions(t, o.call(exitDone, "doctor").out.String(), "không mã hóa", "key_file")
	o.run(exitDone)
	if store := pgtest.Open(t, o.database, postgres.Options{Key: func(bool) (*seal.Key, error) { return nil, nil }}); store.Sealed() {
		t.Error("sealed without a key")
	}
}

// TestPrivacyOfFaults: what goes wrong in the middle of somebody's row is told
// without the row: by the program at its most talkative, in the ledger and in
// the job queue. PostgreSQL's own details quote all of it.
func TestPrivacyOfFaults(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.samples()
	o.write("inbox/S04/hong.xlsx", []byte("PK\x03\x04 nửa chừng 15/08/1979"))
	_, all := o.secrets()
	store := pgtest.Open(t, o.database, postgres.Options{})
	// What could not be stored in the first run is read again in the second.
	for _, fault := range []struct{ table, rule string }{
		{"registration", "CHECK (birth_date = '')"},
		{"discrepancy", "CHECK (message = '')"},
	} {
		if _, err := store.Pool().Exec(t.Context(), `ALTER TABLE `+fault.table+` ADD CONSTRAINT khong_ai `+fault.rule+` NOT VALID`); err != nil {
			t.Fatal(err)
		}
		s := o.start("run", "-vv")
		s.wait(t)
		mentions(t, s.errOut.String(), "SQLSTATE 23514, "+fault.table)
		holdsNone(t, "stderr after a fault in "+fault.table, s.errOut.String(), all)
		holdsNone(t, "stdout after a fault in "+fault.table, s.out.String(), all)
		if _, err := store.Pool().Exec(t.Context(), `ALTER TABLE `+fault.table+` DROP CONSTRAINT khong_ai`); err != nil {
			t.Fatal(err)
		}
	}
	var kept string
	err := store.Pool().QueryRow(t.Context(), `
		SELECT concat((SELECT string_agg(error, ' ') FROM run), (SELECT string_agg(error, ' ') FROM source_run),
			(SELECT string_agg(errors::text || args::text || metadata::text, ' ') FROM river_job))`).Scan(&kept)
	if err != nil {
		t.Fatal(err)
	}
	mentions(t, kept, "SQLSTATE 23")
	holdsNone(t, "the ledger and the job queue", kept, all)
}

// sentBy are the secrets in the files that the agency's reports are about, and
// all that those files hold: a date may be one person's birth and another's
// joining of the party.
func (o *office) sentBy(agency string, files []string, secrets map[string][]string) (own []string, text string) {
	o.t.Helper()
	for _, file := range files {
		stem := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		if _, err := os.Stat(o.path("reports", agency, stem+" - SAI LỆCH.xlsx")); err == nil && len(secrets[file]) > 0 {
			own = append(own, secrets[file]...)
			text += packageText(o.t, file)
		}
	}
	return own, text
}

// packageText is all that the parts of a packaged workbook hold; of any other
// file it is the file.
func packageText(t *testing.T, path string) string {
	t.Helper()
	reader, err := zip.OpenReader(path)
	if errors.Is(err, zip.ErrFormat) {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	var b strings.Builder
	for _, part := range reader.File {
		content, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&b, content); err != nil {
			t.Fatal(err)
		}
		content.Close()
	}
	return b.String()
}
