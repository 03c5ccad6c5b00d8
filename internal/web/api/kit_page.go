package api

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"marquee/internal/brand"
	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/raster"
	"marquee/internal/web/problem"
)

// kitPage is all that a version of a kit says, for people to look at.
type kitPage struct {
	ID       string            `json:"id"`
	Version  string            `json:"version"`
	Name     string            `json:"name"`
	Hash     string            `json:"hash" doc:"SHA-256 of the kit's whole content"`
	Locales  []string          `json:"locales"`
	Versions []kitVersion      `json:"versions" doc:"All of the kit's, the newest first"`
	Marks    []markPage        `json:"marks"`
	Stickers []stickerPage     `json:"stickers"`
	Colors   []colorPage       `json:"colors"`
	Fonts    []fontPage        `json:"fonts"`
	Stacks   []stackPage       `json:"stacks"`
	Text     brand.TextRules   `json:"text"`
	Rules    []brand.Rule      `json:"rules"`
	BuiltIn  []builtInPage     `json:"built_in" doc:"Rules that hold for every kit"`
	Voice    brand.Voice       `json:"voice"`
	Photo    brand.Photo       `json:"photo"`
	Legal    []brand.LegalLine `json:"legal"`
	Credits  []string          `json:"credits"`
	Rights   []rightsPage      `json:"rights"`
}

type kitVersion struct {
	Version string `json:"version"`
	Hash    string `json:"hash"`
	// AddedAt is when it came in.
	AddedAt   time.Time     `json:"added_at"`
	AddedBy   string        `json:"added_by" doc:"The role of who added it; empty where that was not kept"`
	Campaigns []kitCampaign `json:"campaigns" doc:"The campaigns that use it"`
}

type kitCampaign struct {
	Slug  string `json:"slug"`
	Name  string `json:"name"`
	State string `json:"state" enum:"draft,open,closed"`
}

type markPage struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Kind     string        `json:"kind" enum:"wordmark,product,emblem,figure"`
	Alt      string        `json:"alt"`
	Aspect   float64       `json:"aspect" doc:"Height divided by width"`
	Rules    markBounds    `json:"rules"`
	Variants []variantPage `json:"variants"`
}

// markBounds is brand.MarkRules: the description has another type of that name.
type markBounds brand.MarkRules

type variantPage struct {
	ID       string `json:"id"`
	Ground   string `json:"ground" enum:"light,dark,any"`
	File     string `json:"file"`
	ImageURL string `json:"image_url"`
}

type stickerPage struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Alt      string  `json:"alt"`
	Aspect   float64 `json:"aspect" doc:"Height divided by width"`
	ImageURL string  `json:"image_url"`
}

type colorPage struct {
	Name  string     `json:"name"`
	Value string     `json:"value" doc:"#rrggbb or #rrggbbaa, in sRGB"`
	OKLCH [3]float64 `json:"oklch" doc:"Lightness 0 to 1, chroma, hue in degrees"`
	Role  bool       `json:"role" doc:"It stands for what it is for, such as ink"`
	Alias string     `json:"alias,omitempty" doc:"The colour that it points to"`
}

type fontPage struct {
	ID      string   `json:"id"`
	Family  string   `json:"family"`
	Weight  int      `json:"weight"`
	Style   string   `json:"style"`
	Scripts []string `json:"scripts"`
	Licence string   `json:"licence"`
	URL     string   `json:"url"`
}

type stackPage struct {
	Name  string   `json:"name"`
	Fonts []string `json:"fonts" doc:"Ids of fonts, in the order in which a glyph is looked for"`
}

type builtInPage struct {
	ID       string `json:"id"`
	Since    int    `json:"since" doc:"The version of the rulebook that it came with"`
	Severity string `json:"severity" enum:"error,warning"`
	Sentence string `json:"sentence" doc:"What a person is told who comes up against it"`
	Reason   string `json:"reason"`
}

// rightsPage is what is known of the rights to one asset.
type rightsPage struct {
	Kind string `json:"kind" enum:"mark,sticker,font"`
	ID   string `json:"id"`
	Name string `json:"name"`
	// Rights are nil for an asset that may be used everywhere and always.
	Rights *brand.Rights `json:"rights"`
	State  string        `json:"state" enum:"open,later,running,ending,ended" doc:"open has no end; ending is within 90 days"`
	// Days are whole days until the rights end, negative since they ended.
	Days int `json:"days,omitempty"`
}

// InKit names a version of a kit.
type InKit struct {
	Kit     string `path:"kit" maxLength:"63"`
	Version string `path:"version" maxLength:"23"`
}

// endingWithin is how long before their end rights are told to be ending.
const endingWithin = 90

func (a *API) kitPage(ctx context.Context, in *InKit) (*struct{ Body kitPage }, error) {
	kit, err := a.kitOf(ctx, in.Kit, in.Version)
	if err != nil {
		return nil, err
	}
	versions, err := a.kitVersions(ctx, kit.ID)
	if err != nil {
		return nil, err
	}
	p := kitPage{
		ID: kit.ID, Version: kit.Version, Name: english(kit.Name), Hash: kit.Hash(), Locales: kit.Locales(), Versions: versions,
		Marks: []markPage{}, Stickers: []stickerPage{}, Colors: colorsOf(kit), Fonts: []fontPage{}, Stacks: []stackPage{}, Text: kit.Text,
		Rules: orEmpty(kit.Rules), BuiltIn: builtInRules(), Voice: kit.Voice, Photo: kit.Photo, Legal: orEmpty(kit.LegalLines),
		Credits: orEmpty(kit.Credits), Rights: rightsOf(kit, a.Now()),
	}
	for i := range kit.Marks {
		p.Marks = append(p.Marks, markOf(kit, &kit.Marks[i]))
	}
	for i := range kit.Stickers {
		s := &kit.Stickers[i]
		p.Stickers = append(p.Stickers, stickerPage{s.ID, english(s.Name), english(s.Alt), s.Aspect(), stickerPath(kit, s.ID)})
	}
	for _, f := range kit.Fonts {
		p.Fonts = append(p.Fonts, fontPage{f.ID, f.Family, f.Weight, f.Style, orEmpty(f.Scripts), f.Licence, KitFile(kit.ID, kit.Version, f.File)})
	}
	for _, name := range []string{"display", "text", "strong"} {
		p.Stacks = append(p.Stacks, stackPage{name, orEmpty(kit.Stacks[name])})
	}
	return &struct{ Body kitPage }{p}, nil
}

// kitOf gives a version of a kit; the same fault for each that is not there.
func (a *API) kitOf(ctx context.Context, id, version string) (*brand.Kit, error) {
	kit, err := a.Services.Campaign.Kit(ctx, id, version)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.Missing("kit")
	}
	return kit, err
}

// kitVersions lists a kit's versions, the newest first, with who uses them.
func (a *API) kitVersions(ctx context.Context, id string) ([]kitVersion, error) {
	rows, err := a.Services.Campaign.Kits(ctx)
	if err != nil {
		return nil, err
	}
	all, err := a.Services.Campaign.List(ctx)
	if err != nil {
		return nil, err
	}
	out := []kitVersion{}
	for _, row := range rows {
		if row.ID != id {
			continue
		}
		v := kitVersion{row.Version, row.Hash, row.CreatedAt, row.AddedBy, []kitCampaign{}}
		for _, rec := range all {
			if f := rec.File; f.Kit == id && f.KitVersion == row.Version {
				v.Campaigns = append(v.Campaigns, kitCampaign{rec.Slug, f.Name.Get("en", f.DefaultLocale), string(rec.State)})
			}
		}
		out = append(out, v)
	}
	slices.SortFunc(out, func(x, y kitVersion) int { return compareVersions(y.Version, x.Version) })
	return out, nil
}

// compareVersions orders versions of three numbers as people count them.
func compareVersions(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		// Numbers without zeros in front: the longer is the greater.
		if len(x[i]) != len(y[i]) {
			return len(x[i]) - len(y[i])
		}
		if c := strings.Compare(x[i], y[i]); c != 0 {
			return c
		}
	}
	return len(x) - len(y)
}

func markOf(kit *brand.Kit, m *brand.Mark) markPage {
	v := markPage{m.ID, english(m.Name), m.Kind, english(m.Alt), m.Aspect(), markBounds(m.Rules), []variantPage{}}
	for _, x := range m.Variants {
		v.Variants = append(v.Variants, variantPage{x.ID, string(x.Ground), x.File, markPath(kit, m.ID, x.ID)})
	}
	return v
}

func colorsOf(kit *brand.Kit) []colorPage { return tokenColors(kit.Tokens) }

func tokenColors(tokens []brand.Token) []colorPage {
	out := []colorPage{}
	for _, t := range tokens {
		if t.Type != "color" {
			continue
		}
		c := colorPage{Name: strings.TrimPrefix(t.Property(), "color-"), Value: t.Value, Alias: strings.TrimPrefix(t.Alias, "color.")}
		c.Role = len(t.Path) > 2 && t.Path[1] == "role"
		if parsed, err := raster.ParseHex(t.Value); err == nil { // a kit's colours are checked when it is read
			c.OKLCH[0], c.OKLCH[1], c.OKLCH[2] = parsed.OKLCH()
		}
		out = append(out, c)
	}
	return out
}

func builtInRules() []builtInPage {
	out := []builtInPage{}
	for _, r := range brand.Rulebook() {
		say := english(r.Sentence)
		if say == "" {
			say = problem.Sentence("en", r.ID, r.ID, map[string]any{"allowed": "…", "measured": "…"})
		}
		// Where a sentence ends with what it is about, the dots end it.
		say = strings.NewReplacer("{detail}.", "…", "{detail}", "…").Replace(say)
		out = append(out, builtInPage{r.ID, r.Since, string(r.Severity), say, english(r.Reason)})
	}
	return out
}

func rightsOf(kit *brand.Kit, now time.Time) []rightsPage {
	out := []rightsPage{}
	add := func(kind, id, name string, r *brand.Rights) {
		state, days := rightsState(r, now)
		out = append(out, rightsPage{kind, id, name, r, state, days})
	}
	for _, m := range kit.Marks {
		add("mark", m.ID, english(m.Name), m.Rights)
	}
	for _, s := range kit.Stickers {
		add("sticker", s.ID, english(s.Name), s.Rights)
	}
	for _, f := range kit.Fonts {
		add("font", f.ID, f.Family, f.Rights)
	}
	return out
}

// rightsState tells how rights stand at a time, and how many days are left.
// Their days are in UTC, and the last one counts whole.
func rightsState(r *brand.Rights, now time.Time) (state string, days int) {
	if r == nil {
		return "open", 0
	}
	if from, err := time.Parse(time.DateOnly, r.From); err == nil && now.Before(from) {
		return "later", 0
	}
	last, err := time.Parse(time.DateOnly, r.Until)
	if err != nil {
		return "open", 0
	}
	left := last.AddDate(0, 0, 1).Sub(now)
	days = int(left / (24 * time.Hour))
	switch {
	case left <= 0:
		return "ended", days
	case days <= endingWithin:
		return "ending", days
	}
	return "running", days
}

func english(t map[string]string) string { return campaign.Text(t).Get("en") }

func kitPath(kit *brand.Kit) string {
	return "/api/v1/kits/" + url.PathEscape(kit.ID) + "/" + url.PathEscape(kit.Version)
}
