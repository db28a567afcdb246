package reconcile

// The words of the discrepancy tab and of the decision columns. They are
// public: reports write them and the reader finds answers by them.
const (
	DiscrepancyTab = "SAI LỆCH"
	DecisionsTab   = "Sai lệch" // in the consolidated workbook

	ColumnCode     = "Mã"
	ColumnSeverity = "Mức độ"
	ColumnRule     = "Loại sai lệch"
	ColumnProgram  = "Chương trình, lớp"
	ColumnPerson   = "Họ và tên"
	ColumnPlace    = "Vị trí"
	ColumnFound    = "Giá trị hiện tại"
	ColumnExpected = "Yêu cầu"
	ColumnBasis    = "Căn cứ"
	ColumnRemedy   = "Cách xử lý"
	ColumnSince    = "Phát hiện từ"
	ColumnStatus   = "Trạng thái"
	ColumnAnswer   = "Phản hồi"
	ColumnText     = "Giải trình"
	ColumnOpinion  = "Ý kiến của Ban Tổ chức"

	ColumnAgency       = "Cơ quan, đơn vị"
	ColumnVerdict      = "Quyết định"
	ColumnDecisionText = "Nội dung ý kiến"

	// AnnotatedSuffix ends the name (before the extension) of an annotated copy.
	AnnotatedSuffix = " - SAI LỆCH"
)
