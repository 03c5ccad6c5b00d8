package c2pa

import (
	"encoding/json"
	"strings"

	"github.com/fxamacker/cbor/v2"
)

// shape checks that an assertion is of the encoding and the fields that its
// kind has. Bindings, actions and ingredients are checked where they are used.
func (v *validator) shape(m *Manifest, a Assertion, at string) {
	if a.CBOR != nil {
		if err := wellformed.Wellformed(a.CBOR); err != nil {
			v.say(CodeAssertionCBOR, Failure, at, "The assertion is not CBOR.")
			return
		}
	}
	if a.JSON != nil && !json.Valid(a.JSON) {
		v.say(CodeAssertionJSON, Failure, at, "The assertion is not JSON.")
		return
	}
	switch kind := a.Kind(); {
	case kind == "c2pa.metadata":
		v.metadata(a, at)
	case kind == "c2pa.time-stamp":
		var tokens map[string][]byte
		if a.Decode(&tokens) != nil {
			v.say(CodeTimeStampAssertion, Failure, at, "The time stamps are not well formed.")
		}
	case kind == "c2pa.cloud-data":
		var w struct {
			Label    string          `cbor:"label"`
			Size     *uint64         `cbor:"size"`
			Location cbor.RawMessage `cbor:"location"`
			Type     string          `cbor:"content_type"`
		}
		switch {
		case a.Decode(&w) != nil || w.Label == "" || w.Size == nil || w.Location == nil || w.Type == "":
			v.say(CodeCloudDataMalformed, Failure, at, "The reference to a remote assertion is not well formed.")
		case isBinding((Assertion{Label: w.Label}).Kind()):
			v.say(CodeCloudDataBinding, Failure, at, "What binds a manifest to its file must not be remote.")
		case m.Update && strings.HasPrefix(w.Label, "c2pa.actions"):
			v.say(CodeCloudDataActions, Failure, at, "The actions of an update must not be remote.")
		}
	}
}

// metadataSpaces are the schemas from which the assertion c2pa.metadata may
// take fields (section "Metadata about assets").
var metadataSpaces = map[string]bool{
	"http://ns.adobe.com/camera-raw-settings/1.0/": true,
	"http://ns.adobe.com/exif/1.0/":                true,
	"http://ns.adobe.com/exif/1.0/aux/":            true,
	"http://ns.adobe.com/pdf/1.3/":                 true,
	"http://ns.adobe.com/photoshop/1.0/":           true,
	"http://ns.adobe.com/tiff/1.0/":                true,
	"http://ns.adobe.com/xap/1.0/":                 true,
	"http://ns.adobe.com/xap/1.0/mm/":              true,
	"http://ns.adobe.com/xap/1.0/rights/":          true,
	"http://ns.adobe.com/xmp/1.0/DynamicMedia/":    true,
	"http://ns.useplus.org/ldf/xmp/1.0/":           true,
	"http://cipa.jp/exif/1.0/":                     true,
	"http://cipa.jp/exif/1.0/exifEX":               true,
	"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/":  true,
	"http://iptc.org/std/Iptc4xmpExt/2008-02-29/":  true,
	"http://purl.org/dc/elements/1.1/":             true,
	"http://purl.org/dc/terms/":                    true,
	"http://www.w3.org/1999/02/22-rdf-syntax-ns#":  true,
}

func (v *validator) metadata(a Assertion, at string) {
	var fields map[string]json.RawMessage
	if a.JSON == nil || json.Unmarshal(a.JSON, &fields) != nil {
		v.say(CodeAssertionJSON, Failure, at, "The metadata are not a JSON object.")
		return
	}
	var spaces map[string]any
	if json.Unmarshal(fields["@context"], &spaces) != nil {
		v.say(CodeAssertionJSON, Failure, at, "The metadata do not name their schemas.")
		return
	}
	for name := range fields {
		if name == "@context" {
			continue
		}
		prefix, _, ok := strings.Cut(name, ":")
		space, _ := spaces[prefix].(string)
		if !ok || !metadataSpaces[space] {
			v.say(CodeMetadataDisallowed, Failure, at, "The field "+name+" is not among those that this assertion may have.")
			return
		}
	}
}

// action is one entry of the assertions c2pa.actions and c2pa.actions.v2.
type action struct {
	Action     string           `cbor:"action"`
	Parameters actionParameters `cbor:"parameters"`
}

type actionParameters struct {
	Ingredient  *HashedURI      `cbor:"ingredient"`
	Ingredients []HashedURI     `cbor:"ingredients"`
	Redacted    string          `cbor:"redacted"`
	Instances   cbor.RawMessage `cbor:"instanceId"`
}

// mostActions bounds a list of actions.
const mostActions = 1 << 14

// actions checks what was done against what it was done with.
func (v *validator) actions(m *Manifest) {
	begun, first, any := 0, true, false
	for _, a := range m.Assertions {
		kind := a.Kind()
		if kind != "c2pa.actions" && kind != "c2pa.actions.v2" || !m.names(a.Label) {
			continue
		}
		any = true
		at := uri(m.Label, "c2pa.assertions", a.Label)
		var w struct {
			Actions []cbor.RawMessage `cbor:"actions"`
		}
		if err := a.Decode(&w); err != nil || len(w.Actions) == 0 || len(w.Actions) > mostActions {
			v.say(CodeActionMalformed, Failure, at, "The actions are not well formed.")
			return
		}
		for _, raw := range w.Actions {
			var x action
			if decoder.Unmarshal(raw, &x) != nil || x.Action == "" {
				v.say(CodeActionMalformed, Failure, at, "An action is not well formed.")
				return
			}
			if x.Action == "c2pa.created" || x.Action == "c2pa.opened" {
				if begun++; m.Claim.Version >= 2 && (!first || begun > 1) {
					v.say(CodeActionMalformed, Failure, at, "A work begins once, with its first action.")
				}
			} else if first && m.Claim.Version >= 2 && !m.Update {
				v.say(CodeActionMalformed, Failure, at, "The first action must say that the work was created or opened.")
			}
			first = false
			if m.Claim.Version >= 2 || kind == "c2pa.actions.v2" {
				v.action(m, x, at)
			}
		}
	}
	if !any && m.Claim.Version >= 2 && !m.Update {
		v.say(CodeActionMalformed, Failure, uri(m.Label), "There are no actions, so nothing says how the work began.")
	}
}

// names tells whether the claim names an assertion.
func (m *Manifest) names(label string) bool {
	for _, list := range [][]HashedURI{m.Claim.Created, m.Claim.Gathered} {
		for _, r := range list {
			if _, path, ok := resolve(r.URL, m.Label); ok && len(path) == 2 && path[1] == label {
				return true
			}
		}
	}
	return false
}

// actionNeeds is the relationship that an action's ingredients must have.
var actionNeeds = map[string]string{
	"c2pa.opened":     "parentOf",
	"c2pa.placed":     "componentOf",
	"c2pa.removed":    "componentOf",
	"c2pa.transcoded": "parentOf",
	"c2pa.repackaged": "parentOf",
}

func (v *validator) action(m *Manifest, x action, at string) {
	if x.Action == "c2pa.redacted" {
		label, path, ok := resolve(x.Parameters.Redacted, m.Label)
		if !ok || !v.redacted[uri(label, path...)] {
			v.say(CodeActionRedactionMismatch, Failure, at, "The claim does not redact what its action says.")
		}
		return
	}
	refs := x.Parameters.Ingredients
	if x.Parameters.Ingredient != nil {
		refs = append(refs, *x.Parameters.Ingredient)
	}
	need, strict := actionNeeds[x.Action]
	optional := x.Action == "c2pa.transcoded" || x.Action == "c2pa.repackaged"
	if strict && len(refs) == 0 && !optional && x.Parameters.Instances == nil {
		v.say(CodeActionIngredientMismatch, Failure, at, "The action "+x.Action+" does not say with what.")
		return
	}
	for _, r := range refs {
		b := v.store.at(r.URL, m.Label)
		if label, _, _ := resolve(r.URL, m.Label); b == nil || label != m.Label {
			v.say(CodeActionIngredientMismatch, Failure, at, "The action "+x.Action+" names an ingredient that is not there.")
			continue
		}
		if ok, err := v.matches(b, r, m.Claim); err != nil || !ok {
			v.say(CodeActionIngredientMismatch, Failure, at, "The action "+x.Action+" names an ingredient that was changed.")
			continue
		}
		in, err := readIngredient(readAssertion(b))
		if err != nil || in == nil || strict && in.Relationship != need {
			v.say(CodeActionIngredientMismatch, Failure, at, "The action "+x.Action+" needs an ingredient that is "+need+".")
		}
	}
}
