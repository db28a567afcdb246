package understand

// An estimate of several classes names each in a line above its costs: "Lớp
// QPAN đối tượng 3", with or without the sum of them.

// costClass is a class whose costs are being read.
type costClass struct {
	depth   int     // of its line's numbering, 0 without any: then only another class ends it
	program Mention // without codes when the plan does not know the class
}

// heads notes the class that a line names above its costs, and ends those that
// the line does not belong to.
func (r *costReader) heads(row *line) {
	program, ok := r.sheet.headsClass(row)
	depth := depthOf(row)
	if depth == noDepth {
		if ok {
			r.classes = append(r.classes[:0], costClass{program: program})
		}
		return
	}
	for len(r.classes) > 0 && r.classes[len(r.classes)-1].depth >= depth {
		r.classes = r.classes[:len(r.classes)-1]
	}
	if ok {
		r.classes = append(r.classes, costClass{depth, program})
	}
}

// headsClass returns the class that the line of an estimate names: one of the
// plan, or one that it does not know and the line calls a class.
func (s *sheetReader) headsClass(row *line) (Mention, bool) {
	text := leadText(row)
	if m := sectionMark.FindStringSubmatch(text); m != nil {
		text = m[3]
	}
	text = withoutStar(text)
	if list := s.mentions(text); len(list) == 1 && len(list[0].Codes) > 0 {
		return list[0], true
	}
	return Mention{Text: text}, starts(words(text), classStart)
}

// class is the one that costs belong to at this place of the estimate: that of
// the nearest line above them, else the title's.
func (r *costReader) class() Mention {
	if len(r.classes) > 0 {
		return r.classes[len(r.classes)-1].program
	}
	return r.program
}
