//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"doisoat/reconcile/postgres/embedded"
	"doisoat/reconcile/postgres/pgtest"
)

// script runs deploy/backup.sh, which containers have instead of the program,
// and returns what it prints.
func (o *office) script(database string, args ...string) string {
	o.t.Helper()
	program, err := embedded.Program(o.t.Context(), "pg_dump", 0)
	if err != nil {
		o.t.Fatal(err)
	}
	cmd := exec.Command("sh", append([]string{"../../deploy/backup.sh"}, args...)...)
	cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(program)+":"+os.Getenv("PATH"), "DATABASE_URL="+database,
		"BACKUPS="+o.path("backups"), "PGPASSFILE="+o.path("pgpass"), "TMPDIR="+o.path("tmp"))
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Run(); err != nil || errOut.Len() > 0 {
		o.t.Fatalf("backup.sh %v: %v\n%s", args, err, &errOut)
	}
	return strings.TrimSpace(out.String())
}

// TestBackupScript: a copy that is made by an account which may only read, with
// a password in a file that others may read, is all that the office knew.
func TestBackupScript(t *testing.T) {
	t.Parallel()
	o := newReachedOffice(t)
	o.rests()
	want := o.states()
	o.mkdir("tmp")
	o.mkdir("backups")
	o.write("pgpass", []byte("database:5432:doisoat:doisoat:khong-dung\n"))
	if err := os.Chmod(o.path("pgpass"), 0o444); err != nil {
		t.Fatal(err)
	}
	o.write("backups/.doisoat-2024-03-05T180000Z.dump.part", []byte("nửa chừng"))
	_, reader := o.withAccount("backup", "IN ROLE pg_read_all_data")
	name := o.script(reader)
	files, err := os.ReadDir(o.path("backups"))
	if err != nil || len(files) != 1 || files[0].Name() != name {
		t.Fatalf("there is %v, the script says %q: %v", files, name, err)
	}
	if info, err := files[0].Info(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy may be read by others: %v", info.Mode())
	}

	o.database = pgtest.Empty(t)
	o.script(o.database, "restore", name)
	if run := o.run(exitDone); run.Sources.Read != 0 || run.Findings.New != 0 || run.Findings.Gone != 0 || run.Reports != 0 {
		t.Errorf("the run after the restore does not know what was: %+v", run)
	}
	if diff := cmp.Diff(want, o.states()); diff != "" {
		t.Errorf("findings after the restore:\n%s", diff)
	}
	if left, err := filepath.Glob(o.path("tmp", "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
