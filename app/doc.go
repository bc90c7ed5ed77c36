// Package app is the floor of the hospital: its rules and use cases, each in a package below this one that is named
// after what hospital people call it.
//
// Packages here know the book (data) and nothing of windows, engines or keys: main.go hands those up as values.
// floors_test.go holds every package of the repository to its floor.
package app
