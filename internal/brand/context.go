package brand

import (
	"time"

	"marquee/internal/compose"
)

// Context is a composition and all that is known of where it is shown. What is
// left out is not judged: without a ground no contrast, without a market no
// territory and no legal line.
type Context struct {
	Doc compose.Document
	Kit *Kit
	// Allowed are the ids of the marks that the campaign offers; nil stands for
	// all the kit's.
	Allowed []string
	// Ground measures what is behind marks and text: see LuminancesOf and
	// Behind. It should answer within a microsecond or so, as theirs do.
	Ground Luminances
	// Market is a code like "DE" and Channel one of Channels.
	Market, Channel string
	// Date is when it is shown.
	Date time.Time
	// Generated tells that its picture, or part of it, was generated.
	Generated bool
	// Locale chooses the language of a line that a fix adds; "" is English.
	Locale string
}

// Check finds what in a composition is against the kit's rules, in the order
// of the layers; nil if nothing is. Allowed are the ids of the marks that the
// campaign offers; nil stands for all the kit's. It is CheckWith where neither
// the ground nor the place is known.
func Check(doc compose.Document, k *Kit, allowed []string) []Finding {
	return CheckWith(Context{Doc: doc, Kit: k, Allowed: allowed})
}

// CheckWith finds what in a composition is against the rules of its kit, where
// and when it is shown; nil if nothing is. It is pure, and takes well under two
// milliseconds for 30 layers, the search for places among it.
func CheckWith(ctx Context) []Finding {
	c := newChecker(ctx)
	c.picture()
	c.marks()
	c.text()
	c.neighbours()
	c.stickers()
	c.covers()
	c.shapeColors()
	c.contrasts()
	c.wording()
	c.missingLines()
	c.mend()
	return c.findings
}
