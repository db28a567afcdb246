package understand

import "doisoat/reconcile"

// readLevels reads education and political theory, from words or from ticks
// under the levels; of several ticks the highest counts.
func (d *draft) readLevels() {
	theoryText := false
	for _, c := range d.block.levels {
		found, ok := d.at(c)
		switch {
		case c.field == reconcile.FieldEducation && c.holds == aMark:
			if ok && !d.list.sheet.saysNone(found.text) && educationRank[c.education] > educationRank[d.reg.Education] {
				d.reg.Education = c.education
				d.note(reconcile.FieldEducation, c, found.text, reconcile.NoFault)
			}
		case c.field == reconcile.FieldEducation:
			level, fault := d.list.sheet.readEducation(found.text)
			if ok && educationRank[level] > educationRank[d.reg.Education] || d.reg.Education == "" {
				d.reg.Education = level
				d.note(reconcile.FieldEducation, c, found.text, fault)
			}
		case c.field == reconcile.FieldPoliticalTheory && c.holds == aMark:
			if ok && !d.list.sheet.saysNone(found.text) && theoryRank[c.theory] > theoryRank[d.reg.PoliticalTheory] {
				d.reg.PoliticalTheory = c.theory
				d.note(reconcile.FieldPoliticalTheory, c, found.text, reconcile.NoFault)
			}
		case c.field == reconcile.FieldPoliticalTheory && !theoryText:
			theoryText = true
			if d.broken(c) {
				d.note(reconcile.FieldPoliticalTheory, c, "", reconcile.NoFault)
				continue
			}
			level, fault := d.list.sheet.readTheory(found.text)
			d.reg.PoliticalTheory = level
			d.note(reconcile.FieldPoliticalTheory, c, found.text, fault)
		}
	}
}
