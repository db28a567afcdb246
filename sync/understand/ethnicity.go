package understand

import (
	"regexp"
	"strings"
	"unicode"
)

var ethnicPrefix = regexp.MustCompile(`(?i)^((người )?dân tộc|người|dt)\s*[.:]?\s+`)

// ethnicity cleans the name of an ethnic group: "kinh " is "Kinh", "Dân tộc
// Hrê" is "Hrê". The spelling is kept, since groups have several.
func ethnicity(text string) string {
	s := strings.Trim(ethnicPrefix.ReplaceAllString(text, ""), " .,;*/-0123456789")
	if isMark(s) || saysNone(s) || !strings.ContainsFunc(s, unicode.IsLetter) {
		return ""
	}
	return titleCase(s)
}
