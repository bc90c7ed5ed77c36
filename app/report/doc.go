// Package report makes the documents that the hospital prints: sheets of keys and passwords, tables, later letters and
// charts. A document is a plain value; PDF draws it on pages.
//
// It promises that the same document gives the same bytes, that every page names the hospital, who printed it, when, and
// its number of how many, and that no letter is lost in silence: what the font cannot draw stands as a sign for itself,
// and Result.Missing says which texts were hit. It never panics and writes no file; Folder keeps the files that are opened
// in another program. Anybody in app and ui may call it.
//
// The PDF library is github.com/jung-kurt/gofpdf, which is no longer kept up. It stays inside this package, fed only with
// what it is known to survive; codeberg.org/go-pdf/fpdf is the same code kept up and can take its place in page.go.
package report
