package rule

import (
	"slices"

	"doisoat/reconcile"
	"doisoat/reconcile/title"
)

// offices are the titles that a text names; whole is false when some of it was
// not understood.
type offices struct {
	titles []title.Title
	whole  bool
}

type titleRef struct{ text, unit, agency string }

// officesIn reads titles once for each wording.
func (in *Input) officesIn(text string, r *reconcile.Registration) offices {
	ref := titleRef{text, r.AgencyText, r.Agency}
	if known, ok := in.index.offices[ref]; ok {
		return known
	}
	at := title.Place{Unit: r.AgencyText, Agency: in.agencyName(r.Agency), Level: in.agencyLevel(r.Agency)}
	titles, whole := title.Read(text, at)
	in.index.offices[ref] = offices{titles, whole}
	return in.index.offices[ref]
}

func (in *Input) agencyLevel(code string) reconcile.Level {
	if a := in.agency(code); a != nil {
		return a.Level
	}
	return ""
}

func (in *Input) agency(code string) *reconcile.Agency {
	i, ok := in.index.agencies[code]
	if !ok {
		return nil
	}
	return &in.Register.Agencies[i]
}

// held is asked for by one criterion after the other.
func (c *candidate) held() offices {
	known, ok := c.in.index.held[c.r]
	if !ok {
		known = c.in.officesIn(c.r.Position, c.r)
		c.in.index.held[c.r] = known
	}
	return known
}

func (c *candidate) planned() offices { return c.in.officesIn(c.r.Career.PlannedPosition, c.r) }

// holdsAny reports whether one of the titles is of one of the kinds.
func (o offices) holdsAny(kinds ...title.Kind) bool {
	return slices.ContainsFunc(o.titles, func(t title.Title) bool { return slices.Contains(kinds, t.Kind) })
}

// fit reports whether one of the titles is in the audience; open is true when
// none is and what was not understood could be.
func (o offices) fit(words []string) (fit, open bool) {
	open = !o.whole
	for _, w := range words {
		pattern, err := title.ParsePattern(w)
		if err != nil {
			open = true // package plan checks the words; a plan made otherwise is not trusted
			continue
		}
		for _, t := range o.titles {
			fits, maybe := pattern.Fits(t)
			if fits {
				return true, false
			}
			open = open || maybe
		}
	}
	return false, open
}

// level is the level of the candidate's own place of work: what title and unit
// name, else that of the agency; "" when nothing tells.
func (c *candidate) level() reconcile.Level {
	for _, t := range c.held().titles {
		if t.Level == reconcile.CommuneLevel {
			return t.Level
		}
	}
	if titles := c.held().titles; len(titles) > 0 {
		return titles[0].Level
	}
	// The words of the unit still tell, whatever the title: a known title
	// stands in for the one that was not understood.
	probe := c.in.officesIn("Chuyên viên", c.r)
	return probe.titles[0].Level
}

// employment is in which relation the candidate serves: as the sheet says, else
// as the rank or a title shows that only one relation has.
func (c *candidate) employment() reconcile.Employment {
	career := &c.r.Career
	if career.Employment != "" {
		return career.Employment
	}
	if career.Rank.Level() > 0 {
		return reconcile.CivilServant
	}
	o := c.held()
	switch {
	case o.holdsAny(title.PartTime, title.Village):
		return reconcile.PartTimer
	case o.holdsAny(title.Teacher, title.SchoolHead, title.SchoolDeputy, title.Medical, title.Lecturer):
		return reconcile.PublicServant
	case o.holdsAny(title.Secretary, title.DeputySecretary, title.Chair, title.DeputyChair):
		return reconcile.Cadre
	}
	return ""
}

// minority is whether the candidate is of an ethnic minority.
func (c *candidate) minority() reconcile.Reply {
	switch key := reconcile.Key(c.r.Ethnicity); {
	case key != "" && key != reconcile.Key("Kinh"):
		return reconcile.Yes
	case key != "":
		return reconcile.No
	}
	return c.r.Career.Minority
}
