package understand

import (
	"regexp"
	"strings"

	"doisoat/reconcile"
)

// class is what a row registers for, with where that was said.
type class struct {
	mention Mention
	cell    string
	text    string // as the cell shows it
	several bool   // one of several in the row's cell
	// form as its own column says it, with that column's reading.
	form        reconcile.Form
	formReading *reconcile.Reading
}

// classes are the classes that a row registers for: those that the row itself
// names, else the one that its note asks for, its section, its title, its tab
// or its file. There is always at least one, which may name no program.
func (d *draft) classes() []class {
	form, reading := d.formColumn()
	list := d.ownClasses()
	if len(list) == 0 {
		list = []class{d.inherited()}
	}
	for i := range list {
		m := &list[i].mention
		if len(m.Codes) == 0 && m.Form != "" {
			// Only the form stands in the row: the program is said above it.
			inherited := d.inherited()
			inherited.mention.Form = m.Form
			inherited.cell, inherited.text = list[i].cell, list[i].text
			list[i] = inherited
			m = &list[i].mention
		}
		if len(m.Codes) == 0 {
			if found, ok := d.graded(m.Text); ok {
				list[i] = found
				m = &list[i].mention
			}
		}
		list[i].form, list[i].formReading = form, reading
		if m.Form == "" && form == "" && m.Fault == reconcile.NoFault {
			m.Form = d.inheritedForm()
		}
	}
	return list
}

// ownClasses are those in the row's own cells: ticks under classes and what
// completes the name of a family's class, or the column of classes. They hold
// until the next call.
func (d *draft) ownClasses() []class {
	list := d.list.classes[:0]
	for _, c := range d.block.ticks {
		found, ok := d.own(c)
		if !ok || d.list.sheet.saysNone(found.text) || unticks(found.text) {
			continue
		}
		m := c.program
		m.Text = c.header
		if m.Form == "" {
			m.Form, m.Fault = d.list.sheet.readForm(found.text)
		}
		list = append(list, class{mention: m, cell: d.cellName(c), text: found.text})
	}
	for _, c := range d.block.families {
		if found, ok := d.cell(c); ok && !d.list.sheet.saysNone(found.text) && !unticks(found.text) {
			list = d.familyClasses(c, found, list)
		}
	}
	if col := d.block.program; len(list) == 0 && col != nil && col.holds == aValue {
		for _, c := range d.block.classes {
			found, ok := d.cell(c)
			if !ok {
				continue
			}
			mentioned := d.list.legend.classes(found.text)
			if mentioned == nil {
				mentioned = d.list.sheet.mentions(found.Text)
			}
			for _, m := range mentioned {
				if len(m.Codes) == 0 {
					if whole, ok := d.ofTheory(m, c.header); ok {
						m = whole
					}
				}
				list = append(list, class{mention: m, cell: d.cellName(c), text: found.text})
			}
		}
		for i := range list {
			list[i].several = len(list) > 1
		}
	}
	d.list.classes = list
	return list
}

// mentions remembers the classes of a cell's text, since they repeat.
func (s *sheetReader) mentions(text string) []Mention {
	return s.classes.get(text, func(text string) []Mention { return s.reader.programs.mentions(text, false) })
}

var asksFor = regexp.MustCompile(`(?i)^(đăng ký|đk|xin|chuyển|đề nghị)\s+.*(lớp|học|bd|bồi dưỡng|đt|đào tạo|sang)(\P{L}|$)`)

// inherited is the class that stands outside the row's own cells.
func (d *draft) inherited() class {
	s := d.list.sheet
	if col := d.block.remarks; col != nil {
		if c, ok := d.own(col); ok && asksFor.MatchString(c.text) {
			if list := s.mentions(c.Text); len(list) == 1 && len(list[0].Codes) > 0 {
				return class{mention: list[0], cell: d.cellName(col), text: c.text}
			}
		}
	}
	if len(d.block.heading.Codes) > 0 {
		return class{mention: d.block.heading, cell: d.block.headingCell, text: d.block.heading.Text}
	}
	if sec, ok := d.list.sections.program(); ok {
		return class{mention: sec.program, cell: sec.cell, text: sec.text}
	}
	for _, m := range []Mention{d.list.top.program, s.tabProgram(), s.fileProgram()} {
		if len(m.Codes) > 0 {
			return class{mention: m, text: m.Text}
		}
	}
	return d.noted()
}

// noted is the class that stands in the remarks where the list has no other
// place for it. Remarks also say what people have learnt or do already.
func (d *draft) noted() class {
	col := d.block.remarks
	if col == nil || d.block.namesProgram() {
		return class{}
	}
	c, ok := d.own(col)
	if !ok || contains(words(c.text), otherwiseNoted) {
		return class{}
	}
	if list := d.list.sheet.mentions(c.Text); len(list) == 1 && len(list[0].Codes) > 0 {
		return class{mention: list[0], cell: d.cellName(col), text: c.text}
	}
	return class{}
}

// otherwiseNoted begin remarks in which the name of a class asks for none.
var otherwiseNoted = wordings("đã", "đang", "có bằng", "có chứng chỉ", "tốt nghiệp", "da", "dang", "chuyển từ", "không", "chưa", "hoãn", "thôi", "bảo lưu", "quy hoạch", "nguồn")

// inheritedForm is the form that a section, the title or the tab gives.
func (d *draft) inheritedForm() reconcile.Form {
	s := d.list.sheet
	if f := d.block.heading.Form; f != "" {
		return f
	}
	if f := d.list.sections.form(); f != "" {
		return f
	}
	for _, text := range []string{d.list.top.title, s.out.Name} {
		if f, _ := s.readForm(text); f != "" {
			return f
		}
	}
	return ""
}

func (s *sheetReader) tabProgram() Mention { return s.oneProgram([]string{s.out.Name}, true) }

func (s *sheetReader) fileProgram() Mention { return s.oneProgram([]string{s.book.file}, true) }

// formColumn reads the form from its own column, in words or as ticks.
func (d *draft) formColumn() (reconcile.Form, *reconcile.Reading) {
	var form reconcile.Form
	var reading *reconcile.Reading
	for _, c := range d.block.forms {
		found, ok := d.cell(c)
		read := d.reading(c, found.text, reconcile.NoFault)
		if !ok || d.list.sheet.saysNone(found.text) {
			if reading == nil {
				reading = &read
			}
			continue
		}
		said := c.form
		if c.holds != aMark {
			said, read.Fault = d.list.sheet.readForm(found.text)
			if said == "" && read.Fault == reconcile.NoFault {
				read.Fault = reconcile.Unrecognised
			}
		}
		if form != "" && said != "" && said != form {
			read.Fault = reconcile.Contradictory
			return "", &read
		}
		if said != "" {
			form = said
		}
		reading = &read
	}
	return form, reading
}

// write puts the class into a registration: the program when it is sure, the
// form that the sheet says, else the only one the program has.
func (c class) write(r *reconcile.Registration, d *draft) {
	s := d.list.sheet
	form := c.form
	if form == "" {
		form = c.mention.Form
	}
	codes, _ := s.reader.programs.settle(c.mention.Codes, form)
	r.ProgramText = c.mention.Text
	if len(codes) == 1 {
		r.Program = codes[0]
		if own := s.reader.programs.byCode[codes[0]].Form; own != "" {
			r.Form = own
			if form != "" {
				r.Form = form
			}
		}
		if c.form != "" {
			r.Form = c.form
		}
	} else if len(codes) > 1 {
		// The program is clear but for its form; its own name says so best.
		r.ProgramText = s.reader.programs.byCode[codes[0]].Name
		r.Form = form
	}
	c.writeReadings(r, d, codes)
}

// programCell is the column whose cell should say the class: one that is broken,
// else the first.
func (d *draft) programCell() *column {
	for _, list := range [][]*column{d.block.ticks, d.block.families, d.block.classes} {
		for _, c := range list {
			if d.broken(c) {
				return c
			}
		}
	}
	return d.block.program
}

func (c class) writeReadings(r *reconcile.Registration, d *draft, codes []string) {
	reading := reconcile.Reading{Cell: c.cell, Text: c.text}
	col := d.programCell()
	switch {
	case c.several:
		reading.Fault = reconcile.Several
	case len(codes) == 0 && strings.TrimSpace(c.text) != "":
		reading.Fault = reconcile.Unrecognised
	}
	switch {
	case reading.Cell == "" && col != nil:
		d.noteIn(&r.Readings, reconcile.FieldProgram, col, reading.Text, reading.Fault)
	case reading.Cell != "" || reading.Text != "":
		r.Readings.Set(reconcile.FieldProgram, reading)
	}
	switch {
	case c.formReading != nil:
		r.Readings.Set(reconcile.FieldForm, *c.formReading)
	case c.mention.Fault == reconcile.Contradictory:
		r.Readings.Set(reconcile.FieldForm, reconcile.Reading{Cell: reading.Cell, Text: reading.Text, Fault: reconcile.Contradictory})
		r.Form = ""
	case r.Form != "":
		r.Readings.Set(reconcile.FieldForm, reconcile.Reading{Cell: reading.Cell, Text: reading.Text})
	}
}
