// Package badgerdb is the embedded engine: a data.Store in one folder on one computer.
//
// The journal (data/journal) is the truth; Badger holds the state that can be rebuilt from it: records, indexes, histories.
// One goroutine, the writer, takes updates from a queue and runs as many as are waiting, each over what those before it
// wrote; then one append and one flush of the journal for all of them, then one Badger commit without a flush, then all are
// answered. So there are no lost updates and no phantoms, and a power cut loses nothing that was acknowledged, whatever
// it does to Badger: Badger's own flush does nothing on Windows.
//
// What it promises beyond data.Store: every value in Badger is sealed under its key, so a value that was changed or copied to
// another key is an error that names the record; a state that is not exactly what was closed, or that Badger can't open, is
// rebuilt from the journal; Badger is never opened in this process where it could panic (after an unclean end a child
// process tries first).
//
// Only the composition root and tests may import it.
package badgerdb
