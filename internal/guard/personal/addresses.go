package personal

import (
	"regexp"
	"slices"
	"strings"
)

var (
	street = regexp.MustCompile(`\b\d{1,5}[a-z]?,? (?:[a-z]+ ){1,3}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|way|close|crescent|terrace)\b` +
		`|\b[a-z]{3,30}(?:strasse|str\.|weg|platz|allee|gasse|straat|laan|plein|gracht|gatan|vagen|gata|veien|katu|tie) ?\d{1,4} ?[a-z]?\b` +
		`|\b\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|place|allee|impasse|chemin) [a-z' -]{3,40}` +
		`|\b(?:calle|avenida|plaza|paseo|via|viale|piazza|corso|rua|travessa|ulica|ul\.|strada) [a-z' ]{3,40},? ?(?:n[o.]? ?)?\d{1,4}\b` +
		`|(?:路|街|巷|弄|道)\d{1,5}(?:号|號)|\d{1,3}丁目\d{1,3}(?:番|-)`)
	// at are words that make a street somebody's.
	at = regexp.MustCompile(`\b(?:my address|address is|address:|i live|we live|lives at|live at|living at|ship to|deliver to|send it to|my house|wohne|wohnt|adresse|anschrift|habite|domicilie|vivo en|vive en|direccion|mi casa|abito|abita|indirizzo|woon|woont|adres|moro|mora na|morada|endereco|bor pa|bor i|mieszkam)\b|住在|地址|住所|住んで`)
)

// hints are parts of which every cue that somebody lives somewhere has one; a
// text without them needs no closer look.
var hints = []string{"addr", "i live", "we live", "lives at", "live at", "living at", "ship to", "deliver to", "send it to", "my house", "wohn", "adres", "anschrift", "habite", "domicil", "vivo en", "vive en", "direcc", "mi casa", "abit", "indirizzo", "woon", "moro", "mora", "endereco", "bor ", "mieszkam", "住", "地址"}

// addresses finds streets with a number where something says that somebody
// lives there: a place in a story ("221b Baker Street") is nobody's.
func (f *finder) addresses() {
	if !slices.ContainsFunc(hints, func(h string) bool { return strings.Contains(f.t.Plain, h) }) {
		return
	}
	found := street.FindAllStringIndex(f.t.Plain, most)
	if len(found) == 0 || !at.MatchString(f.t.Plain) {
		return
	}
	for _, m := range found {
		f.add("personal_data", "address", m[0], m[1], 0.8)
	}
}
