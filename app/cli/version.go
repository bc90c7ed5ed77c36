package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/BurntSushi/toml"
)

// Version reads the program's version from the text of FyneApp.toml, the one place it is written; "unknown" where it
// can't be found there.
func Version(fyneApp string) string {
	var file struct {
		Details struct{ Version string }
	}
	if _, err := toml.Decode(fyneApp, &file); err != nil || file.Details.Version == "" {
		return "unknown"
	}
	return file.Details.Version
}

// VersionLine is what `wardbook version` prints: version, commit and the Go it was built with, on one line.
func VersionLine(version string) string {
	commit := "unknown commit"
	if build, ok := debug.ReadBuildInfo(); ok {
		commit = commitOf(build)
	}
	return fmt.Sprintf("Wardbook %s (%s, %s, %s/%s)", version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// commitOf names the commit of a build, and says where the files had been changed since.
func commitOf(build *debug.BuildInfo) string {
	revision, changed := "", false
	for _, setting := range build.Settings {
		switch setting.Key {
		case "vcs.revision":
			revision = setting.Value
		case "vcs.modified":
			changed = setting.Value == "true"
		}
	}
	if revision == "" {
		return "unknown commit"
	}
	if len(revision) > 12 {
		revision = revision[:12]
	}
	if changed {
		return "commit " + revision + " with changes"
	}
	return "commit " + revision
}
