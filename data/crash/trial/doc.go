// Package trial is what crash tests do to a store, and how they tell afterwards that nothing was lost: the stock of a hospital's
// drug cabinets, moved about by several hands at once.
//
// Every transfer is one update of three or four records, and everything in it follows from its number. So whoever looks later knows
// what must be there: a half update shows as a wrong stock, a lost or changed one as a record that is not what its number
// says, an index out of step as a hit too many or too few.
//
// What it promises: Work acknowledges a number only when that transfer and all before it are durable as far as the store says; Check
// accepts nothing but a store in which each of those is whole and unchanged. data/crash and the tests of the engine call it, nobody
// else. It knows the contract (data.Store); only Open knows the embedded engine and the vault.
package trial
