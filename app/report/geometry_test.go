package report

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestLinesFitAndLoseNothing(t *testing.T) {
	p, err := newPage(Frame{At: time.Unix(0, 0)}, "", false, 1)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-zäöü\x{301}]{0,90}( [a-z]{1,30}){0,20}`)).Draw(t, "text")
		width := rapid.Float64Range(0.1, 100).Draw(t, "width")
		parts := p.wrap(text, width, bodyStyle)
		for _, part := range parts {
			if wide := p.measure(part, bodyStyle); wide > width && len([]rune(strings.TrimFunc(part, func(r rune) bool { return r == '\u0301' }))) > 1 && p.head(part, width, bodyStyle) != part {
				t.Fatalf("%q is %.1f mm wide, not %.1f", part, wide, width)
			}
		}
		if got, want := strings.Join(parts, ""), p.letters.clean(text); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Fatalf("%q became %q", want, parts)
		}
		if fitted := p.fit(text, width, bodyStyle); fitted != "…" && p.measure(fitted, bodyStyle) > width {
			t.Fatalf("%q is wider than %.1f mm", fitted, width)
		}
	})
}

func TestColumnsShareTheWidth(t *testing.T) {
	for _, c := range []struct{ wants, got []float64 }{
		{[]float64{200}, []float64{100}},
		{[]float64{10, 200}, []float64{10, 90}},
		{[]float64{200, 10, 300}, []float64{45, 10, 45}},
		{[]float64{30, 36, 200}, []float64{30, 35, 35}},
		{[]float64{60, 60, 60, 60}, []float64{25, 25, 25, 25}},
	} {
		if got := share(c.wants, 100); !slices.Equal(got, c.got) {
			t.Errorf("%v share %v, want %v", c.wants, got, c.got)
		}
	}
}
