package match

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"doisoat/reconcile"
)

// A province of invented people whose names collide as real ones do: Nguyễn is
// 30 %, Thị and Văn stand in most names, thousands share a full name. Planted
// among them are second registrations with the errors that offices make, and
// namesakes that are not one person.

// plant is a kind of second row.
type plant struct {
	name string
	// sure: the two rows hold enough to join them without a human eye.
	sure bool
	// two: the second row is of another human being.
	two bool
	of  func(g *provinceMaker, r *reconcile.Registration)
}

// plants lists what is planted. A sure one has the full birth date (or the
// citizen ID, or a phone) and a name that no two people of one date share but
// for a slip; the others lack one of the two.
func plants() []plant {
	withID := func(do ...func(*provinceMaker, *reconcile.Registration)) func(*provinceMaker, *reconcile.Registration) {
		return func(g *provinceMaker, r *reconcile.Registration) {
			for _, f := range do {
				f(g, r)
			}
		}
	}
	return []plant{
		{"same name and date, other agency", true, false, elsewhereToo},
		{"same name and date, other case and tone placement", true, false, restyled},
		{"same name and date, other position and phone", true, false, promoted},
		{"wrong mark in family or middle name", true, false, wrongMark},
		{"wrong letter in family or middle name", true, false, wrongLetter},
		{"lost space", true, false, lostSpace},
		{"i and y, same ID", true, false, withID(giveID, swapIY)},
		{"missing middle word, same ID", true, false, withID(giveID, dropMiddle)},
		{"no marks, same ID", true, false, withID(giveID, noMarksAtAll)},
		{"abbreviated, same ID", true, false, withID(giveID, abbreviate)},
		{"year only, same ID", true, false, withID(giveID, yearOnly)},
		{"day and month swapped, same ID", true, false, withID(giveID, swapDate)},
		{"one digit of the date, same phone", true, false, withID(givePhone, wrongDigit)},
		{"i and y", false, false, withID(takeNumbers, swapIY)},
		{"missing middle word", false, false, withID(takeNumbers, dropMiddle)},
		{"no marks", false, false, withID(takeNumbers, noMarksAtAll)},
		{"abbreviated", false, false, withID(takeNumbers, abbreviate)},
		{"year only", false, false, withID(takeNumbers, yearOnly)},
		{"day and month swapped", false, false, withID(takeNumbers, swapDate)},
		{"one digit of the date", false, false, withID(takeNumbers, wrongDigit)},
		{"one digit of the ID", false, false, withID(giveID, wrongIDDigit)},
		{"namesake of the year in the district", false, true, namesake},
		{"namesake of the year in the office, years only", false, true, withID(namesake, bothYearOnly)},
		{"twin", false, true, twin},
		{"namesake of the day with another ID", false, true, otherID},
	}
}

type provinceMaker struct {
	rng  *rand.Rand
	rows []*reconcile.Registration
	// human and kind of each row, in step with rows: equal humans are one.
	human []int
	kind  []int // of the plant, -1 for first rows
	// first is the row of which a planted one is made, while it is made.
	first *reconcile.Registration
	next  int
}

// newProvince makes about n registrations; the like of each plant is a
// two-hundredth of them.
func newProvince(seed uint64, n int) *provinceMaker {
	g := &provinceMaker{rng: rand.New(rand.NewPCG(seed, 7))}
	all := plants()
	people := n * 8 / 9
	for len(g.rows) < people {
		g.add(g.person(), g.newHuman(), -1)
	}
	for at := range people { // each is at most one plant's first row, in no order since they are random
		if len(g.rows) == n {
			break
		}
		kind := at % len(all)
		g.first = g.rows[at]
		second := *g.first
		all[kind].of(g, &second)
		if second.FullName == g.first.FullName && second.BirthDate == g.first.BirthDate && second.CitizenID == g.first.CitizenID &&
			strings.Contains(all[kind].name, "wrong") {
			continue // there was nothing to get wrong
		}
		human := g.human[at]
		if all[kind].two {
			human = g.newHuman()
		}
		g.add(&second, human, kind)
	}
	for i, r := range g.rows {
		r.Origin = reconcile.Origin{Source: "folder:" + r.Agency, Sheet: "DS", Row: i + 8}
	}
	g.rng.Shuffle(len(g.rows), func(i, j int) {
		g.rows[i], g.rows[j] = g.rows[j], g.rows[i]
		g.human[i], g.human[j] = g.human[j], g.human[i]
		g.kind[i], g.kind[j] = g.kind[j], g.kind[i]
	})
	reconcile.AssignKeys(g.rows)
	return g
}

func (g *provinceMaker) newHuman() int { g.next++; return g.next }

func (g *provinceMaker) add(r *reconcile.Registration, human, kind int) {
	g.rows = append(g.rows, r)
	g.human = append(g.human, human)
	g.kind = append(g.kind, kind)
}

var (
	families = strings.Fields("Trần Trần Trần Trần Trần Lê Lê Lê Lê Phạm Phạm Phạm Võ Võ Đinh Đinh Hồ Hồ Huỳnh Bùi Phan Đỗ Đặng Trương Hoàng Vũ Ngô Dương Lý Mai Cao Tạ Lâm Châu")
	men      = strings.Fields("Tuấn Hùng Dũng Minh Sơn Hải Nam Long Cường Thắng Bình Hưng Quang Thành Tùng Khánh Phúc Đức Trung Kiên Quý Kỳ Vỹ Sỹ Lộc Tài Vinh An Định Khoa")
	women    = strings.Fields("Hương Lan Hoa Thủy Hằng Nga Hà Linh Trang Thảo Mai Loan Nhung Yến Hạnh Phương Vân Thu Hòa Mỹ Lý Oanh Tuyết Ánh Xuân Bích Diễm Kiều Sen Huyền")
	middles  = strings.Fields("Ngọc Thanh Minh Quốc Thu Mỹ Kim Hồng Xuân Đình Đức Hữu Công Bích Như Trọng")
	titles   = strings.Split("Chuyên viên,Chuyên viên,Chuyên viên,Phó Trưởng phòng,Trưởng phòng,Công chức văn phòng - thống kê,Phó Chủ tịch UBND xã,Bí thư Đảng ủy xã,Giáo viên,Kế toán", ",")
)

func (g *provinceMaker) pick(of []string) string {
	// The square makes the first ones common and the last ones rare.
	x := g.rng.Float64()
	return of[int(x*x*float64(len(of)))]
}

func (g *provinceMaker) person() *reconcile.Registration {
	r := &reconcile.Registration{Program: "QPAN-3", Sex: reconcile.Male, Position: titles[g.rng.IntN(len(titles))]}
	family := "Nguyễn"
	if g.rng.IntN(10) >= 3 {
		family = families[g.rng.IntN(len(families))]
	}
	first, name := "Văn", g.pick(men)
	if g.rng.IntN(2) == 0 {
		r.Sex, first, name = reconcile.Female, "Thị", g.pick(women)
	}
	if g.rng.IntN(10) >= 6 {
		first = g.pick(middles)
	}
	if g.rng.IntN(4) == 0 {
		first += " " + g.pick(middles)
	}
	r.FullName = family + " " + first + " " + name
	r.BirthDate = reconcile.Date{Year: 1962 + g.rng.IntN(36), Month: 1 + g.rng.IntN(12), Day: 1 + g.rng.IntN(28)}
	r.PartyDate = reconcile.Date{Year: r.BirthDate.Year + 20 + g.rng.IntN(15), Month: 1 + g.rng.IntN(12), Day: 1 + g.rng.IntN(28)}
	g.place(r)
	g.columns(r)
	return r
}

// place gives a row an agency: most people work in the thirteen districts.
func (g *provinceMaker) place(r *reconcile.Registration) {
	if g.rng.IntN(5) > 0 {
		district := 1 + g.rng.IntN(13)
		r.Agency = fmt.Sprintf("H%02d", district)
		r.AgencyText = fmt.Sprintf("xã Số %d.%d", district, g.rng.IntN(14))
		return
	}
	r.Agency = fmt.Sprintf("S%02d", 1+g.rng.IntN(60))
	r.AgencyText = ""
}

// columns leaves out what the agency's form does not ask for.
func (g *provinceMaker) columns(r *reconcile.Registration) {
	form := int(hashText(r.Agency) >> 8 % 8)
	if form&1 == 0 {
		r.CitizenID = g.id(r)
	}
	if form&2 == 0 {
		r.Phone = g.phone()
	}
	if form&4 == 0 {
		r.PartyDate = reconcile.Date{}
	}
}

func (g *provinceMaker) id(r *reconcile.Registration) string {
	sex := 0
	if r.Sex == reconcile.Female {
		sex = 1
	}
	return fmt.Sprintf("051%d%02d%06d", sex, r.BirthDate.Year%100, g.rng.IntN(1_000_000))
}

func (g *provinceMaker) phone() string { return fmt.Sprintf("09%08d", g.rng.IntN(100_000_000)) }

func elsewhereToo(g *provinceMaker, r *reconcile.Registration) {
	id := r.CitizenID
	g.place(r)
	r.CitizenID, r.Phone, r.PartyDate = "", "", reconcile.Date{}
	if g.rng.IntN(2) == 0 {
		r.CitizenID = id
	}
}

func restyled(g *provinceMaker, r *reconcile.Registration) {
	elsewhereToo(g, r)
	r.FullName = strings.NewReplacer("Hòa", "Hoà", "Thủy", "Thuỷ").Replace(r.FullName)
	if g.rng.IntN(2) == 0 {
		r.FullName = strings.ToUpper(r.FullName)
	}
}

func promoted(g *provinceMaker, r *reconcile.Registration) {
	r.Position, r.Phone = "Phó Trưởng ban", ""
	if g.first.Phone != "" {
		r.Phone = g.phone()
	}
}

// beforeGiven changes one word before the given name.
func (g *provinceMaker) beforeGiven(r *reconcile.Registration, change func(letters []rune) []rune) {
	words := strings.Fields(r.FullName)
	at := g.rng.IntN(len(words) - 1)
	words[at] = norm.NFC.String(string(change([]rune(norm.NFD.String(words[at])))))
	r.FullName = strings.Join(words, " ")
}

// wrongMark gives a word another tone, or takes its tone away.
func wrongMark(g *provinceMaker, r *reconcile.Registration) {
	elsewhereToo(g, r)
	tones := []rune{'\u0300', '\u0301', '\u0303', '\u0309', '\u0323', 0}
	g.beforeGiven(r, func(letters []rune) []rune {
		at := slices.IndexFunc(letters, func(r rune) bool { return slices.Contains(tones, r) })
		tone := tones[g.rng.IntN(len(tones))]
		switch {
		case at >= 0 && tone == 0:
			return slices.Delete(letters, at, at+1)
		case at >= 0:
			letters[at] = tone
		case tone != 0: // Minh, Thanh: behind the first vowel
			vowel := slices.IndexFunc(letters, func(r rune) bool { return strings.ContainsRune("aeiouy", r) })
			return slices.Insert(letters, vowel+1, tone)
		}
		return letters
	})
}

// wrongLetter doubles, drops or replaces a letter after the first.
func wrongLetter(g *provinceMaker, r *reconcile.Registration) {
	elsewhereToo(g, r)
	g.beforeGiven(r, func(letters []rune) []rune {
		at := 1 + g.rng.IntN(len(letters)-1)
		if letters[at] > 'z' {
			at = len(letters) - 1
		}
		switch g.rng.IntN(3) {
		case 0:
			return slices.Insert(letters, at, rune('a'+g.rng.IntN(26)))
		case 1:
			return slices.Delete(letters, at, at+1)
		}
		letters[at] = rune('a' + g.rng.IntN(26))
		return letters
	})
}

func lostSpace(g *provinceMaker, r *reconcile.Registration) {
	elsewhereToo(g, r)
	r.FullName = strings.Replace(r.FullName, " ", "", 1)
}

// giveID puts the citizen ID into both rows, givePhone the phone.
func giveID(g *provinceMaker, r *reconcile.Registration) {
	if g.first.CitizenID == "" {
		g.first.CitizenID = g.id(g.first)
	}
	g.place(r)
	r.CitizenID = g.first.CitizenID
}

func givePhone(g *provinceMaker, r *reconcile.Registration) {
	if g.first.Phone == "" {
		g.first.Phone = g.phone()
	}
	r.Phone, r.CitizenID = g.first.Phone, ""
}

func takeNumbers(_ *provinceMaker, r *reconcile.Registration) {
	r.CitizenID, r.Phone, r.PartyDate = "", "", reconcile.Date{}
}

func swapIY(_ *provinceMaker, r *reconcile.Registration) {
	r.FullName = strings.NewReplacer("Lý", "Lí", "Mỹ", "Mĩ", "Kỳ", "Kì", "Vỹ", "Vĩ", "Sỹ", "Sĩ", "Quý", "Quí").Replace(r.FullName)
}

func dropMiddle(_ *provinceMaker, r *reconcile.Registration) {
	words := strings.Fields(r.FullName)
	r.FullName = strings.Join(append(words[:1:1], words[2:]...), " ")
}

func noMarksAtAll(_ *provinceMaker, r *reconcile.Registration) {
	words := strings.Fields(reconcile.ASCII(r.FullName))
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	r.FullName = strings.Join(words, " ")
}

func abbreviate(_ *provinceMaker, r *reconcile.Registration) {
	words := strings.Fields(r.FullName)
	for i := range words[:len(words)-1] {
		words[i] = string([]rune(words[i])[:min(2, len([]rune(words[i])))]) + "."
	}
	r.FullName = strings.Join(words, " ")
}

func yearOnly(_ *provinceMaker, r *reconcile.Registration) {
	r.BirthDate = reconcile.Date{Year: r.BirthDate.Year}
}

func bothYearOnly(g *provinceMaker, r *reconcile.Registration) {
	yearOnly(g, r)
	g.first.BirthDate = r.BirthDate
	r.AgencyText = g.first.AgencyText
	takeNumbers(g, r)
	takeNumbers(g, g.first)
}

func swapDate(_ *provinceMaker, r *reconcile.Registration) {
	if r.BirthDate.Day <= 12 {
		r.BirthDate.Day, r.BirthDate.Month = r.BirthDate.Month, r.BirthDate.Day
	}
}

func wrongDigit(g *provinceMaker, r *reconcile.Registration) {
	if r.BirthDate.IsFull() {
		r.BirthDate.Year = r.BirthDate.Year/10*10 + (r.BirthDate.Year+1+g.rng.IntN(8))%10
	}
}

func wrongIDDigit(g *provinceMaker, r *reconcile.Registration) {
	at := 6 + g.rng.IntN(6)
	r.CitizenID = r.CitizenID[:at] + string('0'+(r.CitizenID[at]-'0'+1+byte(g.rng.IntN(8)))%10) + r.CitizenID[at+1:]
}

// namesake is another human being of the same name, year and district.
func namesake(g *provinceMaker, r *reconcile.Registration) {
	for compareDates(r.BirthDate, g.first.BirthDate) != otherDate && g.first.BirthDate.IsFull() {
		r.BirthDate.Month, r.BirthDate.Day = 1+g.rng.IntN(12), 1+g.rng.IntN(28)
	}
	r.CitizenID, r.Phone, r.PartyDate = "", "", reconcile.Date{}
	if g.first.CitizenID != "" {
		r.CitizenID = g.id(r)
	}
	r.Position = titles[g.rng.IntN(len(titles))]
}

// twin has the same date, family, district and a given name one mark apart.
func twin(g *provinceMaker, r *reconcile.Registration) {
	words := strings.Fields(r.FullName)
	for _, pair := range [][2]string{{"Hùng", "Hưng"}, {"Hương", "Hường"}, {"Thủy", "Thúy"}, {"Lan", "Loan"}, {"Minh", "Mình"}} {
		if words[len(words)-1] == pair[0] {
			words[len(words)-1] = pair[1]
		}
	}
	if strings.Join(words, " ") == r.FullName {
		words[len(words)-1] = "Hưng"
		g.first.FullName = strings.Join(append(words[:len(words)-1:len(words)-1], "Hùng"), " ")
	}
	r.FullName = strings.Join(words, " ")
	r.Phone, r.PartyDate = "", reconcile.Date{}
	if r.CitizenID != "" {
		r.CitizenID = g.id(r)
	}
}

func otherID(g *provinceMaker, r *reconcile.Registration) {
	giveID(g, r)
	for compareIDs(r.CitizenID, g.first.CitizenID) >= slipNumber {
		r.CitizenID = g.id(r)
	}
	r.Phone, r.PartyDate = "", reconcile.Date{}
}
