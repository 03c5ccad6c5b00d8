package paint

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func vocabularyOf(t *testing.T, language string) vocabulary {
	t.Helper()
	data, err := wordFiles.ReadFile("words/" + language + ".json")
	if err != nil {
		t.Fatal(err)
	}
	v, err := parseVocabulary(data)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

var languages = []string{"en", "de", "es", "fr", "ja", "ar"}

func ids[T any](m map[string]T) map[string]bool {
	out := map[string]bool{}
	for id := range m {
		out[id] = true
	}
	return out
}

func TestEveryVocabularyKnowsEverything(t *testing.T) {
	t.Parallel()
	hours, weathers, looks := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, l := range lights {
		hours[l.id] = true
	}
	for _, w := range weatherIDs {
		weathers[w] = true
	}
	for _, s := range styles {
		looks[s.id] = true
	}
	for _, language := range languages {
		v := vocabularyOf(t, language)
		for what, pair := range map[string][2]map[string]bool{
			"subjects": {ids(v.Subjects), ids(subjects)},
			"settings": {ids(v.Settings), ids(settings)},
			"hours":    {ids(v.Hours), hours},
			"weathers": {ids(v.Weathers), weathers},
			"styles":   {ids(v.Styles), looks},
		} {
			if !reflect.DeepEqual(pair[0], pair[1]) {
				for id := range pair[1] {
					if !pair[0][id] {
						t.Errorf("%s has no %s word for %s", language, what, id)
					}
				}
				for id := range pair[0] {
					if !pair[1][id] {
						t.Errorf("%s has %s words for %s, which the painter doesn't know", language, what, id)
					}
				}
			}
		}
	}
}

// TestEveryWordResolves reads each form of each vocabulary on its own: it must
// be understood as what it stands for, with nothing missed. A form that another
// language claims for something else is told apart by its neighbours, so here
// it is looked up in its own language.
func TestEveryWordResolves(t *testing.T) {
	t.Parallel()
	for _, language := range languages {
		var l *lexicon
		for _, x := range lexicons {
			if x.language == language {
				l = x
			}
		}
		if l == nil {
			t.Fatalf("no lexicon for %s", language)
		}
		for k, group := range vocabularyOf(t, language).groups() {
			seen := map[string]string{}
			for id, forms := range group {
				if k != isIgnored && len(forms) == 0 {
					t.Errorf("%s: nothing means %s", language, id)
				}
				for _, form := range forms {
					key := fold(strings.TrimSuffix(form, "+"))
					m, ok := l.forms[key]
					if !ok {
						t.Errorf("%s: %q is not in the lexicon", language, form)
						continue
					}
					if was, twice := seen[key]; twice && was != id {
						t.Errorf("%s: %q means both %s and %s", language, form, was, id)
					}
					seen[key] = id
					if m.kind == k && m.id != id {
						t.Errorf("%s: %q gave %s, want %s", language, form, m.id, id)
					}
					if k == isColour {
						continue // a colour of nothing is missed, as it should be
					}
					_, _, missed := read(strings.TrimSuffix(form, "+"))
					if len(missed) > 0 {
						t.Errorf("%s: %q missed %q", language, form, missed)
					}
				}
			}
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	fox := []actor{{id: "polar-fox", count: 1}, {id: "lantern", count: 1, rel: "beside"}}
	for _, c := range []struct {
		prompt string
		want   scene
		missed []string
	}{
		{"A polar fox beside a lantern in a snowy forest at night, poster style", scene{cast: fox, setting: "forest", hour: "night", season: "winter", style: "poster"}, nil},
		{"Ein Polarfuchs neben einer Laterne im verschneiten Wald bei Nacht, Linolschnitt", scene{cast: fox, setting: "forest", hour: "night", season: "winter", style: "linocut"}, nil},
		{"Un zorro polar junto a un farol en un bosque nevado de noche, acuarela", scene{cast: fox, setting: "forest", hour: "night", season: "winter", style: "watercolour"}, nil},
		{"Un renard polaire à côté d'une lanterne dans une forêt enneigée la nuit, vitrail", scene{cast: fox, setting: "forest", hour: "night", season: "winter", style: "stained-glass"}, nil},
		{"夜の雪の森でランタンのそばの北極ギツネ、ポスター", scene{cast: fox, setting: "forest", hour: "night", season: "winter", style: "poster"}, nil},
		{"ثعلب قطبي بجانب فانوس في غابة ثلجية ليلاً", scene{cast: fox, setting: "forest", hour: "night", season: "winter"}, nil},
		{"two children under a big tree", scene{cast: []actor{{id: "child", count: 2}, {id: "tree", count: 1, rel: "under"}}}, nil},
		{"大きな木の下の二人の子供", scene{cast: []actor{{id: "child", count: 2}, {id: "tree", count: 1, rel: "under"}}}, nil},
		{"zwei Kinder unter einem großen Baum", scene{cast: []actor{{id: "child", count: 2}, {id: "tree", count: 1, rel: "under"}}}, nil},
		{"a red tram and foxes", scene{cast: []actor{{id: "tram", count: 1, colour: "ember"}, {id: "fox", count: 3, rel: "with"}}}, nil},
		{"a raindeer in the mountans", scene{cast: []actor{{id: "reindeer", count: 1}}, setting: "mountains"}, nil},
		{"a purple tram and a green swan", scene{cast: []actor{{id: "tram", count: 1}, {id: "swan", count: 1, rel: "with"}}}, []string{"purple", "green"}},
		{"a fox by a lake in the desert at night and noon", scene{cast: []actor{{id: "fox", count: 1}}, setting: "lake", hour: "night"}, []string{"desert", "noon"}},
		{"un tranvía rojo en la ciudad", scene{cast: []actor{{id: "tram", count: 1, colour: "ember"}}, setting: "city"}, nil},
		{"un chat noir", scene{cast: []actor{{id: "cat", count: 1, colour: "ink"}}}, nil},
		{"an unicorn wearing sunglasses", scene{}, []string{"unicorn", "wearing", "sunglasses"}},
		{"🦊 owl", scene{cast: []actor{{id: "owl", count: 1}}}, []string{"🦊"}},
		{"", scene{}, nil},
	} {
		got, _, missed := read(c.prompt)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q\n got %+v\nwant %+v", c.prompt, got, c.want)
		}
		if !reflect.DeepEqual(missed, c.missed) {
			t.Errorf("%q missed %q, want %q", c.prompt, missed, c.missed)
		}
	}
}

func TestReadNeverDropsAWord(t *testing.T) {
	t.Parallel()
	_, understood, missed := read("a glorbix beside a fox under zanthum")
	all := strings.Join(append(understood, missed...), " ")
	for _, w := range []string{"glorbix", "beside", "fox", "under", "zanthum"} {
		if !strings.Contains(all, w) {
			t.Errorf("%q is in neither list", w)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"a polar fox", "夜の森", "ثعلب قطبي بجانب فانوس", "zwei Füchse", "l'ours", "\xff\xfe", "9999999999999999999 owls", "木木木木木", "🦊‍🦊", strings.Repeat("é", 900), "ﷺ ǆ ẞ", "のそばのそば狐のそば"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, prompt string) {
		sc, understood, missed := read(prompt)
		if len(sc.cast) > maxActors {
			t.Errorf("%d actors", len(sc.cast))
		}
		for _, a := range sc.cast {
			if _, ok := subjects[a.id]; !ok || a.count < 1 || a.count > maxCount {
				t.Errorf("actor %+v", a)
			}
		}
		if sc.setting != "" {
			if _, ok := settings[sc.setting]; !ok {
				t.Errorf("setting %q", sc.setting)
			}
		}
		if sc.hour != "" {
			if _, ok := lightByID(sc.hour); !ok {
				t.Errorf("hour %q", sc.hour)
			}
		}
		if len(understood)+len(missed) > MaxPrompt+1 {
			t.Errorf("%d words out of %d characters", len(understood)+len(missed), utf8.RuneCountInString(prompt))
		}
		again, _, _ := read(prompt)
		if !reflect.DeepEqual(sc, again) {
			t.Error("the same words were understood in two ways")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	long := strings.Repeat("raindeeer besidde a lanternn ", 20)
	for b.Loop() {
		read(long)
	}
}
