package vault

import (
	"path/filepath"
	"testing"
	"time"

	"wardbook/data"
	"wardbook/data/disk"
)

func TestNewPasswordsCostNoLessThanOldOnes(t *testing.T) {
	dear := Params{Memory: 128 << 10, Time: 4, Threads: 2}
	o := quick(disk.NewMem())
	o.KDF = dear
	_, _, err := Create(o, here, anna, annasPW)
	ok(t, err)
	o.KDF = Params{}
	v := unlock(t, o, anna, annasPW)
	ok(t, v.Add(ben, bensPW))
	if got := v.file.Slots[v.file.user(ben)].params(); got != dear {
		t.Errorf("cost %+v, want %+v", got, dear)
	}
	o.KDF = Params{Memory: 1 << 10, Time: 1, Threads: 1}
	_, err = Open(o)
	isKind(t, err, data.Internal)
}

func TestCalibrateRaisesThePassesToTheTarget(t *testing.T) {
	for _, tc := range []struct {
		run, target time.Duration // run: what the floor's three passes take
		want        uint32
	}{
		{300 * time.Millisecond, 500 * time.Millisecond, 5},
		{30 * time.Millisecond, 500 * time.Millisecond, 16},
		{3 * time.Second, 500 * time.Millisecond, 3},
		{0, 500 * time.Millisecond, 3},
		{-time.Second, 500 * time.Millisecond, 3},
		{300 * time.Millisecond, -time.Second, 3},
	} {
		now := time.Unix(0, 0)
		clock := func() time.Time { return now }
		p := calibrate(tc.target, clock, func(_, _ []byte, p Params) []byte {
			if p != floor {
				t.Errorf("measured %+v", p)
			}
			now = now.Add(tc.run)
			return nil
		})
		if p.Time != tc.want || !p.sane() {
			t.Errorf("%v for the floor, target %v: %+v, want %d passes", tc.run, tc.target, p, tc.want)
		}
	}
}

func TestCalibrateTakesTheShorterOfTwoRuns(t *testing.T) {
	for _, runs := range [][]time.Duration{{900, 300}, {300, 900}} {
		now := time.Unix(0, 0)
		p := calibrate(500*time.Millisecond, func() time.Time { return now }, func(_, _ []byte, _ Params) []byte {
			now = now.Add(runs[0] * time.Millisecond)
			runs = runs[1:]
			return nil
		})
		if p.Time != 5 {
			t.Errorf("%d passes, want 5", p.Time)
		}
	}
}

// The one test that pays for the real thing, on the real disk.
func TestRealArgonOnARealDisk(t *testing.T) {
	o := Options{FS: disk.OS{}, Dir: filepath.Join(t.TempDir(), "data")}
	v, recovery, err := Create(o, here, anna, annasPW)
	ok(t, err)
	id, secret, err := v.NewKey(journalP)
	ok(t, err)
	ok(t, v.Close())
	holds(t, unlock(t, o, anna, annasPW), id, secret)
	v, err = tryRecovery(o, recovery)
	ok(t, err)
	holds(t, v, id, secret)
	if !v.Report().Whole() {
		t.Errorf("report %+v", v.Report())
	}
}
