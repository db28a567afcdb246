package sheet

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// The benchmarks read one list, as offices send it: a letterhead, a head of
// columns, and people in them with texts that repeat, texts that do not, dates
// and numbers. The same seed gives the same people.
const (
	rosterCols = 15
	rosterSeed = 2024
	// rosterTop is how many rows stand above the first person.
	rosterTop = 5
)

var rosterHead = []any{
	"TT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD", "Số điện thoại", "Chức vụ", "Đơn vị công tác",
	"Ngày vào Đảng", "Ngày chính thức", "Trình độ chuyên môn", "Trình độ LLCT", "Lớp đăng ký", "Ưu tiên",
}

// rosterRows are the rows of a list of n people, those that are blank left out
// as nil. The values are int, string or date.
func rosterRows(n int) [][]any {
	rows := [][]any{
		{"ỦY BAN NHÂN DÂN HUYỆN BA TƠ"},
		nil,
		{"DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC ĐĂNG KÝ ĐÀO TẠO, BỒI DƯỠNG NĂM 2024"},
		nil,
		rosterHead,
	}
	random := rand.New(rand.NewPCG(rosterSeed, rosterSeed))
	for i := range n {
		rows = append(rows, rosterPerson(random, i))
	}
	return append(rows, []any{"", fmt.Sprintf("Danh sách này có %d đồng chí./.", n)})
}

var (
	rosterFamilies = strings.Split("Nguyễn,Trần,Lê,Phạm,Huỳnh,Phan,Võ,Đặng,Bùi,Đỗ,Hồ,Ngô,Dương,Đinh,Đoàn,Trương,Lâm,Cao,Tạ,Trịnh", ",")
	rosterMiddles  = strings.Split("Văn,Thị,Hữu,Đức,Thị Ánh,Thị Mỹ,Quang,Minh,Ngọc,Thanh,Công,Xuân,Thị Bích,Quốc,Hoàng,Thị Kim", ",")
	rosterGivens   = strings.Split("An,Bình,Chi,Dũng,Duyên,Giang,Hạnh,Hiếu,Hòa,Hưng,Khánh,Lan,Liên,Long,Mai,Nam,Nga,Phúc,Phượng,Quân,"+
		"Sơn,Tâm,Thảo,Thắng,Thủy,Tín,Trang,Tú,Tuấn,Tuyết,Uyên,Vân,Việt,Vinh,Vy,Xuyến,Yến,Đạt,Đông,Ước", ",")
	rosterPositions = strings.Split("Chuyên viên;Phó Trưởng phòng;Trưởng phòng;Chủ tịch UBND xã;Phó Chủ tịch HĐND xã;Công chức Văn phòng - Thống kê;"+
		"Công chức Tư pháp - Hộ tịch;Hiệu trưởng;Phó Hiệu trưởng;Kế toán;Bí thư Đoàn xã;Chủ tịch Hội Liên hiệp Phụ nữ", ";")
	rosterUnits = strings.Split("Phòng Nội vụ;Phòng Tài chính - Kế hoạch;Phòng Nông nghiệp và Phát triển nông thôn;Phòng Giáo dục và Đào tạo;"+
		"UBND xã Ba Động;UBND xã Ba Vinh;UBND xã Ba Dinh;UBND thị trấn Ba Tơ;Trường THCS Ba Cung;Văn phòng HĐND và UBND huyện", ";")
	rosterDegrees = strings.Split("Đại học;ĐH Luật;Đại học Kinh tế;Thạc sĩ Quản lý công;Cao đẳng;Cử nhân Hành chính", ";")
	rosterTheory  = strings.Split("Trung cấp;Sơ cấp;Cao cấp;TC", ";")
	rosterClasses = strings.Split("Cao cấp lý luận chính trị, hệ tập trung;Cao cấp LLCT hệ không tập trung;Trung cấp lý luận chính trị (không tập trung);Bồi dưỡng ngạch chuyên viên;"+
		"Bồi dưỡng ngạch chuyên viên chính;Bồi dưỡng kiến thức quốc phòng, an ninh đối tượng 3", ";")
	rosterPeoples = strings.Split("Kinh,Kinh,Kinh,Hrê,Co,Ca Dong", ",")
)

func rosterPerson(random *rand.Rand, i int) []any {
	one := func(list []string) string { return list[random.IntN(len(list))] }
	day := func(from, years int) date {
		return date(time.Date(from+random.IntN(years), time.Month(1+random.IntN(12)), 1+random.IntN(28), 0, 0, 0, 0, time.UTC).Format("02/01/2006"))
	}
	middle := one(rosterMiddles)
	sex, digit := "Nam", 0
	if strings.HasPrefix(middle, "Thị") {
		sex, digit = "Nữ", 1
	}
	joined := day(2005, 10)
	full := date(joined.time().AddDate(1, 0, 0).Format("02/01/2006"))
	return []any{
		i + 1, one(rosterFamilies) + " " + middle + " " + one(rosterGivens), day(1968, 30), sex, one(rosterPeoples),
		fmt.Sprintf("051%d%08d", digit, random.IntN(1e8)), fmt.Sprintf("09%08d", random.IntN(1e8)), one(rosterPositions), one(rosterUnits),
		joined, full, one(rosterDegrees), one(rosterTheory), one(rosterClasses), 1 + random.IntN(3),
	}
}

// rosterXLSX is the list as Excel writes it: texts shared, dates by style.
func rosterXLSX(t testing.TB, n int) []byte {
	t.Helper()
	var cells, texts strings.Builder
	shared := make(map[string]int)
	for i, row := range rosterRows(n) {
		if row == nil {
			continue
		}
		fmt.Fprintf(&cells, `<row r="%d" spans="1:%d">`, i+1, rosterCols)
		for j, v := range row {
			name := CellName(j+1, i+1)
			switch v := v.(type) {
			case int:
				fmt.Fprintf(&cells, `<c r="%s" s="2"><v>%d</v></c>`, name, v)
			case date:
				fmt.Fprintf(&cells, `<c r="%s" s="1"><v>%v</v></c>`, name, serialOf(v.time()))
			case string:
				if v == "" {
					continue
				}
				at, known := shared[v]
				if !known {
					at = len(shared)
					shared[v] = at
					texts.WriteString(`<si><t>` + v + `</t></si>`)
				}
				fmt.Fprintf(&cells, `<c r="%s" s="2" t="s"><v>%d</v></c>`, name, at)
			}
		}
		cells.WriteString(`</row>`)
	}
	return zipped(t, bookParts(
		stylesPart(`<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="0"/></cellXfs>`),
		stringsPart(texts.String()),
		worksheetPart(`<dimension ref="A1:O`+fmt.Sprint(n+rosterTop+1)+`"/><sheetData>`+cells.String()+`</sheetData><mergeCells count="1"><mergeCell ref="A3:O3"/></mergeCells>`),
	)...)
}

// rosterTable is the list as the tests of all formats state tables.
func rosterTable(n int) table {
	cells := make(map[string]any, n*rosterCols)
	for i, row := range rosterRows(n) {
		for j, v := range row {
			if v != "" {
				cells[CellName(j+1, i+1)] = v
			}
		}
	}
	return table{cells: cells, merges: []Range{{3, 1, 3, rosterCols}}}
}

// rosterXLS is the list as Excel 97 wrote it.
func rosterXLS(n int) []byte {
	var texts []string
	known := make(map[string]int)
	globals := slices.Concat(fontRecord("Times New Roman", 0, true), record(recXF, 0, 0, 0), record(recXF, 0, 14, 0))
	var cells []byte
	for row, values := range rosterRows(n) {
		for col, v := range values {
			switch v := v.(type) {
			case int:
				cells = append(cells, record(recRK, row, col, 0, uint32(v)<<2|2)...)
			case date:
				cells = append(cells, record(recRK, row, col, 1, uint32(serialOf(v.time()))<<2|2)...)
			case string:
				if v == "" {
					continue
				}
				i, ok := known[v]
				if !ok {
					i = len(texts)
					known[v] = i
					texts = append(texts, v)
				}
				cells = append(cells, record(recLabelSST, row, col, 0, uint32(i))...)
			}
		}
	}
	stream := biff8Stream(append(globals, sharedTexts(texts, 8224)...), cells)
	return oleOf(false, filePart{workbookStream, string(stream)})
}
