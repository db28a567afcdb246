package rule

// All is the catalogue, in the order in which the engine applies it: data,
// sources, duplicates, quotas, money. Each part may ask Input.Valid what the
// parts before it left standing.
func All() []Rule {
	return []Rule{
		dl01(),
	}
}
