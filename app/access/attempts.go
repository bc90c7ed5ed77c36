package access

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"time"

	"wardbook/data"
)

// Bounds of failed sign-ins (NIST SP 800-63B: no more than 100 in a row; OWASP: a delay that doubles).
const (
	freeAttempts  = 3 // the delay begins after the third
	longestDelay  = 60 * time.Second
	NoticeAt      = 10  // administrators are told
	StopAt        = 100 // nothing more until an administrator resets the password
	rememberNames = 2000
)

// Delay is how long after the n-th failure in a row the next try has to wait: 0, 0, 1, 2, 4 ... 60 seconds.
func Delay(failures int) time.Duration {
	over := failures - freeAttempts
	if over < 0 {
		return 0
	}
	if over > 6 {
		return longestDelay
	}
	return min(time.Second<<over, longestDelay)
}

// Attempts counts failed sign-ins by name, known or not alike, across starts of the program. No name can be read out of it; whoever has it
// can confirm a name that he guesses. The zero value with a Salt is empty.
type Attempts struct {
	Salt  []byte            `json:"salt"`
	Names map[string]*Tries `json:"names"`
}

// Tries are the failures of one name since the last success.
type Tries struct {
	Count int       `json:"count"`
	Last  time.Time `json:"last"`
	Noted int       `json:"noted"` // how many of them are in the book already
}

func (a *Attempts) key(name string) string {
	sum := sha256.Sum256(append(append([]byte{}, a.Salt...), FoldName(name)...))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// Try counts a try as failed before it is made, so that ending the program undoes nothing. Unavailable where it comes too early, or
// where there were too many; nothing is counted then.
func (a *Attempts) Try(name string, now time.Time) error {
	if a.Names == nil {
		a.Names = map[string]*Tries{}
	}
	t := a.Names[a.key(name)]
	if t == nil {
		a.forgetOne()
		t = &Tries{}
		a.Names[a.key(name)] = t
	}
	if t.Count >= StopAt {
		return data.Fail(data.Unavailable, "access.attempts", data.Say("access.attempts.stopped",
			"There were too many wrong passwords for this name. An administrator can give a new one; the recovery key opens the hospital too."), nil)
	}
	if wait := t.wait(now); wait > 0 {
		return data.Fail(data.Unavailable, "access.attempts", data.Say("access.attempts.wait",
			"Too many wrong tries. Wait {{.Seconds}} seconds, then try again.", "Seconds", int((wait+time.Second-1)/time.Second)), nil)
	}
	t.Count++
	t.Last = now
	return nil
}

// wait is how long is still to be waited. A clock that was put back starts the delay anew rather than making it endless.
func (t *Tries) wait(now time.Time) time.Duration {
	delay := Delay(t.Count)
	since := now.Sub(t.Last)
	if since < 0 {
		t.Last, since = now, 0
	}
	return delay - since
}

// forgetOne keeps the file small: the name with the fewest failures goes, the oldest of them first, so that trying many names hides none
// that was tried often.
func (a *Attempts) forgetOne() {
	if len(a.Names) < rememberNames {
		return
	}
	var least string
	for key, t := range a.Names {
		l := a.Names[least]
		if l == nil || t.Count < l.Count || t.Count == l.Count && t.Last.Before(l.Last) {
			least = key
		}
	}
	delete(a.Names, least)
}

// Succeed forgets a name's failures, and tells how many there were before the try that succeeded.
func (a *Attempts) Succeed(name string) int {
	key := a.key(name)
	t := a.Names[key]
	delete(a.Names, key)
	if t == nil {
		return 0
	}
	return max(t.Count-1, 0)
}

// Forget is Succeed for an administrator who gave a new password.
func (a *Attempts) Forget(name string) { delete(a.Names, a.key(name)) }

// Unnoted counts the failures that are not in the book yet, all names together.
func (a *Attempts) Unnoted() (failures int) {
	for _, t := range a.Names {
		failures += max(t.Count-t.Noted, 0)
	}
	return failures
}

// Noted marks all failures as written down.
func (a *Attempts) Noted() {
	for _, t := range a.Names {
		t.Noted = t.Count
	}
}

// Loud is a name whose failures the administrators hear of.
type Loud struct {
	Name  string // of the person; empty for a name that nobody has
	Count int
}

// Loud gives the names that have reached a multiple of NoticeAt since they were last noted.
func (a *Attempts) Loud(people []UserRow) []Loud {
	known := map[string]string{}
	for _, p := range people {
		known[a.key(p.Value.SignIn)] = p.Value.Name
	}
	var loud []Loud
	for key, t := range a.Names {
		if t.Count/NoticeAt > t.Noted/NoticeAt {
			loud = append(loud, Loud{known[key], t.Count})
		}
	}
	slices.SortFunc(loud, func(x, y Loud) int { return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Name, y.Name)) })
	return loud
}

// Undo takes back a try that failed for another reason than the password.
func (a *Attempts) Undo(name string) {
	if t := a.Names[a.key(name)]; t != nil && t.Count > 0 {
		t.Count--
	}
}

// Wait is how long the next try under a name has to wait.
func (a *Attempts) Wait(name string, now time.Time) time.Duration {
	if t := a.Names[a.key(name)]; t != nil {
		return t.wait(now)
	}
	return 0
}
