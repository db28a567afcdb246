package understand

import (
	"strings"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// enoughResultSigns tells a list of a class, or of its results, by what only
// such lists have beside the names, where its title does not say which it is.
func (s *sheetReader) enoughResultSigns(c *clues) bool {
	isRoll := contains(c.title, rollWords)
	signs := 0
	if isRoll {
		signs++
	}
	if from, _ := classDates(s.out.Title); !from.IsZero() && from.Year < s.reader.plan.Year {
		signs++ // the class has begun
	}
	for i := range c.heads {
		if c.heads[i].kind == roster {
			signs += s.resultSigns(&c.heads[i], isRoll)
		}
	}
	return signs >= enoughSigns
}

// enoughSigns is how many of them tell a list of a class.
const enoughSigns = 2

// resultSigns counts what the columns of a list of people say for its being one
// of a class that is or was held. Marks settle it.
func (s *sheetReader) resultSigns(h *header, isRoll bool) int {
	signs, subjects := 0, 0
	for k := range h.columns {
		c := &h.columns[k]
		leaf := words(splitCamel(c.levels[len(c.levels)-1]))
		switch {
		case contains(words(c.header), resultOnly), starts(leaf, scoreStarts):
			return enoughSigns
		case contains(leaf, learnerNumber), contains(leaf, attendance):
			signs++
		case isRoll && contains(leaf, signWords):
			signs++
		case isRoll && contains(leaf, gradeWords) && mostly(s.below(h, c.col), func(c cell) bool { return gradeOutcome(c.text) != reconcile.NoOutcome && !isRating(c) }):
			signs++
		case starts(leaf, subjectStarts) && mostly(s.below(h, c.col), isScore):
			subjects++
		}
	}
	if subjects > 1 {
		return enoughSigns
	}
	return signs
}

// below are the filled cells of a column in the first rows under a header.
func (s *sheetReader) below(h *header, col int) []cell {
	return s.sample(col, h.last+1, min(len(s.view.rows), h.last+1+sampleRows))
}

// starts tells whether a text begins with one of the wordings.
func starts(list []string, p *phrases[bool]) bool {
	if len(list) == 0 {
		return false
	}
	_, ok := p.at(list, 0)
	return ok
}

// isScore tells whether a cell holds a mark from 0 to 10 that is no tick.
func isScore(c cell) bool {
	n := c.Number
	if c.Kind != sheet.Number {
		mil, ok := thousandths(c)
		if !ok || !strings.ContainsAny(c.text, "0123456789") {
			return false
		}
		n = float64(mil) / 1000
	}
	return n > 1 && n <= 10
}

var (
	signWords     = wordings("ký tên", "ký nhận", "chữ ký")
	gradeWords    = wordings("xếp loại", "loại", "xếp hạng")
	learnerNumber = wordings("mã học viên", "mã hv", "mã số học viên", "mshv", "số báo danh", "sbd", "ma hoc vien", "ma hv")
	attendance    = wordings("số buổi vắng", "số buổi nghỉ", "buổi vắng", "số tiết vắng", "số buổi học", "số buổi tham dự", "chuyên cần")
	scoreStarts   = wordings("điểm", "đtb", "tổng điểm", "tổng kết điểm", "diem")
	subjectStarts = wordings("học phần", "hp", "môn", "chuyên đề", "phần", "bài", "hoc phan")
	resultOnly    = wordings("kết quả học tập", "tình trạng học tập", "xếp loại tốt nghiệp", "xếp loại học tập khóa học", "quyết định công nhận tốt nghiệp",
		"số giấy chứng nhận", "số gcn", "số hiệu bằng", "số hiệu chứng chỉ", "số vào sổ", "điểm thi", "điểm kiểm tra", "điểm thu hoạch", "điểm bài thu hoạch",
		"điểm tổng kết", "điểm toàn khóa", "điểm trung bình toàn khóa", "số hiệu văn bằng", "số tháng cam kết", "thời gian đã phục vụ", "số tháng đã phục vụ")
)
