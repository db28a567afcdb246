package reporttest

import (
	"strings"

	"doisoat/reconcile"
)

// agencies are the bodies of the invented register: code, bloc, level, name.
const agencies = `
H01|state|district|Ủy ban nhân dân thành phố Quảng Ngãi
H02|state|district|Ủy ban nhân dân thị xã Đức Phổ
H03|state|district|Ủy ban nhân dân huyện Bình Sơn
H04|state|district|Ủy ban nhân dân huyện Sơn Tịnh
H05|state|district|Ủy ban nhân dân huyện Tư Nghĩa
H06|state|district|Ủy ban nhân dân huyện Nghĩa Hành
H07|state|district|Ủy ban nhân dân huyện Mộ Đức
H08|state|district|Ủy ban nhân dân huyện Lý Sơn
H09|state|district|Ủy ban nhân dân huyện Ba Tơ
H10|state|district|Ủy ban nhân dân huyện Minh Long
H11|state|district|Ủy ban nhân dân huyện Sơn Hà
H12|state|district|Ủy ban nhân dân huyện Sơn Tây
H13|state|district|Ủy ban nhân dân huyện Trà Bồng
S01|state|province|Văn phòng UBND tỉnh
S02|state|province|Văn phòng Đoàn ĐBQH và HĐND tỉnh
S03|state|province|Sở Nội vụ
S04|state|province|Sở Tài chính
S05|state|province|Sở Kế hoạch và Đầu tư
S06|state|province|Sở Nông nghiệp và Phát triển nông thôn
S07|state|province|Sở Tài nguyên và Môi trường
S08|state|province|Sở Giao thông vận tải
S09|state|province|Sở Xây dựng
S10|state|province|Sở Công Thương
S11|state|province|Sở Giáo dục và Đào tạo
S12|state|province|Sở Y tế
S13|state|province|Sở Lao động - Thương binh và Xã hội
S14|state|province|Sở Văn hóa, Thể thao và Du lịch
S15|state|province|Sở Khoa học và Công nghệ
S16|state|province|Sở Thông tin và Truyền thông
S17|state|province|Sở Tư pháp
S18|state|province|Sở Ngoại vụ
S19|state|province|Thanh tra tỉnh
S20|state|province|Ban Dân tộc tỉnh
S21|state|province|Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp
V01|state|province|Trường Đại học Phạm Văn Đồng
V02|state|province|Trường Cao đẳng Y tế Đặng Thùy Trâm
V03|state|province|Trường Cao đẳng Việt Nam - Hàn Quốc - Quảng Ngãi
V04|state|province|Đài Phát thanh - Truyền hình tỉnh
V05|state|province|Bệnh viện Đa khoa tỉnh
V06|state|province|Ban Quản lý dự án Đầu tư xây dựng các công trình Giao thông tỉnh
V07|state|province|Ban Quản lý dự án Đầu tư xây dựng các công trình Dân dụng và Công nghiệp tỉnh
D01|party|province|Ban Tổ chức Tỉnh ủy
D02|party|province|Ban Tuyên giáo Tỉnh ủy
D03|party|province|Ban Dân vận Tỉnh ủy
D04|party|province|Ban Nội chính Tỉnh ủy
D05|party|province|Ủy ban Kiểm tra Tỉnh ủy
D06|party|province|Văn phòng Tỉnh ủy
D07|party|province|Đảng ủy Khối Cơ quan và Doanh nghiệp tỉnh
D08|party|province|Trường Chính trị tỉnh
D09|party|province|Báo Quảng Ngãi
D10|party|province|Đảng ủy Công an tỉnh
D11|party|province|Đảng ủy Quân sự tỉnh
D12|party|province|Đảng ủy Bộ đội Biên phòng tỉnh
M01|party|province|Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh
M02|party|province|Liên đoàn Lao động tỉnh
M03|party|province|Hội Liên hiệp Phụ nữ tỉnh
M04|party|province|Hội Nông dân tỉnh
M05|party|province|Hội Cựu chiến binh tỉnh
M06|party|province|Tỉnh đoàn Quảng Ngãi
M07|party|province|Hội Chữ thập đỏ tỉnh
M08|party|province|Hội Văn học - Nghệ thuật tỉnh
M09|party|province|Liên minh Hợp tác xã tỉnh
T01|central|central|Cục Thuế tỉnh
T02|central|central|Kho bạc Nhà nước Quảng Ngãi
T03|central|central|Ngân hàng Nhà nước Chi nhánh Quảng Ngãi
T04|central|central|Bảo hiểm xã hội tỉnh
T05|central|central|Cục Thống kê tỉnh
T06|central|central|Tòa án nhân dân tỉnh
T07|central|central|Viện Kiểm sát nhân dân tỉnh
T08|central|central|Cục Thi hành án dân sự tỉnh
T09|central|central|Cục Hải quan tỉnh
T10|central|central|Công ty Điện lực Quảng Ngãi
T11|central|central|Công ty Cổ phần Lọc hóa dầu Bình Sơn
T12|central|central|Viễn thông Quảng Ngãi
`

// Register is a register of agencies of all blocs.
func Register() *reconcile.Register {
	register := &reconcile.Register{Province: "Quảng Ngãi"}
	for line := range strings.SplitSeq(strings.TrimSpace(agencies), "\n") {
		f := strings.Split(line, "|")
		register.Agencies = append(register.Agencies, reconcile.Agency{
			Code: f[0], Bloc: reconcile.Bloc(f[1]), Level: reconcile.Level(f[2]), Name: f[3],
		})
	}
	return register
}
