package report_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wardbook/app/report"
	"wardbook/app/term"
	"wardbook/data"
)

var frame = report.Frame{Hospital: "St. Anna", By: "Nikolaos Παπαδόπουλος", At: time.Date(2026, 11, 24, 14, 5, 0, 0, time.UTC)}

const key = "0A8BM-5SZ2Q-VWXYK-11117-GHJKC-MNPQE-RSTV9-01234"

func printed(t testing.TB, d report.Document, f report.Frame) report.Result {
	t.Helper()
	r, err := d.PDF(f)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// read gives the pages' texts as another program reads them.
func read(t testing.TB, r report.Result) []string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("pdftotext is missing; .ci/setup test installs it")
		}
		t.Skip("pdftotext is missing; 'make test' installs it")
	}
	cmd := exec.Command("pdftotext", "-layout", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(r.PDF)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	if len(pages) != r.Pages {
		t.Fatalf("%d pages in the file, %d in the result", len(pages), r.Pages)
	}
	return pages
}

func words(text string) string { return strings.Join(strings.Fields(text), " ") }

func TestTheRecoverySheetSaysTheKey(t *testing.T) {
	sheet := report.RecoverySheet{Key: key, Made: frame.At, Folder: `C:\Users\anna\Wardbook`}
	for _, paper := range []report.Paper{report.A4, report.Letter} {
		f := frame
		f.Paper = paper
		pages := read(t, printed(t, sheet, f))
		if len(pages) != 1 {
			t.Fatalf("%d pages", len(pages))
		}
		text := words(pages[0])
		for i, group := range strings.Split(key, "-") {
			if want := fmt.Sprint(i+1, " ", strings.Join(strings.Split(group, ""), " ")); !strings.Contains(text, want) {
				t.Errorf("%q is not on the sheet:\n%s", want, text)
			}
		}
		for _, want := range []string{"St. Anna", "24 Nov 2026, 14:05", `C:\Users\anna\Wardbook`, "ends this one", "Signature", "Printed by Nikolaos Παπαδόπουλος", "Page 1 of 1"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not on the sheet:\n%s", want, text)
			}
		}
	}
}

func TestThePasswordIsSpelled(t *testing.T) {
	slip := report.TemporaryPassword{Name: "Ann Mary Жуковская", SignIn: "ann.smith", Password: "Correct-hors 0l", Expires: frame.At}
	text := words(read(t, printed(t, slip, frame))[0])
	for _, want := range []string{"Ann Mary Жуковская", "ann.smith", "C o r r e c t - h o r s 0 l", "capital", "hyphen", "space", "digit", "Good until 24 Nov 2026, 14:05"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the slip:\n%s", want, text)
		}
	}
}

// TestASecretIsPrintedAsItIsOrNotAtAll: a password of which paper shows something else lets nobody in.
func TestASecretIsPrintedAsItIsOrNotAtAll(t *testing.T) {
	for _, d := range []report.Document{
		report.TemporaryPassword{SignIn: "ann", Password: "pass😀word"}, report.TemporaryPassword{SignIn: "ann", Password: "minus\u2212sign"},
		report.TemporaryPassword{SignIn: "ann", Password: "tab\there"}, report.TemporaryPassword{SignIn: "ann", Password: "e\u0301"},
		report.TemporaryPassword{SignIn: "ann", Password: "lost\ufffd"}, report.TemporaryPassword{SignIn: "安娜", Password: "x"},
		report.RecoverySheet{Key: key + "\u200b"},
	} {
		r, err := d.PDF(frame)
		if !data.Is(err, data.Invalid) || r.PDF != nil {
			t.Errorf("%+v was printed (%v)", d, err)
		}
		if err != nil && strings.Contains(err.Error(), "pass") && strings.Contains(err.Error(), "word😀") {
			t.Errorf("the error holds the secret: %v", err)
		}
	}
}

func TestTheKeysOfAPlace(t *testing.T) {
	sheet := report.KeySheet{Place: "Patients", Sections: []report.KeySection{
		{Title: "Everywhere", Keys: []report.Key{{Keys: "Ctrl+F", What: "Find a patient"}}},
		{Title: "In the list", Keys: []report.Key{{Keys: "Enter", What: "Open the patient"}}}}}
	text := words(read(t, printed(t, sheet, frame))[0])
	if want := "Patients Press What it does Everywhere Ctrl+F Find a patient In the list Enter Open the patient"; !strings.Contains(text, want) {
		t.Errorf("%q is not on the sheet:\n%s", want, text)
	}
}

func matrix(rows int) report.Table {
	table := report.Table{Title: "Policy", Intro: []string{"Who may do what."}, Notes: []string{"The last line."},
		Columns: []report.Column{{Title: "Action"}, {Title: "Doctor", Align: report.Centre}, {Title: "Dose", Align: report.Right}}}
	for i := range rows {
		if i%10 == 0 {
			table.Rows = append(table.Rows, report.Row{Group: fmt.Sprint("Group ", i/10)})
		}
		table.Rows = append(table.Rows, report.Row{Cells: []string{fmt.Sprint("Action ", i), "yes", "4.80"}})
	}
	return table
}

func TestALongTableTurnsItsPages(t *testing.T) {
	pages := read(t, printed(t, matrix(100), frame))
	if len(pages) < 3 {
		t.Fatalf("%d pages", len(pages))
	}
	next := 0
	for n, page := range pages {
		lines := strings.Split(strings.TrimSpace(page), "\n")
		if !strings.Contains(page, "Action") || !strings.Contains(page, "Doctor") || !strings.Contains(lines[0], "St. Anna") {
			t.Errorf("page %d has no heads:\n%s", n+1, page)
		}
		if last := words(lines[len(lines)-1]); last != fmt.Sprintf("Printed by Nikolaos Παπαδόπουλος, 24 Nov 2026, 14:05 Page %d of %d", n+1, len(pages)) {
			t.Errorf("page %d ends with %q", n+1, last)
		}
		body := lines[:len(lines)-1]
		for len(body) > 0 && strings.TrimSpace(body[len(body)-1]) == "" {
			body = body[:len(body)-1]
		}
		if strings.HasPrefix(strings.TrimSpace(body[len(body)-1]), "Group") {
			t.Errorf("page %d ends with a heading", n+1)
		}
		for ; strings.Contains(words(page)+" ", fmt.Sprintf("Action %d yes 4.80 ", next)); next++ {
		}
	}
	if next != 100 || !strings.Contains(pages[len(pages)-1], "The last line.") {
		t.Errorf("row %d is missing, or the note", next)
	}
}

func TestARowLongerThanAPageLosesNothing(t *testing.T) {
	table := report.Table{Columns: []report.Column{{Title: "Name"}, {Title: "Text"}}}
	var text strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&text, "w%d ", i)
	}
	table.Rows = []report.Row{{Cells: []string{"Ann", text.String()}}, {Cells: []string{"Bob"}}, {Cells: []string{"Cy", "x", "one cell too many"}}}
	all := words(strings.Join(read(t, printed(t, table, frame)), " ")) + " "
	for i := range 3000 {
		if !strings.Contains(all, fmt.Sprintf(" w%d ", i)) {
			t.Fatalf("w%d is lost", i)
		}
	}
}

func TestNamesStandOnPaper(t *testing.T) {
	sixty := strings.Repeat("Uvuvwevwevwe", 5)
	names := []string{"Müller, Zoë", "Łódź Ğünş", "Παπαδόπουλος, Γιώργος", "Достоевский, Фёдор", "Nguyễn Thị Ánh", "O’Brien–Smith", sixty, "SpO₂ 95 % 10 µg 37 °C"}
	table := report.Table{Columns: []report.Column{{Title: "Name"}}}
	for _, name := range names {
		table.Rows = append(table.Rows, report.Row{Cells: []string{name}})
	}
	r := printed(t, table, frame)
	if r.Missing != nil {
		t.Errorf("missing: %q", r.Missing)
	}
	text := words(strings.Join(read(t, r), " "))
	for _, name := range names {
		if !strings.Contains(text, name) {
			t.Errorf("%q is not on paper:\n%s", name, text)
		}
	}
}

// TestWhatCannotBePrintedIsSaid: the library would drop these in silence, or fail on them, or turn the digits around.
func TestWhatCannotBePrintedIsSaid(t *testing.T) {
	hard := []string{"王小明", "😀 Ann", "𠮷野家", "שלום 123", "علي", "अंजलि", "bad\xffbytes", "Smith\ufffd"}
	table := report.Table{Title: "Ward 2", Columns: []report.Column{{Title: "Name"}}}
	for _, name := range append(hard, "Smith", "Temp ≥ 38 → call", "\u202eSm\u200bith\x00") {
		table.Rows = append(table.Rows, report.Row{Cells: []string{name}})
	}
	r := printed(t, table, frame)
	if !reflect.DeepEqual(r.Missing, hard) {
		t.Errorf("missing: %q, want %q", r.Missing, hard)
	}
	text := words(read(t, r)[0])
	for _, want := range []string{"��� � Ann", "���� 123", "bad�bytes", "Smith� Smith", "Temp >= 38 -> call Smith"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on paper:\n%s", want, text)
		}
	}
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	for name, d := range map[string]report.Document{
		"recovery": report.RecoverySheet{Key: key, Made: frame.At}, "table": matrix(60), "empty": report.Table{},
		"password": report.TemporaryPassword{Name: "Жуковская", SignIn: "a", Password: "b"}} {
		first := printed(t, d, frame)
		for range 5 {
			if again := printed(t, d, frame); !bytes.Equal(first.PDF, again.PDF) {
				t.Fatalf("%s: other bytes the second time", name)
			}
		}
	}
}

func TestADocumentIsInTheReadersLanguageAndTime(t *testing.T) {
	f := frame
	f.Zone = time.FixedZone("", 13*3600)
	f.Words = func(text term.Text) string {
		if german := map[string]string{"report.keys.title": "Tasten", "term.month.nov": "Nov."}[text.Key]; german != "" {
			return german
		}
		return text.String()
	}
	text := read(t, printed(t, report.KeySheet{}, f))[0]
	if !strings.Contains(text, "Tasten") || !strings.Contains(text, "25 Nov. 2026, 03:05") {
		t.Errorf("%s", text)
	}
}

func TestFaultsAreErrors(t *testing.T) {
	f := frame
	f.Words = func(term.Text) string { panic("a fault") }
	for name, try := range map[string]func() (report.Result, error){
		"a panic": func() (report.Result, error) { return report.KeySheet{}.PDF(f) },
		"no time": func() (report.Result, error) { return matrix(1).PDF(report.Frame{}) },
	} {
		if r, err := try(); !data.Is(err, data.Internal) || r.PDF != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAnyTextMakesADocument: whatever stands in the records, it is printed and no page is lost.
func TestAnyTextMakesADocument(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringN(0, 400, -1), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
	rapid.Check(t, func(t *rapid.T) {
		f := frame
		f.Hospital, f.By, f.Paper = text.Draw(t, "hospital"), text.Draw(t, "by"), rapid.SampledFrom([]report.Paper{report.A4, report.Letter, 9}).Draw(t, "paper")
		table := report.Table{Title: text.Draw(t, "title"), Landscape: rapid.Bool().Draw(t, "landscape"), Intro: []string{text.Draw(t, "intro")}, Notes: []string{text.Draw(t, "note")}}
		for range rapid.IntRange(0, 7).Draw(t, "columns") {
			table.Columns = append(table.Columns, report.Column{Title: text.Draw(t, "column"), Align: report.Align(rapid.IntRange(0, 4).Draw(t, "align"))})
		}
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			table.Rows = append(table.Rows, report.Row{Group: rapid.SampledFrom([]string{"", text.Draw(t, "group")}).Draw(t, "grouped"), Cells: rapid.SliceOfN(text, 0, 9).Draw(t, "cells")})
		}
		r, err := table.PDF(f)
		if err != nil || r.Pages < 1 || !bytes.HasPrefix(r.PDF, []byte("%PDF-")) {
			t.Fatalf("%v, %d pages", err, r.Pages)
		}
	})
}
