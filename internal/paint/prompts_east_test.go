package paint

import (
	"reflect"
	"testing"
)

// TestEastPrompts reads what people would type in Czech, Polish, Ukrainian,
// Romanian, Hungarian and Turkish.
func TestEastPrompts(t *testing.T) {
	t.Parallel()
	one := func(id, rel string) actor { return actor{id: id, count: 1, rel: rel} }
	foxAndLantern := []actor{one("polar-fox", ""), one("lantern", "beside")}
	childrenUnderTree := []actor{{id: "child", count: 2}, one("tree", "under")}
	redTram := []actor{{id: "tram", count: 1, colour: "ember"}}
	for _, c := range []struct {
		prompt string
		want   scene
	}{
		// Czech
		{"Polární liška vedle lucerny v zasněženém lese v noci, plakát", scene{cast: foxAndLantern, setting: "forest", hour: "night", season: "winter", style: "poster"}},
		{"Dvě děti pod velkým stromem na louce, akvarel", scene{cast: childrenUnderTree, setting: "meadow", style: "watercolour"}},
		{"Maják u moře za bouřky, linoryt", scene{cast: []actor{one("lighthouse", "")}, setting: "seaside", weather: "storm", style: "linocut"}},
		{"Červená tramvaj v deštivém městě večer, neon", scene{cast: redTram, setting: "city", hour: "dusk", weather: "rain", style: "neon"}},
		{"Babička s hrnkem čaje a kočkou v kuchyni ráno", scene{cast: []actor{one("elder", ""), one("mug", "with"), one("cat", "with")}, setting: "kitchen", hour: "morning"}},
		// Polish
		{"Lis polarny obok latarni w zaśnieżonym lesie nocą, plakat", scene{cast: foxAndLantern, setting: "forest", hour: "night", season: "winter", style: "poster"}},
		{"Dwoje dzieci pod dużym drzewem na łące o świcie, akwarela", scene{cast: childrenUnderTree, setting: "meadow", hour: "dawn", style: "watercolour"}},
		{"Czerwony tramwaj w mieście w deszczowy wieczór, sitodruk", scene{cast: redTram, setting: "city", hour: "dusk", weather: "rain", style: "screen-print"}},
		{"Trzy łabędzie na jeziorze we mgle, witraż", scene{cast: []actor{{id: "swan", count: 3}}, setting: "lake", weather: "mist", style: "stained-glass"}},
		{"Chatka w górach pod zorzą polarną, zima, wycinanka", scene{cast: []actor{one("cabin", "")}, setting: "mountains", hour: "aurora", season: "winter", style: "paper-cut"}},
		// Ukrainian
		{"Полярна лисиця біля ліхтаря в засніженому лісі вночі, плакат", scene{cast: foxAndLantern, setting: "forest", hour: "night", season: "winter", style: "poster"}},
		{"Двоє дітей під великим деревом у парку восени", scene{cast: childrenUnderTree, setting: "park", season: "autumn"}},
		{"Червоний трамвай на вулицях міста ввечері, неон", scene{cast: redTram, setting: "city", hour: "dusk", style: "neon"}},
		{"Лелека над хатою в селі на світанку, акварель", scene{cast: []actor{one("stork", ""), one("cabin", "over")}, setting: "village", hour: "dawn", style: "watercolour"}},
		{"П'ять овець на полонині в тумані, витинанка", scene{cast: []actor{{id: "sheep", count: 5}}, setting: "meadow", weather: "mist", style: "paper-cut"}},
		// Romanian
		{"O vulpe polară lângă un felinar într-o pădure înzăpezită, noaptea, afiș", scene{cast: foxAndLantern, setting: "forest", hour: "night", season: "winter", style: "poster"}},
		{"Doi copii sub un copac mare pe o pajiște, acuarelă", scene{cast: childrenUnderTree, setting: "meadow", style: "watercolour"}},
		{"Un tramvai roșu în oraș într-o seară ploioasă", scene{cast: redTram, setting: "city", hour: "dusk", weather: "rain"}},
		{"Un far pe malul mării pe furtună, linogravură", scene{cast: []actor{one("lighthouse", "")}, setting: "seaside", weather: "storm", style: "linocut"}},
		{"Bunica și o pisică neagră lângă șemineu, într-o dimineață de iarnă", scene{cast: []actor{one("elder", ""), {id: "cat", count: 1, rel: "with", colour: "ink"}}, setting: "living-room", hour: "morning", season: "winter"}},
		// Hungarian
		{"Sarki róka egy lámpás mellett a havas erdőben éjszaka, plakát", scene{cast: foxAndLantern, setting: "forest", hour: "night", season: "winter", style: "poster"}},
		{"Két gyerek egy nagy fa alatt a réten, akvarell", scene{cast: childrenUnderTree, setting: "meadow", style: "watercolour"}},
		{"Piros villamos az esős városban este, neon", scene{cast: redTram, setting: "city", hour: "dusk", weather: "rain", style: "neon"}},
		{"Három hattyú a ködös tavon hajnalban, linómetszet", scene{cast: []actor{{id: "swan", count: 3}}, setting: "lake", hour: "dawn", weather: "mist", style: "linocut"}},
		{"Nagymama egy bögre teával és egy cicával a konyhában, meghitt", scene{cast: []actor{one("elder", ""), one("mug", "with"), one("cat", "with")}, setting: "kitchen", mood: "cosy"}},
		// Turkish
		{"Karlı ormanda gece fenerin yanında bir kutup tilkisi, afiş", scene{cast: foxAndLantern, setting: "forest", hour: "night", season: "winter", style: "poster"}},
		{"Büyük bir ağacın altında iki çocuk, suluboya", scene{cast: childrenUnderTree, style: "watercolour"}},
		{"Yağmurlu bir akşam şehirde kırmızı tramvay, neon", scene{cast: redTram, setting: "city", hour: "dusk", weather: "rain", style: "neon"}},
		{"Sisli gölde üç kuğu, gün doğumunda, linol baskı", scene{cast: []actor{{id: "swan", count: 3}}, setting: "lake", hour: "dawn", weather: "mist", style: "linocut"}},
		{"Kapadokya üzerinde sıcak hava balonları, sabah, neşeli", scene{cast: []actor{{id: "balloon", count: 3}}, setting: "canyon", hour: "morning", mood: "joyful"}},
	} {
		got, _, missed := read(c.prompt)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q\n got %+v\nwant %+v", c.prompt, got, c.want)
		}
		if len(missed) > 0 {
			t.Errorf("%q missed %q", c.prompt, missed)
		}
	}
}
