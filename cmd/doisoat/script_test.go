package main

import (
	"flag"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"doisoat": main})
}

// tests run with the program in PATH. That is this test program under another
// name, except with the race detector: it makes each start of a process many
// times slower, and the stages have race tests of their own.
type tests struct{ *testing.M }

// Run is called by testscript.
func (m tests) Run() int {
	// These tests wait for processes, outages and retries more than they
	// compute; the command line's own -parallel wins.
	if err := flag.Set("test.parallel", "8"); err != nil {
		log.Fatal(err)
	}
	if !raceDetector {
		return m.M.Run()
	}
	dir, err := os.MkdirTemp("", "doisoat-program")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil {
		log.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", dir, "doisoat/cmd/doisoat").CombinedOutput(); err != nil {
		log.Fatalf("build the program: %v\n%s", err, out)
	}
	if err := os.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH")); err != nil {
		log.Fatal(err)
	}
	return m.M.Run()
}

// TestScripts runs the program as people do; each file of testdata is one
// session with what it prints.
func TestScripts(t *testing.T) {
	samples, err := filepath.Abs("demo")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			// The server of a script runs under another account when the
			// tests run as root: it has to be able to enter.
			for _, dir := range []string{filepath.Dir(env.WorkDir), env.WorkDir} {
				if err := os.Chmod(dir, 0o755); err != nil {
					return err
				}
			}
			env.Setenv("SAMPLES", samples)
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_STATE_HOME", filepath.Join(env.WorkDir, "state"))
			return nil
		},
	})
}
