package ward_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/data"
)

// TestEveryUseCaseIsRefusedToWhoLacksIt calls each as each role. Whoever may is refused for another reason: what is asked for can't be.
func TestEveryUseCaseIsRefusedToWhoLacksIt(t *testing.T) {
	s := open(t, "Europe/London")
	w, beds := s.build(rooms(2))
	stay, other := s.admit(s.patient(term.Female), beds[0].ID), s.admit(s.patient(term.Female), beds[1].ID)
	const stale = 99
	ctx, op, bed, who := t.Context(), uuid.New, beds[0].ID, stay.Value.Patient
	room := s.board(s.desk).Wards[0].Rooms[0].ID
	const desk, entry, doctor, admin = access.FrontDesk, access.DataEntry, access.Doctor, access.Administrator
	for name, c := range map[string]struct {
		may access.Roles
		do  func(*access.Session) error
	}{
		"read the board": {desk | entry | doctor | admin, func(s *access.Session) error { _, err := ward.Read(ctx, s); return err }},
		"read a bed":     {desk | entry | doctor | admin, func(s *access.Session) error { _, err := ward.Tile(ctx, s, bed); return err }},
		"add a ward":     {admin, func(s *access.Session) error { _, err := ward.AddWard(ctx, s, op(), rooms(1)); return err }},
		"add a room": {admin, func(s *access.Session) error {
			_, err := ward.AddRoom(ctx, s, op(), w.ID, rooms(1).Rooms[0])
			return err
		}},
		"change a ward": {admin, func(s *access.Session) error {
			_, err := ward.ChangeWard(ctx, s, op(), w.ID, stale, ward.Ward{Name: "X"})
			return err
		}},
		"close a ward": {admin, func(s *access.Session) error {
			_, err := ward.CloseWard(ctx, s, op(), w.ID, stale, "Renovation")
			return err
		}},
		"open a ward":   {admin, func(s *access.Session) error { _, err := ward.OpenWard(ctx, s, op(), w.ID, stale); return err }},
		"remove a ward": {admin, func(s *access.Session) error { return ward.RemoveWard(ctx, s, op(), w.ID, stale) }},
		"change a room": {admin, func(s *access.Session) error {
			_, err := ward.ChangeRoom(ctx, s, op(), room, stale, rooms(2).Rooms[0])
			return err
		}},
		"close a room": {admin, func(s *access.Session) error {
			_, err := ward.CloseRoom(ctx, s, op(), room, stale, "Renovation")
			return err
		}},
		"open a room":   {admin, func(s *access.Session) error { _, err := ward.OpenRoom(ctx, s, op(), room, stale); return err }},
		"remove a room": {admin, func(s *access.Session) error { return ward.RemoveRoom(ctx, s, op(), room, stale) }},
		"label a bed":   {admin, func(s *access.Session) error { _, err := ward.LabelBed(ctx, s, op(), bed, stale, "Z"); return err }},
		"close a bed":   {desk | admin, func(s *access.Session) error { _, err := ward.CloseBed(ctx, s, op(), bed, "Broken bed"); return err }},
		"open a bed":    {desk | admin, func(s *access.Session) error { _, err := ward.OpenBed(ctx, s, op(), bed); return err }},
		"clean a bed":   {desk | entry, func(s *access.Session) error { _, err := ward.MarkClean(ctx, s, op(), bed); return err }},
		"unclean a bed": {desk | entry, func(s *access.Session) error { _, err := ward.MarkUnclean(ctx, s, op(), bed); return err }},
		"reserve": {desk, func(s *access.Session) error {
			_, err := ward.Reserve(ctx, s, op(), bed, who, time.Time{}, "")
			return err
		}},
		"release": {desk, func(s *access.Session) error { return ward.Release(ctx, s, op(), bed) }},
		"suggestions": {desk | entry | doctor, func(s *access.Session) error {
			_, err := ward.Suggestions(ctx, s, who, ward.Needs{}, stay.ID)
			return err
		}},
		"admit": {desk, func(s *access.Session) error {
			_, err := ward.Admit(ctx, s, op(), ward.Request{Patient: who})
			return err
		}},
		"amend": {desk | doctor, func(s *access.Session) error {
			_, err := ward.Amend(ctx, s, op(), stay.ID, stale, ward.Facts{})
			return err
		}},
		"transfer": {desk, func(s *access.Session) error {
			_, err := ward.Transfer(ctx, s, op(), stay.ID, stale, ward.Move{})
			return err
		}},
		"swap": {desk, func(s *access.Session) error {
			return ward.Swap(ctx, s, op(), stay.ID, stale, other.ID, stale, time.Time{}, "")
		}},
		"checklist": {desk, func(s *access.Session) error { _, err := ward.Checklist(ctx, s, stay.ID); return err }},
		"discharge": {desk, func(s *access.Session) error {
			_, err := ward.Depart(ctx, s, op(), stay.ID, stale, ward.Leave{})
			return err
		}},
		"undo a discharge": {desk, func(s *access.Session) error {
			_, err := ward.UndoDischarge(ctx, s, op(), stay.ID, stale, "It was a mistake.")
			return err
		}},
		"undo an admission": {desk, func(s *access.Session) error {
			_, err := ward.UndoAdmission(ctx, s, op(), stay.ID, stale, "It was a mistake.")
			return err
		}},
		"list inpatients": {desk | entry | doctor, func(s *access.Session) error { _, err := ward.Inpatients(ctx, s, ward.Filter{}); return err }},
		"list expected":   {desk | entry | doctor, func(s *access.Session) error { _, err := ward.Expected(ctx, s, term.Date{}, ""); return err }},
		"list discharged": {desk | entry | doctor, func(s *access.Session) error { _, err := ward.Discharged(ctx, s, time.Time{}, ""); return err }},
		"history":         {desk | entry | doctor, func(s *access.Session) error { _, err := ward.History(ctx, s, who); return err }},
		"present stay":    {desk | entry | doctor, func(s *access.Session) error { _, _, err := ward.PresentStay(ctx, s, who); return err }},
		"verify":          {0, func(s *access.Session) error { _, err := ward.Verify(ctx, s); return err }},
	} {
		for _, role := range access.AllRoles() {
			err := c.do(s.As(role))
			if refused := data.Is(err, data.Forbidden); refused == c.may.Has(role) || data.Is(err, data.Internal) {
				t.Errorf("%s as %s: %v", name, role.Code(), err)
			}
		}
		if err := c.do(nil); !data.Is(err, data.Forbidden) {
			t.Errorf("%s without a session: %v", name, err)
		}
	}
	s.right()
}

// TestAdministratorsKeepBedsAndSeeNobody: what they read and what they are told of holds no patient.
func TestAdministratorsKeepBedsAndSeeNobody(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(2))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	after := s.Store.Last()
	ann := s.patient(term.Female)
	s.admit(ann, beds[0].ID)
	must[ward.ReservationRow](t)(ward.Reserve(t.Context(), s.desk, uuid.New(), beds[1].ID, s.patient(term.Male), s.Clock.Now().Add(time.Hour), ""))
	for _, tile := range s.board(s.admin).Wards[0].Rooms[0].Beds {
		if tile.In != nil || tile.For != nil || tile.State != ward.Occupied && tile.State != ward.Reserved {
			t.Errorf("the administrator sees %+v", tile)
		}
	}
	if tile := must[ward.BedTile](t)(ward.Tile(t.Context(), s.admin, beds[0].ID)); tile.In != nil || tile.State != ward.Occupied {
		t.Errorf("the administrator sees %+v", tile)
	}
	last := must[ward.BedRow](t)(ward.CloseBed(t.Context(), s.admin, uuid.New(), s.spare(), "Broken bed"))
	told := 0
	for e, err := range s.admin.Watch(ctx, after) {
		if err != nil {
			t.Fatal(err)
		}
		c := ward.ChangedIn(e)
		told += len(c.Beds)
		if len(c.Stays) > 0 || c.Kept || len(patient.ChangedIn(e)) > 0 {
			t.Errorf("the administrator is told of %+v", c)
		}
		if len(c.Beds) > 0 && c.Beds[0] == last.ID && last.Value.State == ward.Closed && !c.Layout {
			cancel()
		}
	}
	if told < 3 {
		t.Errorf("the administrator was told of %d beds", told)
	}
}

// spare adds a ward with one more bed.
func (s *site) spare() ward.BedID {
	s.t.Helper()
	p := rooms(1)
	p.Name = "Spare ward"
	_, beds := s.build(p)
	return beds[0].ID
}

// TestConfidentialInpatientsShowTheirNumberOnly, until a reason was stated; and nothing is done with them before.
func TestConfidentialInpatientsShowTheirNumberOnly(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(2))
	ann := s.patient(term.Female)
	stay := s.admit(ann, beds[0].ID)
	row := must[patient.Row](t)(patient.Open(t.Context(), s.doctor, ann))
	must[patient.Row](t)(patient.SetConfidential(t.Context(), s.doctor, uuid.New(), ann, row.Version, true, "Known to the staff"))
	in := s.bed(beds[0].ID).In
	if !in.Veiled || !in.Confidential || in.MRN != row.Value.MRN || !in.Name.IsZero() || in.Birth.Known() || in.Sex != term.SexUnknown || in.Reason != "" || !in.Doctor.IsZero() {
		t.Errorf("the board shows %+v", in)
	}
	if all := must[[]ward.Inpatient](t)(ward.Inpatients(t.Context(), s.desk, ward.Filter{Query: "miller"})); len(all) != 0 {
		t.Errorf("her name finds %+v", all)
	}
	if all := must[[]ward.Inpatient](t)(ward.Inpatients(t.Context(), s.desk, ward.Filter{Query: row.Value.MRN.Digits()})); len(all) != 1 || !all[0].Veiled {
		t.Errorf("her number finds %+v", all)
	}
	_, err := s.move(stay, ward.Move{Bed: beds[1].ID})
	fault(t, "a move before a reason was stated", err, data.Forbidden, "")
	_, err = ward.History(t.Context(), s.desk, ann)
	fault(t, "her stays before a reason was stated", err, data.Forbidden, "")
	if err := patient.BreakGlass(t.Context(), s.desk, uuid.New(), ann, "She has to be moved."); err != nil {
		t.Fatal(err)
	}
	must[ward.StayRow](t)(s.move(stay, ward.Move{Bed: beds[1].ID}))
	if in := s.bed(beds[1].ID).In; in.Veiled || in.Name.IsZero() || in.Reason == "" {
		t.Errorf("after the reason the board shows %+v", in)
	}
}
