package ward

import (
	"strconv"

	"wardbook/data"
)

// Template is a ward that many hospitals have, to begin with.
type Template struct {
	Says data.Message
	// Plan makes one under a name, its rooms numbered from first on.
	Plan func(name string, first int) Plan
}

// Templates are the choices of the first-run wizard and of whoever adds a ward.
func Templates() []Template {
	return []Template{
		{data.Say("ward.template.usual", "Ward with 6 rooms of 2 to 4 beds, one of them for isolation"), usual},
		{data.Say("ward.template.small", "Small ward with 4 rooms of 2 beds"), func(name string, first int) Plan {
			return numbered(name, first, two(), two(), two(), two())
		}},
		{data.Say("ward.template.intensive", "Intensive care with 6 monitored beds in 4 rooms"), func(name string, first int) Plan {
			return numbered(name, first, watched(2), watched(2), watched(1), watched(1))
		}},
		{data.Say("ward.template.maternity", "Maternity with 4 rooms of 2 beds"), func(name string, first int) Plan {
			return numbered(name, first, births(), births(), births(), births())
		}},
		{data.Say("ward.template.day", "Day ward with one room of 8 beds"), func(name string, first int) Plan {
			return numbered(name, first, RoomPlan{Room{Kind: DayRoom}, 8})
		}},
	}
}

func usual(name string, first int) Plan {
	return numbered(name, first, RoomPlan{Room{Sex: Women}, 4}, RoomPlan{Room{Sex: Men}, 4}, RoomPlan{Room{Sex: Women}, 3}, RoomPlan{Room{Sex: Men}, 3},
		two(), RoomPlan{Room{Isolation: true}, 2})
}

func two() RoomPlan    { return RoomPlan{Room{}, 2} }
func births() RoomPlan { return RoomPlan{Room{Kind: Maternity, Sex: Women}, 2} }
func watched(count int) RoomPlan {
	return RoomPlan{Room{Kind: Intensive, Monitoring: true, Isolation: count == 1}, count}
}

// numbered gives rooms their numbers.
func numbered(name string, first int, plans ...RoomPlan) Plan {
	for i := range plans {
		plans[i].Name = strconv.Itoa(first + i)
	}
	return Plan{Ward{Name: name}, plans}
}

// DemoPlans are the wards of the demonstration: 4 wards, 24 rooms, 60 beds.
func DemoPlans() []Plan {
	single := RoomPlan{Room{Isolation: true}, 1}
	women, men := RoomPlan{Room{Sex: Women}, 4}, RoomPlan{Room{Sex: Men}, 4}
	three := RoomPlan{Room{}, 3}
	monitored := RoomPlan{Room{Monitoring: true}, 2}
	plans := []Plan{
		numbered("Ward 1 Medicine", 101, women, men, three, two(), monitored, single, single),                                                              // 17
		numbered("Ward 2 Surgery", 201, women, men, three, three, two(), two(), single),                                                                    // 19
		numbered("Ward 3 Maternity and children", 301, births(), births(), births(), RoomPlan{Room{Kind: Children}, 4}, RoomPlan{Room{Kind: Children}, 3}), // 13
		numbered("Ward 4 Intensive and day care", 401, watched(2), watched(2), watched(1), watched(1), RoomPlan{Room{Kind: DayRoom}, 5}),                   // 11
	}
	for i, note := range []string{"First floor, left", "First floor, right", "Second floor", "Ground floor, beside the theatres"} {
		plans[i].Note = note
	}
	return plans
}
