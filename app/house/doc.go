// Package house is the hospital itself: its name, where it is, its zone and its logo.
//
// It promises that there is one hospital in a book, set up once, and that every date and time in the program is said in its zone. Packages
// above it read the name for what they print.
package house
