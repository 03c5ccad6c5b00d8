package paint

// scene is a prompt understood: what is to be painted, in the painter's words.
type scene struct {
	cast    []actor
	setting string
	hour    string
	weather string
	season  string
	style   string
	mood    string
}

// actor is a subject with its number and its place beside the others.
type actor struct {
	id    string
	count int
	// rel says how it stands to the actor before it: "" for the focus,
	// "beside", "under", "over", "before", "behind", "on" or "with".
	rel string
	// colour is a colour asked for by name, or empty.
	colour string
}

func (s scene) has(id string) bool {
	for _, a := range s.cast {
		if a.id == id {
			return true
		}
	}
	return false
}
