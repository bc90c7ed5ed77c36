package report_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"wardbook/app/report"
	"wardbook/data"
)

func folder(t *testing.T) (*report.Folder, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "opened")
	f, err := report.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	return f, dir
}

func TestAFileIsWrittenForItsOwnerAlone(t *testing.T) {
	f, dir := folder(t)
	path, err := f.Put("Recovery key.pdf", []byte("%PDF-"))
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Dir(path) != dir || !strings.HasPrefix(filepath.Base(path), "Recovery key ") || filepath.Ext(path) != ".pdf" {
		t.Errorf("it lies at %s", path)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "%PDF-" {
		t.Errorf("%q, %v", content, err)
	}
	second, err := f.Put("Recovery key.pdf", []byte("other"))
	if err != nil || second == path {
		t.Errorf("the second lies at %s (%v)", second, err)
	}
	if runtime.GOOS == "windows" {
		return // rights lie in the folder's list there, inherited from the person's profile
	}
	for place, want := range map[string]os.FileMode{dir: 0o700, path: 0o600} {
		if info, err := os.Stat(place); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", place, info.Mode(), err)
		}
	}
}

func TestHostileNamesStayInside(t *testing.T) {
	f, dir := folder(t)
	for _, name := range []string{"", ".", "..", "../../etc/passwd", `..\..\x.exe`, "/etc/passwd", `C:\x.pdf`, "CON", "nul.pdf", "a\x00b.pdf", "a:stream.pdf", "-rf.pdf", "\u202efdp.exe",
		"bad\xff.pdf", strings.Repeat("ä", 500) + ".pdf", "x." + strings.Repeat("y", 300), "Überweisung Жуков.PDF", "a\nb.png", "%s%n.pdf", " .pdf", "con.", "$(rm -rf x)`.pdf"} {
		path, err := f.Put(name, []byte(name))
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		base := filepath.Base(path)
		if filepath.Dir(path) != dir || strings.ContainsAny(base, "/\\:*?\"<>|\x00\n$`%") || len(base) > 200 || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "-") {
			t.Errorf("%q lies at %q", name, path)
		}
		if stem, _, _ := strings.Cut(base, "."); !strings.Contains(stem, " ") { // CON alone is a device on Windows
			t.Errorf("%q is named %q", name, base)
		}
	}
}

func TestEmptyTakesFilesAndNothingElse(t *testing.T) {
	f, dir := folder(t)
	outside := filepath.Join(t.TempDir(), "kept")
	if err := os.WriteFile(outside, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Put("a.pdf", nil); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "torn.pdf.part"), nil, 0o600); err != nil { // of a crash
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		if err := os.Symlink(filepath.Dir(outside), filepath.Join(dir, "link")); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := f.Empty(); err != nil {
			t.Fatal(err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left: %v, %v", entries, err)
	}
	if _, err := os.Stat(outside); err != nil {
		t.Errorf("a file outside is gone: %v", err)
	}
	again, err := report.OpenFolder(dir)
	if err != nil {
		t.Fatalf("the emptied folder is not known again: %v", err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := again.Empty(); err != nil {
		t.Errorf("a folder that is gone is not empty: %v", err)
	}
	if _, err := again.Put("a.pdf", nil); !data.Is(err, data.Unavailable) {
		t.Errorf("writing into a folder that is gone: %v", err)
	}
}

// TestAFolderOfSomebodyElseIsRefused: emptying it would be a disaster.
func TestAFolderOfSomebodyElseIsRefused(t *testing.T) {
	home := t.TempDir()
	letter := filepath.Join(home, "letter.doc")
	if err := os.WriteFile(letter, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{home, letter} {
		if _, err := report.OpenFolder(dir); !data.Is(err, data.Unavailable) {
			t.Errorf("%s was taken: %v", dir, err)
		}
	}
	if runtime.GOOS != "windows" {
		link := filepath.Join(t.TempDir(), "link")
		if err := os.Symlink(t.TempDir(), link); err != nil {
			t.Fatal(err)
		}
		if _, err := report.OpenFolder(link); !data.Is(err, data.Unavailable) {
			t.Errorf("a link was taken: %v", err)
		}
	}
	if _, err := os.Stat(letter); err != nil {
		t.Error(err)
	}
}
