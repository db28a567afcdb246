package plan

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"doisoat/reconcile"
)

type loaded struct {
	plan     *reconcile.Plan
	register *reconcile.Register
}

var loadOnce = sync.OnceValues(func() (loaded, error) {
	p, r, err := Load("quang-ngai-2024")
	return loaded{p, r}, err
})

// quangNgai returns the built-in plan and register; each test may change the
// numbers and lists of its own, but not what the lists' members hold.
func quangNgai(t testing.TB) (*reconcile.Plan, *reconcile.Register) {
	t.Helper()
	both, err := loadOnce()
	if err != nil {
		t.Fatal(err)
	}
	p, r := *both.plan, *both.register
	p.Programs, p.Groups = slices.Clone(p.Programs), slices.Clone(p.Groups)
	r.Agencies = slices.Clone(r.Agencies)
	return &p, &r
}

func TestBuiltinPlansAreSound(t *testing.T) {
	names := Builtin()
	if diff := cmp.Diff([]string{"quang-ngai-2024"}, names); diff != "" {
		t.Error(diff)
	}
	for _, name := range names {
		p, r, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := Check(p, r).Err(); err != nil {
			t.Errorf("%s:\n%v", name, err)
		}
		if p.ID != name {
			t.Errorf("the plan %s calls itself %s", name, p.ID)
		}
	}
}

// TestProgramsOf2024 repeats the table of the plan, so that a slip in the data
// shows even where the sums still hold.
func TestProgramsOf2024(t *testing.T) {
	const (
		ceilingOfCentre = "estimate strict"
		about10         = "estimate 10%"
		expected        = "estimate"
		open            = "open"
		none            = "none"
	)
	want := []struct {
		section, code string
		form          reconcile.Form
		places        int
		kind          string
	}{
		{"1.1.1", "CCLLCT-TT", reconcile.FullTime, 50, ceilingOfCentre},
		{"1.1.1", "CCLLCT-KTT", reconcile.PartTime, 60, ceilingOfCentre},
		{"1.1.1", "CCLLCT-HC", reconcile.Completion, 3, ceilingOfCentre},
		{"1.1.2", "TCLLCT-UBND-TT", reconcile.FullTime, 100, about10},
		{"1.1.2", "TCLLCT-UBND-KTT", reconcile.PartTime, 70, about10},
		{"1.1.2", "TCLLCT-DUK", reconcile.PartTime, 120, expected},
		{"1.1.2", "TCLLCT-TW", reconcile.PartTime, 40, about10},
		{"1.1.3", "DH", "", 6, open},
		{"1.1.4", "SDH", "", 36, open},
		{"1.2.1", "QPAN-1", "", 2, open},
		{"1.2.1", "QPAN-2", "", 49, open},
		{"1.2.1", "QPAN-3", "", 800, open},
		{"1.2.1", "QPAN-TG", "", 135, open},
		{"1.2.2", "XDD-BANDANG", "", 1, open},
		{"1.2.2", "XDD-BITHU", "", 6, open},
		{"1.2.2", "XDD-CONGTAC", "", 14, open},
		{"1.2.2", "XDD-TOCHUC", "", 120, about10},
		{"1.2.3", "CNKT-3", "", 0, none},
		{"1.2.3", "CNKT-4", "", 0, none},
		{"1.2.4", "CAPXA", "", 1960, about10},
		{"1.2.5", "QLNN-LDS", "", 0, none},
		{"1.2.5", "QLNN-LDH", "", 0, none},
		{"1.2.5", "QLNN-LDP", "", 0, none},
		{"1.2.5", "QLNN-LDX", "", 0, none},
		{"1.2.5", "QLNN-CVCC", "", 0, none},
		{"1.2.5", "QLNN-CVC", "", 0, none},
		{"1.2.5", "QLNN-CV", "", 0, none},
		{"1.2.5", "QLNN-KTV", "", 0, none},
		{"1.2.5", "QLNN-CDNN", "", 0, none},
		{"1.2.5", "QLNN-TA3", "", 0, none},
		{"1.2.5", "QLNN-TA4", "", 0, none},
		{"1.2.5", "QLNN-HRE", "", 0, none},
		{"1.2.5", "QLNN-COR", "", 0, none},
		{"1.2.5", "QLNN-ATTT", "", 0, none},
		{"1.2.5", "QLNN-VTVL", "", 0, none},
		{"1.2.6", "QD263", "", 900, about10},
		{"2.1", "NN-DT", "", 0, none},
		{"2.2", "NN-BD", "", 0, none},
	}
	p, _ := quangNgai(t)
	if len(p.Programs) != len(want) {
		t.Fatalf("%d programs, want %d", len(p.Programs), len(want))
	}
	for i, w := range want {
		got := p.Programs[i]
		kind := string(got.Quota.Kind)
		if got.Quota.Strict {
			kind += " strict"
		}
		if got.Quota.Tolerance == 10 {
			kind += " 10%"
		}
		if got.Section != w.section || got.Code != w.code || got.Form != w.form || got.Quota.Places != w.places || kind != w.kind {
			t.Errorf("got %s %s %q %d %s, want %+v", got.Section, got.Code, got.Form, got.Quota.Places, kind, w)
		}
		if strings.HasPrefix(w.code, "QLNN-") != (got.Group == "QLNN") {
			t.Errorf("%s is in the group %q", w.code, got.Group)
		}
		if got.SelfPaid != (w.code == "TCLLCT-TW") {
			t.Errorf("%s: self paid is %v", w.code, got.SelfPaid)
		}
		if len(got.Aliases) < 7 || len(got.TabNames) < 3 {
			t.Errorf("%s has %d aliases and %d tab names", w.code, len(got.Aliases), len(got.TabNames))
		}
	}
}

func TestFactsOf2024(t *testing.T) {
	p, _ := quangNgai(t)
	if p.Year != 2024 || p.StatedPlaces != 8572 || p.Approved != 36_511_988_780 ||
		p.From.String() != "2024-01-01" || p.To.String() != "2024-12-31" {
		t.Errorf("head of the plan: %+v", []any{p.Year, p.StatedPlaces, p.Approved, p.From, p.To})
	}
	if !strings.Contains(p.MoneyBasis, "04/2019/NQ-HĐND") || !strings.Contains(p.MoneyBasis, "Phụ lục 8") {
		t.Errorf("basis of the budget: %s", p.MoneyBasis)
	}
	annexes := make(map[string]string)
	for i := range p.Programs {
		program := &p.Programs[i]
		section := p.Section(program.Section)
		annex := program.Annex
		if annex == "" {
			annex = section.Annex
		}
		if annex != "" {
			annexes[annex] += program.Code + " "
		}
		if p.LegalBasisOf(program.Code) == "" || section.Period != "Trong năm 2024" {
			t.Errorf("%s has no legal basis or no period", program.Code)
		}
	}
	if diff := cmp.Diff(map[string]string{
		"Phụ lục 1": "CCLLCT-TT CCLLCT-KTT CCLLCT-HC ", "Phụ lục 2": "DH ", "Phụ lục 3": "SDH ",
		"Phụ lục 4": "QPAN-1 QPAN-2 QPAN-3 QPAN-TG ", "Phụ lục 5": "XDD-BANDANG ", "Phụ lục 6": "XDD-BITHU ", "Phụ lục 7": "XDD-CONGTAC ",
	}, annexes); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]reconcile.Provider{
		{Name: "Học viện Chính trị quốc gia Hồ Chí Minh", Places: 5}, {Name: "Học viện Chính trị khu vực III", Places: 45},
	}, p.Program("CCLLCT-TT").Providers); diff != "" {
		t.Error(diff)
	}
	for section, directs := range map[string]string{
		"1.1.1": "Ban Thường vụ Tỉnh ủy", "1.2.4": "Ban Thường vụ Tỉnh ủy",
		"1.2.5": "Ban cán sự đảng Ủy ban nhân dân tỉnh", "1.2.6": "Ban cán sự đảng Ủy ban nhân dân tỉnh",
	} {
		if got := p.Section(section).Directs; got != directs {
			t.Errorf("%s is directed by %q, want %q", section, got, directs)
		}
	}
	for _, topic := range []string{
		"Quy hoạch du lịch", "Xúc tiến du lịch", "Công tác dân vận và quy chế dân chủ ở cơ sở", "Đấu thầu qua mạng",
		"Công tác cải cách hành chính", "Giao tiếp hành chính và văn hóa công sở, chuẩn mực, xử sự cán bộ",
		"Quản trị, điều hành về tăng trưởng xanh",
	} {
		if !slices.Contains(p.Program("QLNN-VTVL").Aliases, topic) {
			t.Errorf("the topic %q is missing", topic)
		}
	}
}

func TestEquations(t *testing.T) {
	result := Check(quangNgai(t))
	var got []string
	for _, e := range result.Equations {
		if !e.Holds || e.Line == 0 || e.Subject == "" {
			t.Errorf("%+v", e)
		}
		got = append(got, e.Text)
	}
	want := []string{
		"50 = 5 + 45", "113 = 50 + 60 + 3", "170 = 100 + 70",
		"8.572 = 113 + 170 + 120 + 40 + 6 + 36 + 2 + 49 + 800 + 135 + 1 + 6 + 14 + 120 + 1.960 + 4.100 + 900",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// wordings are texts of real-looking sheets, and one that is in no plan.
func TestNamesThatSheetsUse(t *testing.T) {
	p, _ := quangNgai(t)
	codes := func(word string) string {
		var found []string
		for i := range p.Programs {
			program := &p.Programs[i]
			names := slices.Concat([]string{program.Name}, program.Aliases, program.TabNames)
			if slices.ContainsFunc(names, func(n string) bool { return reconcile.Key(n) == reconcile.Key(word) }) {
				found = append(found, program.Code)
			}
		}
		return strings.Join(found, " ")
	}
	for word, want := range map[string]string{
		"CCLLCT": "CCLLCT-TT CCLLCT-KTT", "TC LLCT": "TCLLCT-UBND-TT TCLLCT-UBND-KTT", "Trung cấp chính trị": "TCLLCT-UBND-TT TCLLCT-UBND-KTT",
		"Trung cấp lý luận chính trị (lớp Đảng ủy Khối Cơ quan và Doanh nghiệp tỉnh)": "TCLLCT-DUK",
		"Trung cấp lý luận chính trị (cơ quan, đơn vị Trung ương trên địa bàn)":       "TCLLCT-TW",
		"Hoan chinh CCLLCT": "CCLLCT-HC", "TCLLCT KTT": "TCLLCT-UBND-KTT", "QPAN ĐT3": "QPAN-3", "XDD3": "XDD-CONGTAC", "CX": "CAPXA",
		"LDH": "QLNN-LDH", "LĐ cấp huyện": "QLNN-LDH", "BD LĐ,QL cấp phòng": "QLNN-LDP", "LĐQL cấp xã": "QLNN-LDX", "KTV": "QLNN-KTV",
		"BD công tác TCXDĐ": "XDD-TOCHUC", "TCXD Đảng": "XDD-TOCHUC", "BD công tác TC, KT, DV, TG và VPCU": "XDD-CONGTAC",
		"BD bí thư, phó bí thư cấp huyện": "XDD-BITHU", "Đấu thầu qua mạng": "QLNN-VTVL", "Công tác CCHC": "QLNN-VTVL",
		"T.Anh B3 (B1)": "QLNN-TA3", "Tin học ATTT": "QLNN-ATTT", "BD CBCC xã theo NQ 09": "CAPXA", "Nâng cao CL CBCC cấp xã": "CAPXA",
		"BD nâng cao chất lượng CB, CC cấp xã": "CAPXA", "BD theo QĐ 263": "QD263", "BD CBCC xã (QĐ 263/QĐ-TTg)": "QD263",
		"CDNN giáo viên": "QLNN-CDNN", "BD CDNN GV": "QLNN-CDNN", "Đào tạo sau đại học": "SDH", "Bồi dưỡng ở nước ngoài": "NN-BD",
		"bồi dưỡng tiếng dân tộc H're": "QLNN-HRE", "Ngạch CVC": "QLNN-CVC", "Bồi dưỡng tiếng Nhật N3": "",
		// Both the resolution 09 and the decision 263 are about these.
		"BD CBCC cấp xã": "",
	} {
		if got := codes(word); got != want {
			t.Errorf("%q is a name of %q, want %q", word, got, want)
		}
	}
}

func TestRegisterOf2024(t *testing.T) {
	_, r := quangNgai(t)
	file, err := os.Open("testdata/agencies.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comma, reader.LazyQuotes = '\t', true
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var want, got [][]string
	want = append(want, rows[1:]...)
	start, _ := reconcile.NewDate(2024, 1, 1)
	for i := range r.Agencies {
		a := &r.Agencies[i]
		var communes []string
		for _, c := range a.Communes {
			if !start.SurelyBefore(c.From) {
				communes = append(communes, c.Name)
			}
		}
		got = append(got, []string{a.Code, string(a.Bloc), string(a.Level), a.Name, strings.Join(communes, "; ")})
		if !a.ValidAt(start) {
			t.Errorf("%s did not exist on %s", a.Code, start)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNamesThatAgenciesGoBy(t *testing.T) {
	_, r := quangNgai(t)
	codes := func(word string, day reconcile.Date) string {
		var found []string
		for i := range r.Agencies {
			a := &r.Agencies[i]
			for _, n := range append([]reconcile.Alias{{Text: a.Name}}, a.Aliases...) {
				named := reconcile.Agency{From: n.From, To: n.To}
				if reconcile.Key(n.Text) == reconcile.Key(word) && named.ValidAt(day) && a.ValidAt(day) {
					found = append(found, a.Code)
				}
			}
		}
		return strings.Join(found, " ")
	}
	in2024, in2026 := reconcile.Date{Year: 2024, Month: 3, Day: 31}, reconcile.Date{Year: 2026, Month: 1, Day: 15}
	for word, want := range map[string]string{
		"UBND h. Bình Sơn": "H03", "Huyện ủy Bình Sơn": "H03", "HU Bình Sơn": "H03", "BTC HU Bình Sơn": "H03", "Bình Sơn": "H03",
		"Thành ủy Quảng Ngãi": "H01", "TP Quảng Ngãi": "H01", "THÀNH PHỐ QUẢNG NGÃI": "H01", "Thị ủy Đức Phổ": "H02", "UBND TX. Đức Phổ": "H02",
		"VP UBND tỉnh": "S01", "VPUB": "S01", "SNV": "S03", "SNgV": "S18", "Sở KHĐT": "S05", "Sở TT&TT": "S16", "TTr tỉnh": "S19",
		"SNNPTNT": "S06", "STC": "S04", "BQLDA DD&CN": "V07", "CĐ Việt Hàn": "V03", "LM HTX": "M09", "THADS": "T08", "PC Quảng Ngãi": "T10",
		"UBMTTQVN tỉnh": "M01", "Tỉnh Đoàn": "M06", "UBKTTU": "D05", "BĐBP tỉnh": "D12", "Công an tỉnh": "D10", "BSR": "T11",
		// Districts have these, too.
		"Hội Nông dân": "", "Thanh tra": "", "UBMTTQVN": "", "BTC": "", "Quảng Ngãi": "",
	} {
		if got := codes(word, in2024); got != want {
			t.Errorf("in 2024 %q is %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]string{"Bình Sơn": "", "Sở Kế hoạch và Đầu tư": "", "Sở Tài chính": "S04"} {
		if got := codes(word, in2026); got != want {
			t.Errorf("in 2026 %q is %q, want %q", word, got, want)
		}
	}
}

func TestSuccessors(t *testing.T) {
	_, r := quangNgai(t)
	to := func(code, day string) string {
		var found []string
		for _, s := range r.Agency(code).Successors {
			if s.On.String() == day {
				found = append(found, s.Name)
			}
		}
		return strings.Join(found, "; ")
	}
	for _, test := range []struct{ code, day, want string }{
		{"S05", "2025-03-01", "Sở Tài chính"},
		{"S08", "2025-03-01", "Sở Xây dựng"},
		{"S06", "2025-03-01", "Sở Nông nghiệp và Môi trường"},
		{"S07", "2025-03-01", "Sở Nông nghiệp và Môi trường"},
		{"S13", "2025-03-01", "Sở Nội vụ; Sở Giáo dục và Đào tạo; Sở Y tế; Sở Nông nghiệp và Môi trường"},
		{"H08", "2025-07-01", "đặc khu Lý Sơn"},
		{"H12", "2025-07-01", "xã Sơn Tây Thượng; xã Sơn Tây; xã Sơn Tây Hạ"},
		{"S03", "2025-03-01", ""},
	} {
		if got := to(test.code, test.day); got != test.want {
			t.Errorf("%s on %s: got %q, want %q", test.code, test.day, got, test.want)
		}
	}
	// Every commune of a district at its end went somewhere, Trà Bùi to two.
	end := reconcile.Date{Year: 2025, Month: 6, Day: 30}
	for i := range r.Agencies {
		a := &r.Agencies[i]
		for _, c := range a.Communes {
			if c.To.SurelyBefore(end) {
				continue
			}
			heirs := 0
			for _, s := range a.Successors {
				for part := range strings.SplitSeq(s.Part, ", ") {
					if strings.TrimPrefix(part, "một phần ") == c.Name {
						heirs++
					}
				}
			}
			if want := map[bool]int{true: 2, false: 1}[c.Name == "xã Trà Bùi"]; heirs != want {
				t.Errorf("%s %s went to %d communes, want %d", a.Code, c.Name, heirs, want)
			}
		}
	}
}

// The central ceiling of a lecturer's fee by the day of the class.
func TestNationalNorms(t *testing.T) {
	norms, err := NationalNorms()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		day      reconcile.Date
		rate     reconcile.VND
		periods  int
		verified bool
	}{
		{reconcile.Date{Year: 2017, Month: 5, Day: 1}, 1_000_000, 5, false},
		{reconcile.Date{Year: 2018, Month: 6, Day: 15}, 2_000_000, 4, true},
		{reconcile.Date{Year: 2025, Month: 10, Day: 27}, 2_000_000, 4, true},
		{reconcile.Date{Year: 2025, Month: 10, Day: 28}, 4_000_000, 4, false},
	} {
		found := 0
		for i := range norms {
			n := &norms[i]
			if !n.ValidAt(tt.day) {
				continue
			}
			found++
			if n.Rate != tt.rate || n.PeriodsPerSession != tt.periods || n.Verified != tt.verified || !n.National || n.Source == "" {
				t.Errorf("%s: %+v", tt.day, n)
			}
		}
		if found != 1 {
			t.Errorf("%s: %d norms in force, want one", tt.day, found)
		}
	}
}
