package main

import (
	"fmt"
	"image"
	"maps"
	"slices"
	"time"

	"marquee/internal/fingerprint"
)

// register is the database's, in memory: words are looked up exactly.
type register struct {
	prints []fingerprint.Print // the origin's id is the index plus one
	words  map[int32][]fingerprint.Row
}

func (r *register) put(origin uint64, p fingerprint.Print) {
	r.prints = append(r.prints, p)
	for _, e := range p.Entries() {
		r.words[e.Word] = append(r.words[e.Word], fingerprint.Row{Print: int64(origin), Entry: e})
	}
}

// similar gives everything that the index has, also what says nothing.
func (r *register) similar(q fingerprint.Query) (matches []fingerprint.Match, rows []fingerprint.Row) {
	for _, w := range q.Words() {
		rows = append(rows, r.words[w]...)
	}
	for _, c := range q.Candidates(rows) {
		matches = append(matches, q.Match(c, uint64(c.Print), r.prints[c.Print-1]))
	}
	return matches, rows
}

// outcome counts what became of one attack in one group of pictures.
type outcome struct {
	tries, found, first, sure, falsely, words, rows int
	took                                            time.Duration
}

type measured struct {
	register *register
	order    []string
	rows     map[string]map[string]*outcome
	parts    map[string]map[int]int // how many agree, for the right and for wrong works
	whole    map[string]map[int]int // distances up to 60, likewise
	notes    []string
}

func (m *measured) try(group string, a attack, origin uint64, img image.Image) error {
	if m.rows == nil {
		m.rows = map[string]map[string]*outcome{}
		m.parts = map[string]map[int]int{"right": {}, "wrong": {}}
		m.whole = map[string]map[int]int{"right": {}, "wrong": {}}
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
	begin := time.Now()
	q, err := fingerprint.QueryOf(changed)
	if err != nil {
		return err
	}
	o.took += time.Since(begin)
	o.tries++
	o.words += len(q.Words())
	matches, rows := m.register.similar(q)
	o.rows += len(rows)
	for _, f := range matches {
		kind := "wrong"
		if f.OriginID == origin {
			kind = "right"
		}
		m.parts[kind][f.Parts*f.Parts/max(f.Visible, 1)]++
		if f.Distance <= 70 {
			m.whole[kind][f.Distance/4]++
		}
		if kind == "wrong" && (f.Parts >= 3 && f.Parts*f.Parts/f.Visible >= 1 || f.Distance <= 40) {
			m.notes = append(m.notes, fmt.Sprintf("%s of %d: %d has %d parts of %d, distance %d, sureness %.4f", a.name, origin, f.OriginID, f.Parts, f.Visible, f.Distance, f.Sureness))
		}
	}
	ranked := fingerprint.Ranked(slices.Clone(matches), 5)
	for i, f := range ranked {
		switch {
		case f.OriginID == origin:
			o.found++
			if i == 0 {
				o.first++
			}
			if f.Sureness >= 0.99 {
				o.sure++
			}
		case f.Sureness >= 0.99:
			o.falsely++
		}
	}
	return nil
}

func (m *measured) print() {
	for _, name := range m.order {
		for _, g := range slices.Sorted(maps.Keys(m.rows[name])) {
			o := m.rows[name][g]
			n := float64(o.tries) / 100
			fmt.Printf("| %-45s | %-10s | %4d | %5.1f %% | %5.1f %% | %5.1f %% | %d | %d words, %d rows, %v\n", name, g, o.tries, float64(o.found)/n, float64(o.first)/n, float64(o.sure)/n, o.falsely,
				o.words/o.tries, o.rows/o.tries, (o.took / time.Duration(o.tries)).Round(time.Millisecond))
		}
	}
	for _, kind := range []string{"right", "wrong"} {
		fmt.Println(kind, "parts", m.parts[kind], "distance/4", m.whole[kind])
	}
	for _, n := range m.notes {
		fmt.Println(n)
	}
}
