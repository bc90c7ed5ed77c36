package cli

import (
	"runtime/debug"
	"testing"
)

func TestTheCommitIsNamedAndChangesAreAdmitted(t *testing.T) {
	build := func(pairs ...string) *debug.BuildInfo {
		b := &debug.BuildInfo{}
		for i := 0; i < len(pairs); i += 2 {
			b.Settings = append(b.Settings, debug.BuildSetting{Key: pairs[i], Value: pairs[i+1]})
		}
		return b
	}
	for _, c := range []struct {
		build *debug.BuildInfo
		want  string
	}{
		{build(), "unknown commit"},
		{build("vcs.revision", "0123456789abcdef0123", "vcs.modified", "false"), "commit 0123456789ab"},
		{build("vcs.revision", "0123456789abcdef0123", "vcs.modified", "true"), "commit 0123456789ab with changes"},
	} {
		if got := commitOf(c.build); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
