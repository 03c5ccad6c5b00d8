package guard

// Context says where a text comes from and what its campaign has settled, as
// far as detectors need it. The zero value is a participant's typed text in an
// unknown language.
type Context struct {
	// Locale is the language that the text is written in, or that its writer
	// reads: a BCP 47 tag such as "pt-BR"; "" is unknown.
	Locale string
	// Market is the ISO 3166-1 country of the campaign's market; "" is unknown.
	Market string
	// Role is who wrote: "participant" (also ""), "model" or "staff".
	Role string
	// Source is how it came in: "typed" (also ""), "file" or "retrieved".
	Source string
	// Competitors are names that the campaign does not want to see.
	Competitors []string
	// OwnNames are the brand's own marks, products and characters: never
	// findings of third parties' names.
	OwnNames []string
	// Topics says how the campaign takes a topic ("drugs", "alcohol",
	// "politics", "religion"): "allow" or "watch". A topic that is not named
	// is watched if it is "drugs", and allowed otherwise.
	Topics map[string]string
	// Claims are sentences or phrases that the brand may not say, beside the
	// built-in ones, which apply to Role "model" and "staff".
	Claims []string
	// Allow are words and phrases that the campaign has cleared.
	Allow []string
	// Subjects are what a character talks about. If there are any, a longer
	// text with nothing of them and nothing of small talk is off topic.
	Subjects []string
}

// watches tells whether the campaign wants to hear of a kind. Kinds that are
// no topics are always watched; what the brand may not claim concerns what is
// said for the brand.
func (c Context) watches(kind string) bool {
	switch kind {
	case "drugs":
		return c.Topics[kind] != "allow"
	case "alcohol", "politics", "religion":
		return c.Topics[kind] != "" && c.Topics[kind] != "allow"
	case "claim":
		return c.Role == "model" || c.Role == "staff"
	}
	return true
}
