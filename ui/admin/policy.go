package admin

import (
	"context"
	"slices"
	"strings"

	"wardbook/app/access"
	"wardbook/app/report"
	"wardbook/ui/kit"
)

// policy is the hospital's data security policy: who may do what, which is the door's own table, and the rules in force.
type policy struct {
	session *access.Session
	read    *access.RulesRow
	saving  wish[access.Rules]
}

// load reads the rules in force. It is slow.
func (p *policy) load(ctx context.Context) (access.RulesRow, error) {
	return access.ReadRules(ctx, p.session)
}

func (p *policy) mayChange() bool { return p.session.May(access.ActRulesChange) }

// save sets the rules; seen is the version that the person looked at. It is slow.
func (p *policy) save(ctx context.Context, seen uint64, r access.Rules) error {
	return access.ChangeRules(ctx, p.session, p.saving.of(r), seen, r)
}

// permission is a row of the policy as people read it.
type permission struct {
	action access.Action
	group  kit.Sentence
	says   kit.Sentence
	roles  access.Roles
	detail string // what it reaches, and on which conditions
}

// columns are those to whom the policy allows or refuses: the roles of people, and the program itself.
func columns() []access.Roles { return append(access.AllRoles(), access.Machine) }

// permissions are the rows of the policy, in its order.
func permissions() []permission {
	var all []permission
	for _, r := range access.Policy() {
		all = append(all, permission{r.Action, groupOf(r.Action), kit.Of(r.Says), r.Roles, detailOf(r)})
	}
	return all
}

// groupOf is the part of the policy that an action belongs to, by the first word of its name.
func groupOf(action access.Action) kit.Sentence {
	first, _, _ := strings.Cut(string(action), ".")
	switch first {
	case "session":
		return kit.Say("policy.group.session", "Sessions")
	case "user", "policy", "audit":
		return kit.Say("policy.group.admin", "Administration")
	case "house", "notice":
		return kit.Say("policy.group.house", "Hospital")
	case "patient":
		return kit.Say("policy.group.patient", "Patients")
	case "schedule", "appointment", "hours", "equipment", "waiting", "offer":
		return kit.Say("policy.group.schedule", "Appointments")
	case "order":
		return kit.Say("policy.group.order", "Tests and treatments")
	case "ward", "room", "bed", "stay":
		return kit.Say("policy.group.ward", "Wards and beds")
	}
	return kit.Say("policy.group.other", "Other")
}

// tableWords are the book's tables as people would say them.
var tableWords = map[access.TableName]kit.Sentence{
	access.TableCounters:     kit.Say("policy.table.counters", "the counters that numbers are drawn from"),
	access.TableUsers:        kit.Say("policy.table.users", "the accounts of people"),
	access.TableRules:        kit.Say("policy.table.rules", "the rules of security"),
	access.TableConfidential: kit.Say("policy.table.confidential", "the marks of confidential patients"),
	access.TableGlass:        kit.Say("policy.table.glass", "the reasons for opening confidential patients"),
	access.TableHouse:        kit.Say("policy.table.house", "the hospital's own facts"),
	access.TableNotices:      kit.Say("policy.table.notices", "notices"),
	access.TablePatients:     kit.Say("policy.table.patients", "patients' identity and contact"),
	access.TablePhotos:       kit.Say("policy.table.photos", "patients' photos"),
	"hours":                  kit.Say("policy.table.hours", "working hours"),
	"leave":                  kit.Say("policy.table.leave", "leave and times out of order"),
	"equipment":              kit.Say("policy.table.equipment", "machines and rooms for tests and treatments"),
	"holidays":               kit.Say("policy.table.holidays", "the hospital's holidays"),
	"schedulerules":          kit.Say("policy.table.schedulerules", "the rules of booking"),
	"appointments":           kit.Say("policy.table.appointments", "appointments"),
	"occupancy":              kit.Say("policy.table.occupancy", "which times are taken"),
	"waiting":                kit.Say("policy.table.waiting", "the waiting list"),
	"offers":                 kit.Say("policy.table.offers", "times offered to people who wait"),
	"orders":                 kit.Say("policy.table.orders", "tests and treatments that were ordered"),
	"wards":                  kit.Say("policy.table.wards", "wards"),
	"rooms":                  kit.Say("policy.table.rooms", "rooms"),
	"beds":                   kit.Say("policy.table.beds", "beds and their state"),
	"stays":                  kit.Say("policy.table.stays", "who lies where, and since when"),
	"reservations":           kit.Say("policy.table.reservations", "beds kept for somebody"),
}

// tableList names tables; one without words by its own name, so that nothing is left out.
func tableList(tables []access.TableName) string {
	var words []string
	for _, t := range tables {
		if s, ok := tableWords[t]; ok {
			words = append(words, s.Text())
		} else {
			words = append(words, string(t))
		}
	}
	return strings.Join(words, ", ")
}

// detailOf says which records a rule reaches, and on which conditions.
func detailOf(r access.Rule) string {
	var parts []string
	say := func(s kit.Sentence) { parts = append(parts, s.Text()) }
	// What an action writes it may read too: said once, under the stronger word.
	reads := slices.DeleteFunc(slices.Clone(r.Reads), func(t access.TableName) bool { return slices.Contains(r.Writes, t) })
	if len(reads) > 0 {
		say(kit.Say("policy.reads", "Reads {{.Tables}}.", "Tables", tableList(reads)))
	}
	if len(r.Writes) > 0 {
		say(kit.Say("policy.writes", "Reads and writes {{.Tables}}.", "Tables", tableList(r.Writes)))
	}
	if len(r.Reads)+len(r.Writes) == 0 {
		say(kit.Say("policy.nothing", "Reaches no records."))
	}
	if r.Recorded {
		say(kit.Say("policy.recorded", "Each time is recorded."))
	}
	if r.Patient {
		say(kit.Say("policy.patient", "Where the patient is confidential, a reason must be stated first."))
	}
	if r.Unrefreshed {
		say(kit.Say("policy.unrefreshed", "Possible with a one-time password too."))
	}
	return strings.Join(parts, " ")
}

// permissionWord is how a tick is said.
func permissionWord(may bool) kit.Sentence {
	if may {
		return kit.Say("policy.yes", "Yes")
	}
	return kit.Say("policy.no", "no")
}

// passage is a heading with what stands below it.
type passage struct {
	heading string
	lines   []string
}

// paper is the whole policy for printing: the rules in force, then who may do what.
func (p *policy) paper() report.Table {
	paper := report.Table{Title: kit.Say("policy.title", "Data security policy").Text(), Landscape: true,
		Columns: []report.Column{{Title: kit.Say("policy.column.action", "Who may").Text()}}}
	for _, passage := range passages(p.read.Rules) {
		paper.Intro = append(paper.Intro, passage.heading+". "+strings.Join(passage.lines, " "))
	}
	for _, role := range columns() {
		paper.Columns = append(paper.Columns, report.Column{Title: kit.Of(role.Name()).Text()})
	}
	paper.Columns = append(paper.Columns, report.Column{Title: kit.Say("policy.column.reaches", "What it reaches").Text()})
	group := ""
	for _, r := range permissions() {
		if heading := r.group.Text(); heading != group {
			group = heading
			paper.Rows = append(paper.Rows, report.Row{Group: group})
		}
		cells := []string{r.says.Text()}
		for _, role := range columns() {
			cells = append(cells, permissionWord(r.roles.Has(role)).Text())
		}
		paper.Rows = append(paper.Rows, report.Row{Cells: append(cells, r.detail)})
	}
	return paper
}
