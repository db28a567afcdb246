package pull

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
)

// candidate is a file that may stand for a document: the one that was sent, or
// an annotated copy that came back.
type candidate struct {
	file
	annotated bool
	// foreign: the report on a document of another format, which is no copy of
	// it; read for answers alone, since what else is in it the document says.
	foreign bool
}

// arrangeDocuments makes one item of each document. Of a file and its annotated
// copies that were sent back, the newest stands for the document; an older copy
// is still read for the answers in it, and an older original is skipped.
func arrangeDocuments(f *folder, files []file) Listing {
	groups, order := groupByDocument(files)
	var l Listing
	for _, key := range order {
		group := groups[key]
		slices.SortStableFunc(group, newestFirst)
		newest := group[0]
		if newest.foreign {
			l.Items = append(l.Items, f.answersItem(newest.file))
			continue
		}
		l.Items = append(l.Items, f.documentItem(newest))
		for _, older := range group[1:] {
			if older.annotated {
				l.Items = append(l.Items, f.answersItem(older.file))
				continue
			}
			s := f.skip(older.rel, Superseded, fmt.Sprintf("đã có bản mới hơn của cùng tệp này: %s", newest.name))
			l.Skipped = append(l.Skipped, s)
		}
	}
	return l
}

// newestFirst orders by time. At the same time the annotated copy goes first:
// it was made from the other. The spelling decides between equal names.
func newestFirst(a, b candidate) int {
	if c := b.info.ModTime().Compare(a.info.ModTime()); c != 0 {
		return c
	}
	if a.annotated != b.annotated {
		if a.annotated {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.rel, b.rel)
}

// groupByDocument brings together the files that are versions of one document.
// The key is the document's path in NFC, the extension in lower case.
func groupByDocument(files []file) (groups map[string][]candidate, order []string) {
	stems := make(map[string][]string) // path without extension → extensions of originals
	for _, x := range files {
		if _, annotated := splitAnnotated(x.name); !annotated {
			key := documentKey(x.rel, x.name)
			ext := path.Ext(key)
			stem := strings.TrimSuffix(key, ext)
			stems[stem] = append(stems[stem], ext)
		}
	}
	groups = make(map[string][]candidate)
	for _, x := range files {
		original, annotated := splitAnnotated(x.name)
		key, foreign := documentKey(x.rel, x.name), false
		if annotated {
			target := documentKey(x.rel, original)
			ext := path.Ext(target)
			exts := stems[strings.TrimSuffix(target, ext)]
			if foreign = len(exts) > 0 && !slices.Contains(exts, ext); !foreign {
				key = target
			}
		}
		if _, ok := groups[key]; !ok {
			order = append(order, key)
		}
		groups[key] = append(groups[key], candidate{x, annotated, foreign})
	}
	return groups, order
}

func documentKey(rel, name string) string {
	ext := path.Ext(name)
	name = strings.TrimSuffix(name, ext) + strings.ToLower(ext)
	return spell(path.Join(path.Dir(rel), name))
}

// documentItem is the item of the file that stands for a document.
func (f *folder) documentItem(c candidate) Item {
	it := f.item(c.file)
	original, annotated := splitAnnotated(c.name)
	if annotated {
		it.Source = f.identity(path.Join(path.Dir(c.rel), original))
		it.Name, it.Copy = original, c.name
	}
	return it
}

// answersItem is the item of a file that is read for answers only.
func (f *folder) answersItem(x file) Item {
	it := f.item(x)
	it.AnswersOnly = true
	return it
}
