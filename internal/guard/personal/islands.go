package personal

const (
	widestGap = 6 // bytes between digits of one island
	shore     = 8 // bytes that are looked at before its first digit and after its last
)

// islands gives the parts of a folded text that have at least so many digits
// close to each other, with what stands around them. The rest of a text needs
// no look for numbers, and most texts have no island.
func islands(s string, digits int) [][2]int {
	var out [][2]int
	first, last, count := -1, -1, 0
	flush := func() {
		if count >= digits {
			from, to := max(0, first-shore), min(len(s), last+1+shore)
			for from > 0 && word(s[from-1]) {
				from--
			}
			for to < len(s) && word(s[to]) {
				to++
			}
			out = append(out, [2]int{from, to})
		}
		first, count = -1, 0
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		if first >= 0 && i-last > widestGap+1 {
			flush()
		}
		if first < 0 {
			first = i
		}
		last = i
		count++
	}
	if first >= 0 {
		flush()
	}
	return out[:min(len(out), most)]
}

// word tells whether a byte is part of a word; those beyond ASCII are.
func word(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 0x80 }
