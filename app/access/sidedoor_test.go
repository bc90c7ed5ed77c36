package access_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// sideDoors let somebody in without a password, or act as the program itself, by the number of arguments: app needs them, a window never does.
var sideDoors = map[string]int{"Begin": 2, "Machine": 0, "Settle": 4, "FoundAs": 3, "Found": 3, "NewDoor": 1, "Know": 2, "Door": 0}

// TestWindowsHaveNoSideDoor: a window reaches the book through a session that somebody's password began, and through nothing else.
func TestWindowsHaveNoSideDoor(t *testing.T) {
	if found := sideDoorsIn(t, "fixture.go", "package p\nfunc f() { d.Begin(ctx, name); progress.Begin(doing); h.Machine(); access.Settle(a, b, c, d) }"); len(found) != 3 {
		t.Fatalf("of three side doors it sees %v", found)
	}
	read := 0
	err := filepath.WalkDir(filepath.Join("..", "..", "ui"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		read++
		for _, call := range sideDoorsIn(t, path, nil) {
			t.Errorf("%s calls %s", path, call)
		}
		return nil
	})
	if err != nil || read < 50 {
		t.Errorf("%d files read: %v", read, err)
	}
}

func sideDoorsIn(t *testing.T, path string, source any) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if s, ok := call.Fun.(*ast.SelectorExpr); ok {
			if n, side := sideDoors[s.Sel.Name]; side && n == len(call.Args) {
				found = append(found, s.Sel.Name)
			}
		}
		return true
	})
	return found
}
