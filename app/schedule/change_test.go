package schedule_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/notice"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/data"
)

// told gives the sentences of the notices that wait for a person of these roles, the newest first.
func (c *clinic) told(roles access.Roles) (all []string) {
	c.t.Helper()
	rows, err := notice.Waiting(c.t.Context(), c.As(roles))
	if err != nil {
		c.t.Fatal(err)
	}
	for _, r := range rows {
		all = append(all, r.Value.Says().String())
	}
	return all
}

// TestTheDoctorHearsOfEachAppointment that is new, moved or cancelled, without the patient's name in the words.
func TestTheDoctorHearsOfEachAppointment(t *testing.T) {
	c := open(t)
	ann := c.somebody("Smith")
	row := c.book(c.ask(ann, "2026-11-25 09:20", schedule.Urgent))
	rows, err := notice.Waiting(t.Context(), c.As(access.Doctor))
	if err != nil || len(rows) != 1 || rows[0].Value.Weight != notice.Important || rows[0].Value.Patient != ann.RecordID() {
		t.Fatalf("%+v, %v", rows, err)
	}
	c.Clock.Pass(time.Second)
	row, err = schedule.Move(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.Request{At: at(t, "2026-11-26 14:00")})
	if err != nil {
		t.Fatal(err)
	}
	c.Clock.Pass(time.Second)
	other := schedule.DoctorID(c.People[access.Everybody])
	c.hours(other, "Mon-Fri 9-17, 30 min")
	row, err = schedule.Move(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.Request{Resource: other, At: at(t, "2026-11-26 14:30")})
	if err != nil || row.Value.Minutes != 30 {
		t.Fatalf("%+v, %v", row, err)
	}
	c.Clock.Pass(time.Second)
	if _, err := schedule.Cancel(t.Context(), c.desk, uuid.New(), row.ID, row.Version, "patient is ill"); err != nil {
		t.Fatal(err)
	}
	want := []string{"The appointment on 26 Nov 2026, 14:00 was cancelled.", "An appointment was moved to 26 Nov 2026, 14:00.", "New appointment on 25 Nov 2026, 09:20."}
	if got := c.told(access.Doctor); !slices.Equal(got, want) {
		t.Errorf("Dora hears %q", got)
	}
	if got := c.told(access.Everybody); len(got) != 2 || got[0] != "The appointment on 26 Nov 2026, 14:30 was cancelled." || strings.Contains(strings.Join(got, ""), "Smith") {
		t.Errorf("Olga hears %q", got)
	}
	c.sound(1)
}

// TestAMoveThatIsRefusedChangesNothing: the old time is still there, and the patient still has it.
func TestAMoveThatIsRefusedChangesNothing(t *testing.T) {
	c := open(t)
	row := c.book(c.ask(c.somebody("Smith"), "2026-11-25 09:20", schedule.Routine))
	c.book(c.ask(c.somebody("Jones"), "2026-11-25 09:40", schedule.Routine))
	_, err := schedule.Move(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.Request{At: at(t, "2026-11-25 09:40")})
	r, _ := refused(t, err)
	if !r.Alternatives[0].Start.Equal(at(t, "2026-11-25 10:00")) {
		t.Errorf("%+v", r.Alternatives)
	}
	_, err = schedule.Move(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.Request{At: at(t, "2026-11-23 09:40")})
	if !says(err, data.Invalid, schedule.FieldTime, "has passed") {
		t.Errorf("into the past: %v", err)
	}
	_, err = schedule.Book(t.Context(), c.desk, uuid.New(), c.ask(c.somebody("Brown"), "2026-11-25 09:20", schedule.Routine))
	refused(t, err)
	// A long one may move by one of its own slots.
	long := c.ask(c.somebody("White"), "2026-11-25 10:40", schedule.Routine)
	long.Minutes = 40
	row = c.book(long)
	if row, err = schedule.Move(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.Request{At: at(t, "2026-11-25 11:00")}); err != nil || row.Value.Minutes != 40 {
		t.Errorf("%+v, %v", row, err)
	}
	c.sound(1)
}

// TestTwoDesksChangeOneAppointment: the second sees what is there.
func TestTwoDesksChangeOneAppointment(t *testing.T) {
	c := open(t)
	row := c.book(c.ask(c.somebody("Smith"), "2026-11-25 09:20", schedule.Routine))
	if _, err := schedule.Move(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.Request{At: at(t, "2026-11-25 11:00")}); err != nil {
		t.Fatal(err)
	}
	_, err := schedule.Cancel(t.Context(), c.desk, uuid.New(), row.ID, row.Version, "patient is ill")
	var stale *data.Stale[schedule.ID, schedule.Appointment]
	if !data.Is(err, data.Conflict) || !errors.As(err, &stale) || !stale.Theirs.Value.Start.Equal(at(t, "2026-11-25 11:00")) {
		t.Errorf("%v", err)
	}
}

// TestWhoComesLateAfterAll gets the time again where it is still free, and alternatives where it is not.
func TestWhoComesLateAfterAll(t *testing.T) {
	c := open(t)
	long := c.ask(c.somebody("Smith"), "2026-11-24 09:20", schedule.Routine)
	long.Minutes = 60
	row := c.book(long)
	c.Clock.Pass(25 * time.Minute)
	row, err := schedule.SetState(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.NoShow)
	if err != nil {
		t.Fatal(err)
	}
	c.sound(1)
	c.book(c.ask(c.somebody("Jones"), "2026-11-24 10:00", schedule.Routine))
	_, err = schedule.SetState(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.Arrived)
	if r, said := refused(t, err); !strings.Contains(said, "given to somebody else") || len(r.Alternatives) == 0 {
		t.Errorf("%q", said)
	}
	c.sound(1)
}

// TestWhoComesLateAndIsElsewhere: who did not come, was booked with somebody else, and then arrives at the first after all, is not in both places.
func TestWhoComesLateAndIsElsewhere(t *testing.T) {
	c := open(t)
	ann := c.somebody("Smith")
	long := c.ask(ann, "2026-11-24 09:20", schedule.Routine)
	long.Minutes = 60
	row := c.book(long)
	c.Clock.Pass(25 * time.Minute)
	row, err := schedule.SetState(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.NoShow)
	if err != nil {
		t.Fatal(err)
	}
	other := schedule.DoctorID(c.People[access.Everybody])
	c.hours(other, "Mon-Fri 9-17, 30 min")
	c.book(schedule.Request{Patient: ann, Resource: other, At: at(t, "2026-11-24 10:00"), Priority: schedule.Urgent})
	_, err = schedule.SetState(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.Arrived)
	if _, said := refused(t, err); !strings.Contains(said, "another appointment") {
		t.Errorf("%q", said)
	}
	c.sound(1)
}

// TestEachRoleDoesItsOwn: doctors see and mark their own, administrators see no patient, data entry schedules nothing.
func TestEachRoleDoesItsOwn(t *testing.T) {
	c := open(t)
	mine := c.book(c.ask(c.somebody("Smith"), "2026-11-24 09:20", schedule.Routine))
	other := schedule.DoctorID(c.People[access.Everybody])
	c.hours(other, "Mon-Fri 9-17, 30 min")
	theirs := c.book(schedule.Request{Patient: c.somebody("Jones"), Resource: other, At: at(t, "2026-11-24 10:00"), Priority: schedule.Soon})
	dora, entry := c.As(access.Doctor), c.As(access.DataEntry)
	for name, err := range map[string]error{
		"doctor books":                 second(schedule.Book(t.Context(), dora, uuid.New(), c.ask(mine.Value.Patient, "2026-11-25 09:20", schedule.Routine))),
		"doctor sees others' day":      second(schedule.Day(t.Context(), dora, date(t, "2026-11-24"), other)),
		"doctor marks others'":         second(schedule.SetState(t.Context(), dora, uuid.New(), theirs.ID, theirs.Version, schedule.InConsultation)),
		"doctor marks as arrived":      second(schedule.SetState(t.Context(), dora, uuid.New(), mine.ID, mine.Version, schedule.Arrived)),
		"administrator sees a day":     second(schedule.Day(t.Context(), c.admin, date(t, "2026-11-24"), c.dora)),
		"administrator sees the queue": second(schedule.Queue(t.Context(), c.admin, c.dora)),
		"administrator cancels":        second(schedule.Cancel(t.Context(), c.admin, uuid.New(), mine.ID, mine.Version, "because I can")),
		"data entry books":             second(schedule.Book(t.Context(), entry, uuid.New(), c.ask(mine.Value.Patient, "2026-11-25 09:20", schedule.Routine))),
		"data entry proposes":          second(schedule.Proposals(t.Context(), entry, schedule.Request{Resource: c.dora, Priority: schedule.Routine})),
		"desk sets hours":              second(schedule.SetHours(t.Context(), c.desk, uuid.New(), c.dora, 1, schedule.Hours{})),
		"doctor sets own leave":        second(schedule.SetLeave(t.Context(), dora, uuid.New(), c.dora, 0, schedule.Leave{})),
		"nobody books":                 second(schedule.Book(t.Context(), nil, uuid.New(), c.ask(mine.Value.Patient, "2026-11-25 09:20", schedule.Routine))),
	} {
		if !data.Is(err, data.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	mine, err := schedule.SetState(t.Context(), c.desk, uuid.New(), mine.ID, mine.Version, schedule.Arrived)
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []schedule.State{schedule.InConsultation, schedule.Arrived, schedule.InConsultation, schedule.Done} {
		if mine, err = schedule.SetState(t.Context(), dora, uuid.New(), mine.ID, mine.Version, to); err != nil {
			t.Fatalf("%s: %v", to.Text(), err)
		}
	}
	day, err := schedule.OwnDay(t.Context(), dora, date(t, "2026-11-24"))
	if err != nil || len(day.Items) != 1 || day.Items[0].State != schedule.Done || day.Items[0].Who.Name.Family != "Smith" {
		t.Errorf("her own day: %+v, %v", day.Items, err)
	}
}

func second[T any](_ T, err error) error { return err }

// TestTheQueue: by priority, then by waiting time; coming early gains nothing, but for who can't wait.
func TestTheQueue(t *testing.T) {
	c := open(t)
	arrive := func(name, when string, p schedule.Priority) {
		t.Helper()
		row := c.book(c.ask(c.somebody(name), when, p))
		if _, err := schedule.SetState(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.Arrived); err != nil {
			t.Fatal(err)
		}
	}
	c.book(c.ask(c.somebody("Expected"), "2026-11-24 09:20", schedule.Emergency))
	arrive("Early", "2026-11-24 11:00", schedule.Routine)
	c.Clock.Pass(5 * time.Minute)
	arrive("Punctual", "2026-11-24 09:40", schedule.Routine)
	arrive("Soon", "2026-11-24 10:00", schedule.Soon)
	c.Clock.Pass(5 * time.Minute)
	arrive("Emergency", "2026-11-24 14:00", schedule.Emergency)
	c.Clock.Pass(85 * time.Minute) // 10:35
	queue, err := schedule.Queue(t.Context(), c.desk)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range queue {
		late := ""
		if i.Late {
			late = "!"
		}
		got = append(got, i.Who.Name.Family+" "+i.Waiting.String()+late)
	}
	want := []string{"Emergency 1h25m0s!", "Soon 35m0s", "Punctual 55m0s", "Early 0s", "Expected 0s"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	own, err := schedule.OwnQueue(t.Context(), c.As(access.Doctor))
	if err != nil || len(own) != len(want) || own[0].ID != queue[0].ID {
		t.Errorf("her own queue: %v, %v", own, err)
	}
}

// TestTheQueueOfANight keeps who came before midnight, and not who was expected and did not come.
func TestTheQueueOfANight(t *testing.T) {
	c := open(t)
	c.hours(c.dora, "Tue 22-26, 30 min")
	row := c.book(c.ask(c.somebody("Smith"), "2026-11-24 23:30", schedule.Urgent))
	c.book(c.ask(c.somebody("Missing"), "2026-11-24 22:30", schedule.Routine))
	c.book(c.ask(c.somebody("Jones"), "2026-11-25 00:30", schedule.Routine))
	if _, err := schedule.SetState(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.Arrived); err != nil {
		t.Fatal(err)
	}
	c.pass(15*time.Hour + 10*time.Minute)
	queue, err := schedule.Queue(t.Context(), c.desk, c.dora)
	if err != nil || len(queue) != 2 || queue[0].ID != row.ID || queue[1].Who.Name.Family != "Jones" {
		t.Errorf("%+v, %v", queue, err)
	}
	day, err := schedule.Day(t.Context(), c.desk, date(t, "2026-11-25"), c.dora)
	if err != nil || len(day[0].Slots) != 4 || len(day[0].Items) != 1 {
		t.Errorf("the new day: %+v, %v", day, err)
	}
}

// TestAConfidentialPatient is booked for a stated reason only, and a day shows the name, not what it is about.
func TestAConfidentialPatient(t *testing.T) {
	c := open(t)
	ann := c.somebody("Smith")
	c.book(c.ask(ann, "2026-11-25 09:20", schedule.Routine))
	row, err := patient.Open(t.Context(), c.desk, ann)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := patient.SetConfidential(t.Context(), c.desk, uuid.New(), ann, row.Version, true, "works here herself"); err != nil {
		t.Fatal(err)
	}
	_, err = schedule.Book(t.Context(), c.desk, uuid.New(), c.ask(ann, "2026-11-26 09:20", schedule.Routine))
	if !errors.Is(err, access.ErrConfidential) {
		t.Errorf("booked: %v", err)
	}
	if _, err = schedule.Of(t.Context(), c.desk, ann, 10); !errors.Is(err, access.ErrConfidential) {
		t.Errorf("listed: %v", err)
	}
	look := func() schedule.Item {
		t.Helper()
		cols, err := schedule.Day(t.Context(), c.desk, date(t, "2026-11-25"), c.dora)
		if err != nil || len(cols[0].Items) != 1 {
			t.Fatalf("%+v, %v", cols, err)
		}
		return cols[0].Items[0]
	}
	if i := look(); i.Reason != "" || !i.Who.Birth.Date.IsZero() || i.Who.Name.Family != "Smith" {
		t.Errorf("the day shows %+v", i)
	}
	if err := patient.BreakGlass(t.Context(), c.desk, uuid.New(), ann, "she has come to the desk"); err != nil {
		t.Fatal(err)
	}
	if i := look(); i.Reason != "Follow-up" {
		t.Errorf("after a reason the day shows %+v", i)
	}
	if _, err = schedule.Of(t.Context(), c.desk, ann, 10); err != nil {
		t.Error(err)
	}
}

// TestWatchersHearWhatChanged: of the day from which an appointment moved, too.
func TestWatchersHearWhatChanged(t *testing.T) {
	c := open(t)
	row := c.book(c.ask(c.somebody("Smith"), "2026-11-25 09:20", schedule.Routine))
	from := c.Door.Last()
	if _, err := schedule.Move(t.Context(), c.desk, uuid.New(), row.ID, row.Version, schedule.Request{At: at(t, "2027-01-13 09:20")}); err != nil {
		t.Fatal(err)
	}
	for e, err := range c.desk.Watch(t.Context(), from) {
		if err != nil {
			t.Fatal(err)
		}
		if got := schedule.ChangedIn(e); len(got) != 1 || got[0].ID != row.ID {
			t.Errorf("%+v", got)
		}
		for day, want := range map[string]bool{"2026-11-25": true, "2027-01-13": true, "2026-12-16": false} {
			if schedule.DayChanged(e, c.dora, date(t, day)) != want {
				t.Errorf("%s changed: %t", day, !want)
			}
		}
		break
	}
}
