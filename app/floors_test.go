package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// goPackage is what `go list -json` says of a package, as far as the floors need it.
type goPackage struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

const (
	module = "wardbook"
	fyne   = "fyne.io/fyne/v2"
	badger = "github.com/dgraph-io/badger"
)

// dataFloors orders the packages of the ground floor; each may import only lower ones. A new package needs its place here.
var dataFloors = map[string]int{
	"data/disk":        0,
	"data":             1, // the contract
	"data/layout":      2,
	"data/journal":     2,
	"data/vault":       3,
	"data/storetest":   3,
	"data/blob":        3,
	"data/badgerdb":    4,
	"data/backup":      5,
	"data/open":        5,
	"data/verify":      5,
	"data/bench":       6,
	"data/crash/trial": 6,
	"data/crash":       7,
}

// appFloors orders the packages of the hospital's floor: each may import only lower ones, and desk and cli are apart. A new
// package needs its place here.
var appFloors = map[string]int{
	"app/term":     0,
	"app/access":   1,
	"app/house":    2,
	"app/notice":   3,
	"app/patient":  4,
	"app/schedule": 5,
	"app/order":    6,
	"app/vitals":   7,
	"app/ward":     8,
	"app/report":   9,
	"app/mail":     10,
	"app/exchange": 11,
	"app/hospital": 12,
	"app/demo":     13,
	"app/cli":      13,
	"app/desk":     13,
	"app/rollout":  14,
}

// testPackages stand in for something in other packages' tests, and nothing but tests imports them.
func testPackage(path string) bool { return strings.HasSuffix(path, "test") }

// engines may be imported by these alone: they are the only ones that know what Badger is.
var badgerHouses = []string{"data/badgerdb", "data/bench"}

// breaches names the rules that an import from one package to another breaks. Paths are without the module's name for
// ours; from is "" for main.
func breaches(from, to string, inTest bool) (broken []string) {
	say := func(rule string) { broken = append(broken, rule) }
	switch {
	case to == fyne+"/app" && from != "":
		say("only main imports fyne/app: the rest must type-check for every system without C")
	case within(to, fyne) && from != "" && !within(from, "ui"):
		say("Fyne is known to ui and main only")
	case within(to, badger) && !slices.Contains(badgerHouses, from):
		say("Badger is known to data/badgerdb only")
	}
	if !ours(to) || from == to { // a test from outside its package imports it
		return broken
	}
	if testPackage(to) && !inTest && !testPackage(from) && !within(from, "data") {
		say(to + " is for tests")
	}
	inTest = inTest || testPackage(from)
	switch floor, _, _ := strings.Cut(from, "/"); floor {
	case "assets":
		say("assets imports nothing of ours")
	case "data":
		if !within(to, "data") {
			say("data knows nothing of the floors above")
		} else {
			broken = append(broken, withinData(from, to, inTest)...)
		}
	case "app":
		switch {
		case within(to, "ui"):
			say("app knows nothing of windows")
		case within(to, "data") && to != "data" && (!inTest || to != "data/badgerdb" && to != "data/storetest" && to != "data/disk"):
			say("app knows the contract (data) only; an engine in memory is for its tests")
		case within(to, "app"):
			broken = append(broken, withinApp(from, to, inTest)...)
		}
	case "ui":
		if within(to, "data") && !(inTest && to == "data") {
			say("ui knows nothing of data; its tests may make the errors of it")
		}
	}
	return broken
}

func withinData(from, to string, inTest bool) []string {
	low, known := dataFloors[to]
	high, knownToo := dataFloors[from]
	switch {
	case !known || !knownToo:
		return []string{"give the new package of data its place in dataFloors"}
	case low < high:
		return nil
	case inTest && (to == "data/storetest" || to == "data/crash/trial"):
		return nil
	}
	return []string{"inside data imports go down only"}
}

func withinApp(from, to string, inTest bool) []string {
	low, known := appFloors[strings.TrimSuffix(to, "/"+lastPart(to, "test"))]
	high, knownToo := appFloors[strings.TrimSuffix(from, "/"+lastPart(from, "test"))]
	switch {
	case inTest && testPackage(to):
		return nil
	case !known || !knownToo:
		return []string{"give the new package of app its place in appFloors"}
	case low < high, testPackage(from) && low == high:
		return nil
	}
	return []string{"inside app imports go down only"}
}

// lastPart is the last part of a path that ends in what is asked for: the stand-in of a package lies below it.
func lastPart(path, ending string) string {
	if !strings.HasSuffix(path, ending) {
		return ""
	}
	return path[strings.LastIndex(path, "/")+1:]
}

func within(path, place string) bool { return path == place || strings.HasPrefix(path, place+"/") }

func ours(path string) bool {
	return path == "" || within(path, "app") || within(path, "ui") || within(path, "data") || within(path, "assets")
}

// short takes the module's name off a path of ours; main is "".
func short(path string) string {
	if path == module {
		return ""
	}
	return strings.TrimPrefix(path, module+"/")
}

func TestImportsGoDownOnly(t *testing.T) {
	for _, system := range []string{"linux", "darwin", "windows"} {
		packages := list(t, system)
		if len(packages) < 8 {
			t.Fatalf("%s: only %d packages listed", system, len(packages))
		}
		for _, p := range packages {
			check := func(imports []string, inTest bool) {
				for _, to := range imports {
					for _, rule := range breaches(short(p.ImportPath), short(strings.TrimSuffix(to, "_test")), inTest) {
						t.Errorf("%s: %s imports %s: %s", system, p.ImportPath, to, rule)
					}
				}
			}
			check(p.Imports, false)
			check(p.TestImports, true)
			check(p.XTestImports, true)
		}
	}
}

// TestTheRulesNotice breaks each rule once.
func TestTheRulesNotice(t *testing.T) {
	for _, c := range []struct {
		from, to string
		inTest   bool
		want     string
	}{
		{"data/journal", "app/ward", false, "data knows nothing"},
		{"data", "ui/theme", false, "data knows nothing"},
		{"data", "data/journal", false, "inside data"},
		{"data/disk", "data", false, "inside data"},
		{"data/journal", "data/badgerdb", true, "inside data"},
		{"data/journal", "data/secret", false, "give the new package"},
		{"app/ward", "ui", false, "app knows nothing"},
		{"app/access", "app/patient", false, "inside app"},
		{"app/access", "app/secret", false, "give the new package"},
		{"app/patient", "app/access/accesstest", false, "is for tests"},
		{"app/ward", "data/badgerdb", false, "app knows the contract"},
		{"app/ward", "data/vault", true, "app knows the contract"},
		{"app/ward", badger + "/v4", false, "Badger is known"},
		{"app/ward", fyne + "/widget", false, "Fyne is known"},
		{"app/desk", fyne + "/app", false, "only main imports"},
		{"ui/kit", fyne + "/app", true, "only main imports"},
		{"ui/shell", "data", false, "ui knows nothing"},
		{"ui/shell", "ui/kit/kittest", false, "is for tests"},
		{"assets", "ui/kit", false, "assets imports nothing"},
		{"data/bench", fyne, false, "Fyne is known"},
		{"", badger + "/v4", false, "Badger is known"},
	} {
		got := strings.Join(breaches(c.from, c.to, c.inTest), "; ")
		if !strings.Contains(got, c.want) {
			t.Errorf("%s importing %s: %q, want %q", c.from, c.to, got, c.want)
		}
	}
	for _, fine := range [][2]string{{"", "data/badgerdb"}, {"", fyne + "/app"}, {"ui/shell", "app/ward"}, {"ui", fyne + "/widget"},
		{"app/ward", "data"}, {"data/blob", "data/journal"}, {"data/badgerdb", badger + "/v4"}, {"ui", "assets"}, {"app", "fmt"}} {
		if got := breaches(fine[0], fine[1], false); len(got) != 0 {
			t.Errorf("%s importing %s: %v, want nothing", fine[0], fine[1], got)
		}
	}
}

// TestTheTopLevelIsTheOwners: nothing stands at the top of the repository but what its owner listed.
func TestTheTopLevelIsTheOwners(t *testing.T) {
	listed := []string{"app", "ui", "data", "assets", "go.mod", "go.sum", "FyneApp.toml", "Makefile", "README.md", "main.go"}
	made := []string{"build", "seen", "fyne_metadata_init.go", "fyne.syso"} // by the tools; .gitignore keeps them out
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasPrefix(name, ".") && !slices.Contains(listed, name) && !slices.Contains(made, name) && !strings.HasSuffix(name, ".exe.manifest") {
			t.Errorf("%s does not belong at the top level", name)
		}
	}
}

func list(t *testing.T, system string) (packages []goPackage) {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, errs.String())
	}
	decoder := json.NewDecoder(bytes.NewReader(out))
	for {
		var p goPackage
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatal(fmt.Errorf("go list: %w", err))
		}
		packages = append(packages, p)
	}
}
