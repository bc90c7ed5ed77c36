// Package data is the contract of the book: what a store promises, whatever engine keeps it.
//
// It knows nothing of hospitals. Packages of app use Store, Tx, Table, Index, UniqueIndex, TextIndex and Counter; engines (badgerdb)
// implement Store and pass the suite in storetest. Nobody above data imports an engine, but for the composition root.
package data
