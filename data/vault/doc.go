// Package vault keeps who can unlock this hospital.
//
// A password opens its owner's private key, the private key opens the master key, and the master key opens the data keys that seal
// journal, state, attachments and backups. Because the master key is wrapped to public keys, whoever is signed in can add, reset and
// remove others and change the master key without knowing any other password. A printed recovery key is one more way in.
//
// What it promises:
//   - Two copies (slots, slots.bak) lie on the disk; at every instant one of them is whole. After a power cut the vault opens in the
//     state before or after the change under way, and a data key that NewKey gave is in both.
//   - What was changed in the files by anything but a program holding the master key is an error or a reported repair, never obeyed.
//     Two things it cannot see: an older state put back whole (compare Generation with one that is kept elsewhere), and a whole false
//     file by a removed person, for people who have kept their password since (what was sealed after the removal does not open then).
//   - A removed person's slot, password and kept master key open no data key made after the removal. What he could read before stays
//     readable to him, as does every old copy of the files that he kept.
//   - No name lies in clear on the disk. Whoever has the files can confirm a name that he guesses.
//
// One program at a time may use a folder: the composition root keeps a lock. Only packages under data may import it, and main.go. The
// format, byte by byte, is in data/FORMAT.md. Everything here may be called from several goroutines at once.
package vault
