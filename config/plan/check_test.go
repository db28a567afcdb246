package plan

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"doisoat/reconcile"
)

var update = flag.Bool("update", false, "write the expected faults of testdata/*.bad.yml anew")

// faultsOf loads and checks a plan file and returns what is said about it.
func faultsOf(path string) error {
	p, r, err := Load(path)
	if err != nil {
		return err
	}
	return Check(p, r).Err()
}

// TestBadFiles compares all faults of each bad file with the .txt beside it.
func TestBadFiles(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.bad.yml")
	if err != nil || len(paths) == 0 {
		t.Fatal("no bad files", err)
	}
	for _, path := range paths {
		if strings.Contains(path, ".register.") {
			continue // read through the plan that names it
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			err := faultsOf(path)
			if strings.HasPrefix(filepath.Base(path), "inputs") {
				p, r := quangNgai(t)
				_, err = LoadInputs(path, p, r)
			}
			if err == nil {
				t.Fatal("no fault was found")
			}
			got := strings.ReplaceAll(err.Error(), "testdata"+string(filepath.Separator), "") + "\n"
			golden := strings.TrimSuffix(path, ".yml") + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnotherPlanIsAnotherFile(t *testing.T) {
	p, r, err := Load("testdata/kon-tum-2025.good.yml")
	if err != nil {
		t.Fatal(err)
	}
	result := Check(p, r)
	if err := result.Err(); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range result.Equations {
		got = append(got, e.Text)
	}
	if diff := cmp.Diff([]string{"40 = 30 + 10", "65 = 40 + 25", "95 = 65 + 30"}, got); diff != "" {
		t.Error(diff)
	}
	if q := p.Program("TCLLCT-TT").Quota; q.Tolerance != 5 || q.Kind != reconcile.Estimate {
		t.Errorf("quota %+v", q)
	}
	if r.AgencyName("SNV") != "Sở Nội vụ" || r.Province != "Kon Tum" {
		t.Errorf("register %+v", r)
	}
}

// The year after the merger is a file, too: no districts, other bodies under the
// codes and names of before. Its figures are invented.
func TestPlanAfterTheMerger(t *testing.T) {
	p, r, err := Load("testdata/quang-ngai-2026.good.yml")
	if err != nil {
		t.Fatal(err)
	}
	if err := Check(p, r).Err(); err != nil {
		t.Fatal(err)
	}
	_, before := quangNgai(t)
	if r.Province != before.Province || r.AgencyName("H03") == before.AgencyName("H03") {
		t.Errorf("H03 is %s in both registers of %s", r.AgencyName("H03"), r.Province)
	}
	for i := range r.Agencies {
		if r.Agencies[i].Level == reconcile.DistrictLevel {
			t.Errorf("a district: %s", r.Agencies[i].Name)
		}
	}
}

func TestLoadUnknown(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"quang-ngai-2042", `có phải là "quang-ngai-2024"?`},
		{"ha-noi", "ghi một trong các tên dựng sẵn (quang-ngai-2024)"},
		{"testdata/khong-co.yml", "không có tệp kế hoạch testdata/khong-co.yml"},
		{"", "không có kế hoạch dựng sẵn"},
		{"../data/quang-ngai-2024", "không có tệp kế hoạch"},
	} {
		_, _, err := Load(test.name)
		if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Load(%q): %v, want %q", test.name, err, test.want)
		}
	}
	p, r := quangNgai(t)
	if _, err := LoadInputs("testdata/khong-co.yml", p, r); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("inputs that do not exist: %v", err)
	}
}

// TestAnyPerturbedNumberIsRejected changes one number of places of the real
// plan, wherever it stands, to any other number.
func TestAnyPerturbedNumberIsRejected(t *testing.T) {
	p, _ := quangNgai(t)
	numbers := []*int{&p.StatedPlaces}
	for i := range p.Programs {
		// Names hold no number, and comparing them many times takes long.
		p.Programs[i].Aliases, p.Programs[i].TabNames = nil, nil
		p.Programs[i].Providers = slices.Clone(p.Programs[i].Providers)
		numbers = append(numbers, &p.Programs[i].Quota.Places)
		for j := range p.Programs[i].Providers {
			numbers = append(numbers, &p.Programs[i].Providers[j].Places)
		}
	}
	for i := range p.Groups {
		numbers = append(numbers, &p.Groups[i].Quota.Places)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom(numbers).Draw(t, "number")
		was := *n
		defer func() { *n = was }()
		*n = rapid.OneOf(rapid.IntRange(-10, 10_000), rapid.IntRange(was-3, was+3)).
			Filter(func(v int) bool { return v != was }).Draw(t, "value")
		// A single school that has all places is the one change that is no
		// fault: it says the same in other words.
		for i := range p.Programs {
			if q := &p.Programs[i]; len(q.Providers) == 1 && n == &q.Providers[0].Places && *n == q.Quota.Places {
				t.Skip("a share that is the whole")
			}
		}
		result := Check(p, nil)
		if result.Err() == nil {
			t.Fatalf("%d for %d was not noticed", *n, was)
		}
		for _, f := range result.Faults {
			if f.Line == 0 || f.File == "" || f.Remedy == "" {
				t.Fatalf("a fault without place or remedy: %+v", f)
			}
		}
	})
}

var figure = regexp.MustCompile(`(places: |approved: |stated_places: |stated: )([0-9.]+)`)

// TestAnyPerturbedFigureOfTheFileIsRejected does the same to the text of the
// file, the budget included.
func TestAnyPerturbedFigureOfTheFileIsRejected(t *testing.T) {
	file, err := data.ReadFile("data/quang-ngai-2024.yml")
	if err != nil {
		t.Fatal(err)
	}
	text := withoutNames(string(file))
	figures := figure.FindAllStringSubmatchIndex(text, -1)
	if len(figures) < 25 {
		t.Fatalf("only %d figures", len(figures))
	}
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.SampledFrom(figures).Draw(t, "figure")
		digits := strings.Split(text[at[4]:at[5]], "")
		var places []int
		for i, d := range digits {
			if d != "." {
				places = append(places, i)
			}
		}
		i := rapid.SampledFrom(places).Draw(t, "digit")
		digits[i] = rapid.SampledFrom(strings.Split("0123456789", "")).
			Filter(func(d string) bool { return d != digits[i] }).Draw(t, "new digit")
		changed := text[:at[4]] + strings.Join(digits, "") + text[at[5]:]
		p, _, faults := parsePlan("kế hoạch.yml", []byte(changed))
		if len(faults) == 0 && Check(p, nil).Err() == nil {
			t.Fatalf("%s was not noticed for %s", strings.Join(digits, ""), text[at[4]:at[5]])
		}
	})
}

// withoutNames drops the aliases and tab names, which hold no figure, to make
// reading the file many times quick.
func withoutNames(plan string) string {
	var kept []string
	inNames := false
	for line := range strings.Lines(plan) {
		if strings.HasPrefix(line, "    aliases:") || strings.HasPrefix(line, "    tab_names:") {
			inNames = true
			continue
		}
		inNames = inNames && strings.HasPrefix(line, "      ")
		if !inNames {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// TestCheckWithoutFile: a plan that comes from a database has no lines.
func TestCheckWithoutFile(t *testing.T) {
	p, _ := quangNgai(t)
	p.File, p.Lines, p.StatedPlaces = "", nil, 8573
	result := Check(p, nil)
	if len(result.Faults) != 1 || !strings.Contains(result.Faults[0].String(), "8.573 ≠ 113") {
		t.Errorf("%v", result.Faults)
	}
	if last := result.Equations[len(result.Equations)-1]; last.Holds {
		t.Errorf("%+v", last)
	}
	empty := Check(&reconcile.Plan{}, &reconcile.Register{})
	if empty.Err() == nil {
		t.Error("an empty plan is sound")
	}
}

func TestInputs(t *testing.T) {
	p, r := quangNgai(t)
	in, err := LoadInputs("testdata/inputs.good.yml", p, r)
	if err != nil {
		t.Fatal(err)
	}
	at := func(part string, line int) reconcile.Origin {
		return reconcile.Origin{Source: "yaml:testdata/inputs.good.yml", Sheet: part, Row: line}
	}
	// The programs stand in the order of the plan.
	if diff := cmp.Diff([]reconcile.Allocation{
		{Agency: "H01", Text: r.AgencyName("H01"), Programs: []string{"CCLLCT-TT"}, Places: 1, Origin: at("allocations", 3)},
		{Agency: "H01", Text: r.AgencyName("H01"), Programs: []string{"QPAN-3"}, Places: 37, Origin: at("allocations", 4)},
		{Agency: "S03", Text: "Sở Nội vụ", Programs: []string{"CCLLCT-TT", "CCLLCT-KTT"}, Places: 2, Origin: at("allocations", 5)},
		{Agency: "S04", Text: "Sở Tài chính", Programs: []string{"QPAN-1"}, Origin: at("allocations", 6)},
	}, in.Allocations); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]reconcile.EstimateLine{
		{Kind: reconcile.BudgetedLine, Programs: []string{"CCLLCT-TT", "CCLLCT-KTT"}, Text: "Cao cấp lý luận chính trị", Classes: 2, Learners: 110, Amount: 5_919_204_780, HasAmount: true, Origin: at("budget", 8)},
		{Kind: reconcile.BudgetedLine, Programs: []string{"DH"}, Text: "Đào tạo trình độ đại học", Amount: 16_143_000, HasAmount: true, HasSpent: true, Origin: at("budget", 9)},
	}, in.Budget); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]reconcile.Class{
		{Program: "CCLLCT-KTT", Opens: reconcile.Date{Year: 2024, Month: 9, Day: 16}},
		{Program: "QLNN-CV", Weeks: 4},
		{
			Program: "QPAN-3", Name: "K1", Aliases: []string{"Lớp 1"},
			Opens: reconcile.Date{Year: 2024, Month: 3, Day: 4}, Closes: reconcile.Date{Year: 2024, Month: 3, Day: 8},
		},
		{Program: "QPAN-3", Name: "K2", Opens: reconcile.Date{Year: 2024, Month: 10, Day: 7}},
	}, in.Classes); diff != "" {
		t.Error(diff)
	}
	rateOn := func(day reconcile.Date) string {
		var rates []string
		for i := range in.Norms {
			if in.Norms[i].ValidAt(day) {
				rates = append(rates, strconv.FormatInt(int64(in.Norms[i].Rate), 10))
			}
		}
		return strings.Join(rates, " ")
	}
	for day, want := range map[reconcile.Date]string{
		{Year: 2018, Month: 1, Day: 1}: "", {Year: 2024, Month: 6, Day: 1}: "1800000", {Year: 2026, Month: 1, Day: 1}: "1800000 4000000",
	} {
		if got := rateOn(day); got != want {
			t.Errorf("rates on %s: %q, want %q", day, got, want)
		}
	}
	if n := in.Norms[0]; n.Verified || n.Fixed || n.PeriodsPerSession != 4 || !n.WithPreparation || n.Origin.Row != 11 {
		t.Errorf("%+v", n)
	}
}

// TestShortNames: a two-letter name is met in too
// many other senses (CV is công văn) to stand for a program.
func TestShortNames(t *testing.T) {
	p, r := quangNgai(t)
	for i := range p.Programs {
		for _, a := range p.Programs[i].Aliases {
			if len([]rune(a)) < 3 {
				t.Errorf("%s: the alias %q is too short", p.Programs[i].Code, a)
			}
		}
	}
	for i := range r.Agencies {
		if slices.ContainsFunc(r.Agencies[i].Aliases, func(a reconcile.Alias) bool { return len([]rune(a.Text)) < 3 }) {
			t.Errorf("%s has an alias that is too short", r.Agencies[i].Code)
		}
	}
}

func FuzzParsePlan(f *testing.F) {
	for _, name := range []string{"testdata/kon-tum-2025.good.yml", "testdata/semantics.bad.yml", "testdata/words.bad.yml"} {
		seed, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, _, _ := parsePlan("a.yml", data)
		Check(p, &reconcile.Register{}) // must not panic, whatever the file holds
		parseRegister("b.yml", data)
	})
}
