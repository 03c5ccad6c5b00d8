package paint

// build sets up all sheets, back to front.
func (st *stage) build() {
	c := st.chance("plan")
	set := settings[st.setting]
	st.horizon = c.in(set.horizon[0], set.horizon[1])
	st.crest = 0.795
	for _, a := range st.calm {
		// A quiet band at the foot is the near ground itself.
		if a.W > 0.6 && a.Y+a.H > 0.95 {
			st.crest = clamp(a.Y-0.02, 0.62, 0.84)
		}
	}
	if st.horizon > st.crest-0.12 {
		st.horizon = st.crest - 0.12
	}
	third := 1.0 / 3
	if c.yes(0.5) {
		third = 2.0 / 3
	}
	st.focusX = st.aspect * (third + c.in(-0.035, 0.035))
	if st.aspect < 0.8 {
		st.focusX = st.aspect * (0.5 + (third-0.5)*0.55 + c.in(-0.03, 0.03))
	}
	if mirrored := st.aspect - st.focusX; st.calmAt(st.focusX, st.crest-0.15) && !st.calmAt(mirrored, st.crest-0.15) {
		st.focusX = mirrored
	}
	st.focusY = st.crest + 0.014
	st.ledge = st.onLedge()
	st.pale = subjects[st.lead()].pale
	st.drifts = set.drifts

	st.paintSky()
	set.back(st)
	st.paintAirborne()
	set.ground(st)
	st.paintCast(set)
	st.paintFrame(set)
	if !set.indoors && !set.room {
		st.paintWeather()
	}
}

// onLedge tells whether the focus is a small thing seen from close by.
func (st *stage) onLedge() bool {
	for _, a := range st.cast {
		if subjects[a.id].foot != inSky {
			return subjects[a.id].foot == onLedge
		}
	}
	return false
}
