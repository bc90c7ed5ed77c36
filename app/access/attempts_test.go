package access_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"wardbook/app/access"
	"wardbook/data"
)

func TestTheDelayDoublesAfterTheThirdFailure(t *testing.T) {
	want := []time.Duration{0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60}
	for failures, seconds := range want {
		if got := access.Delay(failures); got != seconds*time.Second {
			t.Errorf("after %d failures: %v, want %d s", failures, got, seconds)
		}
	}
	if access.Delay(1000) != time.Minute {
		t.Error("the delay goes on growing")
	}
}

func TestTriesAreDelayedStoppedAndForgotten(t *testing.T) {
	a := access.Attempts{Salt: []byte("salt")}
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for n := range access.StopAt {
		if n >= 3 {
			if err := a.Try("Ann", now); !data.Is(err, data.Unavailable) {
				t.Fatalf("try %d came at once: %v", n+1, err)
			}
		}
		now = now.Add(access.Delay(n))
		if err := a.Try(" ANN ", now); err != nil {
			t.Fatalf("try %d after its delay: %v", n+1, err)
		}
	}
	now = now.Add(time.Hour)
	if err := a.Try("ann", now); !data.Is(err, data.Unavailable) {
		t.Errorf("try %d: %v", access.StopAt+1, err)
	}
	if err := a.Try("bob", now); err != nil {
		t.Errorf("somebody else pays for it: %v", err)
	}
	a.Forget("Ann")
	if err := a.Try("ann", now); err != nil {
		t.Errorf("after a reset: %v", err)
	}
}

func TestASuccessBeginsAnew(t *testing.T) {
	a := access.Attempts{Salt: []byte("salt")}
	now := time.Unix(0, 0)
	for range 3 {
		if err := a.Try("ann", now); err != nil {
			t.Fatal(err)
		}
	}
	if n := a.Succeed("ann"); n != 2 {
		t.Errorf("%d failures before the success, want 2", n)
	}
	for range 3 {
		if err := a.Try("ann", now); err != nil {
			t.Errorf("counted on: %v", err)
		}
	}
}

func TestAClockPutBackLocksNobodyOut(t *testing.T) {
	a := access.Attempts{Salt: []byte("salt")}
	later := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	for range 3 {
		if err := a.Try("ann", later); err != nil {
			t.Fatal(err)
		}
	}
	now := later.AddDate(-4, 0, 0)
	if err := a.Try("ann", now); !data.Is(err, data.Unavailable) {
		t.Fatal(err)
	}
	if err := a.Try("ann", now.Add(time.Second)); err != nil {
		t.Errorf("still waiting for 2030: %v", err)
	}
}

func TestTheFileHoldsNoNamesAndStaysSmall(t *testing.T) {
	a := access.Attempts{Salt: []byte("salt")}
	now := time.Unix(0, 0)
	for range 3 {
		if err := a.Try("victim", now); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 5000 {
		if err := a.Try(fmt.Sprint("name", n), now); err != nil {
			t.Fatal(err)
		}
	}
	content, err := json.Marshal(a)
	if err != nil || len(content) > 300_000 || strings.Contains(string(content), "victim") {
		t.Errorf("%d bytes, %v", len(content), err)
	}
	if err := a.Try("victim", now); !data.Is(err, data.Unavailable) {
		t.Errorf("trying many names hid one that was tried often: %v", err)
	}
}

func TestAdministratorsHearOfEveryTenth(t *testing.T) {
	a := access.Attempts{Salt: []byte("salt")}
	now := time.Unix(0, 0)
	people := []access.UserRow{{Value: access.User{Name: "Ann Smith", SignIn: "ann"}}}
	heard := map[int]string{}
	for n := range 25 {
		now = now.Add(time.Hour)
		if err := a.Try("ann", now); err != nil {
			t.Fatal(err)
		}
		for _, l := range a.Loud(people) {
			heard[n+1] = l.Name
		}
		a.Noted()
	}
	if len(heard) != 2 || heard[10] != "Ann Smith" || heard[20] != "Ann Smith" {
		t.Errorf("heard %v", heard)
	}
}
