//go:build race

package ui_test

// With the race detector the program under test has it too; its C parts are compiled once for both.
var raceFlag = []string{"-race"}
