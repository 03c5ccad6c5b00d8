package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/brand"
	"marquee/internal/campaign"
	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/gallery"
	"marquee/internal/policy"
	"marquee/internal/web/identity"
	"marquee/internal/web/problem"
)

// howView tells how a public work was made, who approved it and what proves it.
type howView struct {
	Maker      makerView   `json:"maker"`
	Provider   string      `json:"provider" doc:"Whose model it was, or builtin"`
	Marks      []NamedView `json:"marks"`
	Kit        string      `json:"kit"`
	KitVersion string      `json:"kit_version"`
	MadeAt     time.Time   `json:"made_at"`
	ApprovedAt time.Time   `json:"approved_at"`
	ApprovedBy string      `json:"approved_by"`
	Format     string      `json:"format"`
	// DigitalSourceType is the last part of the term's address.
	DigitalSourceType string          `json:"digital_source_type" doc:"The IPTC digital source type, such as compositeSynthetic"`
	Label             *workLabel      `json:"label,omitempty" doc:"The visible label; left out where no model had a part in it"`
	Packs             []NamedView     `json:"packs" doc:"The policy packs that are asked about it, as id@version with their titles"`
	Duties            []string        `json:"duties" doc:"What they ask for, such as label, metadata and watermark"`
	Watermarked       *bool           `json:"watermarked,omitempty" doc:"Whether its files carry an imperceptible watermark; left out where it is not known"`
	Credential        *workCredential `json:"credential,omitempty" doc:"The signed statement of origin; left out where there is none"`
}

// workLabel is the visible label of a work.
type workLabel struct {
	Icon     string `json:"icon" enum:"ai,ai-part"`
	Text     string `json:"text"`
	Lang     string `json:"lang" doc:"The language of the text"`
	BurnedIn bool   `json:"burned_in" doc:"Downloads carry a label in their pixels"`
}

// workCredential is what signs a work's public files.
type workCredential struct {
	SignedAt    time.Time `json:"signed_at"`
	Signer      string    `json:"signer" doc:"The name in the signer's certificate"`
	Timestamped bool      `json:"timestamped" doc:"A time-stamp authority confirms when"`
	URL         string    `json:"url" doc:"The manifest, to download"`
}

// how tells how a public work was made, to whoever is looking.
func (a *API) how(ctx context.Context, c create.Creation, e gallery.Entry, locale string) (howView, error) {
	kit, err := a.Services.Campaign.Kit(ctx, c.Kit, c.KitVersion)
	if err != nil {
		return howView{}, err
	}
	h := howView{
		Maker: viewMaker(c.Provider, c.Model, c.ModelVersion), Provider: c.Provider, Marks: []NamedView{},
		Kit: c.Kit, KitVersion: c.KitVersion, MadeAt: c.CreatedAt, ApprovedAt: e.PublishedAt,
		ApprovedBy: problem.Sentence(locale, "approved_by", "a person of the campaign's staff", nil), Format: formatOf(e.Width, e.Height),
		DigitalSourceType: c.Source(), Packs: []NamedView{}, Duties: []string{},
	}
	if h.Provider == "" {
		h.Provider = painter
	}
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return h, err
	}
	for _, l := range doc.Layers {
		if m := kit.Mark(l.Mark); m != nil {
			h.Marks = append(h.Marks, NamedView{m.ID, campaign.Text(m.Name).Get(locale, "en")})
		}
	}
	if err := a.signed(ctx, &h, c, e.ID); err != nil {
		return h, err
	}
	return h, a.owed(ctx, &h, c, locale)
}

// signed tells what proves where a work is from, if anything was signed.
func (a *API) signed(ctx context.Context, h *howView, c create.Creation, entry string) error {
	signed, err := a.Services.Create.Credential(ctx, c)
	if fault.Is(err, fault.NotFound) {
		return nil // approved under a release that signed nothing
	}
	if err != nil {
		return err
	}
	h.Watermarked = &signed.Watermarked
	h.Credential = &workCredential{
		SignedAt: signed.SignedAt, Signer: signed.Signer, Timestamped: signed.Stamped, URL: "/api/v1/entries/" + entry + "/credential",
	}
	return nil
}

// credential gives the signed statement of a public work's origin, by itself.
func (a *API) credential(ctx context.Context, in *ByID) (*fileOut, error) {
	e, err := a.Services.Gallery.Entry(ctx, in.ID, identity.Of(ctx).Participant)
	if err != nil {
		return nil, err
	}
	c, err := a.Services.Create.Creation(ctx, e.CreationID)
	if err != nil {
		return nil, err
	}
	signed, err := a.Services.Create.Credential(ctx, c)
	if err != nil {
		return nil, err
	}
	tag := `"` + signed.Label + `"`
	if out := unchanged(request(ctx), tag, revalidate); out != nil {
		return out, nil
	}
	data, err := a.Services.Create.CredentialData(ctx, signed)
	if err != nil {
		return nil, err
	}
	return &fileOut{
		Status: http.StatusOK, ContentType: "application/c2pa", ETag: tag, CacheControl: revalidate,
		Disposition: attachment("c2pa", c.Campaign, e.Title), Body: data,
	}, nil
}

// credentialOut describes an answer that is a manifest store.
func credentialOut(op *huma.Operation) {
	op.Responses["200"] = &huma.Response{Description: "The manifest store, as a .c2pa file: the content credential of the work as it was approved.", Content: map[string]*huma.MediaType{
		"application/c2pa": {Schema: &huma.Schema{Type: "string", Format: "binary"}},
	}}
	op.Responses["304"] = &huma.Response{Description: "The one that you have is still right."}
}

// owed tells what policy asks of a work, and its label.
func (a *API) owed(ctx context.Context, h *howView, c create.Creation, locale string) error {
	market, err := a.viewersMarket(ctx, c.Campaign)
	if err != nil {
		return err
	}
	owed, err := a.Services.Create.Duties(ctx, c, market)
	if err != nil {
		return err
	}
	titles, err := packTitles()
	if err != nil {
		return err
	}
	for _, key := range owed.Verdict.Packs {
		id, _, _ := strings.Cut(key, "@")
		name := titles[id]
		if name == "" {
			name = id
		}
		h.Packs = append(h.Packs, NamedView{key, name})
	}
	for _, d := range owed.Verdict.Duties {
		h.Duties = appendNew(h.Duties, d.Do)
	}
	h.Label, err = labelOf(owed.Source, owed.Verdict.Duties, locale)
	return err
}

// labelOf is the label beside a work of a source, in the viewer's language.
func labelOf(source string, duties []policy.Duty, locale string) (*workLabel, error) {
	l, ok, err := brand.SourceLabel(source, locale)
	if err != nil || !ok {
		return nil, err
	}
	return &workLabel{Icon: l.Icon, Text: l.Text, Lang: l.Locale, BurnedIn: len(brand.BurnedIn(duties)) > 0}, nil
}

// viewersMarket is where whoever is looking said to live when they arrived at a
// campaign; "" where that is not known.
func (a *API) viewersMarket(ctx context.Context, slug string) (string, error) {
	p := identity.Of(ctx).Participant
	if p == nil {
		return "", nil
	}
	arrival, _, err := a.Services.Audience.Arrival(ctx, p.ID, slug)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return arrival.Market, err
}

// packTitles are the titles of the packs that came with Marquee, by id. They
// are names of laws, and the same in every language.
func packTitles() (map[string]string, error) {
	packs, err := policy.Builtin()
	if err != nil {
		return nil, err
	}
	titles := make(map[string]string, len(packs))
	for _, p := range packs {
		titles[p.ID] = p.Title
	}
	return titles, nil
}
