package c2pa

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Where a work comes from, in the words of IPTC's vocabulary.
const (
	SourceTrained            = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
	SourceAlgorithmic        = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
	SourceCompositeTrained   = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
	SourceCompositeSynthetic = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic"
	SourceComposite          = "http://cv.iptc.org/newscodes/digitalsourcetype/composite"
	SourceDigitalCreation    = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation"
)

// Definition is what a new credential is to say.
type Definition struct {
	// Title is the work's name; may be empty.
	Title string
	// Generator is the program that makes the claim.
	Generator Generator
	// Label and InstanceID name the manifest and this version of the file;
	// empty ones are made at random.
	Label, InstanceID string
	// Actions are what was done; the first is c2pa.created or c2pa.opened.
	Actions []Action
	// Ingredients are what it was made of.
	Ingredients []Ingredient
	// Thumbnail is a small picture of the work; may be nil.
	Thumbnail *Thumbnail
	// SoftBindings are watermarks and fingerprints by which the credential
	// can be found again.
	SoftBindings []SoftBinding
	// Metadata is a JSON-LD object for the assertion c2pa.metadata; may be nil.
	Metadata json.RawMessage
	// Statements are other assertions.
	Statements []Statement
	// Redactions take assertions out of the ingredients' manifests.
	Redactions []Redaction
	// Boxes binds by hash.boxes in place of hash.data, so that other tools may
	// read which part was changed. Only for PNG and JPEG.
	Boxes bool
	// XMP is a whole XMP packet, RDF in XML, that takes the place of the one
	// in the file; nil leaves that as it is. It is written before the file is
	// bound, so the credential covers it. At most 4 MB, in a JPEG 65,504 bytes.
	XMP []byte
	// Update adds a manifest to the credential that a PNG, a JPEG or an ISO
	// base media file has; the rest of the file stays byte for byte. Its one
	// ingredient, 0, is the file as it was, so Ingredients is empty. Actions may
	// be empty, too, or c2pa.opened, c2pa.published and c2pa.edited.metadata;
	// Thumbnail, Boxes, XMP and Remote are not for updates.
	Update bool
	// Remote is the address, of HTTP, where the credential can also be had. It
	// is written into the XMP packet as dcterms:provenance; the rest of the
	// packet stays. "" writes none.
	Remote string
}

// Action is something that was done to the work.
type Action struct {
	// Action is a word of the specification, such as "c2pa.placed", or one in
	// the notation of a reversed domain.
	Action string
	// When it was done; zero is now.
	When time.Time
	// SourceType is a digital source type; "" for none.
	SourceType string
	// Agent is what did it; the zero value for none.
	Agent Generator
	// Description is for people; may be empty.
	Description string
	// Ingredients are indexes into Definition.Ingredients.
	Ingredients []int
	// Parameters are further ones; may be nil.
	Parameters map[string]any
}

// Relationship says what an ingredient is to a work.
type Relationship string

// The relationships.
const (
	ParentOf    Relationship = "parentOf"    // the work is a version of it
	ComponentOf Relationship = "componentOf" // it is a part of the work
	InputTo     Relationship = "inputTo"     // it was given to what made the work
)

// Ingredient is something that a work was made of.
type Ingredient struct {
	Title, Format, InstanceID string
	Relationship              Relationship
	// Asset is the ingredient itself: its credential, if it has one, is
	// validated and carried on. Nil if there are no bytes.
	Asset Asset
	// Manifest is the content of the .c2pa file beside it; nil if none.
	Manifest []byte
	// Thumbnail is a small picture of it; may be nil.
	Thumbnail *Thumbnail
}

// Thumbnail is a small picture.
type Thumbnail struct {
	MediaType string
	Data      []byte
}

// SoftBinding is a watermark or a fingerprint of the whole work.
type SoftBinding struct {
	// Algorithm is its name, as registered or in the notation of a reversed domain.
	Algorithm string
	// Value is what it says of the work.
	Value []byte
}

// Statement is an assertion of any kind.
type Statement struct {
	// Label is its kind, such as "com.example.review".
	Label string
	// Value is written as CBOR, or as JSON if JSON is set.
	Value any
	JSON  bool
	// Gathered says that the signer does not vouch for it.
	Gathered bool
}

// Redaction takes an assertion out of an ingredient's manifest.
type Redaction struct {
	// URI is the assertion's absolute JUMBF URI.
	URI string
	// Reason is one of the specification, such as "c2pa.PII.present".
	Reason string
}

// ErrDefinition says that a definition would make a credential that is not
// valid, and why.
var ErrDefinition = errors.New("c2pa: the credential can't be made")

func wrong(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDefinition, fmt.Sprintf(format, args...))
}

// check tells what of a definition would make a credential that fails.
func (d *Definition) check() error {
	if d.Generator.Name == "" {
		return wrong("what makes it has no name")
	}
	if len(d.Actions) == 0 && !d.Update {
		return wrong("it says nothing of how the work began")
	}
	if strings.ContainsAny(d.Label, "/=#") {
		return wrong("its label has a character that addresses need")
	}
	parents := 0
	for i, in := range d.Ingredients {
		switch in.Relationship {
		case ParentOf:
			parents++
		case ComponentOf, InputTo:
		default:
			return wrong("ingredient %d is neither parent nor component nor input", i)
		}
	}
	if parents > 1 {
		return wrong("a work has one parent at most")
	}
	for i, a := range d.Actions {
		begins := a.Action == "c2pa.created" || a.Action == "c2pa.opened"
		if begins != (i == 0) && !d.Update {
			return wrong("the first action, and no other, says that the work was created or opened")
		}
		if a.Action == "c2pa.created" && a.SourceType == "" {
			return wrong("a created work needs a digital source type")
		}
		if strings.TrimSuffix(a.Action, ".bound") == "c2pa.watermarked" && len(d.SoftBindings) == 0 {
			return wrong("the action %s needs a soft binding", a.Action)
		}
		need, strict := actionNeeds[a.Action]
		if strict && len(a.Ingredients) == 0 && a.Action != "c2pa.transcoded" && a.Action != "c2pa.repackaged" {
			return wrong("the action %s needs an ingredient", a.Action)
		}
		for _, n := range a.Ingredients {
			if n < 0 || n >= len(d.Ingredients) {
				return wrong("the action %s names an ingredient that is not there", a.Action)
			}
			if strict && string(d.Ingredients[n].Relationship) != need {
				return wrong("the action %s needs an ingredient that is %s", a.Action, need)
			}
		}
	}
	for _, s := range d.Statements {
		if s.Label == "" || strings.ContainsAny(s.Label, "/=#") || isBinding((Assertion{Label: s.Label}).Kind()) {
			return wrong("an assertion can't have the label %q", s.Label)
		}
	}
	for _, r := range d.Redactions {
		_, path, ok := resolve(r.URI, "")
		if !ok || len(path) != 2 || path[0] != "c2pa.assertions" {
			return wrong("%q is no assertion of another manifest", r.URI)
		}
		kind := (Assertion{Label: path[1]}).Kind()
		if isBinding(kind) || strings.HasPrefix(kind, "c2pa.actions") {
			return wrong("%s must not be redacted", kind)
		}
	}
	if d.Remote != "" {
		if err := checkRemote(d.Remote); err != nil {
			return err
		}
	}
	if d.XMP != nil {
		return checkXMP(d.XMP)
	}
	return nil
}

// redacts tells which assertions of a manifest are to be taken out.
func (d *Definition) redacts(label string) (out []string) {
	for _, r := range d.Redactions {
		if m, path, ok := resolve(r.URI, ""); ok && m == label && !slices.Contains(out, path[1]) {
			out = append(out, path[1])
		}
	}
	return out
}
