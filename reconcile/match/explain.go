package match

import "strings"

// why explains a verdict as people read it. No text holds a birth date, an ID
// number or a phone: it is shown to offices that may not see those of others.
func (v *verdict) why() string {
	all := []string{v.idWords(), v.dateWords(), v.nameWords()}
	if v.samePhone {
		all = append(all, "cùng số điện thoại")
	}
	if v.sameParty {
		all = append(all, "cùng ngày vào Đảng")
	}
	all = append(all, v.placeWords())
	if v.samePosition {
		all = append(all, "cùng chức vụ")
	}
	if v.otherParty {
		all = append(all, "khác ngày vào Đảng")
	}
	if v.otherSex {
		all = append(all, "khác giới tính")
	}
	said := all[:0]
	for _, words := range all {
		if words != "" {
			said = append(said, words)
		}
	}
	return strings.Join(said, ", ")
}

func (v *verdict) idWords() string {
	switch v.id {
	case sameNumber:
		if v.name == otherName || v.date == otherDate {
			return "cùng số căn cước (một bên có thể ghi nhầm số)"
		}
		return "cùng số căn cước"
	case slipNumber:
		return "số căn cước chỉ khác một chữ số"
	}
	return ""
}

func (v *verdict) dateWords() string {
	switch v.date {
	case sameDate:
		return "cùng ngày sinh đầy đủ"
	case sameMonth:
		return "cùng tháng và năm sinh (một bên không ghi ngày)"
	case sameYear:
		return "cùng năm sinh (không đủ ngày, tháng để so)"
	case swapped:
		return "ngày sinh bị đảo ngày và tháng"
	case oneDigit:
		return "ngày sinh chỉ khác một chữ số"
	case otherDate:
		return "khác ngày sinh"
	}
	return "không có ngày sinh để so"
}

func (v *verdict) nameWords() string {
	switch v.name {
	case sameName:
		return "cùng họ tên"
	case spacing:
		return "cùng họ tên chỉ khác dấu cách"
	case slip:
		return "cùng họ tên chỉ khác một dấu hoặc một chữ cái ở họ, chữ đệm"
	case noMarks:
		return "cùng họ tên nhưng một bên viết không dấu"
	case iForY:
		return "cùng họ tên chỉ khác i và y"
	case shortened:
		return "họ tên một bên viết tắt"
	case brokenText:
		return "họ tên một bên bị lỗi phông chữ"
	case slipGiven:
		return "họ tên chỉ khác một dấu hoặc một chữ cái ở tên (có thể là anh chị em)"
	case fewerWords:
		return "họ tên một bên thiếu chữ đệm"
	}
	return "khác họ tên"
}

func (v *verdict) placeWords() string {
	switch v.place {
	case sameUnit:
		return "cùng đơn vị"
	case sameAgency:
		return "cùng cơ quan gửi"
	case sameDistrict:
		return "hai đơn vị thuộc một huyện"
	case elsewhere:
		return "khác cơ quan gửi"
	}
	return ""
}

// What is added where a pair was likely enough and yet not joined.
const (
	whyTorn  = "; chưa gộp vì trong nhóm có người khác ngày sinh hoặc khác số căn cước"
	whyApart = "; đã có trả lời không phải một người"
)
