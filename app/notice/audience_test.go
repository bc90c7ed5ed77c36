package notice_test

import (
	"iter"
	"testing"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/notice"
	"wardbook/data"
)

// heard gives what a session hears of what do does, and of a mark behind it that everybody hears of.
func heard(t *testing.T, h *accesstest.Hospital, s *access.Session, do func()) []data.Entry {
	t.Helper()
	next, stop := iter.Pull2(s.Watch(t.Context(), h.Door.Last()))
	defer stop()
	do()
	admin := h.As(access.Administrator)
	r, err := access.ReadRules(t.Context(), admin)
	if err == nil {
		err = access.ChangeRules(t.Context(), admin, uuid.New(), r.Version, access.UsualRules)
	}
	if err != nil {
		t.Fatal(err)
	}
	var all []data.Entry
	for {
		e, err, more := next()
		if err != nil || !more {
			t.Fatalf("%v, more %t", err, more)
		}
		if e.Cause.Action == string(access.ActRulesChange) {
			return all
		}
		all = append(all, e)
	}
}

// TestNobodyHearsOfWhatIsForOthers: a reason for opening a confidential patient is the administrators' to know, and so is that there was one.
func TestNobodyHearsOfWhatIsForOthers(t *testing.T) {
	h := accesstest.New(t, notice.Tables()...)
	h.Update(func(tx data.Tx) error { return access.SetConfidential(tx, "ann", true, "known here") })
	breaks := func() {
		err := h.As(access.Doctor).BreakGlass(t.Context(), uuid.New(), "ann", "I treat this patient", func(tx data.Tx) (string, error) {
			return "1", notice.Post(tx, notice.Notice{Kind: notice.KindReason, Role: access.Administrator, Patient: "ann"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, role := range access.AllRoles() {
		all := heard(t, h, h.As(role), breaks)
		if role != access.Administrator {
			if len(all) != 0 {
				t.Errorf("%s hears of %+v", role.Code(), all)
			}
			continue
		}
		if len(all) != 1 || !notice.Changed(all[0]) || len(all[0].Records) != 2 || all[0].Cause.Why != "I treat this patient" || all[0].Cause.About != nil {
			t.Fatalf("the administrator hears %+v", all)
		}
		for _, c := range all[0].Records {
			if len(c.Record.Body) > 0 {
				t.Errorf("with the event comes the record %+v", c)
			}
		}
	}
	doctors := func(to access.Roles) func() {
		return func() {
			h.Update(func(tx data.Tx) error {
				return notice.Post(tx, notice.Notice{Kind: notice.KindAdmission, To: h.People[to]})
			})
		}
	}
	if all := heard(t, h, h.As(access.Doctor), doctors(access.Doctor)); len(all) != 1 || !notice.Changed(all[0]) {
		t.Errorf("the bell of whom it is for hears %+v", all)
	}
	if all := heard(t, h, h.As(access.Doctor), doctors(access.Everybody)); len(all) != 0 {
		t.Errorf("somebody else's notice: %+v", all)
	}
}

// TestARoleThatIsLostIsDeafAtOnce, and whoever was deactivated hears nothing any more, without doing anything.
func TestARoleThatIsLostIsDeafAtOnce(t *testing.T) {
	h := accesstest.New(t, notice.Tables()...)
	admin, s := h.As(access.Administrator), h.As(access.Everybody)
	next, stop := iter.Pull2(s.Watch(t.Context(), h.Door.Last()))
	defer stop()
	id := h.People[access.Everybody]
	row, err := access.ReadUser(t.Context(), admin, id)
	if err != nil {
		t.Fatal(err)
	}
	row.Value.Roles = access.FrontDesk
	if err := access.ChangeUser(t.Context(), admin, uuid.New(), id, row.Version, row.Value); err != nil {
		t.Fatal(err)
	}
	if e, err, more := next(); err != nil || !more || e.Cause.Action != string(access.ActUserChange) || s.Roles() != access.FrontDesk {
		t.Fatalf("of its own account it hears %+v, %v, %v", e, err, s.Roles())
	}
	h.Update(func(tx data.Tx) error {
		return notice.Post(tx, notice.Notice{Kind: notice.KindRecovery, Role: access.Administrator})
	})
	if err := access.Deactivate(t.Context(), admin, uuid.New(), id, row.Version+1, ""); err != nil {
		t.Fatal(err)
	}
	if e, err, more := next(); more || !s.Ended() {
		t.Errorf("after it was deactivated it hears %+v, %v, ended %t", e, err, s.Ended())
	}
}
