package paint

// setting is a place: its far layers, its ground and its near edge.
type setting struct {
	id         string
	view       string // the place as a thing: "a forest"
	phrase     string // where something is: "in a forest"
	snowPhrase string // the same in winter
	horizon    [2]float64
	snows      bool
	wild       bool // a train brings its own track here
	indoors    bool // the weather stays outside
	drifts     bool // feet sink into soft snow
	back       func(st *stage)
	ground     func(st *stage)
	near       func(st *stage)
	frame      string // what leans in from the sides: firs, branches, eaves, none
}

var settings = func() map[string]setting {
	all := map[string]setting{}
	for _, family := range [][]setting{landSettings, waterSettings, townSettings} {
		for _, s := range family {
			if s.near == nil {
				s.near = (*stage).nearBank
			}
			all[s.id] = s
		}
	}
	return all
}()
