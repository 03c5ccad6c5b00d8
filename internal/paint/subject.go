package paint

import "fmt"

// footing says where a subject belongs, so that nothing floats.
type footing int

const (
	onGround footing = iota
	onLedge          // small things that want a sill, a table or a close view
	onWater
	inAir  // balloons, birds on the wing
	inSky  // moon, stars, comet: part of the sky itself
	onRail // follows a track
)

// subject is a thing the painter can draw.
type subject struct {
	id    string
	one   string  // "a polar fox"
	many  string  // "polar foxes"
	tall  float64 // metres, for the scale between subjects
	wide  float64 // width as a multiple of height
	share float64 // height as a share of the picture when it is the focus
	foot  footing
	// pale tells that most of it is near white, so that it is set against
	// something darker.
	pale bool
	// dyes tells that a colour asked for by name shows on it.
	dyes bool
	// home is the setting it suggests when none is asked for.
	home string
	// season is the one it suggests when none is asked for.
	season string
	// alive tells an animal or a person from a thing.
	alive bool
	draw  func(p *pen)
}

// subjects are registered by the family files, one file a family.
var subjects = func() map[string]subject {
	all := map[string]subject{}
	for _, family := range [][]subject{
		furFamily, birdFamily, peopleFamily, vehicleFamily, buildingFamily, plantFamily, objectFamily, skyFamily,
		wildFamily, farmFamily, folkFamily, engineFamily, landmarkFamily, bloomFamily, tableFamily, keepsakeFamily,
	} {
		for _, s := range family {
			if _, twice := all[s.id]; twice {
				panic("paint: two subjects are called " + s.id)
			}
			all[s.id] = s
		}
	}
	for _, family := range [][]subject{furFamily, birdFamily, peopleFamily, wildFamily, farmFamily, folkFamily} {
		for _, s := range family {
			s.alive = true
			all[s.id] = s
		}
	}
	return all
}()

var numerals = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}

// phrase says the subject with its number, as the alt sentence does.
func (s subject) phrase(n int) string {
	switch {
	case n <= 1:
		return s.one
	case n < len(numerals):
		return fmt.Sprintf("%s %s", numerals[n], s.many)
	}
	return s.many
}
