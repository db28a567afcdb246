// Package seal encrypts the numbers of persons before PostgreSQL gets them, so
// that neither a stolen disk nor a dump nor somebody who may read the tables
// learns whose they are.
//
// Equal texts have equal seals (AES-SIV, RFC 5297, which is made for that): the
// database can look a number up and tell whether a row changed without being
// able to read it. A keyed hash would not do: two numbers that differ by a slip
// of the keyboard are told from two people by their digits.
//
// What is sealed is sealed with the data key, which is made once per database
// and lies in it, itself encrypted with the master key (see Key) that lies
// elsewhere. A master key can thus be changed without touching any row.
//
// The package knows texts and bytes. It must not know tables, connections or
// what a number means.
package seal
