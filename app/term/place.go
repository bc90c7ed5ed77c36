package term

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"wardbook/data"
)

// Country is a country by its two letters (ISO 3166-1): 'GB'. The hospital's own decides how phone numbers are read.
type Country string

// ParseCountry reads a country's two letters. Nothing is no country.
func ParseCountry(text string) (Country, error) {
	text = strings.ToUpper(strings.TrimSpace(text))
	if text == "" {
		return "", nil
	}
	region, err := language.ParseRegion(text)
	if err != nil || len(text) != 2 || !region.IsCountry() {
		return "", invalid("country", FieldCountry, data.Say("term.country.none", "There is no such country. Choose it from the list."))
	}
	return Country(region.Canonicalize().String()), nil
}

// Name is the country's name in a language (BCP 47); its two letters where the language has no word for it.
func (c Country) Name(in Language) string {
	region, err := language.ParseRegion(string(c))
	if err != nil {
		return string(c)
	}
	if name := display.Regions(in.tag()).Name(region); name != "" {
		return name
	}
	return string(c)
}

// Countries are all countries, by their names in a language.
func Countries(in Language) []Country {
	var all []Country
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			if c, err := ParseCountry(code); err == nil && string(c) == code && c.Name("en") != code {
				all = append(all, c)
			}
		}
	}
	names := make(map[Country]string, len(all))
	for _, c := range all {
		names[c] = strings.Join(data.Prefixes(c.Name(in)), " ")
	}
	slices.SortStableFunc(all, func(a, b Country) int { return strings.Compare(names[a], names[b]) })
	return all
}

// Language is a language by its tag (BCP 47): 'en', 'pt-BR'. A patient's language says whether an interpreter is needed.
type Language string

// Languages are the choices of a form, the most spoken first; ParseLanguage takes every other one too.
var Languages = []Language{"en", "zh", "hi", "es", "ar", "bn", "fr", "pt", "ru", "ur", "id", "de", "ja", "sw", "mr", "te", "tr", "ta", "vi", "ko", "it",
	"ha", "th", "gu", "fa", "pl", "yo", "ml", "kn", "my", "uk", "uz", "ro", "pa", "am", "ig", "om", "nl", "ku", "ne", "si", "so", "km", "zu", "cs", "el", "sv", "hu",
	"be", "sr", "hr", "bs", "sq", "bg", "da", "fi", "sk", "no", "he", "lt", "lv", "sl", "et", "af", "xh", "rw", "ps", "ti", "mn", "ka", "hy", "az", "kk", "lo", "fil", "ht"}

// ParseLanguage reads a language's tag. Nothing is no language.
func ParseLanguage(text string) (Language, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", nil
	}
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und || len(text) > 35 {
		return "", invalid("language", FieldLanguage, data.Say("term.language.none", "There is no such language. Choose it from the list."))
	}
	return Language(tag.String()), nil
}

// Name is the language's name in a language; its tag where that has no word for it.
func (l Language) Name(in Language) string {
	if name := display.Tags(in.tag()).Name(l.tag()); name != "" && l != "" {
		return name
	}
	return string(l)
}

// Own is the language's name in itself, for the person who speaks it.
func (l Language) Own() string {
	if name := display.Self.Name(l.tag()); name != "" && l != "" {
		return name
	}
	return string(l)
}

// tag falls back to English: a name in a foreign language is better than none.
func (l Language) tag() language.Tag {
	tag, err := language.Parse(string(l))
	if err != nil {
		return language.English
	}
	return tag
}
