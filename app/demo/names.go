package demo

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/sethvargo/go-diceware/diceware"

	"wardbook/app/access"
	"wardbook/app/term"
)

// folk is where names come from: common ones of a country, put together by chance.
type folk struct {
	families, women, men []string
	language             term.Language
	feminine             func(family string) string // how a woman bears the family's name
}

var folks = []folk{
	english, english, english, english, english,
	{strings.Fields("Patel Sharma Singh Khan Gupta Reddy Iyer Nair Das Mehta"), strings.Fields("Priya Anjali Kavita Meera Sunita Lakshmi Asha Divya"),
		strings.Fields("Rahul Arjun Vikram Sanjay Anil Ravi Suresh Kiran"), "hi", nil},
	{strings.Fields("Okafor Adeyemi Mensah Diallo Okonkwo Abiola Nwosu Balogun"), strings.Fields("Amara Ngozi Adaeze Folake Chidinma Abena"),
		strings.Fields("Emeka Kwame Tunde Chinedu Kofi Obinna"), "yo", nil},
	{strings.Fields("Kowalski Nowak Wiśniewski Wójcik Kamiński Łukasik"), strings.Fields("Agnieszka Małgorzata Katarzyna Zofia Łucja"),
		strings.Fields("Paweł Łukasz Michał Tomasz Stanisław"), "pl", func(f string) string {
			return strings.TrimSuffix(f, "ski") + strings.Repeat("ska", strings.Count(f, "ski"))
		}},
	{strings.Fields("Παπαδοπούλου Γεωργίου Νικολάου Ιωάννου"), strings.Fields("Ελένη Μαρία Κατερίνα Σοφία"), strings.Fields("Γιώργος Νίκος Δημήτρης Αντώνης"), "el", nil},
	{strings.Fields("Шевченко Коваленко Бондаренко Ткаченко"), strings.Fields("Олена Наталія Оксана Ірина"), strings.Fields("Андрій Олександр Тарас Ігор"), "uk", nil},
}

var english = folk{
	strings.Fields("Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke " +
		"Featherstonehaugh O'Brien MacDonald Lewis Harris Clark Turner Hill Cooper Ward Moore Morris Baker"),
	strings.Fields("Margaret Susan Patricia Mary Linda Ann Anne Elizabeth Dorothy Jean Olivia Amelia Isla Ava Emily Grace Freya Charlotte Sophie Ruby"),
	strings.Fields("John David Michael Peter Robert William James George Arthur Harry Oliver Jack Thomas Daniel Samuel Joseph Henry Edward"), "en", nil,
}

var (
	streets      = []string{"High Street", "Church Lane", "Station Road", "Mill Lane", "Park Avenue", "The Green", "Elm Close", "Kingsway"}
	towns        = []string{"Elmbridge", "Oakham Green", "Ashford Cross", "Little Wending", "Marlow Heath"}
	notes        = []string{"Hears badly on the left side", "Comes with a guide dog", "Needs an interpreter", "Wheelchair", "Prefers to be called in the afternoon"}
	specialities = []string{"General medicine", "Surgery", "Cardiology", "Paediatrics", "Geriatrics", "Emergency medicine"}
)

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func number(r *rand.Rand, least, most int) string { return strconv.Itoa(least + r.IntN(most-least+1)) }

func digits(r *rand.Rand, n int) string {
	text := ""
	for range n {
		text += strconv.Itoa(r.IntN(10))
	}
	return text
}

func registration(i int) string { return "GMC 70012" + strconv.Itoa(40+i) }

// staff are the people of the hospital; the first is its administrator.
func staff(seed uint64) ([]Account, error) {
	all := []Account{
		{Name: "Alice Archer", Roles: access.Administrator},
		{Name: "Frank Foster", Roles: access.FrontDesk},
		{Name: "Fatima Farah", Roles: access.FrontDesk},
		{Name: "Edith Ellis", Roles: access.DataEntry},
		{Name: "Emeka Eze", Roles: access.DataEntry},
		{Name: "Dr Dora Dunn", Roles: access.Doctor},
		{Name: "Dr Daniel Diaz", Roles: access.Doctor},
		{Name: "Dr Divya Desai", Roles: access.Doctor},
		{Name: "Dr David Dolan", Roles: access.Doctor},
		{Name: "Dr Dorota Dudek", Roles: access.Doctor},
		{Name: "Dr Dimitra Doukas", Roles: access.Doctor},
	}
	generator, err := diceware.NewGenerator(&diceware.GeneratorInput{RandReader: seeded{rand.NewPCG(seed, 1)}})
	if err != nil {
		return nil, err
	}
	for i := range all {
		for len(all[i].Password) < access.LeastPassword || len(all[i].Password) > 22 { // short enough to be read in a list
			words, err := generator.Generate(3)
			if err != nil {
				return nil, err
			}
			all[i].Password = strings.Join(words, "-")
		}
		parts := strings.Fields(strings.ToLower(strings.TrimPrefix(all[i].Name, "Dr ")))
		all[i].SignIn = strings.Join(parts, ".")
	}
	return all, nil
}

// seeded is a reader of the same numbers for the same seed: fit for passwords that are no secret, and for nothing else.
type seeded struct{ source *rand.PCG }

func (s seeded) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(s.source.Uint64() >> 32)
	}
	return len(p), nil
}
