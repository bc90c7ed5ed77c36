package access_test

import (
	"strings"
	"testing"
	"time"

	"wardbook/app/access"
)

// slowPasswords are those that take the estimator longest.
var slowPasswords = map[string]string{
	"random": "q7#Lz!vR2@xP9$mK4&wT6*eY8(uI1)oA3_sD5+fG0-hJ=kB{nC}zX[qW]rE;tV:y",
	"leet":   strings.Repeat("p455w0rd!@3", 6),
	"digits": strings.Repeat("4310758", 10),
	// nobody types this: every character stands for a letter
	"mixed": "4@8({[<369&#!1i|0$5+7%2z4@8({[<369&#!1i|0$5+7%2z",
	"row":   strings.Repeat("qwertyuiop", 7),
}

// BenchmarkMeasure is what a letter of a new password costs.
func BenchmarkMeasure(b *testing.B) {
	own := []string{"Ann Featherstonehaugh", "ann.feather", "Saint Elsewhere"}
	for name, password := range slowPasswords {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				access.UsualRules.Measure(password, own...)
			}
		})
	}
}

// TestALongPasswordIsMeasuredAsQuicklyAsAShortOne: it is measured with every letter that is typed. The bound is far above what it takes on a slow
// computer, and far below what sixty characters took.
func TestALongPasswordIsMeasuredAsQuicklyAsAShortOne(t *testing.T) {
	for _, name := range []string{"random", "leet"} {
		quickest := time.Hour
		for range 3 {
			start := time.Now()
			access.UsualRules.Measure(slowPasswords[name], "Ann Featherstonehaugh")
			quickest = min(quickest, time.Since(start))
		}
		if quickest > 200*time.Millisecond {
			t.Errorf("%s: %v", name, quickest)
		}
	}
}
