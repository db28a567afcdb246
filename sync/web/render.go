package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"doisoat/reconcile"
)

//go:embed templates
var templates embed.FS

//go:embed assets/style.css
var styleSheet []byte

// pages are the templates of all pages, each with the layout around it and the
// parts that pages share.
type pages struct{ byName map[string]*template.Template }

func parsePages(words template.FuncMap) (*pages, error) {
	shared, err := template.New("").Funcs(words).ParseFS(templates, "templates/shared/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse what the pages share: %w", err)
	}
	files, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("list the pages: %w", err)
	}
	p := &pages{byName: make(map[string]*template.Template, len(files))}
	for _, file := range files {
		page, err := shared.Clone()
		if err == nil {
			page, err = page.ParseFS(templates, file)
		}
		if err != nil {
			return nil, fmt.Errorf("parse the page %s: %w", file, err)
		}
		p.byName[strings.TrimSuffix(path.Base(file), ".html")] = page
	}
	return p, nil
}

// frame is what the layout shows around every page.
type frame struct {
	Title  string
	Plan   *reconcile.Plan
	User   reconcile.User
	Who    string // the visitor's role, in words
	Menu   []menuItem
	Here   string // the address, without the query
	Notice string
	Style  string // the style sheet's address
	Body   any    // what the page's own template sees
}

type menuItem struct {
	Name, Path string
	Current    bool
}

// show answers with the page.
func (v *visit) show(page, title string, body any) error {
	return v.showAs(http.StatusOK, page, title, body)
}

// showAs answers with the page under a status. A page that cannot be made
// leaves nothing half written.
func (v *visit) showAs(status int, page, title string, body any) error {
	f := frame{
		Title: title, Plan: v.Plan, User: v.user, Who: v.who(v.user), Menu: v.menu(), Here: v.r.URL.Path,
		Notice: v.notice(), Style: "/style.css?" + styleVersion, Body: body,
	}
	var b bytes.Buffer
	if err := v.pages.byName[page].ExecuteTemplate(&b, "layout", f); err != nil {
		return fmt.Errorf("page %s: %w", page, err)
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	_, _ = b.WriteTo(v.w) // the reader may have gone
	return nil
}

// menu lists the pages of the table that the visitor may open.
func (v *visit) menu() []menuItem {
	var items []menuItem
	for i := range v.routes {
		if r := &v.routes[i]; r.Menu != "" && !r.Public() && r.Lets(v.user.Role) {
			current := v.r.URL.Path == r.Path || strings.HasPrefix(v.r.URL.Path, r.Path+"/")
			items = append(items, menuItem{Name: r.Menu, Path: r.Path, Current: current})
		}
	}
	return items
}

// notices are what a page says after something was done, by the word that
// stands in its address: nothing of the address itself is shown.
func notices() map[string]string {
	return map[string]string{
		"signed-out": "Bạn đã đăng xuất.",
		"sent":       "Tệp đã được gửi và lưu nguyên vẹn.",
		"dropped":    "Đã bỏ tệp, không gửi.",
		"withdrawn":  "Đã rút tệp. Tệp vẫn được lưu trong lịch sử.",
		"answered":   "Đã ghi câu trả lời. Lần đối soát sau sẽ chuyển cho Ban Tổ chức.",
		"decided":    "Đã ghi quyết định. Lần đối soát sau sẽ thực hiện và chuyển cho đơn vị.",
		"queued":     "Đã xếp hàng một lần đối soát; thường bắt đầu sau vài giây.",
		"waiting":    "Một lần đối soát đang chờ bắt đầu rồi, không cần bấm thêm.",
	}
}

func (v *visit) notice() string { return notices()[v.r.URL.Query().Get("ok")] }

//go:embed assets/upload.js
var uploadScript []byte

var styleVersion, scriptVersion = versionOf(styleSheet), versionOf(uploadScript)

func versionOf(asset []byte) string {
	sum := sha256.Sum256(asset)
	return hex.EncodeToString(sum[:6])
}

// style hands out the style sheet.
func (v *visit) style() error { return v.asset("text/css", styleVersion, styleSheet) }

// uploadScript hands out the script of the pages that send files.
func (v *visit) uploadScript() error { return v.asset("text/javascript", scriptVersion, uploadScript) }

// asset hands out what pages are made with. Its address changes when it does,
// so that browsers keep it.
func (v *visit) asset(kind, version string, content []byte) error {
	h := v.w.Header()
	h.Set("Content-Type", kind+"; charset=utf-8")
	if v.r.URL.RawQuery == version {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	_, _ = v.w.Write(content) // the reader may have gone
	return nil
}

// allowScript lets the page that is about to be shown load the script of this
// site; all other pages have none.
func (v *visit) allowScript() {
	h := v.w.Header()
	h.Set("Content-Security-Policy", h.Get("Content-Security-Policy")+"; script-src 'self'; connect-src 'self'")
}
