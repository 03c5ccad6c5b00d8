package api

import (
	"context"
	"net/http"
	"net/url"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"marquee/internal/brand"
	"marquee/internal/campaign"
	"marquee/internal/gallery"
	"marquee/internal/web/tongue"
)

// CampaignCard is a campaign in a list.
type CampaignCard struct {
	Slug    string `json:"slug"`
	Name    string `json:"name"`
	Tagline string `json:"tagline"`
}

// Locale is one language that a page is offered in.
type Locale struct {
	Code string `json:"code"`
	Name string `json:"name" doc:"In that language itself"`
	Dir  string `json:"dir" enum:"ltr,rtl"`
}

// Locales describes locales by their codes.
func Locales(codes []string) []Locale {
	out := make([]Locale, len(codes))
	for i, code := range codes {
		name := display.Self.Name(language.Make(code))
		if name == "" {
			name = code
		}
		first, size := utf8.DecodeRuneInString(name)
		name = string(unicode.ToUpper(first)) + name[size:] // it stands alone in a list
		out[i] = Locale{code, name, tongue.Direction(code)}
	}
	return out
}

type marketView struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	MinAge int    `json:"min_age"`
}

type choiceView struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Prompt   string `json:"prompt"`
	Alt      string `json:"alt"`
	ImageURL string `json:"image_url"`
}

type markView struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Alt      string        `json:"alt"`
	ImageURL string        `json:"image_url" doc:"PNG; ?width= snaps to the published list"`
	Aspect   float64       `json:"aspect" doc:"Width divided by height"`
	Variants []variantView `json:"variants"`
	Rules    markRules     `json:"rules"`
}

type variantView struct {
	ID       string `json:"id"`
	Ground   string `json:"ground" enum:"light,dark,any"`
	ImageURL string `json:"image_url"`
}

type markRules struct {
	MinWidthShare float64 `json:"min_width_share" doc:"Of the canvas's shorter side"`
	MaxWidthShare float64 `json:"max_width_share" doc:"Of the canvas's shorter side"`
	MinWidthPx    float64 `json:"min_width_px"`
	RotationMin   float64 `json:"rotation_min"`
	RotationMax   float64 `json:"rotation_max"`
	ClearSpace    float64 `json:"clear_space" doc:"Of the mark's width"`
}

type formatView struct {
	ID     string `json:"id"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

type fontView struct {
	Family string `json:"family"`
	URL    string `json:"url"`
	Weight int    `json:"weight"`
	// Scripts are what the font is for: a Chinese text looks in the Chinese font
	// before the Japanese one.
	Scripts []string `json:"scripts"`
}

type textView struct {
	MaxLength    int        `json:"max_length"`
	Fonts        []fontView `json:"fonts"`
	Colors       []string   `json:"colors"`
	Ascent       float64    `json:"ascent" doc:"Per em, of the first font"`
	Descent      float64    `json:"descent"`
	MinSizeShare float64    `json:"min_size_share" doc:"Of the canvas's shorter side"`
	MaxSizeShare float64    `json:"max_size_share" doc:"Of the canvas's shorter side"`
	LineHeight   float64    `json:"line_height"`
	MaxRotation  float64    `json:"max_rotation" doc:"Degrees to either side"`
}

type purposeView struct {
	Purpose  string `json:"purpose"`
	Required bool   `json:"required"`
	Text     string `json:"text"`
}

type termsView struct {
	Version string `json:"version"`
	campaign.TermsLocale
}

type pictureView struct {
	URL string `json:"url"`
	Alt string `json:"alt"`
}

type brandView struct {
	Name       string `json:"name"`
	LogoURL    string `json:"logo_url"`
	Kit        string `json:"kit"`
	KitVersion string `json:"kit_version"`
}

type campaignView struct {
	CampaignCard
	Summary       string                  `json:"summary"`
	Rules         []string                `json:"rules"`
	State         string                  `json:"state" enum:"draft,soon,open,closed"`
	Opens         time.Time               `json:"opens"`
	Closes        time.Time               `json:"closes"`
	Locale        string                  `json:"locale"`
	Locales       []Locale                `json:"locales"`
	Markets       []marketView            `json:"markets"`
	DefaultMarket string                  `json:"default_market"`
	MarketGuess   *string                 `json:"market_guess"`
	Hero          pictureView             `json:"hero"`
	Brand         brandView               `json:"brand"`
	Builder       map[string][]choiceView `json:"builder"`
	Surprises     []string                `json:"surprises"`
	Marks         []markView              `json:"marks"`
	Stickers      []stickerView           `json:"stickers"`
	Legal         []string                `json:"legal" doc:"Lines of small print that markets ask for, in all their languages; a text that says one stays as it is"`
	Formats       []formatView            `json:"formats"`
	Text          textView                `json:"text"`
	Consents      []purposeView           `json:"consents"`
	Terms         termsView               `json:"terms"`
	ProofOfWork   bool                    `json:"proof_of_work"`
	Maker         makerView               `json:"maker"`
	PromptMax     int                     `json:"prompt_max"`
	TitleMax      int                     `json:"title_max"`
	NameMax       int                     `json:"name_max"`
	Entries       int                     `json:"entries" doc:"Public works, counted up to 1000"`
}

// The bounds of what people write, as the rooms that take it have them.
const (
	promptMax = 400
	titleMax  = gallery.TitleMax
	nameMax   = gallery.NameMax
)

// LocaleIn asks for a language.
type LocaleIn struct {
	Locale string `query:"locale" maxLength:"35" doc:"Instead of Accept-Language"`
}

// campaigns registers what the public sees of campaigns.
func (a *API) campaigns() {
	register(a, operation{
		method: http.MethodGet, path: "/campaigns", id: "list-campaigns", tag: "Campaigns", summary: "The campaigns that are open",
	}, func(ctx context.Context, in *LocaleIn) (*struct {
		Body struct {
			Campaigns []CampaignCard `json:"campaigns"`
		}
	}, error) {
		all, err := a.Services.Campaign.List(ctx)
		if err != nil {
			return nil, err
		}
		out := &struct {
			Body struct {
				Campaigns []CampaignCard `json:"campaigns"`
			}
		}{}
		out.Body.Campaigns = []CampaignCard{}
		for _, rec := range all {
			if rec.Phase(a.Now()) == campaign.PhaseOpen {
				out.Body.Campaigns = append(out.Body.Campaigns, card(rec, a.localeIn(ctx, rec, in.Locale)))
			}
		}
		return out, nil
	})
	register(a, operation{
		method: http.MethodGet, path: "/campaigns/{campaign}", id: "get-campaign", tag: "Campaigns",
		summary: "A campaign with all that its pages need, in one language",
	}, func(ctx context.Context, in *struct {
		InCampaign
		LocaleIn
	}) (*struct{ Body campaignView }, error) {
		rec, err := a.visible(ctx, in.Campaign)
		if err != nil {
			return nil, err
		}
		v, err := a.viewCampaign(ctx, rec, a.localeIn(ctx, rec, in.Locale))
		return &struct{ Body campaignView }{v}, err
	})
}

func card(rec campaign.Record, locale string) CampaignCard {
	f := rec.File
	return CampaignCard{rec.Slug, f.Name.Get(locale, f.DefaultLocale), f.Tagline.Get(locale, f.DefaultLocale)}
}

func (a *API) viewCampaign(ctx context.Context, rec campaign.Record, locale string) (campaignView, error) {
	kit, err := a.Services.Campaign.Kit(ctx, rec.File.Kit, rec.File.KitVersion)
	if err != nil {
		return campaignView{}, err
	}
	f := rec.File
	say := func(t map[string]string) string { return campaign.Text(t).Get(locale, f.DefaultLocale, "en") }
	terms, ok := f.Terms.Texts[locale]
	if !ok {
		terms = f.Terms.Texts[f.DefaultLocale]
	}
	v := campaignView{
		CampaignCard: card(rec, locale), Summary: say(f.Summary), Rules: listIn(f.Rules, locale, f.DefaultLocale),
		State: rec.Phase(a.Now()), Opens: f.Opens, Closes: f.Closes, Locale: locale, Locales: Locales(f.Locales),
		DefaultMarket: f.DefaultMarket, Hero: pictureView{campaignPath(rec.Slug) + "/hero", say(f.HeroAlt)},
		Brand:    brandView{Name: say(kit.Name), Kit: kit.ID, KitVersion: kit.Version},
		Builder:  map[string][]choiceView{},
		Stickers: viewStickers(kit, say), Legal: legalLines(kit),
		Surprises: listIn(f.Surprises, locale, f.DefaultLocale), Text: viewText(kit),
		Terms: termsView{f.Terms.Version, terms}, ProofOfWork: f.ProofOfWork, Maker: viewMakerOf(a.Services.Door.Maker(rec)),
		PromptMax: promptMax, TitleMax: titleMax, NameMax: nameMax,
	}
	for _, m := range f.Markets {
		v.Markets = append(v.Markets, marketView{m.Code, say(m.Name), m.MinAge})
	}
	for _, row := range builderRows(f.Builder) {
		tiles := []choiceView{}
		for _, c := range row.choices {
			tiles = append(tiles, choiceView{c.ID, say(c.Label), say(c.Prompt), say(c.Alt), tilePath(rec.Slug, row.name, c.ID)})
		}
		v.Builder[row.name] = tiles
	}
	for _, id := range a.Services.Create.Offered(rec, kit, "") {
		if m := kit.Mark(id); m != nil {
			v.Marks = append(v.Marks, viewMark(kit, m, say))
		}
	}
	if len(kit.Marks) > 0 {
		v.Brand.LogoURL = markPath(kit, kit.Marks[0].ID, "")
		for _, m := range kit.Marks {
			if m.Kind == "wordmark" {
				v.Brand.LogoURL = markPath(kit, m.ID, "")
			}
		}
	}
	for _, id := range f.Formats {
		size := campaign.Sizes[id]
		v.Formats = append(v.Formats, formatView{id, size.Width, size.Height})
	}
	for _, c := range f.Consents {
		v.Consents = append(v.Consents, purposeView{c.Purpose, c.Required, say(c.Text)})
	}
	v.Entries, err = a.Services.Gallery.Count(ctx, rec.Slug)
	return v, err
}

func viewMark(kit *brand.Kit, m *brand.Mark, say func(map[string]string) string) markView {
	v := markView{
		ID: m.ID, Name: say(m.Name), Alt: say(m.Alt), ImageURL: markPath(kit, m.ID, ""), Aspect: 1 / m.Aspect(),
		Rules: markRules{
			MinWidthShare: m.Rules.MinWidthShare, MaxWidthShare: m.Rules.MaxWidthShare, MinWidthPx: m.Rules.MinWidthPx,
			RotationMin: -m.Rules.MaxRotation, RotationMax: m.Rules.MaxRotation, ClearSpace: m.Rules.ClearSpace,
		},
	}
	for _, one := range m.Variants {
		v.Variants = append(v.Variants, variantView{one.ID, string(one.Ground), markPath(kit, m.ID, one.ID)})
	}
	return v
}

func viewText(kit *brand.Kit) textView {
	stack := kit.Stack(kit.Text.Stack)
	v := textView{
		MaxLength: kit.Text.MaxCharacters, MinSizeShare: kit.Text.MinSizeShare, MaxSizeShare: kit.Text.MaxSizeShare, MaxRotation: kit.Text.MaxRotation, LineHeight: 1.25,
		Colors: []string{kit.TextColor(brand.Dark), kit.TextColor(brand.Light)},
	}
	if len(stack) > 0 {
		metrics := stack[0].Metrics()
		v.Ascent, v.Descent = metrics.Ascent, metrics.Descent
	}
	for _, id := range kit.Stacks[kit.Text.Stack] {
		if f := kit.Font(id); f != nil {
			v.Fonts = append(v.Fonts, fontView{f.Family, KitFile(kit.ID, kit.Version, f.File), f.Weight, f.Scripts})
		}
	}
	return v
}

type builderRow struct {
	name    string
	choices []campaign.Choice
}

func builderRows(b campaign.Builder) []builderRow {
	return []builderRow{{"subject", b.Subject}, {"scene", b.Scene}, {"style", b.Style}, {"mood", b.Mood}}
}

func listIn(lists map[string][]string, locales ...string) []string {
	for _, l := range locales {
		if list := lists[l]; len(list) > 0 {
			return list
		}
	}
	return []string{}
}

func campaignPath(slug string) string { return "/api/v1/campaigns/" + slug }

func tilePath(slug, row, id string) string {
	return campaignPath(slug) + "/tiles/" + row + "/" + url.PathEscape(id)
}

// KitFile gives the address of a font of a kit. A kit's version never
// changes, so the address may be kept for good.
func KitFile(kit, version, file string) string {
	return "/kits/" + url.PathEscape(kit) + "/" + url.PathEscape(version) + "/" + file
}

func markPath(kit *brand.Kit, mark, variant string) string {
	path := "/api/v1/kits/" + url.PathEscape(kit.ID) + "/" + url.PathEscape(kit.Version) + "/marks/" + url.PathEscape(mark)
	if variant != "" {
		path += "?variant=" + url.QueryEscape(variant)
	}
	return path
}
