package kit

import (
	"io/fs"
	"maps"
	"path"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// Sentence is a text for a person that is not in a language yet: a namespaced key of the translation files, the English
// text in which {{.Name}} stands for the argument of that name, and the arguments.
type Sentence struct {
	Key     string
	English string
	Args    map[string]any
}

// Say makes a Sentence; args are names and values in turn, and a value may be a Sentence itself.
func Say(key, english string, args ...any) Sentence {
	s := Sentence{Key: key, English: english}
	for i := 0; i+1 < len(args); i += 2 {
		if name, ok := args[i].(string); ok {
			if s.Args == nil {
				s.Args = map[string]any{}
			}
			s.Args[name] = args[i+1]
		}
	}
	return s
}

// Empty tells whether there is nothing to say.
func (s Sentence) Empty() bool { return s.English == "" }

// Text is the sentence in the user's language. Only where an application runs: Fyne holds the translations.
func (s Sentence) Text() string {
	if s.Empty() {
		return ""
	}
	args := maps.Clone(s.Args)
	for name, value := range args {
		if inner, ok := value.(Sentence); ok {
			args[name] = inner.Text()
		}
	}
	return lang.X(s.Key, s.English, args)
}

// LoadTexts makes the translations known to Fyne: one JSON file for each language in folder. Where the user's language
// is not among them English takes its place, so that half a window isn't in one language and half in another.
func LoadTexts(texts fs.FS, folder string) error {
	files, err := fs.ReadDir(texts, folder)
	if err != nil {
		return err
	}
	user := lang.SystemLocale()
	base, _, _ := strings.Cut(string(user), "-")
	known := false
	var english []byte
	for _, file := range files {
		content, err := fs.ReadFile(texts, path.Join(folder, file.Name()))
		if err != nil {
			return err
		}
		language := strings.TrimSuffix(file.Name(), ".json")
		if err := lang.AddTranslationsForLocale(content, fyne.Locale(language)); err != nil {
			return err
		}
		known = known || language == base
		if language == "en" {
			english = content
		}
	}
	if known || english == nil {
		return nil
	}
	return lang.AddTranslationsForLocale(english, user)
}
