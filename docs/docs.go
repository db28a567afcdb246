// Package docs holds the guides for people who work with doisoat, and their
// pictures, so that the program carries them wherever it goes. It must not know
// how they are shown.
package docs

import "embed"

// Files are the guides (Markdown, Vietnamese) and below pictures/ what they
// show. A guide names others and its pictures by addresses relative to itself.
//
//go:embed huong-dan-*.md pictures/*.png
var Files embed.FS

// Guides are the names of the guides in Files, in the order in which people
// look for them: agencies, the office, the administrator.
func Guides() []string {
	return []string{"huong-dan-don-vi.md", "huong-dan-ban-to-chuc.md", "huong-dan-quan-tri.md"}
}
