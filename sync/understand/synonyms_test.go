package understand

import (
	"strings"
	"testing"

	"doisoat/reconcile"
)

// Every wording means what its line says: none is hidden by an earlier line,
// also when it is typed without marks where that leaves no other choice.
func TestWordingsMeanWhatTheirLineSays(t *testing.T) {
	check := func(d *dictionary, entries []entry, where string) {
		for _, e := range entries {
			for wording := range strings.SplitSeq(e.wordings, "|") {
				text := strings.TrimPrefix(strings.TrimSpace(wording), "=")
				m, ok := d.lookWhole(text)
				if !ok || m.field != e.meaning.field || m.holds != e.meaning.holds || m.sex != e.meaning.sex || m.form != e.meaning.form {
					t.Errorf("%s%q means %s, its line says %s", where, text, m.field, e.meaning.field)
				}
			}
		}
	}
	check(headers, headerEntries, "")
	check(under[reconcile.FieldPartyDate], partyEntries, "under the Party: ")
}

func TestHeaderWordings(t *testing.T) {
	for text, want := range map[string]reconcile.Field{
		"HỌ VÀ TÊN": reconcile.FieldFullName, "Họ  và tên (chữ in hoa)": reconcile.FieldFullName, "HoVaTen": reconcile.FieldFullName,
		"Ngày tháng năm sinh (*)": reconcile.FieldBirthDate, "NĂM SINH": reconcile.FieldBirthDate, "ngay_sinh": reconcile.FieldBirthDate,
		"Chức vụ, chức danh hiện nay": reconcile.FieldPosition, "Chức danh quy hoạch": reconcile.FieldPlannedPosition,
		"Chức vụ và nơi công tác hiện nay": reconcile.FieldPosition, "Trình độ lí luận chính trị": reconcile.FieldPoliticalTheory,
		"Trình độ chuyên môn nghiệp vụ": reconcile.FieldEducation, "Số ĐT liên hệ": reconcile.FieldPhone, "SĐT": reconcile.FieldPhone,
		"Số CMND/CCCD/Hộ chiếu": reconcile.FieldCitizenID, "Ngày cấp CCCD": reconcile.FieldOtherInfo, "Ngày vào Đảng CSVN": reconcile.FieldPartyDate,
		"Ngày vào Đảng chính thức": reconcile.FieldOfficialDate, "Đăng ký tham gia lớp bồi dưỡng": reconcile.FieldProgram,
		"Tên lớp bồi dưỡng": reconcile.FieldProgram, "Hình thức đào tạo": reconcile.FieldForm, "Ngạch công chức đang giữ": reconcile.FieldOtherInfo,
		"Đơn vị tính": reconcile.FieldUnitName, "Đơn vị công tác hiện nay": reconcile.FieldUnit, "Thành tiền (đồng)": reconcile.FieldAmount,
	} {
		if m, ok := headers.look(text); !ok || m.field != want {
			t.Errorf("%q means %q, want %q", text, m.field, want)
		}
	}
	// What only resembles a header's wording is none.
	for _, text := range []string{"", "Nguyễn Văn Tên", "Sở Y tế", "15/8/1979", "Kinh", "(1)", "Huyện Ba Tơ"} {
		if m, ok := headers.look(text); ok {
			t.Errorf("%q means %q, want nothing", text, m.field)
		}
	}
}
