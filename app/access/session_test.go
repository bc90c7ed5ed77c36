package access_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/data"
)

func staff(t *testing.T, s *access.Session) error {
	t.Helper()
	_, err := access.Staff(t.Context(), s)
	return err
}

func TestALockedDeskLetsNothingThroughUntilThePasswordIsGiven(t *testing.T) {
	h := accesstest.New(t)
	s := h.As(access.Doctor)
	s.Lock(t.Context())
	if err := staff(t, s); !errors.Is(err, access.ErrLocked) {
		t.Errorf("locked: %v", err)
	}
	if err := s.Unlock(t.Context(), "wrong"); !data.Is(err, data.Forbidden) || !s.Locked() {
		t.Errorf("a wrong password: %v", err)
	}
	if err := s.Unlock(t.Context(), accesstest.Password); err != nil || s.Locked() {
		t.Errorf("the right password: %v", err)
	}
	if err := staff(t, s); err != nil {
		t.Errorf("after unlocking: %v", err)
	}
}

func TestASessionEndsAfterTwelveHours(t *testing.T) {
	h := accesstest.New(t)
	s := h.As(access.FrontDesk)
	h.Clock.Pass(12*time.Hour - time.Second)
	if err := staff(t, s); err != nil {
		t.Fatalf("before: %v", err)
	}
	h.Clock.Pass(time.Second)
	if err := staff(t, s); !errors.Is(err, access.ErrOvertime) || !s.Over() {
		t.Errorf("after: %v", err)
	}
	if err := s.Unlock(t.Context(), "wrong"); !data.Is(err, data.Forbidden) || !s.Over() {
		t.Errorf("begun anew with a wrong password: %v", err)
	}
	if err := s.Unlock(t.Context(), accesstest.Password); err != nil || s.Over() {
		t.Errorf("the password begins it anew, so that what was typed is not lost: %v", err)
	}
	if err := staff(t, s); err != nil {
		t.Errorf("begun anew: %v", err)
	}
	s.SignOut(t.Context())
	if err := s.Unlock(t.Context(), accesstest.Password); !errors.Is(err, access.ErrEnded) {
		t.Errorf("unlocked after it was signed out: %v", err)
	}
	machine := h.Door.Machine()
	h.Clock.Pass(100 * time.Hour)
	if err := staff(t, machine); err != nil {
		t.Errorf("background work ended with the day: %v", err)
	}
}

func TestASessionEndsWithSignOut(t *testing.T) {
	h := accesstest.New(t)
	s := h.As(access.FrontDesk)
	s.SignOut(t.Context())
	if err := staff(t, s); !errors.Is(err, access.ErrEnded) {
		t.Errorf("got %v", err)
	}
}

func TestADeactivatedPersonIsOutAtOnce(t *testing.T) {
	h := accesstest.New(t)
	doctor, admin := h.As(access.Doctor), h.As(access.Administrator)
	row, err := access.ReadUser(t.Context(), admin, h.People[access.Doctor])
	if err != nil {
		t.Fatal(err)
	}
	if err := access.Deactivate(t.Context(), admin, uuid.New(), row.ID, row.Version, ""); err != nil {
		t.Fatal(err)
	}
	if err := staff(t, doctor); !errors.Is(err, access.ErrEnded) {
		t.Errorf("the open session: %v", err)
	}
	if _, err := h.Door.Begin(t.Context(), accesstest.SignIn(access.Doctor)); !data.Is(err, data.Forbidden) {
		t.Errorf("a new session: %v", err)
	}
	if h.Keys.Has(accesstest.SignIn(access.Doctor)) {
		t.Error("the slot is still there")
	}
}

func TestARoleThatIsTakenAwayCountsAtOnce(t *testing.T) {
	h := accesstest.New(t)
	s, admin := h.As(access.Everybody), h.As(access.Administrator)
	row, err := access.ReadUser(t.Context(), admin, h.People[access.Everybody])
	if err != nil {
		t.Fatal(err)
	}
	row.Value.Roles = access.FrontDesk
	if err := access.ChangeUser(t.Context(), admin, uuid.New(), row.ID, row.Version, row.Value); err != nil {
		t.Fatal(err)
	}
	if _, err := access.Users(t.Context(), s); !data.Is(err, data.Forbidden) {
		t.Errorf("still administrator: %v", err)
	}
	if s.May(access.ActUserList) {
		t.Error("the rail would still show it")
	}
}

func TestEventsReachOnlyWhoMayReadThem(t *testing.T) {
	h := accesstest.New(t)
	desk, admin := h.As(access.FrontDesk), h.As(access.Administrator)
	after := h.Door.Last()
	h.Update(func(tx data.Tx) error { return access.SetConfidential(tx, "p", true, "why") })
	row, err := access.ReadUser(t.Context(), admin, h.People[access.Doctor])
	if err != nil {
		t.Fatal(err)
	}
	if err := access.ChangeUser(t.Context(), admin, uuid.New(), row.ID, row.Version, row.Value); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	for e, err := range desk.Watch(ctx, after) {
		if err != nil || len(e.Records) != 1 {
			t.Fatalf("the desk got %+v, %v", e, err)
		}
		break // the mark: the desk may read it
	}
	for e, err := range admin.Watch(ctx, after) {
		if err != nil || e.Cause.Action != string(access.ActUserChange) {
			t.Fatalf("the administrator got %s, %v: the mark of a patient is not for administrators", e.Cause.Action, err)
		}
		break
	}
}

func TestTheBookSaysWhoWhereAndWhy(t *testing.T) {
	h := accesstest.New(t)
	s := h.As(access.FrontDesk)
	var last data.Entry
	for e, err := range h.Store.Entries(t.Context(), data.EntryFilter{Who: s.Who().String()}) {
		if err != nil {
			t.Fatal(err)
		}
		last = e
	}
	if last.Cause.Action != string(access.ActSignIn) || last.Cause.Workstation != "desk 1" {
		t.Errorf("got %+v", last.Cause)
	}
}

func TestAConfidentialPatientIsOpenedForAReasonOnly(t *testing.T) {
	h := accesstest.New(t)
	h.Update(func(tx data.Tx) error { return access.SetConfidential(tx, "ann", true, "known here") })
	s := h.As(access.Doctor)
	open := func(s *access.Session, patient data.ID) error {
		return s.View(t.Context(), access.Deed{Action: access.ActPatientOpen, About: []data.ID{patient}}, func(data.Tx) error { return nil })
	}
	if err := open(s, "bob"); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	if err := open(s, "ann"); !errors.Is(err, access.ErrConfidential) {
		t.Fatalf("without a reason: %v", err)
	}
	effects := 0
	effect := func(data.Tx) (string, error) { effects++; return "0000-0017", nil }
	for _, why := range []string{"", "  x ", "12345678"} {
		if err := s.BreakGlass(t.Context(), uuid.New(), "ann", why, effect); !data.Is(err, data.Invalid) {
			t.Errorf("the reason %q: %v", why, err)
		}
	}
	for range 2 { // a second reason in one session is not asked for, and not refused
		if err := s.BreakGlass(t.Context(), uuid.New(), "ann", "Emergency in resus 2", effect); err != nil {
			t.Fatal(err)
		}
	}
	if err := open(s, "ann"); err != nil || effects != 1 {
		t.Errorf("with a reason: %v, %d effects", err, effects)
	}
	if err := open(h.As(access.Doctor), "ann"); !errors.Is(err, access.ErrConfidential) {
		t.Errorf("the next session: %v", err)
	}
	reasons, err := access.Reasons(t.Context(), h.As(access.Administrator), 10)
	if err != nil || len(reasons) != 1 || reasons[0].Why != "Emergency in resus 2" || reasons[0].User != h.People[access.Doctor] || reasons[0].Reference != "0000-0017" {
		t.Errorf("the administrator sees %+v, %v", reasons, err)
	}
	h.Update(func(tx data.Tx) error { return access.SetConfidential(tx, "ann", false, "") })
	if err := open(h.As(access.Doctor), "ann"); err != nil {
		t.Errorf("after the mark was taken away: %v", err)
	}
}
