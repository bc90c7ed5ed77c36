// Package journal is the append-only book on disk: everything that ever happened in the hospital, in order, in sealed
// and chained entries. All else (tables, indexes, boards) can be rebuilt from it. Bodies are opaque bytes here.
//
// What it promises:
//
//   - When Append returns without an error the entries are on the disk and survive a power cut. When it returns an error
//     that is ErrUnknown they may or may not be, and nothing more is written until the journal was opened again. With any
//     other error they are not.
//   - An entry is there whole or not at all. Open drops the torn end that a power cut leaves, and only that: where a later
//     flush proves that a bad entry was once whole, Open refuses and names it.
//   - Whoever edits, removes, swaps or cuts off entries up to the last checkpoint is found out, and the entries are named,
//     by Verify over the whole book and by Open, Read and Replay for what they touch. Entries cut off after the last
//     checkpoint can't be told from a torn end. A whole older copy of journal, head and keys together is a consistent book:
//     only somebody who knows a later entry (the engine's state, a backup) can tell.
//   - No file, however hostile, makes it panic, allocate without bound or give out bytes that were not sealed under the
//     hospital's keys at that very place.
//
// Why our own log and not a library: every entry must be sealed, bound to its place and chained to the one before, and that
// chain is also what tells a torn end from damage, so a library's framing would only be wrapped around ours. Of the two
// that were weighed, tidwall/wal v1.2.1 has no checksums, no preallocation and never flushes the folder;
// hashicorp/raft-wal v0.4.0 (2023) has CRC frames and preallocation, but keeps its list of segments in a bbolt file.
//
// The engines of package data may call it, nobody else. data/FORMAT.md gives the format, byte by byte.
package journal
