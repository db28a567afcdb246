package match

// Why two registrations are, or may be, of one person, as people read it. No
// text holds a birth date or an ID number: it is shown to offices that may not
// see those of others.
const (
	whyAll         = "trùng họ tên, ngày sinh và số căn cước"
	whyNameAndDate = "trùng họ tên và ngày, tháng, năm sinh"
	whyNameAndID   = "trùng số căn cước, họ tên trùng hoặc chỉ khác một dấu, một chữ"
	whySlip        = "trùng ngày, tháng, năm sinh; họ hoặc chữ đệm chỉ khác một dấu hoặc một chữ, có thể do gõ nhầm"
	whySlipPhone   = "trùng ngày, tháng, năm sinh và số điện thoại; tên chỉ khác một dấu hoặc một chữ"

	whySlipGiven   = "trùng ngày, tháng, năm sinh; tên chỉ khác một dấu hoặc một chữ (có thể là hai người khác nhau, như anh chị em sinh đôi)"
	whyFewerWords  = "trùng ngày, tháng, năm sinh; một bên thiếu một chữ đệm"
	whyIDSlip      = "trùng họ tên và ngày, tháng, năm sinh; số căn cước chỉ khác một chữ số, có thể do gõ nhầm"
	whyIDOtherDate = "trùng số căn cước và họ tên nhưng khác ngày sinh"
	whyIDOtherName = "trùng số căn cước nhưng họ tên khác nhau"
	whyIDConflict  = "trùng số căn cước nhưng họ tên và ngày sinh đều khác: một bên ghi nhầm số căn cước"
	whyTorn        = "; chưa gộp vì trong nhóm có người khác ngày sinh hoặc khác số căn cước"
)
