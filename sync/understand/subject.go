package understand

import "doisoat/reconcile"

// Where a title, a section or the header says that all classes are of political
// theory, rows name only the level: "Cao cấp", "TC (KTT)".

var (
	theorySubject = wordings("lý luận chính trị", "llct", "lý luận ct", "ll ct", "ly luan chinh tri")
	theoryLevels  = levels([]levelWord[string]{
		{"cao cấp", "cao cấp"},
		{"cc", "cao cấp"},
		{"cao cap", "cao cấp"},
		{"trung cấp", "trung cấp"},
		{"tc", "trung cấp"},
		{"trung cap", "trung cấp"},
	})
)

// ofTheory completes a level by the subject that stands above it. A level with
// a form ("Cao cấp (KTT)") needs none: only theory is taught in both.
func (d *draft) ofTheory(own Mention, header string) (Mention, bool) {
	if own.Form == "" && !d.aboutTheory(header) {
		return Mention{}, false
	}
	return d.list.sheet.theoryLevel(own)
}

// theoryLevel is the class of political theory whose level is all that a text
// says besides the form.
func (s *sheetReader) theoryLevel(own Mention) (Mention, bool) {
	list := withoutForm(without(words(own.Text), programNoise))
	if len(list) == 0 {
		return Mention{}, false
	}
	level, ok := theoryLevels.at(list, 0)
	if !ok || level.end < len(list) {
		return Mention{}, false
	}
	found := s.mentions(level.value + " lý luận chính trị")
	if len(found) != 1 || len(found[0].Codes) == 0 {
		return Mention{}, false
	}
	m := found[0]
	m.Text, m.Form, m.Fault = own.Text, own.Form, own.Fault
	return m, true
}

func (d *draft) aboutTheory(header string) bool {
	texts := []string{header, d.list.top.title, d.list.sheet.out.Name}
	for i := range d.list.sections {
		texts = append(texts, d.list.sections[i].text)
	}
	for _, text := range texts {
		if contains(words(reconcile.Clean(text)), theorySubject) {
			return true
		}
	}
	return false
}
