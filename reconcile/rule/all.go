package rule

// All is the catalogue, in the order in which the engine applies it: data,
// sources, duplicates, eligibility, quotas, money. Each part may ask Input.Valid what the
// parts before it left standing.
func All() []Rule {
	return []Rule{
		dl01(),
		dl02(),
		dl03(),
		dl04(),
		dl05(),
		dl06(),
		dl07(),
		dl08(),
		dl09(),
		dl10(),
		ng01(),
		ng02(),
		tl01(),
		tl02(),
		dk01(),
		dk02(),
		dk03(),
		dk04(),
		dk05(),
		dk06(),
		dk07(),
		dk08(),
		dk09(),
		dk10(),
		dk11(),
		ct01(),
		ct02(),
		ct03(),
		ct04(),
		ct05(),
		ct06(),
		kp01(),
		kp03(),
		kp04(),
		kp08(),
	}
}
