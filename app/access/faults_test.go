package access_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/data"
)

// TestAPasswordIsChangedByWhoeverIsSignedInAndNobodyElse: nothing of it may happen to the key files before the session was looked at.
func TestAPasswordIsChangedByWhoeverIsSignedInAndNobodyElse(t *testing.T) {
	h := accesstest.New(t)
	var nobody *access.Session
	if err := nobody.ChangeOwnPassword(t.Context(), accesstest.Password, oneTime); !data.Is(err, data.Forbidden) {
		t.Errorf("without a session: %v", err)
	}
	locked, ended, late := h.As(access.Doctor), h.As(access.FrontDesk), h.As(access.DataEntry)
	locked.Lock(t.Context())
	ended.SignOut(t.Context())
	h.Clock.Pass(13 * time.Hour)
	for what, c := range map[string]struct {
		s     *access.Session
		roles access.Roles
	}{"locked": {locked, access.Doctor}, "ended": {ended, access.FrontDesk}, "overlong": {late, access.DataEntry}} {
		if err := c.s.ChangeOwnPassword(t.Context(), accesstest.Password, oneTime); !data.Is(err, data.Forbidden) {
			t.Errorf("%s: %v", what, err)
		}
		if err := h.Keys.Verify(accesstest.SignIn(c.roles), accesstest.Password); err != nil {
			t.Errorf("%s: the key file has another password", what)
		}
	}
}

// TestReasonsAreStatedWhileTheDeskIsUnlocked is for the race detector: a session that begins anew changes what reasons are kept under.
func TestReasonsAreStatedWhileTheDeskIsUnlocked(t *testing.T) {
	h := accesstest.New(t)
	h.Update(func(tx data.Tx) error { return access.SetConfidential(tx, "ann", true, "known here") })
	s := h.As(access.Doctor)
	open := func() error {
		return s.View(t.Context(), access.Deed{Action: access.ActPatientOpen, About: []data.ID{"ann"}}, func(data.Tx) error { return nil })
	}
	var work sync.WaitGroup
	work.Go(func() {
		for range 20 {
			h.Clock.Pass(13 * time.Hour)
			if err := s.Unlock(t.Context(), accesstest.Password); err != nil {
				t.Error(err)
			}
		}
	})
	work.Go(func() {
		for range 50 {
			if err := open(); err != nil && !data.Is(err, data.Forbidden) {
				t.Error(err)
			}
		}
	})
	work.Go(func() {
		for range 10 {
			err := s.BreakGlass(t.Context(), uuid.New(), "ann", "I treat this patient", func(data.Tx) (string, error) { return "1", nil })
			if err != nil && !data.Is(err, data.Forbidden) {
				t.Error(err)
			}
		}
	})
	work.Wait()
	h.Clock.Pass(13 * time.Hour)
	if err := s.Unlock(t.Context(), accesstest.Password); err != nil {
		t.Fatal(err)
	}
	if err := open(); !errors.Is(err, access.ErrConfidential) {
		t.Errorf("a session begun anew has stated no reason: %v", err)
	}
}

// TestAnAccountIsRenewedThoughTheDiskFailedAtFirst: the same wish again is finished, not refused because its first half was done.
func TestAnAccountIsRenewedThoughTheDiskFailedAtFirst(t *testing.T) {
	h := accesstest.New(t)
	admin := h.As(access.Administrator)
	id, name := h.People[access.Doctor], accesstest.SignIn(access.Doctor)
	version := func() uint64 {
		row, err := access.ReadUser(t.Context(), admin, id)
		if err != nil {
			t.Fatal(err)
		}
		return row.Version
	}
	if err := access.Deactivate(t.Context(), admin, uuid.New(), id, version(), ""); err != nil {
		t.Fatal(err)
	}
	broken := data.Fail(data.Unavailable, "disk", data.Say("test.disk", "The disk failed."), nil)
	again := func(what, password string, renew func(context.Context, *access.Session, uuid.UUID, access.UserID, uint64, string) error) {
		t.Helper()
		operation, seen := uuid.New(), version()
		h.Keys.Broken = broken
		if err := renew(t.Context(), admin, operation, id, seen, password); !data.Is(err, data.Unavailable) {
			t.Fatalf("%s: %v", what, err)
		}
		h.Keys.Broken = nil
		if err := renew(t.Context(), admin, operation, id, seen, password); err != nil {
			t.Errorf("%s, tried again: %v", what, err)
		}
		if err := h.Keys.Verify(name, password); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	again("reactivated", oneTime, access.Reactivate)
	again("reset", accesstest.Password, access.Reset)
	if err := access.Reactivate(t.Context(), admin, uuid.New(), id, version(), oneTime); !data.Is(err, data.Conflict) {
		t.Errorf("reactivated though active: %v", err)
	}
}

// TestARetryGivesNoKeyToWhoWasDeactivatedMeanwhile.
func TestARetryGivesNoKeyToWhoWasDeactivatedMeanwhile(t *testing.T) {
	h := accesstest.New(t)
	admin, operation := h.As(access.Administrator), uuid.New()
	id, name := h.People[access.Doctor], accesstest.SignIn(access.Doctor)
	if err := access.Reset(t.Context(), admin, operation, id, 1, oneTime); err != nil {
		t.Fatal(err)
	}
	if err := access.Deactivate(t.Context(), admin, uuid.New(), id, 2, ""); err != nil {
		t.Fatal(err)
	}
	if err := access.Reset(t.Context(), admin, operation, id, 1, oneTime); !data.Is(err, data.Conflict) || h.Keys.Has(name) {
		t.Errorf("%v", err)
	}
}
