// Package campaign is the brief as data: a campaign is a file, with its
// markets, dates, builder, marks, terms and limits. Nothing about a campaign
// is in code.
package campaign

import "time"

// Text is a text by locale. Get falls back to a default locale.
type Text map[string]string

// Get gives the text in the first of the locales that has one, else any in a
// stable order, else "".
func (t Text) Get(locales ...string) string {
	for _, l := range locales {
		if s := t[l]; s != "" {
			return s
		}
	}
	best := ""
	for l := range t {
		if best == "" || l < best {
			best = l
		}
	}
	return t[best]
}

// File is a campaign as people write it, in JSON.
type File struct {
	Slug       string `json:"slug" doc:"Lower-case name in addresses" pattern:"^[a-z0-9][a-z0-9-]{1,62}$"`
	Name       Text   `json:"name"`
	Kit        string `json:"kit" doc:"Id of the brand kit"`
	KitVersion string `json:"kit_version"`
	Provider   string `json:"provider" doc:"builtin, or a provider of the configuration"`
	// Routes say who answers for what, where one provider for all is not enough.
	Routes        []Route   `json:"routes,omitempty"`
	Opens         time.Time `json:"opens"`
	Closes        time.Time `json:"closes"`
	Experiences   []string  `json:"experiences"`
	Locales       []string  `json:"locales"`
	DefaultLocale string    `json:"default_locale"`
	Markets       []Market  `json:"markets"`
	DefaultMarket string    `json:"default_market"`
	Tagline       Text      `json:"tagline"`
	Summary       Text      `json:"summary"`
	// Rules are the rules in brief, by locale.
	Rules      map[string][]string `json:"rules"`
	HeroPrompt string              `json:"hero_prompt"`
	HeroAlt    Text                `json:"hero_alt"`
	Builder    Builder             `json:"builder"`
	// Surprises are whole prompts by locale.
	Surprises map[string][]string `json:"surprises"`
	Marks     []string            `json:"marks"`
	// Formats are "square", "portrait", "landscape".
	Formats     []string  `json:"formats"`
	Consents    []Purpose `json:"consents"`
	Terms       Terms     `json:"terms"`
	Limits      Limits    `json:"limits"`
	ProofOfWork bool      `json:"proof_of_work"`
	Guarding    Guarding  `json:"guarding,omitzero"`
	// Credentials say what is told in content credentials.
	Credentials Credentials `json:"credentials,omitzero"`
}

// Credentials are what a campaign lets its content credentials tell.
type Credentials struct {
	// Prompt has the words that a picture was made from told. They may be
	// personal, so they are not, unless it is set.
	Prompt bool `json:"prompt,omitempty" doc:"Tell the prompt in content credentials"`
}

// Guarding is what a campaign has settled about what people write.
type Guarding struct {
	// Topics say how it takes "drugs", "alcohol", "politics" and "religion":
	// "allow", "hold" or "deny". One that is not named is as the policy's
	// platform pack has it.
	Topics map[string]string `json:"topics,omitempty"`
	// Competitors are names that nobody shall see in it; OwnNames are the
	// brand's, which are never taken for another's.
	Competitors []string `json:"competitors,omitempty"`
	OwnNames    []string `json:"own_names,omitempty"`
	// Claims are what nobody may say for the brand.
	Claims []string `json:"claims,omitempty"`
	// Cleared are words and phrases that somebody has looked at and let pass.
	Cleared []string `json:"cleared,omitempty"`
}

// Market is a country or region with its own limits.
type Market struct {
	Code    string   `json:"code" doc:"ISO 3166-1 alpha-2"`
	Name    Text     `json:"name"`
	MinAge  int      `json:"min_age" minimum:"13" maximum:"21"`
	Locales []string `json:"locales"`
}

// Builder offers pictures to tap; each choice adds words to the prompt.
type Builder struct {
	Subject []Choice `json:"subject"`
	Scene   []Choice `json:"scene"`
	Style   []Choice `json:"style"`
	Mood    []Choice `json:"mood"`
}

// Choice is one tile of the builder.
type Choice struct {
	ID     string `json:"id"`
	Label  Text   `json:"label"`
	Prompt Text   `json:"prompt"`
	Alt    Text   `json:"alt"`
}

// Purpose is something a participant may agree to.
type Purpose struct {
	Purpose  string `json:"purpose"`
	Required bool   `json:"required"`
	Text     Text   `json:"text"`
}

// Terms are the versioned terms by locale.
type Terms struct {
	Version string                 `json:"version"`
	Texts   map[string]TermsLocale `json:"texts"`
}

// TermsLocale is what people agree to, and who answers for it.
type TermsLocale struct {
	Ownership string `json:"ownership" doc:"Who owns a work"`
	Use       string `json:"use" doc:"What the brand may do with it"`
	Privacy   string `json:"privacy"`
	Imprint   string `json:"imprint"`
	Contact   string `json:"contact"`
}

// Route names the providers that answer for one thing, in the order in which
// they are asked. After the last one of those for pictures comes the built-in
// painter.
type Route struct {
	Capability string `json:"capability" enum:"picture,edit,text,moderation"`
	// Market narrows the route to one market; such a route goes before one
	// without.
	Market string `json:"market,omitempty" doc:"ISO 3166-1 alpha-2"`
	// Providers are names of the configuration. For moderation all of them are
	// asked, not the first that answers.
	Providers []string `json:"providers"`
	// Regions, if there are any, are those that a model must run in, by its
	// entry in the register.
	Regions []string `json:"regions,omitempty"`
	// HedgeMillis, if not 0, is how long the first provider may take before the
	// next is asked as well; both may cost.
	HedgeMillis int `json:"hedge_millis,omitempty" minimum:"0" maximum:"60000"`
}

// What becomes of what is asked for when the budget is used up.
const (
	// AtEndBuiltin has the built-in painter answer.
	AtEndBuiltin = "builtin"
	// AtEndQueue lets it wait until there is a budget again.
	AtEndQueue = "queue"
	// AtEndClose says kindly that no more can be made.
	AtEndClose = "close"
)

// Limits bound what a campaign and a participant may use.
type Limits struct {
	// GenerationsPerDay is for one participant in any 24 hours.
	GenerationsPerDay int `json:"generations_per_day"`
	// Pictures is the campaign's budget of pictures from a paid provider; the
	// built-in painter costs nothing and goes on when it is used up.
	Pictures int64 `json:"pictures"`
	// AtEndOfBudget says what happens then; empty is "builtin".
	AtEndOfBudget string `json:"at_end_of_budget,omitempty" enum:"builtin,queue,close"`
	// WaitSeconds bounds how long a participant waits for one picture or
	// answer; 0 is 20.
	WaitSeconds int `json:"wait_seconds,omitempty" minimum:"0" maximum:"300"`
	// VotesPerAddress caps votes from one network address in a day.
	VotesPerAddress int `json:"votes_per_address"`
}
