package paint

import (
	"slices"
	"strconv"
)

// assembler puts meanings together into a scene.
type assembler struct {
	scene              *scene
	understood, missed []string
	count              int
	counted            bool // the last thing was given a number already
	just               bool // a thing came last, and nothing since
	colour, said       string
	rel                string
	// turned tells that the relation belongs to the thing before it, as in
	// "tree under, two children".
	turned bool
}

// take takes the next meaning in.
func (a *assembler) take(f found) {
	if f.clause {
		a.just = false
	}
	if f.lexicon == nil || f.kind == isStranger {
		a.missed = append(a.missed, f.raw)
		a.count, a.just = 0, false
		return
	}
	if f.kind == isIgnored {
		return
	}
	// Two meanings of one word are one word understood.
	if n := len(a.understood); n == 0 || a.understood[n-1] != f.raw {
		a.understood = append(a.understood, f.raw)
	}
	just := a.just
	a.just = false
	s := a.scene
	// A picture has one of each of these; a second one comes to nothing.
	first := func(field *string) {
		switch *field {
		case "":
			*field = f.id
		case f.id:
		default:
			a.miss(f.raw)
		}
	}
	switch f.kind {
	case isNumber:
		v, err := strconv.Atoi(f.id)
		if err != nil {
			return
		}
		v = clampInt(v, 1, maxCount)
		if n := len(s.cast); just && f.NumbersAfter && !a.counted && n > 0 {
			s.cast[n-1].count = v
			a.counted = true
			return
		}
		a.count = v
	case isColour:
		if n := len(s.cast); n > 0 && f.ColoursAfter && s.cast[n-1].colour == "" && subjects[s.cast[n-1].id].dyes {
			s.cast[n-1].colour = f.id
			return
		}
		a.dropColour()
		a.colour, a.said = f.id, f.raw
	case isRelation:
		a.relation(f)
	case isSubject:
		a.subject(f)
	case isSetting:
		first(&s.setting)
		a.dropColour()
		a.rel, a.turned, a.count = "", false, 0
	case isHour:
		first(&s.hour)
		a.rel = ""
	case isWeather:
		first(&s.weather)
	case isSeason:
		first(&s.season)
	case isStyle:
		first(&s.style)
	case isMood:
		first(&s.mood)
	}
}

// end settles what was still open when the words ran out.
func (a *assembler) end() { a.dropColour() }

// miss takes a word back that was understood but comes to nothing.
func (a *assembler) miss(word string) {
	a.missed = append(a.missed, word)
	if i := slices.Index(a.understood, word); i >= 0 {
		a.understood = slices.Delete(a.understood, i, i+1)
	}
}

// dropColour gives up a colour that nothing in the picture takes.
func (a *assembler) dropColour() {
	if a.colour != "" {
		a.miss(a.said)
	}
	a.colour, a.said = "", ""
}

// relation notes how the next thing stands to the last, or, in a language that
// says it afterwards, the last to the one before.
func (a *assembler) relation(f found) {
	last := len(a.scene.cast) - 1
	if f.RelationsAfter && f.id != "with" {
		if last > 0 && (a.scene.cast[last].rel == "with" || a.scene.cast[last].rel == "") {
			a.scene.cast[last].rel = f.id
			return
		}
		a.turned = last == 0
	}
	a.rel = f.id
}

func (a *assembler) subject(f found) {
	s := a.scene
	n := a.count
	a.counted = n > 0
	if n == 0 {
		n = 1
		if f.many {
			n = 3
		}
	}
	if !subjects[f.id].dyes {
		a.dropColour()
	}
	who := actor{id: f.id, count: n, colour: a.colour}
	rel, turned := a.rel, a.turned
	a.count, a.colour, a.said, a.rel, a.turned = 0, "", "", "", false
	for i := range s.cast {
		if s.cast[i].id == who.id {
			s.cast[i].count = min(s.cast[i].count+n, maxCount)
			return
		}
	}
	if len(s.cast) == maxActors {
		a.miss(f.raw)
		return
	}
	a.just = true
	if turned && rel != "" && len(s.cast) > 0 {
		last := len(s.cast) - 1
		was := s.cast[last]
		who.rel, was.rel = was.rel, rel
		s.cast = append(s.cast[:last], who, was)
		return
	}
	if len(s.cast) > 0 {
		who.rel = rel
		if who.rel == "" {
			who.rel = "with"
		}
	}
	s.cast = append(s.cast, who)
}
