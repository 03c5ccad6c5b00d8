package paint

// skyFamily holds what lives in the sky. The sky itself is painted by the
// setting, which asks the scene for these by id; draw is for those that can
// also be drawn as things.
var skyFamily = []subject{
	{id: "moon", one: "the moon", many: "moons", tall: 20, wide: 1, share: 0.17, foot: inSky, home: "mountains", draw: drawNothing},
	{id: "sun", one: "the sun", many: "suns", tall: 20, wide: 1, share: 0.17, foot: inSky, home: "seaside", draw: drawNothing},
	{id: "stars", one: "stars", many: "stars", tall: 1, wide: 1, share: 0.1, foot: inSky, home: "mountains", draw: drawNothing},
	{id: "comet", one: "a comet", many: "comets", tall: 6, wide: 2, share: 0.1, foot: inSky, home: "mountains", draw: drawNothing},
	{id: "aurora", one: "the northern lights", many: "northern lights", tall: 6, wide: 2, share: 0.1, foot: inSky, home: "lake", draw: drawNothing},
	{id: "rainbow", season: "summer", one: "a rainbow", many: "rainbows", tall: 6, wide: 2, share: 0.1, foot: inSky, home: "meadow", draw: drawNothing},
	{id: "planet", one: "a ringed planet", many: "planets", tall: 20, wide: 2, share: 0.15, foot: inSky, home: "hilltop", draw: drawNothing},
	{id: "cloud", one: "a big cloud", many: "clouds", tall: 8, wide: 2, share: 0.15, foot: inSky, home: "meadow", draw: drawNothing},
	{id: "fireworks", one: "fireworks", many: "fireworks", tall: 6, wide: 2, share: 0.1, foot: inSky, home: "city", draw: drawNothing},
}

func drawNothing(*pen) {}
