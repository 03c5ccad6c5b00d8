package main

import "marquee/internal/fingerprint"

// commonWord is the database's: how many works may have a word.
const commonWord = 16

// register is the database's, in memory: words are looked up exactly.
type register struct {
	prints []fingerprint.Print // the origin's id is the index plus one
	words  map[int32][]fingerprint.Row
}

func (r *register) put(p fingerprint.Print) {
	r.prints = append(r.prints, p)
	for _, e := range p.Entries(func(word int32) bool { return len(r.words[word]) >= commonWord }) {
		r.words[e.Word] = append(r.words[e.Word], fingerprint.Row{Print: int64(len(r.prints)), Entry: e})
	}
}

// similar gives everything that the index has for a query, and how many rows
// that took.
func (r *register) similar(q fingerprint.Query) (matches []fingerprint.Match, read int) {
	var rows []fingerprint.Row
	for _, w := range q.Words() {
		rows = append(rows, r.words[w]...)
	}
	for _, c := range q.Candidates(rows) {
		matches = append(matches, q.Match(c, uint64(c.Print), r.prints[c.Print-1]))
	}
	return matches, len(rows)
}

// common counts the words of more than one print, and of as many as there may be.
func (r *register) common() (several, often int) {
	for _, rows := range r.words {
		if len(rows) > 1 {
			several++
		}
		if len(rows) == commonWord {
			often++
		}
	}
	return several, often
}
