// Package assets holds what is built into the program besides code: the icon, the fonts of printed documents, and the
// texts of every language.
//
// Anything may import it; it imports nothing of ours.
package assets

import "embed"

// Icon is the program's icon, a PNG of 512 x 512 pixels.
//
//go:embed icon.png
var Icon []byte

// PDFRegular is the font of printed documents: Noto Sans, with the Latin, Greek and Cyrillic letters (fonts/OFL.txt).
//
//go:embed fonts/NotoSans-Regular.ttf
var PDFRegular []byte

// PDFBold is the same in bold.
//
//go:embed fonts/NotoSans-Bold.ttf
var PDFBold []byte

// Translations holds one JSON file for each language in the folder "translations": namespaced key to text, with
// {{.Name}} where an argument of that name belongs.
//
//go:embed translations
var Translations embed.FS
