package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"doisoat/config"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/seal"
)

// embeddedKey is the key's file in the directory of the private server.
const embeddedKey = "doisoat.key"

// keyFile is where the master key lies, "" when there is none: a database that
// the program did not make is not encrypted unasked, since every machine that
// works on it needs the same file. The server must have been started.
func (s *system) keyFile() string {
	if s.cfg.KeyFile == "" && s.server != nil {
		return filepath.Join(s.server.Dir(), embeddedKey)
	}
	return s.cfg.KeyFile
}

// keySource reads the key, and makes it for a database that has none yet.
func (s *system) keySource(ctx context.Context) postgres.KeySource {
	path := s.keyFile()
	if path == "" {
		return nil
	}
	return func(sealed bool) (*seal.Key, error) {
		key, err := seal.ReadKey(path)
		if sealed || !errors.Is(err, seal.ErrNoKey) {
			return key, err
		}
		if key, err = seal.CreateKey(path); errors.Is(err, fs.ErrExist) {
			return seal.ReadKey(path) // another program was faster
		}
		s.log.InfoContext(ctx, "made the key of the database", "file", path)
		return key, err
	}
}

// noteKey says whether the numbers are encrypted, and who may read the key. None
// of it is a fault: an office may have its reasons.
func (a *app) noteKey(s *system) {
	path := s.keyFile()
	if !s.store.Sealed() {
		a.note(a.lang.pick("số căn cước lưu không mã hóa", "citizens' numbers are stored in the clear"),
			a.lang.pick("đặt `key_file` trong cấu hình (hoặc "+config.EnvKeyFile+"), giống nhau trên mọi máy; tệp sẽ được tạo",
				"set `key_file` in the configuration (or "+config.EnvKeyFile+"), the same on all machines; the file will be made"))
		return
	}
	info, err := os.Stat(path)
	if err == nil && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		a.note(a.lang.pick("người khác trên máy này đọc được tệp khóa", "others on this machine can read the key's file"), "chmod 600 "+path)
	}
}

// remindOfKey: a backup is worth nothing without the key, and the key must not
// lie beside it.
func (a *app) remindOfKey(s *system) {
	if path := s.keyFile(); path != "" {
		fmt.Fprintln(a.out, a.lang.pickf("Số căn cước trong bản sao lưu được mã hóa: cất tệp khóa %s ở nơi khác, không mất nó.",
			"Citizens' numbers in the backup are encrypted: keep the key's file %s elsewhere, and do not lose it.", path))
	}
}

// checkKey says at once when the key of a restored database is not at hand.
func (a *app) checkKey(ctx context.Context, s *system, address string) error {
	store, err := postgres.Open(ctx, address, postgres.Options{Key: s.keySource(ctx)})
	if err != nil {
		return err
	}
	store.Close()
	return nil
}

func (a *app) rekeyCommand() *cobra.Command {
	var settings settingsFlags
	cmd := &cobra.Command{
		Use:   a.lang.pick("rekey TỆP_MỚI", "rekey NEWFILE"),
		Short: a.lang.pick("Đổi tệp khóa mã hóa số căn cước", "Change the key under which citizens' numbers are encrypted"),
		Long: a.lang.pick("Khóa mới nằm trong tệp mới (tạo tệp nếu chưa có); khóa cũ hết hiệu lực ngay. Dữ liệu không phải ghi lại.\n"+
			"Sau đó đặt `key_file` hoặc "+config.EnvKeyFile+" thành tệp mới (với cơ sở dữ liệu riêng: lệnh này tự thay tệp của nó)\n"+
			"trên mọi máy, khởi động lại dịch vụ, cất tệp mới cùng các bản sao lưu từ nay; bản sao lưu cũ vẫn cần tệp cũ.",
			"The new key is in the new file (made when it is not there); the old one is worth nothing from then on. No\n"+
				"data is rewritten. Then set `key_file` or "+config.EnvKeyFile+" to the new file (for the private database the command\n"+
				"replaces the file itself) on every machine, restart the service, and keep the new file with backups made\n"+
				"from now on; older backups still need the old file."),
		Example: example("doisoat database rekey /etc/doisoat/khoa-moi.key"),
		Args:    a.oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), settings, func(s *system) error { return a.rekey(cmd.Context(), s, args[0]) })
		},
	}
	settings.register(cmd, a.lang)
	return cmd
}

func (a *app) rekey(ctx context.Context, s *system, path string) error {
	if !s.store.Sealed() {
		return postgres.ErrNotSealed
	}
	old, err := seal.ReadKey(s.keyFile())
	if err != nil {
		return err
	}
	key, err := seal.ReadKey(path)
	if errors.Is(err, seal.ErrNoKey) {
		key, err = seal.CreateKey(path)
	}
	if err != nil {
		return err
	}
	if err := s.store.Rekey(ctx, old, key); err != nil {
		return err
	}
	if s.cfg.KeyFile == "" {
		if err := replaceFile(s.keyFile(), path); err != nil {
			return a.errorf("khóa đã đổi, nhưng không chép được tệp khóa mới %s vào %s; chép bằng tay (%w)",
				"the key is changed, but the new file %s could not be copied to %s; copy it by hand (%w)", path, s.keyFile(), err)
		}
	}
	fmt.Fprintln(a.out, a.lang.pickf("Đã đổi khóa. Tệp khóa mới: %s.", "The key is changed. Its new file: %s.", path))
	return nil
}

// replaceFile makes the one file a copy of the other in one step.
func replaceFile(path, by string) error {
	content, err := os.ReadFile(by)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".key-*")
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}
