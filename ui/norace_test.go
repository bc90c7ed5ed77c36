//go:build !race

package ui_test

var raceFlag []string
