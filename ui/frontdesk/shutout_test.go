package frontdesk

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// demote takes the front desk's role from its person, who is signed in.
func demote(s *stage) {
	s.t.Helper()
	admin := s.hospital.As(access.Everybody)
	row, err := access.ReadUser(s.t.Context(), admin, s.hospital.People[access.FrontDesk])
	if err != nil {
		s.t.Fatal(err)
	}
	row.Value.Roles = access.Administrator
	if err := access.ChangeUser(s.t.Context(), admin, uuid.New(), row.ID, row.Version, row.Value); err != nil {
		s.t.Fatal(err)
	}
}

func TestARoleTakenAwayTakesThePatientOffTheScreen(t *testing.T) {
	for _, name := range []string{"list", "page", "history"} {
		t.Run(name, func(t *testing.T) {
			h := clinic(t)
			row := register(t, h.As(access.Everybody), ann())
			route := PatientRoute(row.ID.String())
			if name == "list" {
				route = kit.Route{Place: PlacePatients}
			}
			s := onStage(t, h, access.FrontDesk, route)
			if name == "history" {
				s.ctrl(fyne.KeyH)
			}
			s.wantSeen("Smith")
			demote(s)
			s.screen.Refresh()
			s.settle()
			s.wantSeen("Your role does not allow this")
			s.wantUnseen("Smith", "Leeds", "MRN "+row.Value.MRN.String(), "Flora Desk")
			for _, c := range s.screen.Commands() {
				if c.Key == fyne.KeyE || c.Key == fyne.KeyH {
					t.Errorf("%s can still be done", c.Name.Text())
				}
			}
		})
	}
}

func TestAFormIsClearedWhereTheRoleWasTakenAway(t *testing.T) {
	h := clinic(t)
	row := register(t, h.As(access.Everybody), ann())
	s := onStage(t, h, access.FrontDesk, editRoute(row.ID))
	s.over("Smythe")
	demote(s)
	s.ctrl(fyne.KeyS)
	s.wantSeen("Your role does not allow this")
	s.wantUnseen("Smith", "Smythe", "Leeds", "ann@example.org")
	if s.screen.Unsaved() {
		t.Error("asks to save what can't be saved")
	}
}

func TestALockTakesNothingFromAForm(t *testing.T) {
	h := clinic(t)
	row := register(t, h.As(access.Everybody), ann())
	s := onStage(t, h, access.FrontDesk, editRoute(row.ID))
	s.over("Smythe")
	s.session.Lock(t.Context())
	s.ctrl(fyne.KeyS)
	s.wantSeen("The desk is locked", "Smythe", "Leeds")
}

func TestOnlyARefusalShutsOut(t *testing.T) {
	h := clinic(t)
	s := h.As(access.FrontDesk)
	s.Lock(t.Context())
	_, err := access.Staff(t.Context(), s)
	if !term.Is(err, term.Forbidden) || shutOut(err) {
		t.Errorf("a locked desk shuts out: %v", err)
	}
}
