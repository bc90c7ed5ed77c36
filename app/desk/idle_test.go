package desk

import (
	"testing"
	"time"
)

func TestWhatMacOSSaysOfIdleTimeIsRead(t *testing.T) {
	for said, want := range map[string]time.Duration{
		"  |   \"HIDIdleTime\" = 300250000000\n": 5*time.Minute + 250*time.Millisecond,
		"\"HIDIdleTime\" = 0":                    0,
	} {
		if got, ok := hidIdle([]byte(said)); !ok || got != want {
			t.Errorf("%q: %v, %t; want %v", said, got, ok, want)
		}
	}
	for _, said := range []string{"", "HIDIdleTime", "\"HIDIdleTime\" = 99999999999999999999"} {
		if _, ok := hidIdle([]byte(said)); ok {
			t.Errorf("%q was understood", said)
		}
	}
}
