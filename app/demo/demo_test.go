package demo_test

import (
	"fmt"
	"testing"

	"wardbook/app/access"
	"wardbook/app/demo"
	"wardbook/app/hospital"
	"wardbook/app/hospital/hospitaltest"
	"wardbook/app/patient"
	"wardbook/app/term"
)

var today = term.Date{Year: 2026, Month: 11, Day: 24}

func fill(t *testing.T, seed uint64, patients int) (*hospital.Hospital, []demo.Account) {
	t.Helper()
	w := hospitaltest.New(t)
	accounts, err := demo.Fill(t.Context(), w.H, demo.Options{Seed: seed, Patients: patients, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return w.H, accounts
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
