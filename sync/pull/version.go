package pull

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"strings"
)

// A version has two parts, "<cheap>;<content>". The cheap part comes from the
// listing alone ("stat:…", "drive:…"); the content part ("sha256:…") is known
// once the document has been read. Either may be missing.

// Unchanged reports whether the version that a listing gives proves that the
// document is still the one that was read as stored. When it is false the
// document has to be opened, and SameContent decides.
func Unchanged(stored, listed string) bool {
	cheap, _ := splitVersion(listed)
	was, _ := splitVersion(stored)
	return cheap != "" && (cheap == was || onlyMoved(was, cheap))
}

// SameContent reports whether both versions are of the same content, whatever
// became of times and places. It is false when either does not know.
func SameContent(a, b string) bool {
	_, x := splitVersion(a)
	_, y := splitVersion(b)
	return x != "" && x == y
}

// ContentOf is the part of the version that names the content alone, "" while
// the document has not been read.
func ContentOf(version string) string {
	_, content := splitVersion(version)
	return content
}

// IsOf reports whether the version proves that the file is still the one that
// was read, or written, when it had that version.
func IsOf(version string, info fs.FileInfo) bool { return Unchanged(version, statVersion(info)) }

// Listed is the part of the version by which a listing knows the document, and
// all of it where no listing does.
func Listed(version string) string {
	if cheap, _ := splitVersion(version); cheap != "" {
		return cheap
	}
	return version
}

// Renewed is the version of a document that was read as stored and proved to be
// unchanged by what a later listing gives.
func Renewed(stored, listed string) string {
	cheap, _ := splitVersion(listed)
	return joinVersion(cheap, ContentOf(stored))
}

func splitVersion(v string) (cheap, content string) {
	if cheap, content, ok := strings.Cut(v, ";"); ok {
		return cheap, content
	}
	if strings.HasPrefix(v, contentPrefix) {
		return "", v
	}
	return v, ""
}

const contentPrefix = "sha256:"

func joinVersion(cheap, content string) string {
	if cheap == "" {
		return content
	}
	return cheap + ";" + content
}

// VersionOf is the version of a document of which nothing but its bytes is known.
func VersionOf(content io.Reader) (string, error) {
	hash := sha256.New()
	_, err := io.Copy(hash, content)
	return contentPrefix + hex.EncodeToString(hash.Sum(nil)), err
}

// FileVersion is the version of a file in a folder source of which both the
// system's account and the content are known: the one by which the file's next
// listing proves that nobody has touched it.
func FileVersion(info fs.FileInfo, content []byte) string {
	return joinVersion(statVersion(info), contentVersion(content))
}

func contentVersion(b []byte) string {
	sum := sha256.Sum256(b)
	return contentPrefix + hex.EncodeToString(sum[:])
}
