package understand

import (
	"regexp"
	"strings"

	"doisoat/reconcile"
)

// careerHeaders are the wordings of columns about a person's service. They are
// looked up only for columns that the wordings of headers leave as other
// information or unclear, so that a new one never changes what another column
// means.
var careerHeaders = newDictionary([]entry{
	{meaning{field: reconcile.FieldRankSince}, "thời gian giữ ngạch | thời gian giữ hạng | ngày bổ nhiệm ngạch | thời điểm giữ ngạch | giữ ngạch từ | số năm giữ ngạch | thời điểm bổ nhiệm ngạch | " +
		"ngày giữ ngạch | ngày hưởng ngạch | bổ nhiệm vào ngạch | năm giữ ngạch | thời gian bổ nhiệm ngạch"},
	{meaning{field: reconcile.FieldRank}, "=ngạch | ngạch công chức | ngạch hiện giữ | ngạch đang giữ | mã ngạch | =ngạch, hạng | ngạch cán bộ | ngạch viên chức | =ngạch bậc | =ngạch hiện hưởng | " +
		"hạng chức danh nghề nghiệp | chức danh nghề nghiệp | hạng cdnn | tên ngạch | ngạch, mã ngạch | ngạch, hạng chức danh | =hạng viên chức | mã số ngạch | ngạch lương"},
	{meaning{field: reconcile.FieldRecruited}, "ngày tuyển dụng | năm tuyển dụng | ngày vào ngành | năm vào ngành | thời điểm tuyển dụng | tuyển dụng ngày | ngày được tuyển dụng | thời gian tuyển dụng | =tuyển dụng | ngày bắt đầu công tác | ngày tuyển dụng lần đầu"},
	{meaning{field: reconcile.FieldEmployment}, "=loại cán bộ | =diện | diện cán bộ | =loại | =cb, cc, vc | =cán bộ, công chức, viên chức | loại hình cán bộ | =loại hình | =đối tượng cán bộ | =cbccvc | =là cán bộ, công chức, viên chức | loại cbccvc | loại lao động"},
	{meaning{field: reconcile.FieldMajor}, "chuyên ngành | ngành đào tạo | =ngành | ngành học | chuyên ngành đào tạo | ngành, chuyên ngành"},
	{meaning{field: reconcile.FieldRating}, "xếp loại | đánh giá xếp loại | kết quả đánh giá | đánh giá cán bộ | đánh giá, phân loại | mức độ hoàn thành nhiệm vụ | xếp loại chất lượng | phân loại cán bộ | đánh giá"},
	{meaning{field: reconcile.FieldCommitment}, "cam kết | cam kết phục vụ | bản cam kết | có cam kết"},
	{meaning{field: reconcile.FieldFirstPostgraduate}, "=lần đầu đào tạo sau đại học | =lần đầu học sau đại học | =lần đầu | =cử đi học lần đầu | =đào tạo sau đại học lần đầu"},
	{meaning{field: reconcile.FieldMinority}, "dân tộc ít người | dân tộc thiểu số | người dân tộc thiểu số | =dtts | =người dtts"},
	{meaning{field: reconcile.FieldReligiousRank}, "chức sắc | chức việc | phẩm sắc | phẩm trật | chức sắc, chức việc"},
})

// notOfService are words of headers that only sound like one of the career's:
// the rating of a course, the school of a branch of study.
var notOfService = wordings("học lực", "tốt nghiệp", "rèn luyện", "khen thưởng", "kỷ luật", "sức khỏe", "đăng ký", "hệ số", "bậc lương", "trường", "cơ sở", "nơi", "năm tốt nghiệp", "đơn vị", "thể lực", "ngoại ngữ", "tin học", "đề nghị")

// learnCareer turns a column of other information into one of the career when
// its header says so, or when its values are kinds of employment.
func learnCareer(c *column, sample []cell) {
	if c.field != reconcile.FieldOtherInfo && c.field != reconcile.FieldUnclear || c.holds != aValue {
		return
	}
	if contains(words(c.header), gradeHeader) || c.header == "Loại" {
		if mostly(sample, isEmployment) {
			c.meaning = meaning{field: reconcile.FieldEmployment}
		}
		return
	}
	if contains(words(c.header), notOfService) {
		return
	}
	for _, text := range []string{c.levels[len(c.levels)-1], c.header} {
		if m, ok := careerHeaders.look(text); ok && holdsCareer(m.field, sample) {
			c.meaning = meaning{field: m.field}
			return
		}
	}
}

// holdsCareer asks the values where headers are too common to be sure: “Xếp
// loại” is also what a class ended with.
func holdsCareer(f reconcile.Field, sample []cell) bool {
	switch f {
	case reconcile.FieldEmployment:
		return mostly(sample, isEmployment)
	case reconcile.FieldRating:
		return len(sample) == 0 || mostly(sample, isRating)
	}
	return true
}

// readCareer reads what the columns tell of the person's service.
func (d *draft) readCareer() {
	career := &d.reg.Career
	for _, c := range d.block.career {
		found, ok := d.cell(c)
		text, fault := found.text, reconcile.NoFault
		said := ok && !d.list.sheet.saysNone(text)
		switch c.field {
		case reconcile.FieldPlannedPosition:
			if said {
				career.PlannedPosition = text
			}
			continue // its reading is noted with the plain values
		case reconcile.FieldEmployment:
			if said {
				career.Employment, career.Trainee, fault = employment(text)
			}
		case reconcile.FieldRank:
			if said {
				var rank reconcile.Rank
				if rank, fault = rankOf(text); career.Rank == "" {
					career.Rank = rank
				}
			}
		case reconcile.FieldRankSince:
			if said {
				career.RankSince, career.RankMonths, fault = d.timeInRank(found)
			}
		case reconcile.FieldRecruited:
			if said {
				read := d.dateReader().cell(found)
				career.Recruited, fault = read.first(), read.fault
			}
		case reconcile.FieldMajor:
			if said {
				career.Major = text
			}
		case reconcile.FieldRating:
			if said {
				var ratings []reconcile.Rating
				ratings, fault = ratingsOf(c.header, text)
				for i := range ratings {
					ratings[i].Cell = d.cellName(c)
				}
				career.Ratings = append(career.Ratings, ratings...)
			}
		case reconcile.FieldCommitment:
			career.Commitment = reply(text)
		case reconcile.FieldFirstPostgraduate:
			career.FirstPostgraduate = reply(text)
		case reconcile.FieldMinority:
			career.Minority = reply(text)
		case reconcile.FieldReligiousRank:
			if said {
				career.ReligiousRank = text
			}
		default:
			d.readGroup(c, text)
			continue
		}
		d.noteCareer(c, text, fault)
	}
}

// noteCareer records a reading; of several columns of one field, the first that
// holds something stands.
func (d *draft) noteCareer(c *column, text string, fault reconcile.Fault) {
	if known, ok := d.reg.Readings.Lookup(c.field); ok && known.Text != "" {
		return
	}
	d.note(c.field, c, text, fault)
}

// readGroup takes the group of defence training from the column of groups that
// also completes the name of the class.
func (d *draft) readGroup(c *column, text string) {
	if c.holds != aGrade {
		return
	}
	if m := gradeCell.FindStringSubmatch(text); m != nil {
		d.reg.Career.DefenceGroup = groupNumber(m[1])
		d.note(reconcile.FieldDefenceGroup, c, text, reconcile.NoFault)
	}
}

func groupNumber(text string) int {
	switch strings.ToUpper(text) {
	case "1", "I":
		return 1
	case "2", "II":
		return 2
	case "3", "III":
		return 3
	}
	return 4
}

var yearsHeld = regexp.MustCompile(`(?i)^\s*(\d{1,2})\s*(năm|nam)?\s*(?:(\d{1,2})\s*tháng)?\s*$`)

// timeInRank reads since when, or for how long, the rank has been held.
func (d *draft) timeInRank(c cell) (since reconcile.Date, months int, fault reconcile.Fault) {
	if m := yearsHeld.FindStringSubmatch(c.text); m != nil {
		return since, small(m[1])*12 + small(m[3]), reconcile.NoFault
	}
	read := d.dateReader().cell(c)
	return read.first(), 0, read.fault
}

// small reads a number of at most two digits, 0 for none.
func small(digits string) int {
	n := 0
	for _, r := range digits {
		n = n*10 + int(r-'0')
	}
	return n
}

// reply reads a yes or no; texts that are neither ("02 lần thời gian đào tạo")
// affirm.
func reply(text string) reconcile.Reply {
	list := words(text)
	switch {
	case len(list) == 0:
		return reconcile.NoReply
	case isMark(text):
		return reconcile.Yes
	case saysNone(text) || list[0] == "không" || list[0] == "chưa" || list[0] == "no":
		return reconcile.No
	}
	return reconcile.Yes
}
