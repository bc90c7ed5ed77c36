package demo

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/hospital"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/ward"
	"wardbook/data"
)

// inpatients is how many of the 60 beds are taken.
const inpatients = 38

// life fills the invented hospital's wards and calendars, for the program's own session.
type life struct {
	ctx      context.Context
	machine  *access.Session
	random   *rand.Rand
	seed     uint64
	n        uint64 // operations so far
	patients []patient.ID
	doctors  []access.UserID
	now      time.Time
	progress hospital.Progress
}

// live gives the hospital wards with patients in them, doctors with hours, and appointments for the days to come.
func live(ctx context.Context, h *hospital.Hospital, o Options) error {
	l := &life{ctx: ctx, machine: h.Machine(), random: rand.New(rand.NewPCG(o.Seed, 2)), seed: o.Seed, now: h.Now(), progress: o.Progress}
	for _, step := range []func() error{l.who, l.wards, l.hours, l.appointments} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// operation is the next one: the same for the same seed, so that a build that broke off goes on.
func (l *life) operation() uuid.UUID {
	l.n++
	name := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64([]byte("wardbook demo life "), l.seed), l.n)
	return uuid.NewSHA1(uuid.NameSpaceOID, name)
}

func (l *life) who() error {
	page, err := patient.List(l.ctx, l.machine, patient.Page{})
	if err != nil {
		return err
	}
	for _, hit := range page.Hits {
		l.patients = append(l.patients, hit.ID)
	}
	l.random.Shuffle(len(l.patients), func(i, j int) { l.patients[i], l.patients[j] = l.patients[j], l.patients[i] })
	staff, err := access.Staff(l.ctx, l.machine)
	for _, colleague := range staff {
		if colleague.Roles.Has(access.Doctor) {
			l.doctors = append(l.doctors, colleague.ID)
		}
	}
	return err
}

// wards builds them and admits patients, some of whom have left again.
func (l *life) wards() error {
	plans := ward.DemoPlans()
	for _, p := range plans {
		if _, err := ward.AddWard(l.ctx, l.machine, l.operation(), p); err != nil {
			return err
		}
	}
	for i := range min(inpatients, len(l.patients)) {
		l.progress(data.Say("demo.wards", "Filling the wards"), int64(i), inpatients)
		days := 1 + l.random.IntN(20)
		stay, err := ward.Admit(l.ctx, l.machine, l.operation(), ward.Request{Patient: l.patients[i], Kind: pick(l.random, ward.Kinds), Reason: pick(l.random, reasons),
			Doctor: pick(l.random, l.doctors), At: l.now.Add(-time.Duration(days)*24*time.Hour - time.Duration(l.random.IntN(600))*time.Minute)})
		if data.Is(err, data.Conflict) {
			continue // no bed that fits: as in life
		}
		if err != nil {
			return fmt.Errorf("admission %d: %w", i, err)
		}
		if i%6 == 5 {
			if _, err := ward.Depart(l.ctx, l.machine, l.operation(), stay.ID, stay.Version, ward.Leave{How: ward.Home, At: l.now.Add(-time.Duration(30+i) * time.Minute)}); err != nil {
				return fmt.Errorf("discharge %d: %w", i, err)
			}
		}
	}
	return nil
}

// hours gives each doctor a week, and the hospital two machines.
func (l *life) hours() error {
	resources, err := schedule.Resources(l.ctx, l.machine)
	if err != nil {
		return err
	}
	i := 0
	for _, r := range resources {
		if r.ID.Kind() != schedule.ADoctor {
			continue
		}
		week, err := schedule.ParsePattern(schedule.Patterns[i%4].Text)
		if err == nil {
			_, err = schedule.SetHours(l.ctx, l.machine, l.operation(), r.ID, 0, week)
		}
		if err != nil {
			return err
		}
		i++
	}
	return nil
}

// booked is how many appointments lie ahead.
const booked = 120

// appointments books ahead, by priority, whatever is free.
func (l *life) appointments() error {
	if len(l.patients) <= inpatients {
		return nil
	}
	priorities := []schedule.Priority{schedule.Routine, schedule.Routine, schedule.Routine, schedule.Soon, schedule.Urgent}
	for i := range booked {
		l.progress(data.Say("demo.appointments", "Booking appointments"), int64(i), booked)
		who := l.patients[inpatients+i%(len(l.patients)-inpatients)]
		r := schedule.Request{Patient: who, Priority: pick(l.random, priorities), Reason: pick(l.random, visits), At: l.now.Add(time.Duration(l.random.IntN(10*24)) * time.Hour), Limit: 1}
		choice, err := schedule.Proposals(l.ctx, l.machine, r)
		if err != nil {
			return err
		}
		if len(choice.Proposals) == 0 {
			continue
		}
		r.Resource, r.At = choice.Proposals[0].Resource.ID, choice.Proposals[0].Start
		_, err = schedule.Book(l.ctx, l.machine, l.operation(), r)
		var refused *schedule.Refused
		if err != nil && !errors.As(err, &refused) {
			return fmt.Errorf("booking %d: %w", i, err)
		}
	}
	return nil
}

var (
	reasons = []string{"Planned operation", "Observation after a fall", "Breathing", "Chest pain", "Fever", "Rehabilitation", "Weakness"}
	visits  = []string{"Check-up", "Follow-up", "First visit", "Result of a test", "Prescription", "Certificate"}
)
