package provenance

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"marquee/c2pa"
)

// SaidLabel is the label of Marquee's own assertion, which holds a Said.
const SaidLabel = "com.marquee.origin"

// WatermarkAlgorithm names the watermark in the soft bindings of credentials;
// its value is the origin's id, 5 bytes, the greatest first.
const WatermarkAlgorithm = "com.marquee.watermark.v1"

// sourceTypes is IPTC's vocabulary of digital source types.
const sourceTypes = "http://cv.iptc.org/newscodes/digitalsourcetype/"

// SourceURI gives the whole name of a digital source type of the register.
func SourceURI(word string) string { return sourceTypes + word }

// The stages of a work that an assertion speaks of.
const (
	stageCandidate = "candidate" // as it was painted or generated
	stageComposed  = "composed"  // with marks and words on it
	stageApproved  = "published" // a person approved that it is shown
	stageRendition = "rendition" // a file of it, at its own size and in its own format
)

// Said is what Marquee says of a picture in the assertion com.marquee.origin,
// as JSON. Nothing in it is about a person but the role of who approved.
type Said struct {
	// ID is that of the origin, 10 hexadecimal digits; the watermark carries it.
	ID    string `json:"id"`
	Stage string `json:"stage"`
	// Kind is "painter" or "model", and what made the picture follows.
	Kind     string `json:"kind"`
	Provider string `json:"provider"`
	Model    string `json:"model"`
	Version  string `json:"version"`
	Campaign string `json:"campaign"`
	// Kit is the brand kit with its version, Marks are the marks on the picture.
	Kit   string   `json:"kit,omitempty"`
	Marks []string `json:"marks,omitempty"`
	// Pixels is the SHA-256 of the picture's pixels at its own size.
	Pixels string `json:"pixels,omitempty"`
	// Checks is what checks and policies came to.
	Checks *Checks `json:"checks,omitempty"`
	// Approval is there once a person has approved.
	Approval *Approval `json:"approval,omitempty"`
	// Prompt is there only if the campaign allows it.
	Prompt string `json:"prompt,omitempty"`
	// Parent names the manifest of the picture at its own size, where the file
	// does not carry it.
	Parent string `json:"parent,omitempty"`
}

// Checks is what checks and policies came to, without a word of what was checked.
type Checks struct {
	// Outcome is "allow", "hold" or "rewrite".
	Outcome string   `json:"outcome"`
	Packs   []string `json:"packs,omitempty"`
	Duties  []string `json:"duties,omitempty"`
}

// Approval is that a person approved: in which role and when, not who.
type Approval struct {
	Role string    `json:"role"`
	At   time.Time `json:"at"`
}

// said begins what is said of an origin.
func said(o Origin, stage string) Said {
	s := Said{
		ID: IDWord(o.ID), Stage: stage, Kind: "model", Provider: o.Provider, Model: o.Model, Version: o.Version,
		Campaign: o.Campaign, Kit: o.Kit, Marks: o.Marks, Pixels: o.Pixels,
	}
	if o.Painted() {
		s.Kind = "painter"
	}
	return s
}

// Painted tells that a program without a model made the picture.
func (o Origin) Painted() bool { return o.Provider == "" || o.Provider == "builtin" }

// agent names what made the picture.
func (o Origin) agent() c2pa.Generator {
	return c2pa.Generator{Name: strings.TrimSpace(o.Provider + " " + o.Model), Version: o.Version}
}

func (s Said) statement() []c2pa.Statement {
	return []c2pa.Statement{{Label: SaidLabel, Value: s, JSON: true}}
}

// Parent is the picture that another is a version of.
type Parent struct {
	// Picture is the file and Beside the credential beside it; nil if it is
	// inside, or there is none.
	Picture, Beside []byte
	// Label names its newest manifest; "" if it has none.
	Label string
}

func (p Parent) ingredient(title string) c2pa.Ingredient {
	return c2pa.Ingredient{
		Title: title, Format: "image/png", Relationship: c2pa.ParentOf, Asset: bytes.NewReader(p.Picture), Manifest: p.Beside,
	}
}

// Mark is a brand's mark that was placed on a picture.
type Mark struct {
	// ID is the kit's name of it, and Kit is as in Origin.
	ID, Kit string
}

func (m Mark) ingredient() c2pa.Ingredient {
	return c2pa.Ingredient{Title: m.ID + " · " + m.Kit, InstanceID: "urn:marquee:mark:" + m.Kit + ":" + m.ID, Relationship: c2pa.ComponentOf}
}

// Creating says more of a picture that was just made.
type Creating struct {
	// Checks is what checks came to; nil where nobody wrote what was painted.
	Checks *Checks
	// Prompt is told; "" tells none.
	Prompt string
	// Marked tells that the watermark is in it.
	Marked bool
}

// Created signs a picture that was just painted or generated, and says so.
func (s *Sealer) Created(ctx context.Context, file []byte, o Origin, c Creating) (Sealed, error) {
	what := said(o, stageCandidate)
	what.Checks, what.Prompt = c.Checks, c.Prompt
	d := c2pa.Definition{
		Actions:    []c2pa.Action{{Action: "c2pa.created", When: o.CreatedAt, SourceType: SourceURI(o.SourceType), Agent: o.agent()}},
		Statements: what.statement(), Metadata: s.metadata(o), XMP: s.xmp(o, c.Prompt),
	}
	if c.Marked {
		marked(&d, o)
	}
	return s.sign(ctx, file, d, how{stamp: true})
}

// marked adds that the watermark was embedded.
func marked(d *c2pa.Definition, o Origin) {
	d.SoftBindings = []c2pa.SoftBinding{{Algorithm: WatermarkAlgorithm, Value: WatermarkValue(o.ID)}}
	d.Actions = append(d.Actions, c2pa.Action{Action: "c2pa.watermarked.bound"})
}

// Composed signs a creation at its own size: the picture that was chosen is its
// parent, and each mark an ingredient. It is not stamped: drafts are many, and
// the stamp of what is published later confirms it too.
func (s *Sealer) Composed(ctx context.Context, png []byte, o Origin, of Parent, texts bool, checks *Checks, prompt string) (Sealed, error) {
	what := said(o, stageComposed)
	what.Checks, what.Prompt = checks, prompt
	source := SourceURI(o.SourceType)
	d := c2pa.Definition{
		Ingredients: []c2pa.Ingredient{of.ingredient("the picture that was chosen")},
		Actions:     []c2pa.Action{{Action: "c2pa.opened", SourceType: source, Ingredients: []int{0}}},
		Statements:  what.statement(), Metadata: s.metadata(o), XMP: s.xmp(o, prompt),
	}
	var placed []string
	for _, id := range o.Marks {
		if slices.Contains(placed, id) {
			continue
		}
		placed = append(placed, id)
		d.Ingredients = append(d.Ingredients, Mark{id, o.Kit}.ingredient())
		d.Actions = append(d.Actions, c2pa.Action{Action: "c2pa.placed", Ingredients: []int{len(d.Ingredients) - 1}})
	}
	if texts {
		d.Actions = append(d.Actions, c2pa.Action{Action: "c2pa.edited", SourceType: SourceURI("digitalCreation"), Description: "Words were set on it."})
	}
	return s.sign(ctx, png, d, how{})
}

// Approved makes the credential that says that a person approved a picture. It
// goes beside the file, which stays as it was looked at.
func (s *Sealer) Approved(ctx context.Context, of Parent, o Origin, checks Checks, by Approval) (Sealed, error) {
	what := said(o, stageApproved)
	what.Checks, what.Approval = &checks, &by
	return s.sign(ctx, of.Picture, c2pa.Definition{
		Ingredients: []c2pa.Ingredient{of.ingredient("the picture that was approved")},
		Actions: []c2pa.Action{
			{Action: "c2pa.opened", SourceType: SourceURI(o.SourceType), Ingredients: []int{0}},
			{Action: "c2pa.published", When: by.At, Description: "A person approved that it is shown."},
		},
		Statements: what.statement(), Metadata: s.metadata(o),
	}, how{stamp: true, beside: true})
}

// Changes say how a file differs from the picture at its own size.
type Changes struct {
	// Resized, Recoded, Labelled and Marked tell what was done: another size,
	// another format, visible labels burned in, and the watermark.
	Resized, Recoded, Labelled, Marked bool
	// Adapted tells that it was laid out anew for another canvas.
	Adapted bool
	// Small has the file name its parent and not carry it.
	Small bool
	// Beside leaves the file as it is.
	Beside bool
}

// Rendered signs a file of an origin for its own bytes.
func (s *Sealer) Rendered(ctx context.Context, file []byte, o Origin, of Parent, m Changes) (Sealed, error) {
	what := Said{ID: IDWord(o.ID), Stage: stageRendition, Kind: "model", Provider: o.Provider, Model: o.Model, Version: o.Version, Campaign: o.Campaign}
	if o.Painted() {
		what.Kind = "painter"
	}
	parent := of.ingredient("the picture at its own size")
	if m.Small {
		parent = c2pa.Ingredient{Title: "the picture at its own size", Format: "image/png", InstanceID: of.Label, Relationship: c2pa.ParentOf}
		what.Parent = of.Label
	}
	d := c2pa.Definition{
		Ingredients: []c2pa.Ingredient{parent},
		Actions:     []c2pa.Action{{Action: "c2pa.opened", SourceType: SourceURI(o.SourceType), Ingredients: []int{0}}},
		Statements:  what.statement(),
	}
	if !m.Beside {
		d.XMP = s.xmp(o, "")
	}
	did := func(yes bool, action, description string, of ...int) {
		if yes {
			d.Actions = append(d.Actions, c2pa.Action{Action: action, Description: description, Ingredients: of})
		}
	}
	did(m.Adapted, "c2pa.edited", "It was laid out anew for another canvas.")
	did(m.Resized, "c2pa.resized", "")
	did(m.Labelled, "c2pa.edited", "A visible label says how it was made.")
	if m.Marked {
		marked(&d, o)
	}
	did(m.Recoded, "c2pa.transcoded", "", 0)
	return s.sign(ctx, file, d, how{beside: m.Beside})
}

// WatermarkValue is an origin's id as soft bindings have it.
func WatermarkValue(id uint64) []byte {
	return []byte{byte(id >> 32), byte(id >> 24), byte(id >> 16), byte(id >> 8), byte(id)}
}

// metadata is the assertion c2pa.metadata of an origin.
func (s *Sealer) metadata(o Origin) json.RawMessage {
	data, err := json.Marshal(map[string]any{
		"@context":                      map[string]string{"Iptc4xmpExt": spaceIPTC, "xmp": spaceXMP},
		"Iptc4xmpExt:DigitalSourceType": SourceURI(o.SourceType),
		"xmp:CreateDate":                o.CreatedAt.UTC().Format(time.RFC3339),
	})
	if err != nil {
		panic(err) // of strings alone
	}
	return data
}
