package door

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"
)

const testKey = "AAAA1-BBBB2-CCCC3-DDDD4-EEEE5-FFFF6-0G1G7-HHHH8"

func replaceArg(text, name string, value any) string {
	return strings.ReplaceAll(text, "{{."+name+"}}", fmt.Sprint(value))
}

// picks gives the numbers in turn.
func picks(numbers ...int) func(int) int {
	return func(int) int {
		n := numbers[0]
		numbers = numbers[1:]
		return n
	}
}

func TestTwoDifferentGroupsAreAskedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPaper(testKey, func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "pick") })
		if len(p.asked) != 2 || p.asked[0] >= p.asked[1] || p.asked[0] < 1 || p.asked[1] > 8 {
			t.Fatalf("asked for %v", p.asked)
		}
		for _, n := range p.asked {
			if !p.wrong(n, p.groups[n-1]).Empty() {
				t.Fatalf("group %d as it is printed is called wrong", n)
			}
		}
	})
}

func TestAGroupIsReadAsPeopleCopyIt(t *testing.T) {
	p := newPaper(testKey, picks(6, 2))
	for typed, right := range map[string]bool{"0G1G7": true, "0g1g7": true, "OGLG7": true, "ogig7": true, " 0G-1G 7 ": true, "0G1G8": false, "CCCC3": false, "": false, "0G1G77": false} {
		if got := p.wrong(7, typed).Empty(); got != right {
			t.Errorf("%q for group 7: right %t, want %t", typed, got, right)
		}
	}
}

type sheetSaved struct {
	done  int
	saved string
	open  string
}

func keyView(t *testing.T, err error) (*stage, *sheetSaved) {
	t.Helper()
	s, got := newStage(t), &sheetSaved{}
	s.show(NewRecoveryKey(RecoveryKeyOptions{Host: s, Key: testKey, Pick: picks(2, 6), Done: func() { got.done++ },
		SaveSheet: func(_ context.Context, key string) (string, error) {
			got.saved = key
			return "/home/ann/recovery.pdf", err
		},
		OpenFile: func(_ context.Context, path string) error { got.open = path; return nil }}))
	return s, got
}

func TestARecoveryKeyIsShownSavedAndAskedFor(t *testing.T) {
	s, got := keyView(t, nil)
	s.sees("AAAA1", "HHHH8", "8.", "It is shown only now.")
	s.press(fyne.KeyReturn) // the keyboard is on saving
	s.run(func() bool { return strings.Contains(s.seen(), "The sheet is ready: /home/ann/recovery.pdf") })
	s.press(fyne.KeyReturn) // now on opening
	s.settle(s.view.(*RecoveryKey).async)
	if got.saved != testKey || got.open != "/home/ann/recovery.pdf" {
		t.Errorf("%+v", *got)
	}
	s.chord(forth, fyne.KeyRight)
	s.sees("Group 3", "Group 8")
	s.misses("AAAA1", "CCCC3", "HHHH8")
	s.typing("cccc3")
	s.press(fyne.KeyTab)
	s.typing("HHHH9")
	s.press(fyne.KeyReturn)
	s.sees("This is not group 8 of the key.")
	if s.misses("This is not group 3"); got.done != 0 {
		t.Fatal("a wrong group was taken")
	}
	s.press(fyne.KeyBackspace)
	s.typing("8")
	s.press(fyne.KeyReturn)
	if got.done != 1 {
		t.Error("the right groups were not taken")
	}
}

func TestTheKeyCanBeSeenAgainDuringTheCheck(t *testing.T) {
	s, _ := keyView(t, nil)
	s.until("I have it on paper")
	s.press(fyne.KeyReturn)
	s.misses("CCCC3")
	s.press(fyne.KeyEscape)
	s.sees("CCCC3")
}

func TestASheetThatCouldNotBeSavedIsSaid(t *testing.T) {
	s, got := keyView(t, errors.New("The disk is full."))
	s.press(fyne.KeyReturn)
	s.run(func() bool { return strings.Contains(s.seen(), "The disk is full.") })
	if s.misses("is saved"); got.done != 0 {
		t.Error("it went on")
	}
}

func TestGoingOnWithoutTheKeyMustBeTyped(t *testing.T) {
	s, got := keyView(t, nil)
	s.until("Go on without")
	s.press(fyne.KeyReturn)
	s.sees("nobody can ever read this hospital's records again")
	s.typing("yes")
	s.until("Go on without the recovery key")
	s.press(fyne.KeyReturn)
	s.sees("Type exactly: no recovery key.")
	if got.done != 0 {
		t.Fatal("went on with 'yes'")
	}
	for range 3 {
		s.press(fyne.KeyBackspace)
	}
	s.typing("No recovery  key")
	s.press(fyne.KeyReturn)
	if got.done != 0 {
		t.Fatal("Enter in the field was enough")
	}
	s.until("Go on without the recovery key")
	s.press(fyne.KeyReturn)
	if got.done != 1 || s.asked.Opened() {
		t.Errorf("done %d, the dialog open %t", got.done, s.asked.Opened())
	}
}
