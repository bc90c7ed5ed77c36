package demo

import (
	"context"
	"encoding/binary"
	"math/rand/v2"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/hospital"
	"wardbook/app/house"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// Account is somebody who can sign in, with the password.
type Account struct {
	Name     string
	Roles    access.Roles
	SignIn   string
	Password string
}

// Options say what to invent. The zero value of Patients is 300.
type Options struct {
	Seed     uint64
	Patients int
	Today    term.Date
	Progress hospital.Progress
}

// usual is how many patients a demonstration has.
const usual = 300

// Facts are those of the invented hospital.
var Facts = house.House{Name: "Elmbridge Hospital (demonstration)", Zone: "Europe/London", Region: "GB", Demo: true}

// Fill sets an invented hospital up in an empty folder and gives the accounts that can sign in.
func Fill(ctx context.Context, h *hospital.Hospital, o Options) ([]Account, error) {
	if o.Patients == 0 {
		o.Patients = usual
	}
	if o.Progress == nil {
		o.Progress = func(data.Message, int64, int64) {}
	}
	accounts, err := staff(o.Seed)
	if err != nil {
		return nil, err
	}
	o.Progress(data.Say("demo.building", "Building the invented hospital"), 0, int64(len(accounts)))
	admin := accounts[0]
	s, _, err := h.SetUp(ctx, Facts, access.User{Name: admin.Name, SignIn: admin.SignIn, Roles: admin.Roles}, admin.Password, o.Progress)
	if err != nil {
		return nil, err
	}
	s.SignOut(ctx)
	if err := employ(ctx, h, accounts[1:], o.Progress); err != nil {
		return nil, err
	}
	if err := Patients(ctx, h.Machine(), o); err != nil {
		return nil, err
	}
	return accounts, live(ctx, h, o)
}

// employ lets the staff sign in: each password takes its time.
func employ(ctx context.Context, h *hospital.Hospital, accounts []Account, progress hospital.Progress) error {
	for i, a := range accounts {
		progress(data.Say("demo.staff", "Employing the staff"), int64(i), int64(len(accounts)))
		u := access.User{Name: a.Name, SignIn: a.SignIn, Roles: a.Roles, Email: a.SignIn + "@elmbridge.example"}
		if a.Roles.Has(access.Doctor) {
			u.Speciality, u.Registration = specialities[i%len(specialities)], registration(i)
		}
		if err := access.Settle(ctx, h.Machine(), u, a.Password); err != nil {
			return err
		}
	}
	return nil
}

// Patients registers invented patients, in large entries, for the program's own session.
func Patients(ctx context.Context, machine *access.Session, o Options) error {
	progress := o.Progress
	if progress == nil {
		progress = func(data.Message, int64, int64) {}
	}
	operation := uuid.NewSHA1(uuid.NameSpaceOID, binary.BigEndian.AppendUint64([]byte("wardbook demo patients "), o.Seed))
	people := newPeople(o.Seed, o.Today)
	drafts := make([]patient.Draft, o.Patients)
	for n := range drafts {
		drafts[n] = people.draft(n)
	}
	return patient.Import(ctx, machine, operation, drafts, func(done, total int) {
		progress(data.Say("demo.patients", "Registering invented patients"), int64(done), int64(total))
	})
}

// people invents patients: the n-th is the same for the same seed and day, whenever and however often it is asked for.
type people struct {
	seed  uint64
	today term.Date
}

func newPeople(seed uint64, today term.Date) people { return people{seed, today} }

// draft is the n-th patient.
func (p people) draft(n int) patient.Draft {
	r := rand.New(rand.NewPCG(p.seed, uint64(n)))
	folk := pick(r, folks)
	sex := term.Female
	given := folk.women
	if r.IntN(2) == 0 {
		sex, given = term.Male, folk.men
	}
	family := pick(r, folk.families)
	if folk.feminine != nil && sex == term.Female {
		family = folk.feminine(family)
	}
	d := patient.Draft{
		Name: term.HumanName{Family: family, Given: []string{pick(r, given)}},
		Sex:  sex, Birth: p.birth(r), Language: folk.language,
		Blood:   term.BloodGroup(r.IntN(9)),
		Address: term.Address{Lines: []string{number(r, 1, 180) + " " + pick(r, streets)}, Town: pick(r, towns), Postcode: "KT" + number(r, 1, 22) + " " + number(r, 1, 9) + "AB"},
		Consent: patient.Consent{Data: patient.Yes, Mail: patient.Answer(r.IntN(3))},
	}
	if second := pick(r, given); r.IntN(3) == 0 && second != d.Name.Given[0] {
		d.Name.Given = append(d.Name.Given, second)
	}
	// Ofcom keeps 01632 960000 to 960999 and 07700 900000 to 900999 free for invention.
	d.Phones = []patient.Phone{{Number: term.Phone("07700 900" + digits(r, 3)), Kind: patient.Mobile}}
	if r.IntN(2) == 0 {
		d.Phones = append(d.Phones, patient.Phone{Number: term.Phone("01632 960" + digits(r, 3)), Kind: patient.AtHome})
	}
	if r.IntN(4) > 0 {
		d.Kin = term.NextOfKin{Name: term.HumanName{Family: d.Name.Family, Given: []string{pick(r, folk.men)}}, Relation: pick(r, term.Relations[:5]),
			Phone: term.Phone("07700 900" + digits(r, 3))}
	}
	if r.IntN(12) == 0 {
		d.Notes = pick(r, notes)
	}
	return d
}

// birth is spread as patients of a hospital are: many old, some children, a few of whom nobody knows the day.
func (p people) birth(r *rand.Rand) term.Birth {
	years := 0
	switch r.IntN(10) {
	case 0:
		years = r.IntN(18)
	case 1, 2, 3:
		years = 18 + r.IntN(32)
	default:
		years = 50 + r.IntN(48)
	}
	b := term.Birth{Date: p.today.AddYears(-years).AddDays(-1 - r.IntN(364))}
	b.Estimated = r.IntN(40) == 0
	return b
}
