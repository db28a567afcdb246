package web_test

import (
	"net/http"
	"path"
	"regexp"
	"testing"

	"doisoat/docs"
)

// TestGuides: everybody reads the guides from any page on, and whatever they
// show or lead to is there.
func TestGuides(t *testing.T) {
	b := newSite(t, nil).anonymous()
	says(t, "the first page", b.get("/").body, `href="/guides"`)
	list := b.get("/guides").body
	address := regexp.MustCompile(`(?:src|href)="([^"]+)"`)
	for _, name := range docs.Guides() {
		says(t, "the list", list, `href="/guides/`+name+`"`)
		got := b.get("/guides/" + name)
		says(t, name, got.body, "<h2>", "<table>", "<img ", "!<h1>#", "!<!-- raw HTML")
		for _, found := range address.FindAllStringSubmatch(got.body, -1) {
			to := found[1]
			if to[0] == '#' {
				continue
			}
			if to[0] != '/' {
				to = path.Join("/guides", to)
			}
			if there := b.get(to); there.status != http.StatusOK && there.status != http.StatusSeeOther {
				t.Errorf("%s leads to %s: %d", name, to, there.status)
			}
		}
	}
	if got := b.get("/guides/pictures/tong-quan.png"); got.header.Get("Content-Type") != "image/png" || got.body[1:4] != "PNG" {
		t.Errorf("a picture is %q", got.header.Get("Content-Type"))
	}
	for _, none := range []string{"/guides/khong-co.md", "/guides/docs.go", "/guides/pictures/khong-co.png", "/guides/pictures/..%2fhuong-dan-don-vi.md"} {
		if got := b.get(none); got.status != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", none, got.status)
		}
	}
}
