// Package hospital puts the packages of app together: it opens the book for whoever signs in, sets a new hospital up, keeps the program's own
// session for background work, and closes everything at the end.
//
// It promises that nothing can be read before somebody has signed in, that failed sign-ins are counted across starts, delayed, stopped and
// told to the administrators, and that a wrong name and a wrong password look the same. main.go and ui call it.
package hospital
