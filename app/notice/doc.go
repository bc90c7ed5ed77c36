// Package notice is what must reach somebody: notices as records, written in the transaction of their cause.
//
// It promises that a notice is there exactly when its cause is, and that it stays until one of those it is for has acknowledged it, which is
// recorded. A notice holds no clinical content; it says where to look. Packages above post, ui shows the bell.
package notice
