package admin

import (
	"strings"
	"testing"

	"wardbook/app/access"
	"wardbook/app/report"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// TestThePageIsTheTableThatTheDoorEnforces: each rule once, each tick where the door lets in, each table in words.
func TestThePageIsTheTableThatTheDoorEnforces(t *testing.T) {
	opened(t)
	rows := map[access.Action]permission{}
	for _, p := range permissions() {
		if _, twice := rows[p.action]; twice {
			t.Errorf("%s stands there twice", p.action)
		}
		rows[p.action] = p
		if p.group.Key == "policy.group.other" {
			t.Errorf("%s belongs to no part of the policy", p.action)
		}
	}
	if len(rows) != len(access.Policy()) {
		t.Errorf("%d rows for %d rules", len(rows), len(access.Policy()))
	}
	for _, rule := range access.Policy() {
		p, ok := rows[rule.Action]
		if !ok || p.says.Text() != rule.Says.String() {
			t.Errorf("%s: shown %t as %q", rule.Action, ok, p.says.Text())
			continue
		}
		for _, role := range columns() {
			if p.roles.Has(role) != access.Allows(rule.Action, role) {
				t.Errorf("%s: the page says %t of %q, the door %t", rule.Action, p.roles.Has(role), role.Name(), access.Allows(rule.Action, role))
			}
		}
		for _, table := range append(rule.Reads, rule.Writes...) {
			if words, known := tableWords[table]; !known || !strings.Contains(p.detail, words.Text()) {
				t.Errorf("%s: %q does not tell of %s", rule.Action, p.detail, table)
			}
		}
		if written := len(rule.Writes) > 0; written != strings.Contains(p.detail, "writes") {
			t.Errorf("%s: %q, writes %t", rule.Action, p.detail, written)
		}
	}
}

func TestThePaperSaysWhatThePageSays(t *testing.T) {
	h := opened(t)
	p := policy{session: h.As(access.Doctor)}
	read, err := p.load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.read = &read
	paper := p.paper()
	var rows [][]string
	groups := map[string]bool{}
	for _, row := range paper.Rows {
		if row.Group == "" {
			rows = append(rows, row.Cells)
		}
		if row.Group != "" && groups[row.Group] {
			t.Errorf("%q stands there twice", row.Group)
		}
		groups[row.Group] = true
	}
	if len(rows) != len(access.Policy()) || len(paper.Intro) != len(passages(read.Rules)) {
		t.Fatalf("%d rows, %d passages", len(rows), len(paper.Intro))
	}
	for i, rule := range access.Policy() {
		if len(rows[i]) != len(paper.Columns) || rows[i][0] != rule.Says.String() {
			t.Fatalf("row %d: %q", i, rows[i])
		}
		for k, role := range columns() {
			if yes := rows[i][1+k] == "Yes"; yes != rule.Roles.Has(role) {
				t.Errorf("%s, %s: printed %q", rule.Action, paper.Columns[1+k].Title, rows[i][1+k])
			}
		}
	}
	if printed, err := paper.PDF(report.Frame{Hospital: "Saint Elsewhere", At: h.Clock.Now()}); err != nil || printed.Pages < 2 || len(printed.Missing) > 0 {
		t.Errorf("%d pages, missing %q, %v", printed.Pages, printed.Missing, err)
	}
}

func TestTheRulesInForceAreSaid(t *testing.T) {
	opened(t)
	var all strings.Builder
	for _, p := range passages(access.Rules{LockMinutes: 7, SignOutHours: 9, MinPassword: 18}) {
		all.WriteString(p.heading + "\n" + strings.Join(p.lines, "\n") + "\n")
	}
	for _, want := range []string{"after 7 minutes", "9 hours", "at least 18 characters", "password number 3 in a row", "1, 2, 4, 8, 16, 32, 60 seconds",
		"At 10 wrong passwords", "At 100", "Nothing is ever erased", "makes no backups by itself", "stays readable"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("%q is not said in\n%s", want, all.String())
		}
	}
}

func TestEverybodyReadsThePolicyAndOnlyAdministratorsChangeIt(t *testing.T) {
	h := opened(t)
	for _, role := range append(outsiders(), access.Administrator) {
		p := policy{session: h.As(role)}
		read, err := p.load(t.Context())
		if err != nil || read.Rules != access.UsualRules {
			t.Errorf("%s: %+v, %v", role.Code(), read, err)
		}
		err = p.save(t.Context(), read.Version, access.Rules{LockMinutes: 3, SignOutHours: 8, MinPassword: 20})
		if p.mayChange() != (role == access.Administrator) || term.Is(err, term.Forbidden) == p.mayChange() {
			t.Errorf("%s: offered %t, answered %v", role.Code(), p.mayChange(), err)
		}
	}
	if got := h.Door.Rules().LockMinutes; got != 3 {
		t.Errorf("in force: %d minutes, want 3", got)
	}
}

func TestARuleOutOfBoundsStandsOnItsField(t *testing.T) {
	h := opened(t)
	p := policy{session: h.As(access.Administrator)}
	for field, r := range map[string]access.Rules{
		"lock": {LockMinutes: 16, SignOutHours: 8, MinPassword: 20}, "signout": {LockMinutes: 1, SignOutHours: 0, MinPassword: 20},
		"password": {LockMinutes: 1, SignOutHours: 8, MinPassword: 14}} {
		if err := p.save(t.Context(), 0, r); onField(err) != field {
			t.Errorf("%+v: on %q, want %q", r, onField(err), field)
		}
	}
}

// TestTheTableOnTheScreenTicksWhatTheDoorLetsIn: not by colour alone.
func TestTheTableOnTheScreenTicksWhatTheDoorLetsIn(t *testing.T) {
	opened(t)
	cells := matrixColumns()[2:]
	if len(cells) != len(columns()) {
		t.Fatalf("%d columns for %d roles", len(cells), len(columns()))
	}
	for _, p := range permissions() {
		for i, role := range columns() {
			got, may := cells[i].Cell(p), access.Allows(p.action, role)
			if (got.Tone == kit.Good) != may || (got.Text == "Yes") != may || (got.Text == "no") == may {
				t.Errorf("%s, %s: %+v, the door says %t", p.action, cells[i].Title.Text(), got, may)
			}
		}
	}
}
