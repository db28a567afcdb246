// Package provincetest makes the paper of a whole province for one year, from a
// seed: the workbooks of some eighty agencies, the allocation, the estimates,
// the lists of results. It plants discrepancies of the rules in them and says,
// plant by plant, which rule must find it and where; all else must stay quiet.
//
// What is planted is known by how it was written, never by what the program
// reads or finds: the generator counts places and money by itself. Beside the
// plants stand near misses, which no rule may find: people of exactly the least
// age, a list one row longer than its places where one row does not count,
// namesakes, an estimate of exactly the budget.
//
// It must not know the rules' code, the reader, the database or the reports,
// and is imported by tests alone. A rule's plants are one function, listed in
// plants.go.
package provincetest
