package main

import (
	"context"
	"fmt"
	"image"
	"maps"
	"slices"

	"marquee/internal/fingerprint"
)

// sure is from when on a match is called sure.
const sure = 0.99

// outcome counts what became of one attack in one group of pictures.
type outcome struct {
	tries, first, sure, falsely int
}

// class counts matches of like sureness, and how many of them were right.
type class struct{ all, right int }

type measured struct {
	register *register
	order    []string
	rows     map[string]map[string]*outcome
	classes  map[string]*class
	// tries are queries, words and read what they looked up and found.
	tries, words, read int
	notes              []string
}

// try searches for a changed picture and counts what is found.
func (m *measured) try(group string, a attack, origin uint64, img image.Image) error {
	if m.rows == nil {
		m.rows = map[string]map[string]*outcome{}
	}
	if m.rows[a.name] == nil {
		m.rows[a.name] = map[string]*outcome{}
		m.order = append(m.order, a.name)
	}
	o := m.rows[a.name][group]
	if o == nil {
		o = &outcome{}
		m.rows[a.name][group] = o
	}
	changed := a.do(img)
	q, err := fingerprint.QueryOf(changed)
	if err != nil {
		return err
	}
	o.tries++
	matches, read := m.register.similar(q)
	m.tries, m.words, m.read = m.tries+1, m.words+len(q.Words()), m.read+read
	for i, f := range fingerprint.Ranked(matches, 64) {
		right := f.OriginID == origin
		m.class(f.Sureness, right)
		switch {
		case right && i == 0:
			o.first++
			if f.Sureness >= sure {
				o.sure++
			}
		case !right && f.Sureness >= 0.5:
			m.notes = append(m.notes, fmt.Sprintf("%s of %d: %d has %d parts of %d, distance %d, sureness %.4f", a.name, origin, f.OriginID, f.Parts, f.Visible, f.Distance, f.Sureness))
			if f.Sureness >= sure {
				o.falsely++
			}
		}
	}
	return nil
}

func (m *measured) class(sureness float64, right bool) {
	name := "0.01 to 0.1"
	for _, c := range []struct {
		from float64
		name string
	}{{0.1, "0.1 to 0.5"}, {0.5, "0.5 to 0.9"}, {0.9, "0.9 to 0.99"}, {sure, "0.99 to 0.999"}, {0.999, "over 0.999"}} {
		if sureness >= c.from {
			name = c.name
		}
	}
	c := m.classes[name]
	if c == nil {
		c = &class{}
		m.classes[name] = c
	}
	c.all++
	if right {
		c.right++
	}
}

// print writes the tables of docs/fingerprint.md.
func (m *measured) print() {
	groups := map[string]bool{}
	for _, g := range m.rows {
		for name := range g {
			groups[name] = true
		}
	}
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		fmt.Printf("\n%ss\n\n| attack | tries | first | first and sure | another one sure |\n|---|---|---|---|---|\n", g)
		for _, name := range m.order {
			if o := m.rows[name][g]; o != nil {
				n := float64(o.tries) / 100
				fmt.Printf("| %s | %d | %.1f %% | %.1f %% | %d |\n", name, o.tries, float64(o.first)/n, float64(o.sure)/n, o.falsely)
			}
		}
	}
	fmt.Printf("\n%d queries against %d prints; on average %d words looked up and %d rows read\n", m.tries, len(m.register.prints), m.words/m.tries, m.read/m.tries)
	fmt.Printf("\n| sureness | matches | right |\n|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(m.classes)) {
		c := m.classes[name]
		fmt.Printf("| %s | %d | %.2f %% |\n", name, c.all, 100*float64(c.right)/float64(c.all))
	}
	seen, often := m.register.common()
	fmt.Printf("\nof %d words, %d are in more than one print and %d in sixteen, which are common\n", len(m.register.words), seen, often)
	for _, n := range m.notes {
		fmt.Println(n)
	}
}

// rivals registers works of the same scene as the first n and asks again.
func (m *measured) rivals(ctx context.Context, n int) error {
	for i := range n {
		img, err := painted(ctx, rival(i))
		if err != nil {
			return err
		}
		p, err := fingerprint.Of(img)
		if err != nil {
			return err
		}
		m.register.put(p)
	}
	first := uint64(len(m.register.prints) - n + 1)
	for _, name := range []string{"JPEG q50", "crop 10 %, resize to 50 %, JPEG q50"} {
		a := attacks[slices.IndexFunc(attacks, func(a attack) bool { return a.name == name })]
		var tops, sures, halves int
		for i := range n {
			img, err := painted(ctx, scene(i))
			if err != nil {
				return err
			}
			q, err := fingerprint.QueryOf(a.do(img))
			if err != nil {
				return err
			}
			matches, _ := m.register.similar(q)
			for place, f := range fingerprint.Ranked(matches, 64) {
				switch {
				case place == 0 && f.OriginID == uint64(i+1):
					tops++
				case f.OriginID == first+uint64(i) && f.Sureness >= sure:
					sures++
				case f.OriginID == first+uint64(i) && f.Sureness >= 0.5:
					halves++
				}
			}
		}
		fmt.Printf("\n%d works with a rival of the same scene, %s: the right one first %d times; the rival at 0.99 or more %d times, at 0.5 to 0.99 %d times\n", n, name, tops, sures, halves)
	}
	return nil
}
