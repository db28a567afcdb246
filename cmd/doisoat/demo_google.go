package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"doisoat/reconcile"
	"doisoat/sync/google/googletest"
	"doisoat/sync/sheet"
)

// demoRoot is the folder on the demonstration's Google Drive.
const demoRoot = "doisoat-demo"

// googleDemo is the demonstration with a Google of its own in place of the
// folder: a server in this process with the sample lists as spreadsheets.
type googleDemo struct {
	*app
	server *googletest.Server
	dir    string
	books  []string // ids of the native spreadsheets
}

// demoGoogle shows the way through Google without an account: the lists are
// read from a folder on Drive, the findings written into the agencies' own
// spreadsheets, an agency answers there, and the next run knows.
func (a *app) demoGoogle(ctx context.Context, dir string) error {
	g := &googleDemo{app: a, server: googletest.New(), dir: dir}
	defer g.server.Close()
	if err := g.fill(ctx); err != nil {
		return a.errorf("dựng Google thử nghiệm: %w", "set up the Google of the demonstration: %w", err)
	}
	config, err := g.configure()
	if err != nil {
		return a.errorf("ghi cấu hình vào %s: %w", "write the configuration into %s: %w", dir, err)
	}
	data, err := demoData(filepath.Join(dir, "google"))
	if err != nil {
		return err
	}
	s, err := a.open(ctx, settingsFlags{config: config, data: data})
	if err != nil {
		return err
	}
	defer s.close()
	if err := g.run(ctx, s); err != nil {
		return err
	}
	if where := g.answer(); where != "" {
		fmt.Fprintln(a.out, "\n"+a.lang.pickf("Một đơn vị trả lời ngay trong bảng tính của mình (%s). Chạy lại để đọc câu trả lời:",
			"An agency answers in its own spreadsheet (%s). Once more, to read the answer:", where))
		if err := g.run(ctx, s); err != nil {
			return err
		}
	}
	pages, err := g.writePages()
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, "\n"+a.lang.pickf(
		"Các bảng tính trên Google thử nghiệm, kèm trang SAI LỆCH, đã lưu thành trang web: mở «%s».\nTổng hợp: «%s».\nTừng sai lệch và câu trả lời: doisoat findings --config %q --data %q",
		"The spreadsheets on the Google of the demonstration, each with its tab SAI LỆCH, are saved as pages: open «%s».\nThe whole: «%s».\nEach finding and answer: doisoat findings --config %q --data %q",
		pages, filepath.Join(s.cfg.Reports, "Tổng hợp đối soát.xlsx"), config, data))
	return nil
}

// fill puts the sample lists on the server: the .xlsx that can be read as native
// spreadsheets, all else as uploaded files.
func (g *googleDemo) fill(ctx context.Context) error {
	g.server.AddFolder(demoRoot, "Đăng ký đào tạo, bồi dưỡng 2024")
	return fs.WalkDir(demoFiles, "demo/inbox", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || name == "demo/inbox" {
			return err
		}
		id, parent := demoID(name), demoID(path.Dir(name))
		if entry.IsDir() {
			g.server.AddFolder(id, entry.Name(), parent)
			return nil
		}
		content, err := demoFiles.ReadFile(name)
		if err != nil {
			return err
		}
		if title, isXLSX := strings.CutSuffix(entry.Name(), ".xlsx"); isXLSX {
			if tabs, err := tabsOf(ctx, content); err == nil {
				g.server.AddSpreadsheet(id, title, tabs...)
				g.server.Move(id, parent)
				g.books = append(g.books, id)
				return nil
			}
		}
		g.server.Upload(id, entry.Name(), "application/octet-stream", content, parent)
		return nil
	})
}

// demoID is an id for a file or folder of the samples.
func demoID(name string) string {
	if name == "demo/inbox" {
		return demoRoot
	}
	return fmt.Sprintf("%x", name)
}

// tabsOf turns a workbook into the tabs of a native spreadsheet.
func tabsOf(ctx context.Context, content []byte) ([]googletest.Tab, error) {
	book, err := sheet.Open(ctx, bytes.NewReader(content), int64(len(content)), sheet.DefaultLimits())
	if err != nil {
		return nil, err
	}
	defer book.Close()
	var tabs []googletest.Tab
	for i, info := range book.Sheets() {
		grid, err := book.Read(ctx, i)
		if err != nil {
			return nil, err
		}
		tab := googletest.Tab{ID: int64(i), Title: info.Name, Hidden: info.Hidden}
		for _, row := range grid.Rows {
			cells := make([]any, row.Cells[len(row.Cells)-1].Col)
			for j := range row.Cells {
				cells[row.Cells[j].Col-1] = valueOf(&row.Cells[j])
			}
			tab.Rows = append(slices.Grow(tab.Rows, row.Number)[:row.Number-1], cells)
			if row.Hidden {
				tab.HiddenRows = append(tab.HiddenRows, int64(row.Number)-1)
			}
		}
		for col := range grid.HiddenCols {
			tab.HiddenCols = append(tab.HiddenCols, int64(col)-1)
		}
		for _, m := range grid.Merges {
			tab.Merge(m.FirstRow, m.FirstCol, m.LastRow, m.LastCol)
		}
		tabs = append(tabs, tab)
	}
	return tabs, nil
}

func valueOf(c *sheet.Cell) any {
	switch c.Kind {
	case sheet.Number:
		return c.Number
	case sheet.Date:
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(c.Number * 24 * float64(time.Hour)))
	case sheet.Bool:
		return c.Number != 0
	}
	return c.Text
}

// configure writes the configuration and the key, and returns the former's path.
func (g *googleDemo) configure() (string, error) {
	if err := os.MkdirAll(filepath.Join(g.dir, "google"), 0o755); err != nil {
		return "", err
	}
	file := filepath.Join(g.dir, "doisoat-google.yaml")
	text := fmt.Sprintf(`# The settings of the demonstration with Google. A real set-up has no endpoint,
# and the key file of a real service account; see the README.
plan: quang-ngai-2024
database: embedded
reports: ./reports-google
google: {credentials: ./google/key.json, endpoint: %q}
sources:
  - {type: google_drive, folder: %s}
allocations:
  - {type: folder, path: ./allocations}
deadline: 2024-03-31
`, g.server.URL(), demoRoot)
	return file, errors.Join(
		os.WriteFile(filepath.Join(g.dir, "google", "key.json"), g.server.Credentials(), 0o600),
		os.WriteFile(file, []byte(text), 0o644),
	)
}

// run reconciles once and says what Google was asked for.
func (g *googleDemo) run(ctx context.Context, s *system) error {
	g.server.ResetCounts()
	if err := g.demoRun(ctx, s); err != nil {
		return err
	}
	fmt.Fprintln(g.out, g.lang.pickf("Đã gọi Google: %d lần liệt kê thư mục, %d lần đọc bảng tính, %d lần ghi, %d lần tải tệp.",
		"Google was asked for %d listings, %d reads of spreadsheets, %d writes, %d downloads.",
		g.server.Count(googletest.MethodList), g.server.Count(googletest.MethodGet),
		g.server.Count(googletest.MethodUpdate), g.server.Count(googletest.MethodDownload)))
	return nil
}

// answer types an answer beside the first finding of the first spreadsheet that
// has one, as its agency would, and says where.
func (g *googleDemo) answer() string {
	for _, id := range g.books {
		code, word, text := -1, -1, -1
		for row, texts := range g.server.Texts(id, reconcile.DiscrepancyTab) {
			switch {
			case code < 0:
				code = slices.Index(texts, reconcile.ColumnCode)
				word, text = slices.Index(texts, reconcile.ColumnAnswer), slices.Index(texts, reconcile.ColumnText)
			case code < len(texts) && texts[code] != "":
				err := errors.Join(
					g.server.TypeInto(id, reconcile.DiscrepancyTab, row, word, string(reconcile.AnswerCorrect)),
					g.server.TypeInto(id, reconcile.DiscrepancyTab, row, text, "Đã đối chiếu với hồ sơ gốc"))
				if err == nil {
					return texts[code]
				}
			}
		}
	}
	return ""
}

// writePages saves every spreadsheet as a page and returns their folder.
func (g *googleDemo) writePages() (string, error) {
	folder := filepath.Join(g.dir, "google")
	for _, id := range g.books {
		var page bytes.Buffer
		title, err := g.server.WritePage(&page, id)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(folder, title+".html"), page.Bytes(), 0o644); err != nil {
			return "", g.errorf("ghi trang vào %s: %w", "write the pages into %s: %w", folder, err)
		}
	}
	return folder, nil
}
