package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	embeddedpostgres "github.com/fergusstrange/embedded-postgres"
)

// ErrNoServer: there is no PostgreSQL on this machine and none could be had.
var ErrNoServer = errors.New("không có PostgreSQL để chạy cơ sở dữ liệu riêng")

// ErrFull: the disk that holds the server's directory has no room left.
var ErrFull = errors.New("ổ đĩa chứa cơ sở dữ liệu riêng đã đầy")

// repository is where the binaries are downloaded from.
const repository = "https://repo1.maven.org/maven2"

// newest is the version that is downloaded for new data.
const newest = embeddedpostgres.V18

// editions are the versions that can be downloaded, by major version.
func editions() map[int]embeddedpostgres.PostgresVersion {
	return map[int]embeddedpostgres.PostgresVersion{
		13: embeddedpostgres.V13, 14: embeddedpostgres.V14, 15: embeddedpostgres.V15,
		16: embeddedpostgres.V16, 17: embeddedpostgres.V17, 18: embeddedpostgres.V18,
	}
}

// noServer says what was tried and the one command that helps.
func noServer(data int, cause error) error {
	wanted, command := "PostgreSQL", "postgresql"
	if data != 0 {
		wanted = "PostgreSQL " + strconv.Itoa(data) + " (phiên bản của dữ liệu đã có)"
		command += "-" + strconv.Itoa(data)
	}
	switch {
	case runtime.GOOS == "darwin":
		command = "brew install postgresql@" + strconv.Itoa(max(data, 17))
	case os.Geteuid() == 0:
		command = "apt-get install -y " + command
	default:
		command = "sudo apt-get install -y " + command
	}
	return fmt.Errorf("%w: trên máy không có %s và không tải được (%w). Hãy cài bằng lệnh: %s",
		ErrNoServer, wanted, cause, command)
}

// download fetches the binaries into dir, once.
func download(ctx context.Context, from, dir string, data int, log io.Writer) (installation, error) {
	version, ok := newest, true
	if data != 0 {
		version, ok = editions()[data]
	}
	if !ok {
		return installation{}, fmt.Errorf("kho tải không có phiên bản %d", data)
	}
	dir = filepath.Join(dir, string(version))
	bin := filepath.Join(dir, "bin")
	if found := installed(ctx, []string{bin}); len(found) > 0 {
		return found[0], nil
	}
	if err := reachable(ctx, from); err != nil {
		return installation{}, err
	}
	// Whole or not at all: unpacked beside, then put in place in one step.
	fresh := dir + ".new"
	if err := os.RemoveAll(fresh); err != nil {
		return installation{}, err
	}
	problem := fetch(ctx, from, fresh, version, log)
	if len(installed(ctx, []string{filepath.Join(fresh, "bin")})) == 0 {
		return installation{}, fmt.Errorf("tải từ %s: %w", from, problem)
	}
	if err := os.Rename(fresh, dir); err != nil {
		return installation{}, err
	}
	return installed(ctx, []string{bin})[0], nil
}

// reachable asks the repository for a sign of life, so that a machine without
// internet hears the truth in seconds.
func reachable(ctx context.Context, from string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, from+"/", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("không kết nối được Internet: %w", err)
	}
	return response.Body.Close()
}

// fetch lets the library download and unpack. It has no function for that
// alone: it is told to go on to start a server on data that are none, which
// fails after the unpacking; so its error counts only when the programs are
// missing afterwards.
func fetch(ctx context.Context, from, dir string, version embeddedpostgres.PostgresVersion, log io.Writer) error {
	work, err := os.MkdirTemp("", "doisoat-postgresql-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	noData := filepath.Join(work, "none")
	if err := os.Mkdir(noData, 0o700); err != nil {
		return err
	}
	// The library takes the directory for data of this version, leaves it as it
	// is, and the server then refuses it.
	if err := os.WriteFile(filepath.Join(noData, "PG_VERSION"), []byte(version), 0o600); err != nil {
		return err
	}
	server := embeddedpostgres.NewDatabase(embeddedpostgres.DefaultConfig().
		Version(version).
		Port(0).
		CachePath(filepath.Join(work, "cache")).
		RuntimePath(filepath.Join(work, "runtime")).
		DataPath(noData).
		BinariesPath(dir).
		BinaryRepositoryURL(from).
		Logger(log))
	done := make(chan error, 1)
	go func() { done <- server.Start() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
