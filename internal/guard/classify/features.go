package classify

// Seeds keep the families of features apart in one table.
const (
	seedWord  uint32 = 0x811c9dc5
	seedPair  uint32 = 0x9e3779b9
	seedLeap  uint32 = 0x7feb352d
	seedPiece uint32 = 0x846ca68b
)

const (
	// shortest and longest bound the pieces of a word, in bytes, with the
	// word's two edges counted in.
	shortest, longest = 3, 5
	// longestWord is where a word is cut: nothing that long is a word.
	longestWord = 32
)

// Features appends the table cells of a folded text to dst: each word, each
// pair of neighbours, each pair with one word between, and every piece of
// three to five bytes of each word with its edges. A cell may come twice. bits
// is the table's size as a power of two.
func Features(dst []uint32, plain string, bits uint) []uint32 {
	var before, last uint32
	var edged [longestWord + 2]byte
	for i := 0; i < len(plain); {
		if !lettered(plain[i]) {
			i++
			continue
		}
		n := 1
		edged[0] = ' '
		for ; i < len(plain) && lettered(plain[i]) && n <= longestWord; i++ {
			edged[n] = plain[i]
			n++
		}
		edged[n] = ' '
		whole := edged[:n+1]
		word := seedWord
		for _, c := range whole[1:n] {
			word = (word ^ uint32(c)) * 16777619
		}
		dst = append(dst, cell(word, bits))
		if last != 0 {
			dst = append(dst, cell((last^seedPair)*0x85ebca6b+word, bits))
		}
		if before != 0 {
			dst = append(dst, cell((before^seedLeap)*0xc2b2ae35+word, bits))
		}
		before, last = last, word
		for at := range whole {
			h := seedPiece
			for k, c := range whole[at:min(at+longest, len(whole))] {
				h = (h ^ uint32(c)) * 16777619
				if k+1 >= shortest {
					dst = append(dst, cell(h, bits))
				}
			}
		}
	}
	return dst
}

// lettered tells whether a byte belongs to a word. Apostrophes part words, so
// that "don't" and "don t" are the same.
func lettered(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80
}

// cell spreads a hash over the table.
func cell(h uint32, bits uint) uint32 {
	h ^= h >> 16
	h *= 0x7feb352d
	h ^= h >> 15
	return h >> (32 - bits)
}
