package title

import (
	"slices"
	"strings"
	"unicode"

	"doisoat/reconcile"
)

// Place is what is known of where a title is held.
type Place struct {
	Unit   string // the unit as the row names it: "Phòng Nội vụ huyện Bình Sơn"
	Agency string // name of the body that submits
	// Level of the body that submits, for titles whose words name none.
	Level reconcile.Level
}

// Read returns the offices that a text names, in its order. whole is false
// when a part of the text is a title that is not known, or no title at all:
// then the person may hold more than what was read.
func Read(text string, at Place) (titles []Title, whole bool) {
	whole = true
	unit := splitWords(at.Unit)
	for _, piece := range pieces(text) {
		list := splitWords(piece)
		if len(list) == 0 {
			continue
		}
		t, known := read(list, unit, at)
		switch {
		case known:
			if !slices.Contains(titles, t) {
				titles = append(titles, t)
			}
		case len(titles) == 0 || !namesBody(list):
			whole = false
		}
	}
	return titles, whole && len(titles) > 0
}

// between turns what stands between two titles into semicolons.
var between = strings.NewReplacer(" kiêm ", ";", " Kiêm ", ";", "+", ";", "/", ";", "\n", ";", " – ", ";", " và tương đương", "", " hoặc ", ";")

// pieces are the titles of a text that names several.
func pieces(text string) []string {
	text = between.Replace(reconcile.Clean(text))
	return strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == ',' })
}

func namesBody(list []string) bool {
	_, ok := bodyWords.first(list)
	return ok
}

// read reads one title: a wording of its own, or a head and what it heads.
func read(list, unit []string, at Place) (Title, bool) {
	own, isTitle := titleWords.first(list)
	headed, isHead := headWords.first(list)
	if isHead && (!isTitle || headed.start < own.start || headed.start == own.start && headed.end > own.end) {
		rest := list[headed.end:]
		kind := headKind(&heads[headed.value], rest, unit, at)
		if kind == "" {
			return Title{}, false
		}
		return Title{kind, levelOf(rest, unit, at)}, true
	}
	if !isTitle {
		return Title{}, false
	}
	level := levelOf(list, unit, at)
	if own.value == PartTime || own.value == Village || own.value == Police {
		level = reconcile.CommuneLevel
	}
	return Title{own.value, level}, true
}

// headKind tells what a bare "Giám đốc" is by the body behind it, else by the
// row's unit, else by the agency's name.
func headKind(h *head, rest, unit []string, at Place) Kind {
	for _, text := range [][]string{rest, unit, splitWords(at.Agency)} {
		for _, m := range bodyWords.all(text) {
			if kind, ok := h.of[m.value]; ok && m.value != "" {
				return kind
			}
		}
	}
	return h.of[""]
}

// levelOf is the level that the title's own words name, else the unit's, else
// that of the agency.
func levelOf(list, unit []string, at Place) reconcile.Level {
	for _, text := range [][]string{list, unit} {
		if level := lowest(text); level != "" {
			return level
		}
	}
	return at.Level
}

// lowest is the lowest level that the words name: of "xã Bình An, huyện Bình
// Sơn" the commune.
func lowest(text []string) reconcile.Level {
	var named []reconcile.Level
	for _, m := range levelWords.all(text) {
		named = append(named, m.value)
	}
	for _, level := range []reconcile.Level{reconcile.CommuneLevel, reconcile.DistrictLevel, reconcile.ProvinceLevel, reconcile.CentralLevel} {
		if slices.Contains(named, level) {
			return level
		}
	}
	return ""
}

// splitWords cuts a text into the words by which titles are compared: folded,
// with y written as i, since "kỹ sư" and "kĩ sư" are one.
func splitWords(s string) []string {
	fields := strings.FieldsFunc(reconcile.Key(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) })
	for i, f := range fields {
		fields[i] = strings.ReplaceAll(f, "y", "i")
	}
	return fields
}
