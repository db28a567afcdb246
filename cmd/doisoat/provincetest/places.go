package provincetest

import (
	"slices"
	"strings"

	"doisoat/reconcile"
)

// shareOut gives the places of each program to the agencies that send people to
// it. The large programs are filled in the measure of the province's size.
func (g *generator) shareOut() {
	for i := range g.plan.Programs {
		p := &g.plan.Programs[i]
		places := p.Quota.Places
		n, shared := sharedPlaces[p.Code]
		if shared {
			places = n
		}
		if shared || places > 120 {
			places = min(places, max(25, int(float64(places)*g.scale)))
		}
		senders := g.senders(p.Code)
		if places == 0 || len(senders) == 0 {
			continue
		}
		g.rng.Shuffle(len(senders), func(i, j int) { senders[i], senders[j] = senders[j], senders[i] })
		for k, a := range senders {
			if n := places*(k+1)/len(senders) - places*k/len(senders); n > 0 {
				g.allocated[share{a.Code, p.Code}] = n
			}
		}
	}
}

// sharedPlaces are the parts of the programs that share one number of the plan,
// 4,100 together.
var sharedPlaces = map[string]int{
	"QLNN-LDS": 20, "QLNN-LDH": 40, "QLNN-LDP": 240, "QLNN-LDX": 300, "QLNN-CVCC": 10, "QLNN-CVC": 180, "QLNN-CV": 140, "QLNN-KTV": 60,
	"QLNN-CDNN": 1000, "QLNN-TA3": 150, "QLNN-TA4": 60, "QLNN-HRE": 150, "QLNN-COR": 100, "QLNN-ATTT": 650, "QLNN-VTVL": 1000,
}

// senders are the agencies from which people go to the program.
func (g *generator) senders(program string) []*reconcile.Agency {
	var all []*reconcile.Agency
	for i := range g.register.Agencies {
		a := &g.register.Agencies[i]
		if a.ValidAt(g.plan.From) && goesTo(a, program) {
			all = append(all, a)
		}
	}
	return all
}

func goesTo(a *reconcile.Agency, program string) bool {
	kind := a.Code[:1]
	is := func(kinds string) bool { return strings.Contains(kinds, kind) }
	switch program {
	case "TCLLCT-TW":
		return is("T")
	case "TCLLCT-DUK":
		return is("V") || a.Code == "D07"
	case "TCLLCT-UBND-TT", "TCLLCT-UBND-KTT", "SDH":
		return is("HS")
	case "DH", "QPAN-TG", "CAPXA", "QD263", "QLNN-LDX", "QLNN-HRE", "QLNN-COR":
		return is("H")
	case "QPAN-1":
		return a.Code == "D06"
	case "QLNN-LDS":
		return is("S") && strings.HasPrefix(a.Name, "Sở")
	case "QPAN-2":
		return is("H") || is("S") && strings.HasPrefix(a.Name, "Sở")
	case "XDD-BANDANG":
		return a.Code == "D02"
	case "XDD-BITHU", "XDD-CONGTAC", "QLNN-LDH":
		return is("H") && !slices.Contains([]string{"H01", "H02"}, a.Code)
	case "XDD-TOCHUC":
		return is("HD")
	case "QLNN-CDNN":
		return is("H")
	case "CCLLCT-TT", "CCLLCT-KTT", "CCLLCT-HC":
		return is("HSDM")
	}
	return is("HSVDM")
}
