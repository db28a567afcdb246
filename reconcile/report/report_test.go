package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/reconcile/report/reporttest"
)

// small is a run small enough to read.
func small() *report.Data {
	d := reporttest.Data(3, 150)
	d.Grades = []report.Grade{
		{Rule: "CT04", Off: true, Reason: "Chưa đến hạn."},
		{Rule: "DL03", Severity: reconcile.SeverityWarning, Reason: "Nhiều đơn vị chưa có số căn cước."},
	}
	return d
}

func TestConsolidatedGolden(t *testing.T) {
	w := report.Consolidated(small(), "")
	for i := range w.Tabs {
		golden(t, fmt.Sprintf("all-%d", i+1), render(&w.Tabs[i]))
	}
}

func TestConsolidatedOfABlocGolden(t *testing.T) {
	w := report.Consolidated(small(), reconcile.PartyBloc)
	var b strings.Builder
	for _, name := range []string{report.OverviewTab, report.QuotasTab, report.DuplicatesTab, report.MoneyTab} {
		b.WriteString(render(w.Tab(name)))
	}
	golden(t, "party", b.String())
}

func TestDiscrepancySheetGolden(t *testing.T) {
	d := reporttest.Data(3, 2000)
	doc := d.Documents[3]
	tab := report.DiscrepancySheet(d, doc.Agency, doc)
	golden(t, "discrepancies", render(&tab))

	silent := report.DiscrepancySheet(d, "H06", nil)
	golden(t, "discrepancies-silent", render(&silent))
}

func TestDiscrepancyColumnsArePublicWords(t *testing.T) {
	d := small()
	tab := report.DiscrepancySheet(d, d.Documents[0].Agency, d.Documents[0])
	var got []string
	for _, c := range tab.Block(report.FindingsTable).Columns {
		got = append(got, c.Title)
	}
	want := []string{
		"Mã", "Mức độ", "Loại sai lệch", "Chương trình, lớp", "Họ và tên", "Vị trí", "Giá trị hiện tại", "Yêu cầu",
		"Căn cứ", "Cách xử lý", "Phát hiện từ", "Trạng thái", "Phản hồi", "Giải trình", "Ý kiến của Ban Tổ chức",
	}
	if !slices.Equal(got, want) {
		t.Errorf("columns %q, want %q", got, want)
	}
	if tab.Name != "SAI LỆCH" {
		t.Errorf("tab %q", tab.Name)
	}
}

// oneFinding is a document of an agency with one finding in it.
func oneFinding(change func(*reconcile.Discrepancy)) (*report.Data, *reconcile.Document) {
	d := small()
	doc := d.Documents[0]
	r := doc.Registrations()[0]
	f := reconcile.Discrepancy{
		Code: "DL02-AAAAAAAA", Status: reconcile.StatusOpen, FirstSeen: d.Run.Started, LastSeen: d.Run.Started,
		Finding: reconcile.Finding{
			Rule: "DL02", Severity: reconcile.SeverityError, Agency: doc.Agency, Person: r.FullName,
			Place: r.Place(reconcile.FieldBirthDate), Message: "Ngày sinh sai.", Invalidates: []string{r.Key},
		},
	}
	if change != nil {
		change(&f)
	}
	d.Discrepancies = []reconcile.Discrepancy{f}
	return d, doc
}

func column(tab *report.Tab, row []report.Cell, title string) report.Cell {
	for i, c := range tab.Block(report.FindingsTable).Columns {
		if c.Title == title {
			return row[i]
		}
	}
	return report.Cell{}
}

func TestStatusWords(t *testing.T) {
	tests := []struct {
		want   string // "" when the finding is not shown
		change func(*reconcile.Discrepancy)
	}{
		{"còn", func(*reconcile.Discrepancy) {}},
		{"mới", func(f *reconcile.Discrepancy) { f.New = true }},
		{"tái diễn", func(f *reconcile.Discrepancy) { f.Reopened, f.New = 2, true }},
		{"chấp nhận", func(f *reconcile.Discrepancy) { f.Status, f.Reopened = reconcile.StatusWaived, 1 }},
		{"đã sửa", func(f *reconcile.Discrepancy) { f.Status, f.Solved = reconcile.StatusGone, true }},
		{"", func(f *reconcile.Discrepancy) { f.Status = reconcile.StatusGone }},
	}
	for _, tt := range tests {
		d, doc := oneFinding(tt.change)
		tab := report.DiscrepancySheet(d, doc.Agency, doc)
		rows := tab.Block(report.FindingsTable).Rows[1:]
		if tt.want == "" {
			if len(rows) != 0 {
				t.Errorf("a finding that is long gone is shown: %v", rows)
			}
			continue
		}
		if len(rows) != 1 {
			t.Fatalf("%s: %d rows, want 1", tt.want, len(rows))
		}
		if got := column(&tab, rows[0], reconcile.ColumnStatus).Value; got != tt.want {
			t.Errorf("status %q, want %q", got, tt.want)
		}
	}
}

func TestAnswersStandBesideTheirFinding(t *testing.T) {
	d, doc := oneFinding(func(f *reconcile.Discrepancy) {
		f.Response = &reconcile.Response{Answer: "dữ liệu đúng", Text: "=đúng theo giấy khai sinh"}
		f.Decision = &reconcile.Decision{Verdict: "chấp nhận", Text: "Công văn 36"}
	})
	tab := report.DiscrepancySheet(d, doc.Agency, doc)
	row := tab.Block(report.FindingsTable).Rows[1]
	for title, want := range map[string]any{
		reconcile.ColumnAnswer:  "dữ liệu đúng",
		reconcile.ColumnText:    "=đúng theo giấy khai sinh",
		reconcile.ColumnOpinion: "chấp nhận: Công văn 36",
	} {
		if got := column(&tab, row, title).Value; got != want {
			t.Errorf("%s: %v, want %v", title, got, want)
		}
	}
	office := report.Consolidated(d, "").Tabs
	i := slices.IndexFunc(office, func(t report.Tab) bool { return t.Name == reconcile.DecisionsTab })
	row = office[i].Block(report.FindingsTable).Rows[1]
	if got := column(&office[i], row, reconcile.ColumnVerdict).Value; got != "chấp nhận" {
		t.Errorf("the decision stands as %v", got)
	}
}

func TestFindingsGoToTheRightTab(t *testing.T) {
	d, doc := oneFinding(nil)
	other := d.Documents[1]
	add := func(code, agency, source string) {
		d.Discrepancies = append(d.Discrepancies, reconcile.Discrepancy{
			Code: code, Status: reconcile.StatusOpen,
			Finding: reconcile.Finding{Rule: "CT03", Severity: reconcile.SeverityError, Agency: agency, Place: reconcile.Origin{Source: source, Sheet: "S"}},
		})
	}
	add("NOWHERE", doc.Agency, "")
	add("FOREIGN", other.Agency, other.Source)
	add("FOREIGN-NOWHERE", other.Agency, "")
	add("WITHDRAWN-FILE", doc.Agency, "folder:inbox/cũ.xlsx")
	add("OFFICE", "", "")
	codes := func(agency string, doc *reconcile.Document) []string {
		tab := report.DiscrepancySheet(d, agency, doc)
		var got []string
		for _, row := range tab.Block(report.FindingsTable).Rows[1:] {
			got = append(got, row[0].Value.(string))
		}
		slices.Sort(got)
		return got
	}
	for _, tt := range []struct {
		agency string
		doc    *reconcile.Document
		want   []string
	}{
		{doc.Agency, doc, []string{"DL02-AAAAAAAA", "NOWHERE", "WITHDRAWN-FILE"}},
		{doc.Agency, nil, []string{"NOWHERE", "WITHDRAWN-FILE"}},
		{other.Agency, other, []string{"FOREIGN", "FOREIGN-NOWHERE"}},
		{"", nil, nil},
	} {
		if got := codes(tt.agency, tt.doc); !slices.Equal(got, tt.want) {
			t.Errorf("tab of %q: %q, want %q", tt.agency, got, tt.want)
		}
	}
}

// later is the same state, seen by the next night's run.
func later(d *report.Data) {
	d.Previous = &reconcile.Run{Counts: d.Run.Counts}
	d.Run.ID++
	d.Run.Started = d.Run.Started.Add(24 * time.Hour)
	d.Run.Finished = d.Run.Finished.Add(24 * time.Hour)
	d.Runs = append([]reconcile.Run{d.Run}, d.Runs...)
	for i := range d.Discrepancies {
		d.Discrepancies[i].New, d.Discrepancies[i].Solved = false, false
		d.Discrepancies[i].LastSeen = d.Run.Started
	}
	for i := range d.Sources {
		d.Sources[i].Status = reconcile.SourceUnchanged
		d.Sources[i].Started = d.Run.Started
	}
}

func TestAQuietNightChangesNoContent(t *testing.T) {
	d := reporttest.Data(5, 700)
	contents := func() []string {
		var all []string
		for _, bloc := range []reconcile.Bloc{"", reconcile.PartyBloc, reconcile.StateBloc} {
			w := report.Consolidated(d, bloc)
			all = append(all, w.Content())
		}
		for _, doc := range d.Documents {
			tab := report.DiscrepancySheet(d, doc.Agency, doc)
			all = append(all, tab.Content(), tab.ServiceContent())
		}
		return all
	}
	before := contents()
	later(d)
	if after := contents(); !slices.Equal(before, after) {
		t.Error("a run that found nothing new changes the content of a report")
	}
}

func TestContentTellsWhatMatters(t *testing.T) {
	base, doc := oneFinding(nil)
	tab := report.DiscrepancySheet(base, doc.Agency, doc)
	for name, change := range map[string]func(*reconcile.Discrepancy){
		"mended":    func(f *reconcile.Discrepancy) { f.Status, f.Solved = reconcile.StatusGone, true },
		"accepted":  func(f *reconcile.Discrepancy) { f.Status = reconcile.StatusWaived },
		"reopened":  func(f *reconcile.Discrepancy) { f.Reopened = 1 },
		"moved":     func(f *reconcile.Discrepancy) { f.Place.Row++; f.Place.Cell = "C8" },
		"reworded":  func(f *reconcile.Discrepancy) { f.Message += " Xem lại." },
		"new value": func(f *reconcile.Discrepancy) { f.Found = "31/04/1980" },
	} {
		d, doc := oneFinding(change)
		if other := report.DiscrepancySheet(d, doc.Agency, doc); other.Content() == tab.Content() {
			t.Errorf("%s: the content stays the same", name)
		}
	}
	d, doc := oneFinding(func(f *reconcile.Discrepancy) { f.Response = &reconcile.Response{Answer: "đã sửa"} })
	answered := report.DiscrepancySheet(d, doc.Agency, doc)
	if answered.Content() == tab.Content() {
		t.Error("an answer leaves the content as it was")
	}
	if answered.ServiceContent() != tab.ServiceContent() {
		t.Error("an answer changes what the service wrote")
	}
}

func TestABlocSeesNoBirthDatesOfOthers(t *testing.T) {
	d := reporttest.Data(9, 3000)
	w := report.Consolidated(d, reconcile.PartyBloc)
	tab := w.Tab(report.DuplicatesTab)
	foreign := 0
	for _, row := range tab.Block(report.DuplicatesTable).Rows[1:] {
		agency := row[5].Value.(string)
		i := slices.IndexFunc(d.Register.Agencies, func(a reconcile.Agency) bool { return a.Name == agency })
		if d.Register.Agencies[i].Bloc == reconcile.PartyBloc {
			continue
		}
		foreign++
		if _, shown := row[3].Value.(reconcile.Date); shown || row[7].Value != nil {
			t.Errorf("row of %s shows %v at %v", agency, row[3].Value, row[7].Value)
		}
	}
	if foreign == 0 {
		t.Error("the data has no pair over two blocs: the test proves nothing")
	}
}

// What the digest overlooks would never be written.
func TestContentTellsEveryPartOfATab(t *testing.T) {
	origin := reconcile.Origin{Source: "folder:inbox/H01/ds.xlsx", Sheet: "Biểu 1", Row: 12, Cell: "C12"}
	sample := func() *report.Workbook {
		row := []report.Cell{{Value: "Lớp A"}, {Value: 3, Link: &report.Link{Sheet: "Danh sách", Cell: "A7:K9", Origin: new(origin)}}}
		return &report.Workbook{Title: "Tổng hợp", Tabs: []report.Tab{{
			Name: "Chỉ tiêu", Widths: []float64{12, 7},
			Charts: []report.Chart{{Title: "Mức dùng", Block: "bang", Values: []int{1}}},
			Blocks: []report.Block{{
				Kind: report.Table, ID: "bang", Rows: [][]report.Cell{row},
				Columns: []report.Column{{Title: "Lớp", Choices: []string{"có", "không"}}, {Title: "Số"}},
			}},
		}}}
	}
	seen := map[string]string{sample().Content(): "nothing"}
	for name, change := range map[string]func(*report.Tab, *report.Block, *report.Cell){
		"name":      func(tab *report.Tab, _ *report.Block, _ *report.Cell) { tab.Name += "!" },
		"widths":    func(tab *report.Tab, _ *report.Block, _ *report.Cell) { tab.Widths[1]++ },
		"landscape": func(tab *report.Tab, _ *report.Block, _ *report.Cell) { tab.Landscape = true },
		"freeze":    func(tab *report.Tab, _ *report.Block, _ *report.Cell) { tab.FreezeRow = 1 },
		"repeat":    func(tab *report.Tab, _ *report.Block, _ *report.Cell) { tab.RepeatRow = 1 },
		"freezecol": func(tab *report.Tab, _ *report.Block, _ *report.Cell) { tab.FreezeCol = 1 },
		"wide":      func(tab *report.Tab, _ *report.Block, _ *report.Cell) { tab.PagesWide = 1 },
		"filter":    func(tab *report.Tab, _ *report.Block, _ *report.Cell) { tab.Filter = true },
		"one page":  func(tab *report.Tab, _ *report.Block, _ *report.Cell) { tab.OnePage = true },
		"chart":     func(tab *report.Tab, _ *report.Block, _ *report.Cell) { tab.Charts[0].Values[0] = 0 },
		"id":        func(_ *report.Tab, b *report.Block, _ *report.Cell) { b.ID = "khac" },
		"kind":      func(_ *report.Tab, b *report.Block, _ *report.Cell) { b.Kind = report.Lines },
		"title":     func(_ *report.Tab, b *report.Block, _ *report.Cell) { b.Columns[1].Title = "Số người" },
		"staff":     func(_ *report.Tab, b *report.Block, _ *report.Cell) { b.Columns[1].Staff = true },
		"choices":   func(_ *report.Tab, b *report.Block, _ *report.Cell) { b.Columns[0].Choices = []string{"cókhông"} },
		"style":     func(_ *report.Tab, b *report.Block, _ *report.Cell) { b.Columns[1].Style = report.Figure },
		"row":       func(_ *report.Tab, b *report.Block, _ *report.Cell) { b.Rows = append(b.Rows, []report.Cell{}) },
		"figure":    func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Value = 4 },
		"money":     func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Value = reconcile.VND(3) },
		"text":      func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Value = "3" },
		"percent":   func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Value = report.Percent(3) },
		"year":      func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Value = reconcile.Date{Year: 3} },
		"blank":     func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Value = nil },
		"moment":    func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Value = time.Unix(3, 0).UTC() },
		"look":      func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Style = report.Bad },
		"span":      func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Span = 2 },
		"band":      func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Band = true },
		"volatile":  func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Volatile = true },
		"no link":   func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Link = nil },
		"sheet":     func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Link.Sheet = "Phụ lục 1" },
		"cell":      func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Link.Cell = "A7:K10" },
		"no origin": func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Link.Origin = nil },
		"origin":    func(_ *report.Tab, _ *report.Block, c *report.Cell) { c.Link.Origin.Row++ },
	} {
		w := sample()
		b := &w.Tabs[0].Blocks[0]
		change(&w.Tabs[0], b, &b.Rows[0][1])
		if other := seen[w.Content()]; other != "" {
			t.Errorf("the content is the same after a change of %s and of %s", name, other)
		}
		seen[w.Content()] = name
	}
}
