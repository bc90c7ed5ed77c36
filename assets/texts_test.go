package assets_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wardbook/assets"
)

// TestEveryTextIsInTheTranslations reads the source for Say("key", "English") and compares it with en.json, from which
// translators work: what is missing there would stay English for everybody.
func TestEveryTextIsInTheTranslations(t *testing.T) {
	said := map[string]string{}
	for _, place := range []string{"../main.go", "../app", "../ui", "../data"} {
		collect(t, place, said)
	}
	if *write {
		writeEnglish(t, said)
	}
	if len(said) < 20 {
		t.Fatalf("only %d texts found in the source: the search is broken", len(said))
	}
	if *write {
		return // what is embedded is still the old file
	}
	written := bundle(t, "en.json")
	for key, english := range said {
		if written[key] != english {
			t.Errorf("en.json, %s: %q, want %q; go test ./assets -write", key, written[key], english)
		}
	}
	for key := range written {
		if _, ok := said[key]; !ok {
			t.Errorf("en.json, %s: nothing says it any more; go test ./assets -write", key)
		}
	}
}

var write = flag.Bool("write", false, "write en.json anew from the source; other languages then show what they lack")

func writeEnglish(t *testing.T, said map[string]string) {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(said); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("translations/en.json", text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestTranslationsAgree holds every other language to the keys and arguments of English.
func TestTranslationsAgree(t *testing.T) {
	files, err := fs.ReadDir(assets.Translations, "translations")
	if err != nil {
		t.Fatal(err)
	}
	english := bundle(t, "en.json")
	for _, file := range files {
		other := bundle(t, file.Name())
		if want, got := slices.Sorted(maps.Keys(english)), slices.Sorted(maps.Keys(other)); !slices.Equal(want, got) {
			t.Errorf("%s has the keys %v, want %v", file.Name(), got, want)
		}
		for key, text := range english {
			if want, got := arguments(text), arguments(other[key]); !slices.Equal(want, got) {
				t.Errorf("%s, %s: arguments %v, want %v", file.Name(), key, got, want)
			}
		}
	}
}

// TestKeysAreNamespaced: Fyne refuses a whole file in which a key is one of its reserved words, such as "Other".
func TestKeysAreNamespaced(t *testing.T) {
	for key := range bundle(t, "en.json") {
		if !regexp.MustCompile(`^[a-z]+(\.[a-z]+)+$`).MatchString(key) {
			t.Errorf("%q is not like place.text", key)
		}
	}
}

func collect(t *testing.T, place string, said map[string]string) {
	t.Helper()
	err := filepath.WalkDir(place, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && strings.HasSuffix(path, "test") {
			return fs.SkipDir // what only tests say
		}
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if key, english, ok := saying(node); ok {
				if before, twice := said[key]; twice && before != english {
					t.Errorf("%s: %s says %q here and %q elsewhere", path, key, english, before)
				}
				said[key] = english
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// saying recognises a call whose first two arguments are a namespaced key and a text: Say, or what wraps it.
func saying(node ast.Node) (key, english string, ok bool) {
	call, isCall := node.(*ast.CallExpr)
	if !isCall || len(call.Args) < 2 {
		return "", "", false
	}
	var name string
	switch function := call.Fun.(type) {
	case *ast.Ident:
		name = function.Name
	case *ast.SelectorExpr:
		name = function.Sel.Name
	}
	if !strings.EqualFold(name, "say") {
		return "", "", false
	}
	var texts [2]string
	for i := range texts {
		literal, isLiteral := call.Args[i].(*ast.BasicLit)
		if !isLiteral || literal.Kind != token.STRING {
			return "", "", false
		}
		texts[i], _ = strconv.Unquote(literal.Value)
	}
	return texts[0], texts[1], true
}

func bundle(t *testing.T, name string) map[string]string {
	t.Helper()
	content, err := fs.ReadFile(assets.Translations, "translations/"+name)
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]string
	if err := json.Unmarshal(content, &texts); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return texts
}

func arguments(text string) []string {
	found := regexp.MustCompile(`\{\{\.\w+\}\}`).FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}
