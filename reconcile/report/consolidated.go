package report

import "doisoat/reconcile"

// The tabs of the consolidated workbook. The tab of the findings is
// reconcile.DecisionsTab.
const (
	OverviewTab   = "Tổng quan"
	QuotasTab     = "Chỉ tiêu"
	MatrixTab     = "Theo đơn vị"
	MoneyTab      = "Kinh phí"
	DuplicatesTab = "Trùng lặp"
	RosterTab     = "Danh sách"
	ItemsTab      = "Nội dung chi"
	UseTab        = "Số liệu biểu đồ"
	LedgerTab     = "Nhật ký"
)

// Consolidated is the workbook for the office that runs the plan, or with a
// bloc the one for the body to which that bloc reports: its agencies, their
// registrations and findings, measured against the places allocated to them.
func Consolidated(d *Data, bloc reconcile.Bloc) Workbook { return newView(d, bloc).consolidated() }

// Office is the data as one body may see it, for what is made of it for that
// body: it is cut and counted once.
type Office struct{ view *view }

// NewOffice is the view of the office that runs the plan, or with a bloc that
// of the body to which the bloc reports.
func NewOffice(d *Data, bloc reconcile.Bloc) Office { return Office{newView(d, bloc)} }

// Summary is Data.Summary.
func (o Office) Summary() *Summary { return o.view.summary() }

// Consolidated is the function of that name.
func (o Office) Consolidated() Workbook { return o.view.consolidated() }

func (v *view) consolidated() Workbook {
	roster, rows := v.rosterTab()
	tabs := []Tab{v.overviewTab(), v.quotasTab(rows), v.matrixTab(rows), v.moneyTab()}
	if items := v.itemsTab(); items != nil {
		tabs = append(tabs, *items)
	}
	tabs = append(tabs, v.duplicatesTab(), v.decisionsTab())
	tabs = append(tabs, v.annexTabs()...)
	tabs = append(tabs, roster, v.useTab(), v.ledgerTab())
	return Workbook{Title: v.heading(), Tabs: tabs}
}

func (v *view) heading() string {
	return "Tổng hợp đối soát đăng ký đào tạo, bồi dưỡng năm " + yearWord(v.Plan.Year)
}

// head is what stands above the tables of every tab.
func (v *view) head(title string, width int, notes ...string) Block {
	when := "Thời điểm đối soát: " + MomentWord(v.local(v.Run.Started))
	scope := capital(BlocWord(v.bloc)) + ". "
	rows := [][]Cell{
		{spanned(title, Title, width)},
		{spanned(scope+v.Plan.Title, Subtitle, width)},
		{volatile(spanned(when, Note, width))},
	}
	for _, n := range notes {
		rows = append(rows, []Cell{spanned(n, Note, width)})
	}
	return Block{Rows: append(rows, gap(width))}
}

func gap(width int) []Cell { return []Cell{spanned("", Plain, width)} }
