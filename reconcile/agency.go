package reconcile

import "slices"

// Agency is a body that submits registrations: a district, a department, a
// Party committee, a mass organisation, a central body in the province.
type Agency struct {
	Code     string
	Name     string
	Bloc     Bloc
	Level    Level
	Aliases  []Alias
	Communes []Commune
	// From and To bound the time in which the agency exists; zero is open.
	// To is the last day.
	From, To   Date
	Successors []Succession
	// Source says where the entry comes from and how sure it is.
	Source string
}

// Alias is another name that an agency goes by, with its own validity, since
// names are re-used for other bodies.
type Alias struct {
	Text     string
	From, To Date
}

// Commune is a unit below a district-level agency. The list helps to read
// sheets; it is no register of communes.
type Commune struct {
	Name     string // with its type: "xã Bình An"
	From, To Date
}

// Succession says that (part of) an agency's duties went to another body.
// Predecessors and successors are many-to-many.
type Succession struct {
	Name string // of the successor
	Code string // of the successor when it is in the register, else ""
	On   Date   // first day of the successor
	Part string // what went there, when not everything did
}

// ValidAt reports whether the agency exists on the day. A zero day is always
// inside.
func (a *Agency) ValidAt(day Date) bool { return within(day, a.From, a.To) }

func within(day, from, to Date) bool {
	if day.IsZero() {
		return true
	}
	return !day.SurelyBefore(from) && !to.SurelyBefore(day)
}

// Register is the list of agencies of one province, in its own order.
type Register struct {
	Province string
	Agencies []Agency
	// File is the name of the register's file and Lines tells where in it an
	// agency stands, by code, for messages about the file.
	File  string
	Lines map[string]int
}

// Agency returns the agency with that code, or nil.
func (r *Register) Agency(code string) *Agency {
	for i := range r.Agencies {
		if r.Agencies[i].Code == code {
			return &r.Agencies[i]
		}
	}
	return nil
}

// AgencyName returns the name of the agency with that code, or the code itself
// when the register does not know it.
func (r *Register) AgencyName(code string) string {
	if a := r.Agency(code); a != nil {
		return a.Name
	}
	return code
}

// Takeover is a body that is no agency of the register, and the agencies whose
// duties it took over, in whole or in part.
type Takeover struct {
	Name string
	From []string // codes, in the register's order; with several it may send people of each
}

// Takeovers returns the bodies outside of the register that took over from its
// agencies, in the order in which they are named first.
func (r *Register) Takeovers() []Takeover {
	at := make(map[string]int)
	var all []Takeover
	for i := range r.Agencies {
		for _, s := range r.Agencies[i].Successors {
			if s.Code != "" {
				continue
			}
			n, seen := at[Key(s.Name)]
			if !seen {
				n = len(all)
				at[Key(s.Name)] = n
				all = append(all, Takeover{Name: s.Name})
			}
			if !slices.Contains(all[n].From, r.Agencies[i].Code) {
				all[n].From = append(all[n].From, r.Agencies[i].Code)
			}
		}
	}
	return all
}

// ValidAt reports whether the name is used on the day. A zero day is always
// inside.
func (a *Alias) ValidAt(day Date) bool { return within(day, a.From, a.To) }
