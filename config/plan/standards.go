package plan

import (
	"fmt"
	"path/filepath"
	"slices"

	"doisoat/config/strict"
	"doisoat/reconcile"
	"doisoat/reconcile/title"
)

// standardsSuffix tells a file of standards among the built-in ones.
const standardsSuffix = ".standards"

// standardsFile is the YAML shape of dated standards that many plans share.
type standardsFile struct {
	Standards string         `yaml:"standards" need:"true"`
	Acts      []actFile      `yaml:"acts" need:"true"`
	Items     []standardFile `yaml:"items" need:"true"`
	Bases     []basisFile    `yaml:"bases"`
}

type actFile struct {
	ID   string `yaml:"id" need:"true"`
	Name string `yaml:"name" need:"true"`
	From date   `yaml:"from" need:"true"`
	To   date   `yaml:"to"`
}

// standardFile is one standard. In a file of standards Act is the id of an act;
// in a plan it is the act or the plan's own words, as findings quote them.
type standardFile struct {
	Key      standardKey   `yaml:"key" need:"true"`
	Kinds    []programKind `yaml:"kinds" need:"true"`
	Form     form          `yaml:"form"`
	Number   int           `yaml:"number"`
	Words    []string      `yaml:"words"`
	NotKnown bool          `yaml:"not_known"`
	From     date          `yaml:"from"`
	To       date          `yaml:"to"`
	Act      string        `yaml:"act" need:"true"`
	Sure     sureness      `yaml:"sure" need:"true"`
	Note     string        `yaml:"note" need:"true"`
}

type classFile struct {
	Program string   `yaml:"program" need:"true"`
	Name    string   `yaml:"name"`
	Aliases []string `yaml:"aliases"`
	Opens   date     `yaml:"opens"`
	Closes  date     `yaml:"closes"`
	Weeks   int      `yaml:"weeks"`
}

// loadStandards reads the standards that a plan names, relative to its file.
func loadStandards(nameOrPath, planFile string) (reconcile.Standards, []reconcile.Basis, error) {
	folder := ""
	if isPath(planFile) {
		folder = filepath.Dir(planFile)
	}
	file, content, err := open(nameOrPath, folder, kind{"tiêu chuẩn", standardsSuffix, builtin(standardsSuffix)})
	if err != nil {
		return nil, nil, err
	}
	var f standardsFile
	doc := strict.Decode(file, content, &f)
	acts := make(map[string]actFile)
	for i, a := range f.Acts {
		if _, again := acts[text(a.ID)]; again {
			doc.Fault(fmt.Sprintf("acts[%d].id", i), fmt.Sprintf("văn bản %q có hai lần", a.ID), "bỏ một lần, hoặc đổi id")
		}
		if !a.To.IsZero() && a.To.SurelyBefore(a.From.Date) {
			doc.Fault(fmt.Sprintf("acts[%d].to", i), "văn bản hết hiệu lực trước khi có hiệu lực", "sửa from hoặc to")
		}
		acts[text(a.ID)] = a
	}
	var all reconcile.Standards
	for i := range f.Items {
		at := fmt.Sprintf("items[%d]", i)
		s := readStandard(doc, file, &f.Items[i], at)
		act, known := acts[s.Act]
		if !known && doc.Read(at+".act") {
			doc.Fault(at+".act", fmt.Sprintf("không có văn bản %q trong acts", s.Act), "thêm văn bản vào acts, hoặc sửa act")
		}
		s.Act = text(act.Name)
		if s.From.IsZero() {
			s.From = act.From.Date
		}
		if s.To.IsZero() {
			s.To = act.To.Date
		}
		all = append(all, s)
	}
	overlaps(doc, all, "items")
	return all, readBases(doc, f.Bases), doc.Err()
}

// readStandard reads one standard and checks its value against its key.
func readStandard(doc *strict.Document, file string, f *standardFile, at string) reconcile.Standard {
	s := reconcile.Standard{
		Key: reconcile.StandardKey(f.Key), Form: reconcile.Form(f.Form), Number: f.Number, Words: texts(f.Words), NotKnown: f.NotKnown,
		From: f.From.Date, To: f.To.Date, Act: text(f.Act), Sure: reconcile.Sureness(f.Sure), Note: text(f.Note),
		File: file, Line: doc.Line(at),
	}
	for _, k := range f.Kinds {
		s.Kinds = append(s.Kinds, reconcile.ProgramKind(k))
	}
	vocabulary, takesWords := vocabularies()[s.Key]
	switch {
	case !doc.Read(at + ".key"):
	case s.NotKnown:
		if s.Number != 0 || len(s.Words) > 0 || s.Sure == reconcile.Verified {
			doc.Fault(at, "tiêu chuẩn chưa biết nội dung (not_known) thì không có giá trị và không thể là verified", "bỏ number, words và đổi sure, hoặc bỏ not_known")
		}
	case takesWords && (len(s.Words) == 0 || s.Number != 0):
		doc.Fault(at, fmt.Sprintf("tiêu chuẩn %s ghi bằng words", s.Key), "ghi words, bỏ number")
	case !takesWords && (s.Number <= 0 || len(s.Words) > 0):
		doc.Fault(at, fmt.Sprintf("tiêu chuẩn %s ghi bằng number, là số dương", s.Key), "ghi number, bỏ words")
	}
	for j, word := range s.Words {
		if takesWords && !vocabulary(word) {
			doc.Fault(fmt.Sprintf("%s.words[%d]", at, j), fmt.Sprintf("tiêu chuẩn %s không có từ %q", s.Key, word), "xem các từ dùng được ở tệp tiêu chuẩn dựng sẵn")
		}
	}
	if s.To.SurelyBefore(s.From) {
		doc.Fault(at+".to", "tiêu chuẩn hết hiệu lực trước khi có hiệu lực", "sửa from hoặc to")
	}
	return s
}

// overlaps finds two standards of one key, kind and form on one day: which one
// holds would depend on their order.
func overlaps(doc *strict.Document, all reconcile.Standards, part string) {
	for i := range all {
		for j := range i {
			a, b := &all[j], &all[i]
			if a.Key == b.Key && a.Form == b.Form && slices.ContainsFunc(a.Kinds, func(k reconcile.ProgramKind) bool { return slices.Contains(b.Kinds, k) }) &&
				!a.To.SurelyBefore(b.From) && !b.To.SurelyBefore(a.From) {
				doc.Fault(fmt.Sprintf("%s[%d]", part, i), fmt.Sprintf("tiêu chuẩn %s trùng thời gian hiệu lực với dòng %d", b.Key, a.Line), "sửa from, to, hoặc bỏ một mục")
			}
		}
	}
}

// vocabularies are the words that the keys without numbers take.
func vocabularies() map[reconcile.StandardKey]func(string) bool {
	office := func(w string) bool { _, err := title.ParsePattern(w); return err == nil }
	education := func(w string) bool { return reconcile.Education(w).Level() > 0 }
	return map[reconcile.StandardKey]func(string) bool{
		reconcile.PartyStatus:     oneOf("member", "full_member"),
		reconcile.MinEducation:    education,
		reconcile.MinorityMinimum: education,
		reconcile.TheoryBelow:     func(w string) bool { return reconcile.PoliticalTheory(w).Level() > 0 },
		reconcile.MinRating:       func(w string) bool { return reconcile.Grade(w).Level() > 0 },
		reconcile.Audience:        office,
		reconcile.CommuneAudience: office,
		reconcile.AgencyLevels: oneOf(string(reconcile.ProvinceLevel), string(reconcile.DistrictLevel),
			string(reconcile.CommuneLevel), string(reconcile.CentralLevel)),
		reconcile.Employments: oneOf(string(reconcile.Cadre), string(reconcile.CivilServant), string(reconcile.PublicServant),
			string(reconcile.PartTimer), string(reconcile.Contract)),
	}
}

func oneOf(words ...string) func(string) bool {
	return func(w string) bool { return slices.Contains(words, w) }
}
