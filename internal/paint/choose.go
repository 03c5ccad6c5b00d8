package paint

// complete makes every choice that the prompt left open.
func (st *stage) complete(c chance) {
	if st.setting == "" {
		for _, a := range st.cast {
			if h := subjects[a.id].home; h != "" && subjects[a.id].foot != inSky {
				st.setting = h
				break
			}
		}
	}
	if st.setting == "" {
		st.setting = pick(c, "forest", "mountains", "lake", "village", "city", "river", "harbour")
		if len(st.cast) > 0 {
			st.setting = pick(c, "mountains", "lake", "forest", "village")
		}
	}
	if st.lead() == "" && !st.flying() {
		// A place alone gets someone to look at; what shines above it stays.
		st.cast = append(defaultCast(c, st.setting), st.cast...)
	}
	if st.hour == "" {
		st.hour = lightFor(c, st.scene)
	}
	if st.season == "" {
		st.season = st.seasonFor()
	}
	if st.weather == "" && st.season == "winter" && settings[st.setting].snows && c.yes(0.35) {
		st.weather = "snow"
	}
	if st.style == "" {
		st.style = pick(c, "poster", "poster", "paper-cut")
	}
}

// flying tells whether something in the air is the focus.
func (st *stage) flying() bool {
	for _, a := range st.cast {
		if subjects[a.id].foot == inAir {
			return true
		}
	}
	return false
}

// seasonFor is the season that weather, cast and place suggest; where nothing
// does it is winter.
func (st *stage) seasonFor() string {
	if st.weather == "snow" {
		return "winter"
	}
	for _, a := range st.cast {
		if s := subjects[a.id].season; s != "" {
			return s
		}
	}
	if s := settings[st.setting].season; s != "" {
		return s
	}
	if st.weather == "rain" || st.weather == "storm" {
		return "autumn"
	}
	return "winter"
}

func pick(c chance, of ...string) string { return of[c.IntN(len(of))] }

// lightFor chooses an hour that suits mood and cast.
func lightFor(c chance, s scene) string {
	switch {
	case s.has("aurora"):
		return "aurora"
	case s.has("stars") && !s.has("moon"), s.has("planet"):
		return "starry"
	case s.has("moon") || s.has("comet") || s.has("fireworks"):
		return "night"
	case s.has("rainbow"):
		return "noon"
	case s.has("sun"):
		return "golden"
	}
	switch s.weather {
	case "storm":
		return pick(c, "dusk", "noon", "night")
	case "cloudy":
		return pick(c, "noon", "morning", "dusk", "dawn")
	case "rain":
		return pick(c, "dusk", "noon", "dusk", "dawn")
	case "mist":
		return pick(c, "dawn", "dawn", "golden", "dusk", "noon")
	}
	switch s.mood {
	case "cosy", "magical":
		return pick(c, "dusk", "night", "dusk", "starry", "aurora")
	case "joyful":
		return pick(c, "noon", "golden", "morning")
	case "calm":
		return pick(c, "dawn", "morning", "starry", "golden")
	case "wild":
		return pick(c, "dusk", "aurora", "golden")
	}
	return pick(c, "dawn", "morning", "noon", "golden", "dusk", "night", "dusk", "starry", "aurora")
}

// defaultCast gives an empty prompt something worth looking at.
func defaultCast(c chance, setting string) []actor {
	switch setting {
	case "forest":
		return []actor{{id: pick(c, "polar-fox", "reindeer", "cabin", "owl"), count: 1}}
	case "mountains":
		return []actor{{id: pick(c, "balloon", "skier", "cabin", "reindeer"), count: 1}}
	case "lake":
		return []actor{{id: pick(c, "swan", "cabin", "polar-fox"), count: 1}}
	case "village":
		return []actor{{id: pick(c, "church", "van", "snowman", "child"), count: 1}}
	case "city":
		return []actor{{id: pick(c, "tram", "couple", "street-lamp"), count: 1}}
	case "river":
		return []actor{{id: "skater", count: 2 + c.IntN(2)}}
	case "harbour", "seaside":
		return []actor{{id: pick(c, "lighthouse", "sailing-boat"), count: 1}}
	case "market":
		return []actor{{id: pick(c, "stall", "family", "couple"), count: 1}}
	case "meadow":
		return []actor{{id: pick(c, "tree", "horse", "windmill", "sledge"), count: 1}}
	case "garden":
		return []actor{{id: pick(c, "robin", "hare", "snowman"), count: 1}}
	case "desert":
		return []actor{{id: "camel", count: 1 + c.IntN(3)}}
	case "railway":
		return []actor{{id: "train", count: 1}}
	case "window":
		return []actor{{id: pick(c, "cat", "candle", "mug"), count: 1}}
	case "hilltop":
		return []actor{{id: pick(c, "tree", "reindeer", "tent"), count: 1}}
	}
	if who := settings[setting].company; len(who) > 0 {
		return []actor{{id: pick(c, who...), count: 1}}
	}
	return nil
}
