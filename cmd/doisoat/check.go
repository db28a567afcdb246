package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"

	"doisoat/config"
	"doisoat/config/plan"
	"doisoat/reconcile"
	"doisoat/reconcile/rule"
	"doisoat/sync/pipeline"
)

const defaultPlan = "quang-ngai-2024"

func (a *app) checkCommand() *cobra.Command {
	var asJSON bool
	var planName, agency, configFile string
	cmd := &cobra.Command{
		Use:   a.lang.pick("check TỆP…", "check FILE…"),
		Short: a.lang.pick("Đọc tệp và kiểm tra ngay trên máy, không cần cơ sở dữ liệu hay mạng", "Read and check files here, without database or network"),
		Long: a.lang.pick("Đọc từng tệp và áp dụng mọi quy tắc không cần tệp khác.\n"+
			"Mã thoát: 0 nếu mọi tệp đọc được, 3 nếu có tệp không đọc được, 1 nếu lỗi.",
			"Reads each file and applies every rule that needs no other file.\n"+
				"Exit code: 0 when every file could be read, 3 when one could not, 1 failed."),
		Example: example(`doisoat check "DS trich ngang CCLLCT.xlsx"`, `doisoat check --config doisoat.yaml "DS trich ngang CCLLCT.xlsx"`, "doisoat check --json *.xlsx > ket-qua.jsonl"),
		Args:    a.someArguments,
		RunE: func(cmd *cobra.Command, files []string) error {
			cfg, err := checkConfig(configFile, planName, cmd.Flags().Changed("plan"))
			if err != nil {
				return err
			}
			checker, err := a.newChecker(cfg, agency)
			if err != nil {
				return err
			}
			defer boundMemory()()
			return a.check(cmd.Context(), checker, files, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.lang.pick("in JSON Lines, mỗi tệp một dòng", "print JSON Lines, one line a file"))
	cmd.Flags().StringVar(&planName, "plan", defaultPlan, a.lang.pick("kế hoạch: tên có sẵn hoặc đường dẫn tệp YAML", "plan: a built-in name or the path of a YAML file"))
	cmd.Flags().StringVar(&configFile, "config", "", a.lang.pick("tệp cấu hình: dùng kế hoạch và các cách gọi đã khai ở wordings", "configuration file: use its plan and its wordings"))
	cmd.Flags().StringVar(&agency, "agency", "", a.lang.pick("mã hoặc tên cơ quan gửi, khi trong tệp không ghi", "code or name of the sending agency, when the file does not say it"))
	return cmd
}

// checkConfig is what a check goes by: the configuration where one is named, of
// which only plan and wordings count, and a plan that is named wins.
func checkConfig(file, planName string, named bool) (config.Config, error) {
	if file == "" {
		return config.Config{Plan: planName}, nil
	}
	cfg, err := config.Load(file)
	if named {
		cfg.Plan = planName
	}
	return cfg, err
}

// memoryGoal is what a check should get by with: files come from strangers, and
// the largest that is read leaves as much garbage behind as it holds.
const memoryGoal = 192 << 20

// boundMemory sets the goal, unless the environment has set one, until the
// function that it returns is called.
func boundMemory() func() {
	if debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return func() {}
	}
	before := debug.SetMemoryLimit(memoryGoal)
	return func() { debug.SetMemoryLimit(before) }
}

func (a *app) check(ctx context.Context, c *checker, files []string, asJSON bool) error {
	unreadable := 0
	encoder := json.NewEncoder(a.out)
	encoder.SetEscapeHTML(false)
	for _, file := range files {
		checked, err := c.file(ctx, file)
		if err != nil {
			return err
		}
		if checked.Document.Failure != nil {
			unreadable++
		}
		if asJSON {
			err = encoder.Encode(checkedJSON(file, checked.Document, checked.Findings))
		} else {
			err = a.printChecked(file, checked.Document, checked.Findings)
		}
		if err != nil {
			return fmt.Errorf("write the result: %w", err)
		}
	}
	if unreadable > 0 {
		return &partialError{sources: unreadable}
	}
	return nil
}

// checker reads the files that the user names.
type checker struct {
	*pipeline.Checker
	agency string
}

func (a *app) newChecker(cfg config.Config, agency string) (*checker, error) {
	p, register, err := plan.Load(cfg.Plan)
	if err != nil {
		return nil, err
	}
	if agency != "" {
		if agency, err = a.agencyCode(register, agency); err != nil {
			return nil, err
		}
	}
	norms, err := plan.NationalNorms()
	if err != nil {
		return nil, err
	}
	reader, err := taughtReader(cfg, p, register)
	if err != nil {
		return nil, err
	}
	return &checker{
		Checker: &pipeline.Checker{
			Plan: p, Register: register, Reader: reader, Rules: rule.All(), Norms: norms,
			Today: func() reconcile.Date { return reconcile.DateOf(a.now().In(hoChiMinh())) },
		},
		agency: agency,
	}, nil
}

// file checks one file. Only a cancelled context is an error.
func (c *checker) file(ctx context.Context, path string) (pipeline.Checked, error) {
	file, err := os.Open(path)
	if err != nil {
		return c.unopened(path, err), nil
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || info.IsDir() {
		return c.unopened(path, errors.Join(err, fs.ErrInvalid)), nil
	}
	return c.Check(ctx, pipeline.Candidate{
		Name: filepath.Base(path), Source: path, Folder: c.codeOf(path), Agency: c.agency, Content: file, Size: info.Size(),
		Changed: reconcile.DateOf(info.ModTime().In(hoChiMinh())),
	})
}

// unopened says of a path that there is no file to read.
func (c *checker) unopened(path string, err error) pipeline.Checked {
	document := &reconcile.Document{Source: path, File: filepath.Base(path), Failure: openFailure(path, err)}
	return pipeline.Checked{Document: document, Findings: c.Findings(document)}
}

// codeOf is the name of the file's folder when that is an agency's code, as in
// an inbox; any other folder says nothing about the sender.
func (c *checker) codeOf(path string) string {
	folder := filepath.Base(filepath.Dir(path))
	if c.Register.Agency(folder) == nil {
		return ""
	}
	return folder
}

func openFailure(path string, err error) *reconcile.Failure {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &reconcile.Failure{Code: reconcile.Unreachable, Message: "Không có tệp " + path + ". Kiểm tra lại đường dẫn."}
	case errors.Is(err, fs.ErrPermission):
		return &reconcile.Failure{Code: reconcile.Unreachable, Message: "Không có quyền đọc tệp " + path + "."}
	}
	return &reconcile.Failure{Code: reconcile.NotASpreadsheet, Message: path + " không phải là tệp bảng tính."}
}
