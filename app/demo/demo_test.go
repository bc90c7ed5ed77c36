package demo_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/demo"
	"wardbook/app/hospital"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data/badgerdb"
	"wardbook/data/storetest"
)

// memory is a folder that is forgotten.
type memory struct{ o badgerdb.Options }

func (m memory) Create(ctx context.Context, name, password string, _ hospital.Progress) (hospital.Opened, string, error) {
	keys := accesstest.NewKeys()
	if err := keys.Add(name, password); err != nil {
		return hospital.Opened{}, "", err
	}
	s, err := badgerdb.Create(ctx, m.o)
	return hospital.Opened{Store: s, Keys: keys, Close: func() error { return nil }}, "recovery", err
}

func (memory) Unlock(context.Context, string, string, hospital.Progress) (hospital.Opened, error) {
	panic("it is open already")
}

func (memory) UnlockRecovery(context.Context, string, hospital.Progress) (hospital.Opened, error) {
	panic("it is open already")
}

type noTries struct{}

func (noTries) Load() (access.Attempts, error) { return access.Attempts{Salt: []byte("s")}, nil }
func (noTries) Save(access.Attempts) error     { return nil }

var today = term.Date{Year: 2026, Month: 11, Day: 24}

func fill(t *testing.T, seed uint64, patients int) (*hospital.Hospital, []demo.Account) {
	t.Helper()
	schema, err := hospital.Schema()
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }
	h := hospital.New(hospital.Options{Book: memory{badgerdb.Options{Dir: "/h", Memory: true, Keys: storetest.NewKeys(), Dataset: [16]byte{1}, Schema: schema, Ballast: -1, Now: now}},
		Tries: noTries{}, Schema: schema, Now: now, Workstation: "desk", Log: slog.New(slog.DiscardHandler)})
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	accounts, err := demo.Fill(t.Context(), h, demo.Options{Seed: seed, Patients: patients, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return h, accounts
}

func listed(t *testing.T, h *hospital.Hospital, accounts []demo.Account) (names []string, total int) {
	t.Helper()
	for _, a := range accounts {
		s, err := h.SignIn(t.Context(), a.SignIn, a.Password, nil)
		if err != nil || s.MustChange() {
			t.Fatalf("%s can't sign in: %v", a.SignIn, err)
		}
		if a.Roles != access.FrontDesk || total > 0 {
			continue
		}
		page, err := patient.List(t.Context(), s, patient.Page{})
		if err != nil {
			t.Fatal(err)
		}
		total = page.Total
		for _, hit := range page.Hits {
			names = append(names, fmt.Sprint(hit.Name.Listed(), hit.MRN, hit.Birth, hit.Sex))
		}
	}
	return names, total
}

func TestTheInventedHospitalIsTheSameForTheSameSeed(t *testing.T) {
	a, total := listed(fillBoth(t, 7))
	b, _ := listed(fillBoth(t, 7))
	c, _ := listed(fillBoth(t, 8))
	if total != 300 || len(a) == 0 || fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("%d patients; the same seed gave\n%v\n%v", total, a, b)
	}
	if fmt.Sprint(a) == fmt.Sprint(c) {
		t.Error("another seed gave the same")
	}
}

func fillBoth(t *testing.T, seed uint64) (*testing.T, *hospital.Hospital, []demo.Account) {
	h, accounts := fill(t, seed, 0)
	return t, h, accounts
}
