package understand

import "doisoat/reconcile"

var theoryWords = levels([]levelWord[reconcile.PoliticalTheory]{
	{"cao cấp", reconcile.AdvancedPoliticalTheory},
	{"cc", reconcile.AdvancedPoliticalTheory},
	{"ccct", reconcile.AdvancedPoliticalTheory},
	{"ccllct", reconcile.AdvancedPoliticalTheory},
	{"cử nhân", reconcile.AdvancedPoliticalTheory},
	{"cn", reconcile.AdvancedPoliticalTheory},
	{"cnct", reconcile.AdvancedPoliticalTheory},
	{"đại học chính trị", reconcile.AdvancedPoliticalTheory},
	{"cao cap", reconcile.AdvancedPoliticalTheory},
	{"đh chính trị", reconcile.AdvancedPoliticalTheory},
	{"đh ct", reconcile.AdvancedPoliticalTheory},
	{"c c", reconcile.AdvancedPoliticalTheory},
	{"tđcc", reconcile.AdvancedPoliticalTheory},
	{"advanced", reconcile.AdvancedPoliticalTheory},
	{"intermediate", reconcile.IntermediateTheory},
	{"elementary", reconcile.ElementaryTheory},
	{"t c", reconcile.IntermediateTheory},
	{"tđtc", reconcile.IntermediateTheory},
	{"s c", reconcile.ElementaryTheory},
	{"none", reconcile.NoPoliticalTheory},
	{"trung cấp", reconcile.IntermediateTheory},
	{"tc", reconcile.IntermediateTheory},
	{"tcct", reconcile.IntermediateTheory},
	{"tcllct", reconcile.IntermediateTheory},
	{"trung cap", reconcile.IntermediateTheory},
	{"t cấp", reconcile.IntermediateTheory},
	{"tr cấp", reconcile.IntermediateTheory},
	{"c cấp", reconcile.AdvancedPoliticalTheory},
	{"s cấp", reconcile.ElementaryTheory},
	{"trung", reconcile.IntermediateTheory},
	{"sơ cấp", reconcile.ElementaryTheory},
	{"sc", reconcile.ElementaryTheory},
	{"scct", reconcile.ElementaryTheory},
	{"scllct", reconcile.ElementaryTheory},
	{"so cap", reconcile.ElementaryTheory},
	{"sơ", reconcile.ElementaryTheory},
	{"cao", reconcile.AdvancedPoliticalTheory},
})

var theoryRank = map[reconcile.PoliticalTheory]int{
	reconcile.NoPoliticalTheory: 1, reconcile.ElementaryTheory: 2, reconcile.IntermediateTheory: 3, reconcile.AdvancedPoliticalTheory: 4,
}

// politicalTheory reads the level of political theory. An empty cell, a dash
// and "chưa" all say none: offices leave the cell empty for those without.
func politicalTheory(text string) (reconcile.PoliticalTheory, reconcile.Fault) {
	if saysNone(text) {
		return reconcile.NoPoliticalTheory, reconcile.NoFault
	}
	best := highest(theoryWords, words(text), theoryRank)
	if best == "" {
		return "", reconcile.Unrecognised
	}
	return best, reconcile.NoFault
}
