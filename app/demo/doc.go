// Package demo invents a hospital: staff and patients who never were, the same ones for the same seed and day.
//
// It promises that nobody real is in it, that everything in it was written through the same door and rules as everything else, and that the
// record of the hospital says that it is invented. Its passwords are no secret: they are shown where one signs in. main.go calls it, and tests and
// measurements that need many patients.
package demo
