package web

import (
	"bytes"
	"fmt"
	"html/template"
	"path"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"doisoat/docs"
)

// guide is one of the guides, ready to be shown.
type guide struct {
	Name  string // the last part of its address, and of its file
	Title string
	Text  template.HTML // made of the program's own file, raw HTML left out
}

// parseGuides makes pages of the guides. Their addresses end as their files do,
// so that what they name of each other is found here as it is in the folder.
func parseGuides() ([]guide, error) {
	markdown := goldmark.New(goldmark.WithExtensions(extension.Table))
	var all []guide
	for _, name := range docs.Guides() {
		content, err := docs.Files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read the guide %s: %w", name, err)
		}
		title, text, _ := bytes.Cut(content, []byte("\n"))
		var b bytes.Buffer
		if err := markdown.Convert(text, &b); err != nil {
			return nil, fmt.Errorf("make a page of the guide %s: %w", name, err)
		}
		// Markdown has heads of columns alone; screen readers want to be told.
		page := strings.ReplaceAll(b.String(), "<th>", `<th scope="col">`)
		all = append(all, guide{Name: name, Title: strings.TrimPrefix(string(title), "# "), Text: template.HTML(page)})
	}
	return all, nil
}

// showGuides lists the guides.
func (v *visit) showGuides() error { return v.show("guides", "Hướng dẫn", v.guides) }

// showGuide shows one. It says how to sign in, too, hence it is for everybody.
func (v *visit) showGuide() error {
	for i := range v.guides {
		if g := &v.guides[i]; g.Name == v.r.PathValue("name") {
			return v.show("guide", g.Title, g.Text)
		}
	}
	return errNotFound
}

// guidePicture hands out a picture of the guides.
func (v *visit) guidePicture() error {
	content, err := docs.Files.ReadFile(path.Join("pictures", path.Base(v.r.PathValue("name"))))
	if err != nil {
		return errNotFound
	}
	h := v.w.Header()
	h.Set("Content-Type", "image/png")
	h.Set("Cache-Control", "public, max-age=3600") // another version of the program may have another picture
	_, _ = v.w.Write(content)                      // the reader may have gone
	return nil
}
