package kit_test

import (
	"image"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

const longName = "Wolfeschlegelsteinhausenbergerdorff Bartholomew Maximilian Xa"

func annSmith() kit.Banner {
	return kit.Banner{Name: "Ann Smith", Age: "55 years", Born: "3 Feb 1971", Sex: "female", MRN: "100 023 7", Where: "Ward 2, room 3, bed B"}
}

func bannerOn(t *testing.T, b kit.Banner, percent int, size fyne.Size) (fyne.Window, *kit.PatientBanner) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, percent))
	banner := kit.NewPatientBanner(b)
	w := test.NewTempWindow(t, kit.UnderBanner(banner, widget.NewLabel("content")))
	w.Resize(size)
	return w, banner
}

func TestTheBannerSaysWhoThePatientIs(t *testing.T) {
	w, _ := bannerOn(t, annSmith(), 100, fyne.NewSize(900, 500))
	for _, text := range []string{"Ann Smith", "55 years", "born 3 Feb 1971", "female", "MRN 100 023 7", "Ward 2, room 3, bed B"} {
		if !says(w, text) {
			t.Errorf("%q is missing", text)
		}
	}
	for _, secret := range []string{"llerg", "NEWS2", "CONFIDENTIAL", "name like"} {
		if says(w, secret) {
			t.Errorf("%q stands on the desk's banner", secret)
		}
	}
}

func TestAllergiesHaveThreeDifferentStates(t *testing.T) {
	for want, line := range map[string]kit.AllergyLine{
		"ALLERGIES: penicillin, latex": {Asked: true, Known: []string{"penicillin", "latex"}},
		"No known allergies":           {Asked: true},
		"Allergies not asked":          {},
	} {
		b := annSmith()
		b.Allergies = &line
		if w, _ := bannerOn(t, b, 100, fyne.NewSize(900, 500)); !says(w, want) {
			t.Errorf("%+v: %q is missing", line, want)
		}
	}
}

func TestTheScoreSaysItsBandInWords(t *testing.T) {
	for want, line := range map[string]kit.ScoreLine{
		"NEWS2 not taken yet":      {},
		"NEWS2 8 CRITICAL, 14:05":  {Taken: true, Score: 8, Tone: kit.Critical, When: "14:05"},
		"NEWS2 5 URGENT, 14:05":    {Taken: true, Score: 5, Tone: kit.Urgent, When: "14:05"},
		"NEWS2 0, Tue 24 Nov 9:00": {Taken: true, Tone: kit.Plain, When: "Tue 24 Nov 9:00"},
	} {
		b := annSmith()
		b.NEWS2 = &line
		if w, _ := bannerOn(t, b, 100, fyne.NewSize(900, 500)); !says(w, want) {
			t.Errorf("%+v: %q is missing", line, want)
		}
	}
}

func TestWhatNobodyKnowsExactlyIsSaidSo(t *testing.T) {
	b := annSmith()
	b.Estimated = true
	w, _ := bannerOn(t, b, 100, fyne.NewSize(900, 500))
	if !says(w, "about 55 years") || !says(w, "born about 3 Feb 1971") {
		t.Errorf("shown: %v", textsOf(w))
	}
	w, _ = bannerOn(t, kit.Banner{Name: "Unknown patient 3", MRN: "9"}, 100, fyne.NewSize(900, 500))
	if !says(w, "date of birth unknown") {
		t.Errorf("shown: %v", textsOf(w))
	}
}

// TestNothingOfTheBannerIsLost: whatever the window's width and the text's size, each letter of the name and each number
// is drawn, inside the banner.
func TestNothingOfTheBannerIsLost(t *testing.T) {
	b := annSmith()
	b.Name, b.Alike, b.Confidential = longName, true, true
	b.Photo = image.NewGray(image.Rect(0, 0, 3, 4))
	b.Allergies = &kit.AllergyLine{Asked: true, Known: []string{"penicillin", "latex", "peanuts"}}
	b.NEWS2 = &kit.ScoreLine{Taken: true, Score: 8, Tone: kit.Critical, When: "14:05"}
	b.Dead = kit.Say("kittest.died", "Died 3 Mar 2026")
	for _, percent := range []int{90, 100, 200} {
		for _, width := range []float32{500, 1000, 1900} {
			w, banner := bannerOn(t, b, percent, fyne.NewSize(width, 900))
			var all strings.Builder
			for _, placed := range textsOf(w) {
				all.WriteString(placed.text)
				size := banner.Size()
				if placed.text != "content" && (placed.y < 0 || placed.y > size.Height || placed.x < 0 || placed.x > size.Width) {
					t.Errorf("%d %% in %.0f: %q at %.0f, %.0f of %v", percent, width, placed.text, placed.x, placed.y, size)
				}
			}
			drawn := strings.NewReplacer(" ", "", "…", "").Replace(all.String())
			for _, text := range []string{longName, "MRN 100 023 7", "born 3 Feb 1971", "ALLERGIES: penicillin, latex, peanuts", "NEWS2 8 CRITICAL, 14:05", "Died 3 Mar 2026"} {
				if !strings.Contains(drawn, strings.ReplaceAll(text, " ", "")) {
					t.Errorf("%d %% in %.0f: %q is not whole in %s", percent, width, text, drawn)
				}
			}
		}
	}
}

func TestTheBannerMakesRoomForItself(t *testing.T) {
	b := annSmith()
	b.Name = longName
	w, banner := bannerOn(t, b, 100, fyne.NewSize(1600, 500))
	wide := banner.Size().Height
	w.Resize(fyne.NewSize(320, 500))
	if narrow := banner.Size().Height; narrow <= wide {
		t.Errorf("%.0f high in a narrow window, %.0f in a wide one", narrow, wide)
	}
	for _, o := range test.LaidOutObjects(w.Content()) {
		if label, ok := o.(*widget.Label); ok && label.Position().Y < banner.Size().Height {
			t.Error("the content lies under the banner")
		}
	}
}
