package provincetest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"doisoat/reconcile"
)

// layout is how an agency writes its list.
type layout struct {
	shape    shape
	fileName string
	withIDs  bool
	phones   bool
	capitals bool // names in capitals
	dateText bool // dates as text, else as date cells
	words    int  // which of the wordings of headers
}

type shape int

const (
	mixed    shape = iota // one sheet, with a column for the class
	sheets                // a sheet for each program, which its title names
	sections              // one sheet, a heading line above the people of each program
	textFile              // mixed, as .csv
)

func (g *generator) newLayout(a *reconcile.Agency) layout {
	l := layout{
		shape: shape(g.rng.IntN(3)), withIDs: g.rng.IntN(3) > 0, phones: g.rng.IntN(2) == 0, capitals: g.rng.IntN(4) == 0,
		dateText: g.rng.IntN(2) == 0, words: g.rng.IntN(3),
	}
	ending := ".xlsx"
	if a.Code[:1] == "V" && g.rng.IntN(2) == 0 {
		l.shape, l.dateText, ending = textFile, true, ".csv"
	}
	if a.Code[:1] == "H" { // districts know where each of their people works, and number them
		l.withIDs = true
	}
	l.fileName = g.one("Danh sách đăng ký ĐTBD 2024", "Dang ky dao tao 2024", "DS cử đi học", "Phụ lục đăng ký") + " " + a.Code + ending
	return l
}

// field is a column of a list: its wordings, what a row has in it, and whether
// only lists with some programs have it.
type field struct {
	name     string
	wordings [3]string
	of       func(h *human) string
	day      func(h *human) time.Time
	programs []string // that need it; none: all
}

func programsOf(texts ...string) []string { return texts }

var theoryPrograms = programsOf("CCLLCT-TT", "CCLLCT-KTT", "CCLLCT-HC", "TCLLCT-UBND-TT", "TCLLCT-UBND-KTT", "TCLLCT-DUK", "TCLLCT-TW")

// fields are the columns in their order. Names are those by which plants know
// them.
func fields() []field {
	study := append(slices.Clone(theoryPrograms), "DH", "SDH")
	return []field{
		{name: "name", wordings: [3]string{"Họ và tên", "Họ tên", "Họ và tên cán bộ"}, of: func(h *human) string { return h.name }},
		{name: "born", wordings: [3]string{"Ngày sinh", "Ngày, tháng, năm sinh", "Ngày tháng năm sinh"}, day: func(h *human) time.Time { return h.born }},
		{name: "sex", wordings: [3]string{"Giới tính", "Nam/Nữ", "Giới tính"}, of: func(h *human) string {
			if h.woman {
				return "Nữ"
			}
			return "Nam"
		}},
		{name: "ethnicity", wordings: [3]string{"Dân tộc", "Dân tộc", "Dân tộc"}, of: func(h *human) string { return h.ethnicity }},
		{name: "id", wordings: [3]string{"Số CCCD", "Số căn cước công dân", "CCCD"}, of: func(h *human) string { return h.id }},
		{name: "joined", wordings: [3]string{"Ngày vào Đảng", "Ngày vào Đảng (dự bị)", "Ngày kết nạp Đảng"}, day: func(h *human) time.Time { return h.joined }, programs: theoryPrograms},
		{name: "official", wordings: [3]string{"Ngày chính thức", "Ngày vào Đảng chính thức", "Chính thức"}, day: func(h *human) time.Time {
			if h.joined.IsZero() {
				return h.joined
			}
			return h.joined.AddDate(1, 0, 0)
		}, programs: theoryPrograms},
		{name: "position", wordings: [3]string{"Chức vụ", "Chức vụ, chức danh", "Chức vụ hiện nay"}, of: func(h *human) string { return h.position }},
		{name: "unit", wordings: [3]string{"Đơn vị công tác", "Nơi công tác", "Đơn vị công tác"}, of: func(h *human) string { return h.unit }},
		{name: "education", wordings: [3]string{"Trình độ chuyên môn", "Trình độ chuyên môn", "Chuyên môn"}, of: func(h *human) string { return h.education }, programs: study},
		{name: "theory", wordings: [3]string{"Trình độ LLCT", "Lý luận chính trị", "LLCT"}, of: func(h *human) string { return h.theory }, programs: theoryPrograms},
		{name: "planned", wordings: [3]string{"Chức danh quy hoạch", "Quy hoạch", "Quy hoạch chức danh"}, of: func(h *human) string { return h.planned }, programs: theoryPrograms},
		{name: "rank", wordings: [3]string{"Ngạch", "Ngạch công chức", "Ngạch"}, of: func(h *human) string { return h.rank }, programs: programsOf("QLNN-CV", "QLNN-CVC", "QLNN-CVCC")},
		{name: "employment", wordings: [3]string{"Loại cán bộ", "Loại cán bộ", "Loại cán bộ"}, of: func(h *human) string { return h.employment }, programs: programsOf("SDH", "CAPXA", "QD263")},
		{name: "recruited", wordings: [3]string{"Ngày tuyển dụng", "Ngày tuyển dụng", "Ngày tuyển dụng"}, day: func(h *human) time.Time { return h.recruited }, programs: programsOf("SDH")},
		{name: "rating1", wordings: [3]string{"Xếp loại năm 2022", "Xếp loại năm 2022", "Xếp loại năm 2022"}, of: func(h *human) string { return h.ratings[0] }, programs: programsOf("SDH")},
		{name: "rating2", wordings: [3]string{"Xếp loại năm 2023", "Xếp loại năm 2023", "Xếp loại năm 2023"}, of: func(h *human) string { return h.ratings[1] }, programs: programsOf("SDH")},
		{name: "commitment", wordings: [3]string{"Cam kết phục vụ", "Cam kết phục vụ", "Cam kết phục vụ"}, of: func(h *human) string { return h.commitment }, programs: programsOf("SDH", "DH")},
	}
}

// classNames are what the list calls a program.
func (g *generator) className(program string) string {
	p := g.plan.Program(program)
	switch {
	case p.Form == reconcile.FullTime:
		return p.Name + ", hệ tập trung"
	case p.Form == reconcile.PartTime && !strings.Contains(p.Name, "("):
		return p.Name + ", hệ không tập trung"
	}
	return p.Name
}

// writeLists writes every list that is sent and notes where the plants came.
func (g *generator) writeLists() error {
	for _, l := range g.sorted() {
		if g.silent[l.agency.Code] {
			continue
		}
		pages := g.pages(l)
		changed := Sent
		if l.late {
			changed = Late
		}
		content, err := xlsx(pages)
		if l.layout.shape == textFile {
			content, err = csvFile(pages[0])
		}
		if err != nil {
			return fmt.Errorf("%s: %w", l.file, err)
		}
		g.files = append(g.files, File{l.file, content, changed})
		if l.again != "" {
			g.files = append(g.files, File{l.again, content, changed.AddDate(0, 0, 3)})
		}
		if l.loses {
			if err := g.writeLoss(l, pages[0]); err != nil {
				return err
			}
		}
		for _, r := range l.rows {
			for _, rule := range r.maybe {
				g.plants = append(g.plants, Plant{Rule: rule, Maybe: true, Place: Place{File: l.file, Sheet: r.sheet, Rows: []int{r.at}}})
			}
			for _, p := range r.plants {
				g.plant(p.rule, p.what, Place{File: l.file, Sheet: r.sheet, Rows: []int{r.at}})
			}
		}
	}
	for _, p := range g.pairs {
		g.plant(p.rule, p.what, Place{File: p.file, Rows: []int{p.rows[0].at, p.rows[1].at}})
	}
	return nil
}

func (g *generator) pages(l *list) []*page {
	if l.layout.shape != sheets {
		name := "Danh sách"
		if l.layout.shape == textFile {
			name = ""
		}
		return []*page{g.page(l, name, "DANH SÁCH ĐĂNG KÝ ĐÀO TẠO, BỒI DƯỠNG NĂM 2024", l.rows)}
	}
	var all []*page
	for _, program := range programsIn(l.rows) {
		var rows []*row
		for _, r := range l.rows {
			if cmp.Or(r.page, r.program) == program {
				rows = append(rows, r)
			}
		}
		title := "DANH SÁCH ĐĂNG KÝ HỌC LỚP " + strings.ToUpper(g.className(program)) + " NĂM 2024"
		if l.legacy {
			title = "Danh sách đăng ký học lớp " + g.className(program) + " năm 2024"
		}
		all = append(all, g.page(l, program, title, rows))
	}
	return all
}

// programsIn lists the programs under which the rows stand, in the order in which
// they come.
func programsIn(rows []*row) []string {
	var all []string
	for _, r := range rows {
		if program := cmp.Or(r.page, r.program); !slices.Contains(all, program) {
			all = append(all, program)
		}
	}
	return all
}

// page writes the rows below a letterhead and a title.
func (g *generator) page(l *list, name, title string, rows []*row) *page {
	p := &page{name: name, hidden: make(map[int]bool), legacy: l.legacy}
	head := strings.ToUpper(l.agency.Name)
	if l.legacy {
		head = l.agency.Name
	}
	p.addText(head)
	p.addText("")
	p.addText(title)
	p.addText("")
	columns := g.columns(l, rows)
	header := []cell{text("TT")}
	for _, f := range columns {
		header = append(header, text(f.wordings[l.layout.words]))
	}
	if l.unknownColumn {
		header = append(header, text("Ký hiệu K7/BT"))
	}
	at := p.add(header...)
	if l.unknownColumn {
		g.plant("DL10", "a column that nobody knows", Place{File: l.file, Sheet: name, Rows: []int{at}})
	}
	g.people(l, p, columns, rows)
	n := 0
	for _, r := range rows {
		n += max(1, r.people)
	}
	g.foot(l, p, n)
	return p
}

// people writes the rows, below headings where the layout has them.
func (g *generator) people(l *list, p *page, columns []field, rows []*row) {
	if l.layout.shape == sections {
		rows = slices.Clone(rows)
		order := programsIn(rows)
		slices.SortStableFunc(rows, func(a, b *row) int { return slices.Index(order, a.program) - slices.Index(order, b.program) })
	}
	last, section := "", 0
	firstNumeric := true
	for i, r := range rows {
		if l.layout.shape == sections && r.program != last {
			section++
			p.addText(strings.Repeat("I", min(section, 3)), g.className(r.program))
			last = r.program
		}
		cells := []cell{number(i + 1)}
		for _, f := range columns {
			cells = append(cells, g.cell(l, r, &f))
		}
		if l.unknownColumn {
			cells = append(cells, text(g.one("HT-B", "KT-A", "HT-C")))
		}
		r.sheet, r.at = p.name, p.add(cells...)
		p.hidden[r.at] = r.hidden
		if l.numericIDs && firstNumeric {
			firstNumeric = false
			g.plant("DL03", "a column of numbers that lost their leading zeros", Place{File: l.file, Sheet: p.name, Rows: []int{r.at}})
		}
	}
}

// foot writes the total that closes the list.
func (g *generator) foot(l *list, p *page, n int) {
	if l.unknownRow {
		at := p.addText("", "", "", "", "", "xem lại 2 suất", "chưa chốt", "")
		g.plant("DL10", "a row that nobody knows", Place{File: l.file, Sheet: p.name, Rows: []int{at}})
	}
	stated := n
	if l.wrongTotal {
		stated += 2
	}
	at := p.addText("", fmt.Sprintf("Tổng cộng: %d người", stated))
	if l.wrongTotal {
		g.plant("DL09", "a total of two too many", Place{File: l.file, Sheet: p.name, Rows: []int{at}})
	}
}

// columns are the fields that the rows need.
func (g *generator) columns(l *list, rows []*row) []field {
	var all []field
	for _, f := range fields() {
		if f.name == "id" && !l.layout.withIDs || len(f.programs) > 0 && !slices.ContainsFunc(rows, func(r *row) bool { return slices.Contains(f.programs, r.program) }) {
			continue
		}
		all = append(all, f)
	}
	if l.layout.phones {
		all = append(all, field{name: "phone", wordings: [3]string{"Điện thoại", "Số điện thoại", "SĐT"}, of: func(h *human) string { return h.phone }})
	}
	if l.layout.shape == mixed || l.layout.shape == textFile || l.layout.shape == sheets && l.layout.words == 1 {
		all = append(all, field{name: "class", wordings: [3]string{"Lớp đăng ký", "Lớp đào tạo, bồi dưỡng", "Chương trình đăng ký"}})
	}
	return append(all, field{name: "note", wordings: [3]string{"Ghi chú", "Ghi chú", "Ghi chú"}})
}

func (g *generator) cell(l *list, r *row, f *field) cell {
	if t, ok := r.texts[f.name]; ok {
		if formula, ok := strings.CutPrefix(t, "="); ok {
			return cell{text: formula, formula: true}
		}
		return text(t)
	}
	switch {
	case f.name == "class":
		return text(g.className(r.program))
	case f.name == "note":
		return text("")
	case f.day != nil:
		day := f.day(r.human)
		switch {
		case day.IsZero():
			return text("")
		case l.layout.dateText || l.legacy:
			return text(vietnamese(day))
		}
		return date(day)
	case f.name == "id" && l.numericIDs:
		return cell{text: strings.TrimLeft(r.human.id, "0"), number: true}
	case f.name == "name" && l.layout.capitals && !l.legacy:
		return text(strings.ToUpper(r.human.name))
	}
	return text(f.of(r.human))
}

func vietnamese(day time.Time) string { return day.Format("02/01/2006") }
