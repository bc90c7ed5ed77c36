package rooms

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

var london = func() *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	return zone
}()

// boardOf is the presenter as somebody of a role has it, read.
func boardOf(t testing.TB, c *clinic, role access.Roles, p *pick) *board {
	t.Helper()
	b := &board{session: c.As(role), pick: p, now: func() time.Time { return c.Clock.Now().In(london) }}
	b.take(must[boardRead](t)(b.reader()(t.Context())))
	return b
}

// tileText is all that a tile says.
func tileText(b kit.BoardBed) string {
	return strings.Join(append([]string{b.Name, b.Who, b.Isolation, b.Why}, b.Detail...), " | ")
}

func TestATileSaysWhatItsBedIsGoodFor(t *testing.T) {
	c := newClinic(t, ward.Plan{Ward: ward.Ward{Name: "Ward 1"}, Rooms: []ward.RoomPlan{{Room: ward.Room{Name: "1", Isolation: true}, Beds: 6}}})
	beds, at := c.beds(), c.Clock.Now()
	late := c.patient("Smith", "Ann", term.Female)
	must[ward.StayRow](t)(ward.Admit(t.Context(), c.desk, uuid.New(), ward.Request{Patient: late.ID, Kind: ward.Planned, Doctor: c.People[access.Doctor], Bed: beds[0].ID,
		Needs: ward.Needs{Isolation: true}, Expected: term.Date{Year: 2026, Month: 11, Day: 23}, At: at.AddDate(0, 0, -3)}))
	sealed := c.patient("Jones", "Eve", term.Female)
	c.admit(sealed, 1)
	c.seal(sealed)
	must[ward.ReservationRow](t)(ward.Reserve(t.Context(), c.desk, uuid.New(), beds[2].ID, c.patient("Miller", "Bob", term.Male).ID, at.Add(time.Hour), ""))
	must[ward.BedRow](t)(ward.MarkUnclean(t.Context(), c.desk, uuid.New(), beds[3].ID))
	must[ward.BedRow](t)(ward.CloseBed(t.Context(), c.desk, uuid.New(), beds[4].ID, "The bed is broken"))
	for _, one := range []struct {
		bed            int
		state          kit.BedState
		desk, machines string // what the desk reads, and who keeps beds only
	}{
		{0, kit.BedOccupied, "Bed A | Smith, Ann | Isolation |  | since Sat 21 Nov, 09:00 | should have left Mon 23 Nov | 76 years  ·  Female", "Bed A |  |  | "},
		{1, kit.BedOccupied, "Bed B | MRN " + sealed.Value.MRN.String() + " |  |  | confidential | since 09:00 | discharge not planned", "Bed B |  |  | "},
		{2, kit.BedReserved, "Bed C |  |  |  | for Miller, Bob | until 10:00", "Bed C |  |  |  | until 10:00"},
		{3, kit.BedCleaning, "Bed D |  |  |  | since 09:00", "Bed D |  |  |  | since 09:00"},
		{4, kit.BedClosed, "Bed E |  |  |  | The bed is broken", "Bed E |  |  |  | The bed is broken"},
		{5, kit.BedFree, "Bed F |  |  | ", "Bed F |  |  | "},
	} {
		for role, want := range map[access.Roles]string{access.FrontDesk: one.desk, access.Doctor: one.desk, access.Administrator: one.machines} {
			tile := boardOf(t, c, role, nil).shown()[0].Rooms[0].Beds[one.bed]
			if tile.State != one.state || tileText(tile) != want {
				t.Errorf("%v reads %d %q instead of %d %q", role, tile.State, tileText(tile), one.state, want)
			}
		}
	}
	b := boardOf(t, c, access.FrontDesk, nil)
	if got := b.totals().Text(); got != "6 beds: 1 free, 2 occupied, 1 reserved, 1 to be cleaned, 1 closed" {
		t.Errorf("the totals are %q", got)
	}
	if got, want := b.nextLapse(), at.Add(time.Hour); !got.Equal(want) {
		t.Errorf("the board changes by itself at %v instead of %v", got, want)
	}
}

func TestNamesThatMayBeMistakenAreMarked(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	c.admit(c.patient("Smith", "Ann", term.Female), 0)
	c.admit(c.patient("Smith", "Ann", term.Female), 1)
	c.admit(c.patient("Papadopoulos", "Bob", term.Male), 2)
	rooms := boardOf(t, c, access.FrontDesk, nil).shown()[0].Rooms
	if !rooms[0].Beds[0].Alike || !rooms[0].Beds[1].Alike || rooms[1].Beds[0].Alike {
		t.Errorf("marked are %v, %v, %v", rooms[0].Beds[0].Alike, rooms[0].Beds[1].Alike, rooms[1].Beds[0].Alike)
	}
}

func TestBedsLightUpForThePatientWhoIsToBeMoved(t *testing.T) {
	c := newClinic(t, small("Ward 1"), small("Ward 2"))
	bob := c.patient("Miller", "Bob", term.Male)
	c.admit(c.patient("Smith", "Ann", term.Female), 0)
	stay := c.admit(bob, 2)
	for what, want := range map[picking][]string{
		moving:   {"no Somebody lies in it", "no The room is for women", "no Lies here now", "no The room is for women", "no The room is for women", "fits Free"},
		swapping: {"fits Swap with this patient", "no Nobody lies here", "no Lies here now", "no Nobody lies here", "no Nobody lies here", "no Nobody lies here"},
	} {
		p := &pick{what: what, who: ward.Inpatient{Who: ward.Who{ID: bob.ID}, Stay: stay.ID}}
		b := boardOf(t, c, access.FrontDesk, p)
		if !p.still(b) {
			t.Fatal("he is not found")
		}
		i := 0
		for _, w := range b.shown() {
			for _, r := range w.Rooms {
				for _, bed := range r.Beds {
					got := "no " + bed.Why
					if *bed.Fits {
						got = "fits " + bed.Why
					}
					if got != want[i] {
						t.Errorf("bed %d says %q instead of %q", i, got, want[i])
					}
					i++
				}
			}
		}
	}
}

func TestDaysAreShortAndClear(t *testing.T) {
	newClinic(t)
	on := term.Date{Year: 2026, Month: 11, Day: 24}
	for _, one := range []struct {
		day  term.Date
		want string
	}{{term.Date{}, none}, {on, "today"}, {on.AddDays(1), "tomorrow"}, {on.AddDays(-1), "Mon 23 Nov"}, {on.AddDays(100), "4 Mar 2027"}} {
		if got := dayText(one.day, on); got != one.want {
			t.Errorf("%v is %q instead of %q", one.day, got, one.want)
		}
	}
}

func TestABedIsKeptByTheClockOnTheWall(t *testing.T) {
	before := time.Date(2026, 10, 24, 9, 0, 0, 0, london) // the night after it has 25 hours
	for k, want := range map[keeping]string{twoHours: "24 Oct 11:00", sixHours: "24 Oct 15:00", oneDay: "25 Oct 09:00", threeDays: "27 Oct 09:00", oneWeek: "31 Oct 09:00", twoWeeks: "07 Nov 07:59"} {
		if got := k.until(before).Format("02 Jan 15:04"); got != want {
			t.Errorf("%v ends at %s instead of %s", k.says().English, got, want)
		}
	}
}

func TestTheBedChosenOnTheBoardStandsFirst(t *testing.T) {
	bed := func(n byte, fits, possible bool) ward.Suggestion {
		return ward.Suggestion{Candidate: ward.Candidate{Bed: ward.BedID{n}}, Fits: fits, Possible: possible}
	}
	all := []ward.Suggestion{bed(1, true, true), bed(2, true, true), bed(3, false, true), bed(4, false, false)}
	for first, want := range map[byte]string{0: "123", 2: "213", 3: "312", 4: "123"} {
		got := ""
		for _, s := range offered(all, ward.BedID{first}) {
			got += fmt.Sprint(s.Bed[0])
		}
		if got != want {
			t.Errorf("with bed %d chosen, offered are %s instead of %s", first, got, want)
		}
	}
}

// BenchmarkBoardOf500 is what the window's goroutine does with a board of 500 beds that was read.
func BenchmarkBoardOf500(b *testing.B) {
	plan := ward.Plan{Ward: ward.Ward{Name: "Ward 1"}}
	for i := range 25 {
		plan.Rooms = append(plan.Rooms, ward.RoomPlan{Room: ward.Room{Name: fmt.Sprint(i + 1)}, Beds: 20})
	}
	c := newClinic(b, plan)
	for i := range 400 {
		c.admit(c.patient(fmt.Sprintf("Smith%c%c", 'a'+i%26, 'a'+i/26), "Ann", term.Female), i)
	}
	b.Run("read", func(b *testing.B) {
		board := boardOf(b, c, access.FrontDesk, nil)
		for b.Loop() {
			must[boardRead](b)(board.reader()(b.Context()))
		}
	})
	b.Run("show", func(b *testing.B) {
		board := boardOf(b, c, access.FrontDesk, nil)
		read := must[boardRead](b)(board.reader()(b.Context()))
		for b.Loop() {
			board.take(read)
			board.shown()
			board.totals()
		}
	})
}
