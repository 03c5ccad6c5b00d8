package c2pa

import (
	"slices"
	"strings"

	"github.com/fxamacker/cbor/v2"
)

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
	Related     cbor.RawMessage `cbor:"relatedAssertions"`
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
	return in(m.Claim.Created, m.Label, label) || in(m.Claim.Gathered, m.Label, label)
}

// in tells whether a list of a claim names an assertion.
func in(list []HashedURI, manifest, label string) bool {
	return slices.ContainsFunc(list, func(r HashedURI) bool {
		_, path, ok := resolve(r.URL, manifest)
		return ok && len(path) == 2 && path[1] == label
	})
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
	if x.Parameters.Related != nil {
		v.related(m, x, at)
	}
	switch x.Action {
	case "c2pa.redacted":
		label, path, ok := resolve(x.Parameters.Redacted, m.Label)
		if !ok || !v.redacted[uri(label, path...)] {
			v.say(CodeActionRedactionMismatch, Failure, at, "The claim does not redact what its action says.")
		}
		return
	case "c2pa.watermarked", "c2pa.watermarked.bound":
		if !slices.ContainsFunc(m.Assertions, func(a Assertion) bool { return a.Kind() == "c2pa.soft-binding" && m.names(a.Label) }) {
			v.say(CodeActionSoftBinding, Failure, at, "The work is said to be watermarked, but no soft binding says how.")
		}
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
	if x.Action == "c2pa.opened" && len(refs) > 1 {
		v.say(CodeActionIngredientMismatch, Failure, at, "Only one work can be opened.")
	}
	for _, r := range refs {
		b := v.store.at(r.URL, m.Label)
		// What was removed was placed by another manifest.
		if label, _, _ := resolve(r.URL, m.Label); b == nil || label != m.Label && x.Action != "c2pa.removed" {
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

// related checks the assertions of the same manifest that an action is about.
func (v *validator) related(m *Manifest, x action, at string) {
	var list []HashedURI
	bad := decoder.Unmarshal(x.Parameters.Related, &list) != nil || len(list) == 0
	for _, r := range list {
		label, path, ok := resolve(r.URL, m.Label)
		bad = bad || !ok || label != m.Label || len(path) != 2 || v.store.at(r.URL, m.Label) == nil ||
			strings.HasPrefix(path[1], "c2pa.ingredient") || strings.HasPrefix(path[1], "c2pa.actions")
	}
	if bad {
		v.say(CodeActionMalformed, Failure, at, "What the action "+x.Action+" is about is not there.")
	}
}
