//go:build unix

package sheet_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doisoat/sync/sheet"
)

// BenchmarkLibreOffice sets the readers of .xls and .ods against LibreOffice's
// converter to CSV, which reads the same file and writes the same values. What
// the program costs to start, measured with an empty table, is taken off.
func BenchmarkLibreOffice(b *testing.B) {
	program, err := exec.LookPath("soffice")
	if err != nil {
		b.Skip("no LibreOffice on this machine")
	}
	office := &office{program: program, dir: b.TempDir()}
	office.write(b, "roster.xlsx", sheet.RosterXLSX(b, sheet.BenchRows))
	office.write(b, "roster.xls", sheet.RosterXLS(sheet.BenchRows))
	office.write(b, "nothing.csv", []byte("x\n"))
	office.convert(b, "nothing.csv", "ods") // makes the profile
	office.convert(b, "roster.xlsx", "ods")
	start := office.convert(b, "nothing.csv", "csv:Text - txt - csv (StarCalc):44,34,76")
	for _, format := range []string{"xls", "ods"} {
		b.Run(format, func(b *testing.B) {
			content := office.read(b, "roster."+format)
			compare(
				b,
				contender{"reading", timed(func(b *testing.B) { read(b, content) })},
				contender{"libreoffice", func(b *testing.B) time.Duration {
					return office.toCSV(b, "roster."+format) - start
				}},
			)
		})
	}
}

// office is LibreOffice with a profile and files of its own.
type office struct{ program, dir string }

func (o *office) write(b *testing.B, name string, content []byte) {
	b.Helper()
	if err := os.WriteFile(filepath.Join(o.dir, name), content, 0o600); err != nil {
		b.Fatal(err)
	}
}

func (o *office) read(b *testing.B, name string) []byte {
	b.Helper()
	content, err := os.ReadFile(filepath.Join(o.dir, name))
	if err != nil {
		b.Fatal(err)
	}
	return content
}

// convert gives the processor time of LibreOffice and all that it starts.
func (o *office) convert(b *testing.B, name, to string) time.Duration {
	b.Helper()
	profile := "-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(o.dir, "profile"))
	cmd := exec.Command(o.program, profile, "--headless", "--convert-to", to, "--outdir", o.dir, filepath.Join(o.dir, name))
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// toCSV converts to CSV in UTF-8, and holds LibreOffice to converting all.
func (o *office) toCSV(b *testing.B, name string) time.Duration {
	b.Helper()
	took := o.convert(b, name, "csv:Text - txt - csv (StarCalc):44,34,76")
	out := o.read(b, strings.TrimSuffix(name, filepath.Ext(name))+".csv")
	if n := bytes.Count(out, []byte("\n")); n < sheet.BenchRows {
		b.Fatalf("%d lines of CSV", n)
	}
	return took
}
