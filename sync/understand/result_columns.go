package understand

import (
	"strings"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// resultHeaders are the headers that only lists of results have. They are
// looked up for columns that mean nothing in a roster.
var resultHeaders = newDictionary([]entry{
	{meaning{field: reconcile.FieldGrade}, "xếp loại | =loại | kết quả xếp loại | xếp loại học tập | xếp loại tốt nghiệp | xếp loại khóa học | =xl | xếp hạng"},
	// The marks of single subjects are not the course's.
	{meaning{field: reconcile.FieldOtherInfo}, "học phần | điểm học phần | =môn | điểm môn | điểm các môn | chuyên đề | điểm chuyên đề | điểm bài | điểm thành phần | điểm quá trình | điểm chuyên cần | điểm rèn luyện | điểm danh"},
	{meaning{field: reconcile.FieldScore}, "điểm | điểm thi | điểm trung bình | điểm tổng kết | điểm tb | =đtb | điểm toàn khóa | điểm tốt nghiệp"},
	{meaning{field: reconcile.FieldOutcome}, "kết quả | kết quả học tập | tình trạng | tình trạng học tập | trạng thái | kết quả đào tạo | kết quả khóa học | công nhận tốt nghiệp | =lý do"},
	{meaning{field: reconcile.FieldProgram}, "lớp đã học | các lớp đã học | lớp đang học | khóa đã học | khóa đang học | chương trình đã học | chương trình đang học | lớp đã qua"},
	{meaning{field: reconcile.FieldDecision}, "quyết định | số quyết định | số bằng | số hiệu bằng | số văn bằng | số hiệu văn bằng | số chứng chỉ | số chứng nhận | " +
		"số giấy chứng nhận | số vào sổ | quyết định công nhận | =số hiệu | số cc"},
	{meaning{field: reconcile.FieldOpened}, "khai giảng | ngày khai giảng | ngày nhập học | nhập học | ngày bắt đầu | thời gian bắt đầu | từ ngày | ngày vào học | thời gian học | thời gian đào tạo | thời gian"},
	{meaning{field: reconcile.FieldClosed}, "bế giảng | ngày bế giảng | ngày kết thúc | thời gian kết thúc | đến ngày | ngày tốt nghiệp | ngày hoàn thành | năm tốt nghiệp | năm hoàn thành"},
	{meaning{field: reconcile.FieldOwed}, "cam kết | thời gian cam kết | số tháng cam kết | thời gian phải phục vụ | số tháng phải phục vụ | thời gian phục vụ theo cam kết"},
	{meaning{field: reconcile.FieldServed}, "đã phục vụ | thời gian đã phục vụ | số tháng đã phục vụ | thời gian đã công tác | số tháng đã làm việc | thời gian làm việc sau đào tạo | đã thực hiện cam kết"},
	// What is paid to the learner and not for the course is never recovered.
	{meaning{field: reconcile.FieldIgnored}, "lương | tiền lương | phụ cấp | lương và phụ cấp"},
	{meaning{field: reconcile.FieldCost}, "học phí | chi phí đào tạo | chi phí khóa học | kinh phí đào tạo | chi phí khác | chi phí | tổng chi phí | kinh phí | kinh phí hỗ trợ | kinh phí nhà nước hỗ trợ"},
})

// resultCells counts the cells of a header of people that only a list of
// results has.
func (s *sheetReader) resultCells(row *line) int {
	n := 0
	for j := range row.cells {
		c := &row.cells[j]
		if _, known := s.headerMeaning(c); known || c.Kind != sheet.Text || len(c.text) > maxHeaderText {
			continue
		}
		if _, ok := resultHeaders.lookWhole(c.text); ok {
			n++
		}
	}
	return n
}

// totalCost heads the column that sums the others.
var totalCost = wordings("tổng chi phí", "tổng kinh phí", "tổng cộng", "tổng số tiền", "cộng chi phí")

// resultColumns gives the columns of a list of results the meanings that they
// have there and nowhere else.
func (s *sheetReader) resultColumns(heads []header) {
	if s.out.Role != reconcile.RoleResult {
		return
	}
	for i := range heads {
		if heads[i].kind != roster {
			continue
		}
		for k := range heads[i].columns {
			c := &heads[i].columns[k]
			if m, ok := resultMeaning(c); ok {
				c.meaning = m
			}
		}
	}
}

// resultMeaning is what a column means in a list of results, where the general
// meaning leaves that open.
func resultMeaning(c *column) (meaning, bool) {
	switch c.field {
	case reconcile.FieldUnclear, reconcile.FieldOtherInfo, reconcile.FieldAmount, reconcile.FieldSpent, reconcile.FieldRate,
		reconcile.FieldEducation, reconcile.FieldIgnored, reconcile.FieldPlaces:
	default:
		return meaning{}, false
	}
	leaf := c.levels[len(c.levels)-1]
	if c.field == reconcile.FieldEducation && !contains(words(leaf), decisionWords) {
		return meaning{}, false
	}
	if m, ok := resultHeaders.lookWhole(leaf); ok && m.field == reconcile.FieldProgram {
		return m, true
	}
	// A column under "Kết quả" that is headed by an outcome is ticked.
	if outcome := outcomeOf(leaf); outcome != reconcile.NoOutcome && isMarkHeader(c) {
		return meaning{field: reconcile.FieldOutcome, holds: aMark}, true
	}
	if m, ok := resultHeaders.look(leaf); ok {
		return m, true
	}
	if len(c.levels) > 1 {
		return resultHeaders.look(strings.Join(c.levels, " "))
	}
	return meaning{}, false
}

// decisionWords tell the number of a diploma from the education that it shows.
var decisionWords = wordings("số hiệu", "số văn bằng", "số bằng", "vào sổ")

// isMarkHeader: the header is the outcome and asks for no number or date.
func isMarkHeader(c *column) bool {
	list := words(c.levels[len(c.levels)-1])
	return len(list) <= 4 && !contains(list, valueWords)
}

var valueWords = wordings("số", "ngày", "năm", "quyết định", "xếp loại", "điểm", "công nhận", "thời gian")
