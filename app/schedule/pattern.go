package schedule

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"wardbook/data"
)

// Pattern is a week of sessions to begin with, for the wizard and for whoever sets hours.
type Pattern struct {
	Key  string // "mornings.afternoons"
	Text string // as ParsePattern reads it
	For  ResourceKind
}

// Patterns are the usual weeks.
var Patterns = []Pattern{
	{"day", "Mon-Fri 9-12, 14-17, 20 min", ADoctor},
	{"mornings", "Mon-Fri 8-12, 15 min", ADoctor},
	{"afternoons", "Mon-Fri 13-18, 20 min", ADoctor},
	{"long", "Mon-Thu 8-12, 13-18, Fri 8-13, 30 min", ADoctor},
	{"night", "Mon-Sun 20-32, 30 min", ADoctor},
	{"machine", "Mon-Fri 8-18, 30 min", AMachine},
	{"group", "Mon-Fri 9-12, 14-17, 60 min, 6 places", ARoom},
}

var (
	days     = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} // the week begins on Monday
	dayRange = regexp.MustCompile(`^(mon|tue|wed|thu|fri|sat|sun)(?:-(mon|tue|wed|thu|fri|sat|sun))? +(.+)$`)
	hourSpan = regexp.MustCompile(`^(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?$`)
	slotSize = regexp.MustCompile(`^(\d{1,3}) ?min$`)
	places   = regexp.MustCompile(`^(\d{1,2}) ?places?$`)
)

// ParsePattern reads hours as people write them: 'Mon-Fri 9-12, 14-17, Sat 9:30-12, 20 min, 2 places'. Hours beyond 24 are of the next day; 15 minutes and one
// place where nothing is said. Invalid on pattern names the part that can't be read.
func ParsePattern(text string) (Hours, error) {
	var h Hours
	slot, capacity := 15, 1
	var on []time.Weekday
	for part := range strings.SplitSeq(strings.ToLower(strings.ReplaceAll(text, "–", "-")), ",") {
		part = strings.Join(strings.Fields(part), " ")
		if m := dayRange.FindStringSubmatch(part); m != nil {
			on, part = dayList(m[1], m[2]), m[3]
		}
		if m := hourSpan.FindStringSubmatch(part); m != nil && len(on) > 0 {
			for _, d := range on {
				h.Shifts = append(h.Shifts, Shift{Weekday: d, From: minutes(m[1], m[2]), To: minutes(m[3], m[4])})
			}
		} else if m := slotSize.FindStringSubmatch(part); m != nil {
			slot = minutes("", m[1])
		} else if m := places.FindStringSubmatch(part); m != nil {
			capacity = minutes("", m[1])
		} else {
			return Hours{}, invalid("pattern", FieldPattern, data.Say("schedule.pattern", "'{{.Part}}' can't be read. Write hours like this: Mon-Fri 9-12, 14-17, 20 min", "Part", part))
		}
	}
	for i := range h.Shifts {
		h.Shifts[i].Slot, h.Shifts[i].Capacity = slot, capacity
	}
	return h, h.Check()
}

func minutes(hour, minute string) int {
	h, _ := strconv.Atoi(hour) // digits or nothing, by the expressions above
	m, _ := strconv.Atoi(minute)
	return h*60 + m
}

func dayList(first, last string) (on []time.Weekday) {
	if last == "" {
		last = first
	}
	at := 0
	for days[at] != first {
		at++
	}
	for {
		on = append(on, time.Weekday((at+1)%7))
		if days[at] == last {
			return on
		}
		at = (at + 1) % 7
	}
}

// ClockText is a minute of the day as the clock shows it: '09:20'; of a session past midnight '08:00'.
func ClockText(minute int) string {
	return fmt.Sprintf("%02d:%02d", minute/60%24, minute%60)
}
