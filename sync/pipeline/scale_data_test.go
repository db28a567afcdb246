package pipeline

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"doisoat/reconcile"
)

// province makes the lists of one plan: some eighty agencies, each with one
// document of a few sheets, people with the names, dates and offices that such
// lists have, and the faults that they have, in about their shares. The same
// seed gives the same lists.
type province struct {
	plan     *reconcile.Plan
	register *reconcile.Register
	rows     int // registrations in all
	seed     uint64
}

// agencies are the bodies that send lists.
func (v *province) agencies() int { return len(v.register.Agencies) }

// document makes the list of the i-th agency. A change makes one of its
// registrations out of every so many a new one each time that it grows.
func (v *province) document(i int, change edit) *reconcile.Document {
	a := &v.register.Agencies[i]
	w := &writer{
		province: v, agency: a, change: change,
		rng: rand.New(rand.NewPCG(v.seed, uint64(i))), withIDs: i%3 > 0,
		document: &reconcile.Document{
			Source: fmt.Sprintf("folder:inbox/%s/dang ky 2024.xlsx", a.Code), File: "dang ky 2024.xlsx",
			Format: reconcile.XLSX, Agency: a.Code, Version: fmt.Sprint("v", v.seed, i, change),
		},
	}
	rows := v.rows*(i+1)/v.agencies() - v.rows*i/v.agencies()
	for no, part := range []int{rows / 2, rows / 3, rows - rows/2 - rows/3} {
		w.sheet(no, part)
	}
	return w.document
}

// edit says how many of the rows of a document, one in every, were mended in
// the round; round 0 is the list as first sent.
type edit struct{ every, round int }

type writer struct {
	*province
	agency   *reconcile.Agency
	change   edit
	rng      *rand.Rand
	document *reconcile.Document
	withIDs  bool // many lists do without
	written  int
}

var (
	families  = strings.Fields("Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Phạm Huỳnh Võ Phan Bùi Đặng Đỗ Hồ Trương Đinh Lương Cao Tạ Ngô Dương Lý Mai Tôn Châu")
	middles   = []string{"Thị", "Thị", "Thị", "Văn", "Văn", "Ngọc", "Thanh", "Minh", "Hữu", "Đức", "Quang", "Thị Kim", "Thị Thu", "Thị Mỹ", "Xuân", "Hoài", "Tấn", "Công", "Đình", "Thị Bích", "Anh", "Thế", "Trung", "Quốc", "Duy"}
	givens    = strings.Fields("Anh Ánh An Bình Bảo Chi Châu Cường Dung Dũng Duyên Đạt Đức Giang Hà Hải Hạnh Hằng Hậu Hiền Hiếu Hoa Hòa Hoàng Hồng Hùng Huy Hương Khánh Khoa Lan Linh Loan Long Lợi Mai Minh My Nam Nga Ngân Ngọc Nhân Nhung Oanh Phong Phú Phúc Phương Quân Quang Quý Quyên Sơn Sang Tâm Tân Thắng Thảo Thành Thanh Thu Thúy Thủy Tiên Tiến Toàn Trang Trâm Trí Trung Trường Tú Tuấn Tùng Tuyết Uyên Vân Việt Vinh Vũ Vy Xuân Yến")
	peoples   = []string{"Kinh", "Kinh", "Kinh", "Kinh", "Kinh", "Kinh", "Kinh", "Kinh", "Hrê", "Cor", "Ca Dong"}
	positions = []string{
		"Chuyên viên", "Chuyên viên", "Chuyên viên", "Phó Trưởng phòng", "Trưởng phòng", "Công chức Văn phòng - Thống kê", "Bí thư Đảng ủy xã",
		"Phó Chủ tịch UBND xã", "Chủ tịch Hội Nông dân xã", "Giáo viên", "Phó Hiệu trưởng", "Kế toán", "Chỉ huy trưởng Ban CHQS xã",
		"Công chức Tư pháp - Hộ tịch", "Phó Bí thư Đoàn xã", "Chánh Văn phòng", "Phó Giám đốc Trung tâm", "Người hoạt động không chuyên trách",
	}
	units = []string{
		"Văn phòng", "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "Ban Tổ chức", "Ban Tuyên giáo", "Phòng Giáo dục và Đào tạo",
		"UBND xã Bình An", "UBND xã Tịnh Khê", "Đảng ủy thị trấn", "Trung tâm Y tế", "Trường THCS số 1", "Phòng Tư pháp", "Hội Liên hiệp Phụ nữ",
	}
	educations = []reconcile.Education{reconcile.University, reconcile.University, reconcile.University, reconcile.Master, reconcile.College, reconcile.EducationIntermediate}
	theories   = []reconcile.PoliticalTheory{reconcile.NoPoliticalTheory, reconcile.ElementaryTheory, reconcile.IntermediateTheory, reconcile.IntermediateTheory}
	headers    = []struct {
		field  reconcile.Field
		letter string
		text   string
	}{
		{reconcile.FieldOrdinal, "A", "TT"},
		{reconcile.FieldFullName, "B", "Họ và tên"},
		{reconcile.FieldBirthDate, "C", "Ngày, tháng, năm sinh"},
		{reconcile.FieldSex, "D", "Giới tính"},
		{reconcile.FieldEthnicity, "E", "Dân tộc"},
		{reconcile.FieldCitizenID, "F", "Số CCCD"},
		{reconcile.FieldPartyDate, "G", "Ngày vào Đảng"},
		{reconcile.FieldOfficialDate, "H", "Ngày chính thức"},
		{reconcile.FieldPosition, "I", "Chức vụ"},
		{reconcile.FieldUnit, "J", "Đơn vị công tác"},
		{reconcile.FieldEducation, "K", "Trình độ chuyên môn"},
		{reconcile.FieldPoliticalTheory, "L", "Lý luận chính trị"},
		{reconcile.FieldPhone, "M", "Điện thoại"},
		{reconcile.FieldProgram, "N", "Lớp đăng ký"},
		{reconcile.FieldNote, "O", "Ghi chú"},
	}
)

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

// sheet adds a list under its letterhead, with a total below.
func (w *writer) sheet(no, rows int) {
	s := reconcile.Sheet{
		Name: fmt.Sprint("Biểu ", no+1), Index: no, Role: reconcile.RoleRegistration,
		Title: "DANH SÁCH ĐĂNG KÝ ĐÀO TẠO, BỒI DƯỠNG NĂM 2024",
	}
	for _, h := range headers {
		if h.field != reconcile.FieldCitizenID || w.withIDs {
			s.Columns = append(s.Columns, reconcile.Column{Letter: h.letter, Header: h.text, Field: h.field})
		}
	}
	add := func(kind reconcile.RowKind, text string) *reconcile.Row {
		s.Rows = append(s.Rows, reconcile.Row{Number: len(s.Rows) + 1, Kind: kind, Text: text})
		return &s.Rows[len(s.Rows)-1]
	}
	add(reconcile.RowTitle, w.agency.Name)
	add(reconcile.RowTitle, s.Title)
	add(reconcile.RowHeader, "TT | Họ và tên | Ngày, tháng, năm sinh")
	for range rows {
		row := add(reconcile.RowRegistration, "")
		row.Registrations = []*reconcile.Registration{w.registration(&s, row.Number)}
	}
	total := add(reconcile.RowTotal, fmt.Sprintf("Tổng cộng: %d người", rows))
	total.Stated = &reconcile.StatedTotal{Count: rows, Cell: "B" + fmt.Sprint(total.Number), FromRow: 4, ToRow: total.Number - 1, Counted: rows}
	s.NonEmptyRows = len(s.Rows)
	w.document.Sheets = append(w.document.Sheets, s)
}

// registration writes a row, mended when its turn has come.
func (w *writer) registration(s *reconcile.Sheet, row int) *reconcile.Registration {
	w.written++
	rng := rand.New(rand.NewPCG(w.rng.Uint64(), 1))
	if w.change.round > 0 && w.written%w.change.every == 0 {
		rng = rand.New(rand.NewPCG(rng.Uint64(), uint64(w.change.round)))
	}
	if rng.IntN(50) == 0 {
		// Somebody whom another list has too: the pool is small enough to meet.
		rng = rand.New(rand.NewPCG(w.seed, uint64(rng.IntN(w.rows/50+1))))
	}
	r := w.person(rng)
	w.office(rng, r)
	if !w.withIDs {
		r.CitizenID = ""
	}
	r.Origin = reconcile.Origin{Source: w.document.Source, Sheet: s.Name, Row: row}
	texts := map[reconcile.Field]string{
		reconcile.FieldOrdinal: fmt.Sprint(row - 3), reconcile.FieldFullName: r.FullName, reconcile.FieldBirthDate: r.BirthDate.Vietnamese(),
		reconcile.FieldSex: map[reconcile.Sex]string{reconcile.Male: "Nam", reconcile.Female: "Nữ"}[r.Sex], reconcile.FieldEthnicity: r.Ethnicity,
		reconcile.FieldCitizenID: r.CitizenID, reconcile.FieldPartyDate: r.PartyDate.Vietnamese(), reconcile.FieldOfficialDate: r.OfficialDate.Vietnamese(),
		reconcile.FieldPosition: r.Position, reconcile.FieldUnit: r.AgencyText, reconcile.FieldEducation: string(r.Education),
		reconcile.FieldPoliticalTheory: string(r.PoliticalTheory), reconcile.FieldPhone: r.Phone, reconcile.FieldProgram: r.ProgramText,
		reconcile.FieldNote: r.Note,
	}
	faults := w.spoil(rng, r, texts)
	r.Readings = reconcile.MakeReadings(len(headers))
	for _, h := range headers {
		if h.field == reconcile.FieldCitizenID && !w.withIDs {
			continue
		}
		r.Readings.Set(h.field, reconcile.Reading{Cell: h.letter + fmt.Sprint(row), Text: texts[h.field], Fault: faults[h.field]})
	}
	return r
}

func (w *writer) person(rng *rand.Rand) *reconcile.Registration {
	r := &reconcile.Registration{
		FullName:  pick(rng, families) + " " + pick(rng, middles) + " " + pick(rng, givens),
		BirthDate: reconcile.Date{Year: 1966 + rng.IntN(34), Month: 1 + rng.IntN(12), Day: 1 + rng.IntN(28)},
		Sex:       reconcile.Male, Ethnicity: pick(rng, peoples),
		Phone: fmt.Sprintf("09%08d", rng.IntN(1e8)),
	}
	century := 0
	if strings.Contains(r.FullName, "Thị") {
		r.Sex, century = reconcile.Female, 1
	}
	r.CitizenID = fmt.Sprintf("051%d%02d%06d", century, r.BirthDate.Year%100, rng.IntN(1e6))
	if rng.IntN(10) < 8 {
		r.PartyDate = reconcile.Date{Year: min(r.BirthDate.Year+22+rng.IntN(8), 2021), Month: 1 + rng.IntN(12), Day: 1 + rng.IntN(28)}
		r.OfficialDate = reconcile.Date{Year: r.PartyDate.Year + 1, Month: r.PartyDate.Month, Day: r.PartyDate.Day}
	}
	return r
}

// office says where the person works and what for the person is put down: the
// programs in the shares of their places.
func (w *writer) office(rng *rand.Rand, r *reconcile.Registration) {
	r.Position, r.AgencyText = pick(rng, positions), pick(rng, units)
	r.Education, r.PoliticalTheory = pick(rng, educations), pick(rng, theories)
	r.Agency = w.agency.Code
	total := 0
	for i := range w.plan.Programs {
		total += w.plan.Programs[i].Quota.Places + 5
	}
	at := rng.IntN(total)
	for i := range w.plan.Programs {
		p := &w.plan.Programs[i]
		if at -= p.Quota.Places + 5; at < 0 {
			r.Program, r.ProgramText, r.Form = p.Code, p.Name, p.Form
			if rng.IntN(12) > 0 {
				w.suit(rng, r, p)
			}
			return
		}
	}
}

// suit makes the person one of those whom the program is for, as most are.
func (w *writer) suit(rng *rand.Rand, r *reconcile.Registration, p *reconcile.Program) {
	commune := func() {
		r.Position = pick(rng, []string{"Bí thư Đảng ủy xã", "Phó Chủ tịch UBND xã", "Chủ tịch Hội Nông dân xã", "Công chức Tư pháp - Hộ tịch", "Phó Bí thư Đoàn xã"})
		r.AgencyText = pick(rng, []string{"UBND xã Bình An", "UBND xã Tịnh Khê", "UBND xã Phổ Cường", "UBND thị trấn Sơn Tịnh"})
	}
	switch p.Kind {
	case reconcile.CommuneStaff, reconcile.CommuneOfficers:
		commune()
	case reconcile.DefenceReligious:
		r.Position, r.AgencyText = pick(rng, []string{"Trụ trì chùa", "Linh mục", "Mục sư"}), "xã Bình An"
	case reconcile.DefenceGroup3, reconcile.UpdateGroup3, reconcile.UpdateGroup4:
		r.Position = pick(rng, []string{"Trưởng phòng", "Phó Trưởng phòng"})
	case reconcile.AdvancedTheory, reconcile.IntermediateStudy:
		r.Position, r.Education, r.PoliticalTheory = pick(rng, []string{"Trưởng phòng", "Phó Trưởng phòng"}), reconcile.University, reconcile.ElementaryTheory
		if p.Kind == reconcile.AdvancedTheory {
			r.PoliticalTheory = reconcile.IntermediateTheory
		}
		r.BirthDate.Year = 1970 + r.BirthDate.Year%14
		r.PartyDate = reconcile.Date{Year: 2010, Month: 3, Day: 1 + rng.IntN(28)}
		r.OfficialDate = reconcile.Date{Year: 2011, Month: 3, Day: r.PartyDate.Day}
		if r.CitizenID != "" {
			r.CitizenID = fmt.Sprintf("%s%02d%s", r.CitizenID[:4], r.BirthDate.Year%100, r.CitizenID[6:])
		}
	}
}

// spoil puts in the faults of real lists, in some seven rows of a hundred.
func (w *writer) spoil(rng *rand.Rand, r *reconcile.Registration, texts map[reconcile.Field]string) map[reconcile.Field]reconcile.Fault {
	switch rng.IntN(150) {
	case 0:
		r.BirthDate, texts[reconcile.FieldBirthDate] = reconcile.Date{}, ""
	case 1:
		r.BirthDate, texts[reconcile.FieldBirthDate] = reconcile.Date{}, "30/02/1980"
		return map[reconcile.Field]reconcile.Fault{reconcile.FieldBirthDate: reconcile.Impossible}
	case 2, 3:
		r.BirthDate = reconcile.Date{Year: r.BirthDate.Year}
		texts[reconcile.FieldBirthDate] = r.BirthDate.Vietnamese()
	case 4:
		r.CitizenID, texts[reconcile.FieldCitizenID] = "", "5,10900E+10"
		return map[reconcile.Field]reconcile.Fault{reconcile.FieldCitizenID: reconcile.Lossy}
	case 5:
		r.Position, texts[reconcile.FieldPosition] = "", ""
	case 6:
		r.Program, r.ProgramText, texts[reconcile.FieldProgram] = "", "Lớp bồi dưỡng khác", "Lớp bồi dưỡng khác"
		return map[reconcile.Field]reconcile.Fault{reconcile.FieldProgram: reconcile.Unrecognised}
	case 7:
		r.FullName = strings.Replace(r.FullName, " Thị ", " T. ", 1)
		texts[reconcile.FieldFullName] = r.FullName
	case 8:
		r.PartyDate.Year = r.BirthDate.Year + 15
	case 9:
		r.Sex = reconcile.Female
	case 10:
		r.FullName = strings.ToUpper(r.FullName)
	}
	return nil
}

// allocations share the plan's places out to the agencies, a few to each.
func (v *province) allocations() []reconcile.Allocation {
	var all []reconcile.Allocation
	for i := range v.plan.Programs {
		p := &v.plan.Programs[i]
		for k := range v.register.Agencies {
			places := p.Quota.Places*(k+1)/v.agencies() - p.Quota.Places*k/v.agencies()
			if places == 0 {
				continue
			}
			all = append(all, reconcile.Allocation{
				Agency: v.register.Agencies[k].Code, Programs: []string{p.Code}, Places: places,
				Origin: reconcile.Origin{Source: "phan-bo.yml", Row: len(all) + 1},
			})
		}
	}
	return all
}
