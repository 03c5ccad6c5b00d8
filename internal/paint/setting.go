package paint

// setting is a place: its far layers, its ground and its near edge.
type setting struct {
	id         string
	view       string // the place as a thing: "a forest"
	phrase     string // where something is: "in a forest"
	snowPhrase string // the same in winter
	horizon    [2]float64
	snows      bool
	wild       bool                 // a train brings its own track here
	indoors    bool                 // the weather stays outside
	drifts     bool                 // feet sink into soft snow
	frozen     bool                 // snow lies here in any season
	room       bool                 // walls all around: no weather comes in
	season     string               // the one it suggests when none is asked for
	soil       func(p palette) tint // the bare ground, where it isn't grass
	back       func(st *stage)
	ground     func(st *stage)
	near       func(st *stage)
	// company is who may stand here when nobody is asked for.
	company []string
	frame   string // what leans in from the sides: firs, branches, eaves, none
}

var settings = func() map[string]setting {
	all := map[string]setting{}
	for _, family := range [][]setting{landSettings, waterSettings, townSettings, warmSettings, shoreSettings, parkSettings, roomSettings} {
		for _, s := range family {
			if s.near == nil {
				s.near = (*stage).nearBank
			}
			all[s.id] = s
		}
	}
	return all
}()
