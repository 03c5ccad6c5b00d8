package paint

import (
	"slices"
	"testing"
)

// TestNorthwestPrompts reads what people would type in Danish, Norwegian,
// Swedish, Finnish, Dutch, Italian and Portuguese.
func TestNorthwestPrompts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		prompt                                string
		subjects                              []string
		setting, hour, weather, season, style string
	}{
		// Danish
		{"En polarræv ved siden af en lanterne i en sneklædt skov om natten, plakat", []string{"polar-fox", "lantern"}, "forest", "night", "", "winter", "poster"},
		{"To børn under et stort træ i haven om morgenen", []string{"child", "tree"}, "garden", "morning", "", "", ""},
		{"Et fyrtårn ved havet i stormvejr, akvarel", []string{"lighthouse"}, "seaside", "", "storm", "", "watercolour"},
		{"En rød sporvogn i byen en regnfuld aften, neon", []string{"tram"}, "city", "dusk", "rain", "", "neon"},
		{"Tre svaner på en sø i tåge ved solopgang, linoleumssnit", []string{"swan"}, "lake", "dawn", "mist", "", "linocut"},
		// Norwegian
		{"En fjellrev under nordlyset på vidda, linosnitt", []string{"polar-fox"}, "mountains", "aurora", "", "", "linocut"},
		{"Ei lita hytte ved fjorden en stjerneklar natt om vinteren", []string{"cabin"}, "fjord", "starry", "", "winter", ""},
		{"To elger ved et tjern i tåke ved soloppgang, akvarell", []string{"reindeer"}, "lake", "dawn", "mist", "", "watercolour"},
		{"Gutten og hunden hans i snøvær på torget, papirklipp", []string{"child", "dog"}, "market", "", "snow", "", "paper-cut"},
		{"En blå seilbåt i havna i den gylne timen", []string{"sailing-boat"}, "harbour", "golden", "", "", ""},
		// Swedish
		{"En fjällräv bredvid en lykta i en snöig skog på natten, affisch", []string{"polar-fox", "lantern"}, "forest", "night", "", "winter", "poster"},
		{"Två älgar vid sjön i morgondimma, akvarell", []string{"reindeer"}, "lake", "morning", "mist", "", "watercolour"},
		{"En röd stuga på en ö i skymningen, linoleumsnitt", []string{"cabin"}, "island", "dusk", "", "", "linocut"},
		{"Skridskoåkare på den frusna floden under stjärnorna", []string{"skater"}, "river", "starry", "", "winter", ""},
		{"Mormor med en kopp kaffe i köket på morgonen", []string{"elder", "mug"}, "kitchen", "morning", "", "", ""},
		// Finnish
		{"Naali lyhdyn vieressä lumisessa metsässä yöllä, juliste", []string{"polar-fox", "lantern"}, "forest", "night", "", "winter", "poster"},
		{"Kaksi lasta ison puun alla puistossa syksyllä", []string{"child", "tree"}, "park", "", "", "autumn", ""},
		{"Punainen mökki järven rannalla auringonlaskun aikaan, vesiväri", []string{"cabin"}, "lake", "dusk", "", "", "watercolour"},
		{"Poroja tunturissa revontulten alla", []string{"reindeer"}, "mountains", "aurora", "", "", ""},
		{"Mummo ja kissa keittiössä sateisena iltana", []string{"elder", "cat"}, "kitchen", "dusk", "rain", "", ""},
		// Dutch
		{"Een poolvos naast een lantaarn in een besneeuwd bos bij nacht, posterstijl", []string{"polar-fox", "lantern"}, "forest", "night", "", "winter", "poster"},
		{"Twee kinderen schaatsen op een bevroren gracht", []string{"child", "skater"}, "canal", "", "", "winter", ""},
		{"Een oude molen in de polder onder een bewolkte hemel, aquarel", []string{"windmill"}, "meadow", "", "cloudy", "", "watercolour"},
		{"Een fietsje tegen een brug in de mist 's ochtends vroeg", []string{"bicycle", "bridge"}, "", "morning", "mist", "", ""},
		{"Luchtballonnen boven de tulpen in het gouden uur, linosnede", []string{"balloon", "flower"}, "", "golden", "", "", "linocut"},
		// Italian
		{"Una volpe artica accanto a una lanterna in un bosco innevato di notte, stile manifesto", []string{"polar-fox", "lantern"}, "forest", "night", "", "winter", "poster"},
		{"Due bambini sotto un grande albero in giardino", []string{"child", "tree"}, "garden", "", "", "", ""},
		{"Una barca a vela nel porto all'alba con la nebbia, acquerello", []string{"sailing-boat"}, "harbour", "dawn", "mist", "", "watercolour"},
		{"Un tram rosso sotto la pioggia in città di sera, luci al neon", []string{"tram"}, "city", "dusk", "rain", "", "neon"},
		{"La nonna con un gattino davanti al caminetto a Natale", []string{"elder", "cat"}, "living-room", "", "", "winter", ""},
		// Portuguese, of Brazil and of Portugal
		{"Uma raposa polar ao lado de uma lanterna numa floresta nevada à noite, cartaz", []string{"polar-fox", "lantern"}, "forest", "night", "", "winter", "poster"},
		{"Duas crianças debaixo de uma árvore grande no parque", []string{"child", "tree"}, "park", "", "", "", ""},
		{"Um bonde amarelo numa rua da cidade ao pôr do sol, aquarela", []string{"tram"}, "city", "dusk", "", "", "watercolour"},
		{"Um comboio a vapor na serra com nevoeiro, linogravura", []string{"train"}, "mountains", "", "mist", "", "linocut"},
		{"Três golfinhos no mar sob um céu estrelado, estilo vitral", []string{"dolphin"}, "seaside", "starry", "", "", "stained-glass"},
	} {
		got, _, missed := read(c.prompt)
		var cast []string
		for _, a := range got.cast {
			cast = append(cast, a.id)
		}
		if !slices.Equal(cast, c.subjects) || got.setting != c.setting || got.hour != c.hour || got.weather != c.weather || got.season != c.season || got.style != c.style {
			t.Errorf("%q\n got %+v\nwant %+v", c.prompt, got, c)
		}
		if len(missed) > 0 {
			t.Errorf("%q missed %q", c.prompt, missed)
		}
	}
}
