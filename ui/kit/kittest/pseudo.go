package kittest

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"wardbook/assets"
)

// Pseudo has the program speak a language that nobody does, until the test ends: every letter with an accent, a third
// longer, in brackets. What is not in it was not translated; what has no room in it has none in German either.
func Pseudo(t testing.TB) {
	t.Helper()
	english := texts(t, "en")
	strange := map[string]string{}
	for key, text := range english {
		strange[key] = Strange(text)
	}
	// Fyne holds translations for the whole process and can't be told to use a language: it takes the user's.
	user := lang.SystemLocale()
	base, _, _ := strings.Cut(string(user), "-")
	languages := slices.Compact([]string{"en", base, string(user)})
	for _, language := range languages {
		set(t, language, strange)
	}
	t.Cleanup(func() {
		for _, language := range languages {
			if own := texts(t, language); own != nil {
				set(t, language, own)
			} else {
				set(t, language, english)
			}
		}
	})
}

func set(t testing.TB, language string, texts map[string]string) {
	t.Helper()
	content, err := json.Marshal(texts)
	if err == nil {
		err = lang.AddTranslationsForLocale(content, fyne.Locale(language))
	}
	if err != nil {
		t.Fatalf("%s: %v", language, err)
	}
}

// texts are a language's own; nil for one that has none.
func texts(t testing.TB, language string) map[string]string {
	t.Helper()
	content, err := fs.ReadFile(assets.Translations, "translations/"+language+".json")
	if err != nil {
		return nil
	}
	var texts map[string]string
	if err := json.Unmarshal(content, &texts); err != nil {
		t.Fatalf("%s: %v", language, err)
	}
	return texts
}

var (
	argument = regexp.MustCompile(`\{\{.*?\}\}`)
	accents  = strings.NewReplacer(strings.Split("aábƀcčdďeéfƒgĝhĥiîjĵkķlľmɱnñoöpƥqɋrŕsštţuúvṽwŵxẋyýzž"+
		"AÁBɃCČDĎEÉFƑGĜHĤIÎJĴKĶLĽMṀNÑOÖPƤQɊRŔSŠTŢUÚVṼWŴXẊYÝZŽ", "")...)
)

// Strange is a text in the language of Pseudo. Its arguments stay.
func Strange(text string) string {
	var b strings.Builder
	letters, from := 0, 0
	add := func(part string) {
		b.WriteString(accents.Replace(part))
		letters += len([]rune(part))
	}
	for _, at := range argument.FindAllStringIndex(text, -1) {
		add(text[from:at[0]])
		b.WriteString(text[at[0]:at[1]])
		from = at[1]
	}
	add(text[from:])
	more := (letters + 2) / 3
	return "[" + b.String() + " " + strings.Repeat("á", min(more, 6)) + strings.Repeat(" ééé", max(more-6, 0)/4) + "]"
}

// Untranslated are the texts on a window that are not in the language of Pseudo. data is what is in no language: names,
// dates, numbers with letters.
func Untranslated(w fyne.Window, data ...string) []string {
	var known []string
	for _, d := range data {
		known = append(known, words(d)...)
	}
	var found []string
	for _, text := range Texts(w) {
		for _, word := range words(text.Text) {
			if plain(word) && !slices.ContainsFunc(known, func(d string) bool { return d == word || isPart(text.Text, word, d) }) {
				found = append(found, text.Text)
				break
			}
		}
	}
	return found
}

func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) })
}

// plain tells whether a word has letters as English has them. A key's name (K, F5) is in no language.
func plain(word string) bool {
	if keyName.MatchString(word) {
		return false
	}
	return strings.ContainsFunc(word, func(r rune) bool { return r < unicode.MaxASCII && unicode.IsLetter(r) })
}

var keyName = regexp.MustCompile(`^([A-Za-z]|F\d+)$`)

// isPart tells whether the word is a known one that an ellipsis has cut.
func isPart(text, word, known string) bool {
	return strings.Contains(text, "…") && (strings.HasPrefix(known, word) || strings.HasSuffix(known, word))
}
