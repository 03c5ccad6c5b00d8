package corpus

// Case is one text with what should become of it.
type Case struct {
	Text string
	// Locale is its language as a BCP 47 tag; "" is unknown.
	Locale string
	// Function names what the case tries: "slur_h", "harmless".
	Function string
	// Harmful says that it should be stopped (held or denied).
	Harmful bool
	// Group is whom it is about, where the corpus says so.
	Group string
}
