package lexicon

// none is the id of no word.
const none = -1

// trie holds the vocabulary: every word and stem of all files, by its bytes.
type trie struct {
	nodes []node
	root  [256]int32
}

type node struct {
	keys        []byte
	next        []int32
	whole, stem int32
}

func newTrie() *trie { return &trie{nodes: []node{{whole: none, stem: none}}} }

// add gives the id of a word, from ids if it is new.
func (t *trie) add(w string, stem bool, ids *int32) int32 {
	at := int32(0)
	for i := range len(w) {
		at = t.grow(at, w[i])
	}
	id := &t.nodes[at].whole
	if stem {
		id = &t.nodes[at].stem
	}
	if *id == none {
		*id = *ids
		*ids++
	}
	return *id
}

func (t *trie) grow(at int32, b byte) int32 {
	if to := t.step(at, b); to > 0 {
		return to
	}
	to := int32(len(t.nodes))
	t.nodes = append(t.nodes, node{whole: none, stem: none})
	if at == 0 {
		t.root[b] = to
		return to
	}
	n := &t.nodes[at]
	n.keys, n.next = append(n.keys, b), append(n.next, to)
	return to
}

// step gives the node after b, or 0.
func (t *trie) step(at int32, b byte) int32 {
	if at == 0 {
		return t.root[b]
	}
	n := &t.nodes[at]
	for i, k := range n.keys {
		if k == b {
			return n.next[i]
		}
	}
	return 0
}

// lookup appends the ids that a word has: its own and those of its stems.
func (t *trie) lookup(w string, out []int32) []int32 {
	at := int32(0)
	for i := range len(w) {
		if at = t.step(at, w[i]); at == 0 {
			return out
		}
		if id := t.nodes[at].stem; id != none {
			out = append(out, id)
		}
	}
	if id := t.nodes[at].whole; id != none {
		out = append(out, id)
	}
	return out
}

// longest gives the length in bytes of the longest word or stem of the
// vocabulary that s begins with, or 0.
func (t *trie) longest(s string) int {
	at, best := int32(0), 0
	for i := range len(s) {
		if at = t.step(at, s[i]); at == 0 {
			break
		}
		if n := &t.nodes[at]; n.whole != none || n.stem != none {
			best = i + 1
		}
	}
	return best
}
