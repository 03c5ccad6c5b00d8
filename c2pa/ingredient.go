package c2pa

import (
	"bytes"
	"errors"
	"strings"
)

// ingredientAssertion is an ingredient, in all of its versions.
type ingredientAssertion struct {
	Title          string             `cbor:"dc:title"`
	Format         string             `cbor:"dc:format"`
	Relationship   string             `cbor:"relationship"`
	Active         *HashedURI         `cbor:"activeManifest"`
	ClaimSignature *HashedURI         `cbor:"claimSignature"`
	Old            *HashedURI         `cbor:"c2pa_manifest"`
	Results        *validationResults `cbor:"validationResults"`
	OldStatuses    []recordedStatus   `cbor:"validationStatus"`
	SourceType     string             `cbor:"digitalSourceType"`
	version        int
}

// validationResults is what was found when an ingredient was taken in.
type validationResults struct {
	Active *recordedStatuses `cbor:"activeManifest,omitempty"`
	Deltas []recordedDelta   `cbor:"ingredientDeltas,omitempty"`
}

type recordedDelta struct {
	URI    string           `cbor:"ingredientAssertionURI"`
	Deltas recordedStatuses `cbor:"validationDeltas"`
}

type recordedStatuses struct {
	Success       []recordedStatus `cbor:"success"`
	Informational []recordedStatus `cbor:"informational"`
	Failure       []recordedStatus `cbor:"failure"`
}

type recordedStatus struct {
	Code        string `cbor:"code"`
	URL         string `cbor:"url,omitempty"`
	Explanation string `cbor:"explanation,omitempty"`
}

// manifest is the reference to the ingredient's manifest, or nil.
func (i *ingredientAssertion) manifest() *HashedURI {
	if i.Active != nil {
		return i.Active
	}
	return i.Old
}

var errIngredient = errors.New("c2pa: the ingredient is not well formed")

// readIngredient reads an ingredient; nil if the assertion is none.
func readIngredient(a Assertion) (*ingredientAssertion, error) {
	in := &ingredientAssertion{}
	switch a.Kind() {
	case "c2pa.ingredient":
		in.version = 1
	case "c2pa.ingredient.v2":
		in.version = 2
	case "c2pa.ingredient.v3":
		in.version = 3
	default:
		return nil, nil
	}
	if err := a.Decode(in); err != nil {
		return nil, errIngredient
	}
	switch in.Relationship {
	case "parentOf", "componentOf", "inputTo":
	default:
		return nil, errIngredient
	}
	return in, nil
}

// knownFailures are failures that were there when the ingredient was taken in.
func (i *ingredientAssertion) knownFailures() map[string]bool {
	out := map[string]bool{}
	add := func(list []recordedStatus) {
		for _, s := range list {
			out[s.Code+" "+s.URL] = true
		}
	}
	add(i.OldStatuses)
	if i.Results != nil {
		if i.Results.Active != nil {
			add(i.Results.Active.Failure)
		}
		for _, d := range i.Results.Deltas {
			add(d.Deltas.Failure)
		}
	}
	return out
}

// ingredients validates what a manifest was made of.
func (v *validator) ingredients(m *Manifest, depth int) {
	parents := 0
	for _, a := range m.Assertions {
		if !m.names(a.Label) || v.redacted[uri(m.Label, "c2pa.assertions", a.Label)] {
			continue
		}
		at := uri(m.Label, "c2pa.assertions", a.Label)
		in, err := readIngredient(a)
		if err != nil {
			v.say(CodeIngredientMalformed, Failure, at, err.Error())
			continue
		}
		if in == nil {
			continue
		}
		if in.Relationship == "parentOf" {
			parents++
		}
		v.one(m, in, at, depth)
	}
	if parents > 1 {
		v.say(CodeManifestMultipleParents, Failure, uri(m.Label), "A work has one parent at most.")
	}
	if m.Update && parents != 1 {
		v.say(CodeManifestUpdateParents, Failure, uri(m.Label), "An update needs one parent.")
	}
}

func (v *validator) one(m *Manifest, in *ingredientAssertion, at string, depth int) {
	ref := in.manifest()
	if ref == nil {
		if in.Relationship != "inputTo" {
			v.say(CodeIngredientUnknown, Informational, at, "The ingredient has no credential.")
		}
		return
	}
	if in.SourceType != "" {
		v.say(CodeIngredientMalformed, Failure, at, "The ingredient has a credential, so where it comes from is not said beside it.")
	}
	label, path, ok := resolve(ref.URL, m.Label)
	kid := v.store.Manifest(label)
	if !ok || len(path) > 0 || label == m.Label {
		v.say(CodeIngredientMalformed, Failure, at, "The ingredient names no manifest.")
		return
	}
	if kid == nil {
		v.say(CodeIngredientMissing, Failure, at, "The ingredient's manifest is not there.")
		return
	}
	if in.version == 3 && in.Results == nil {
		v.say(CodeIngredientMalformed, Failure, at, "The ingredient does not say what it was found to be.")
	}
	// From here on it is about the ingredient.
	outer, known := v.ingredient, v.known
	v.ingredient = at
	v.known = in.knownFailures()
	for k := range known {
		v.known[k] = true
	}
	defer func() { v.ingredient, v.known = outer, known }()

	same, err := v.matches(kid.outer, *ref, m.Claim)
	if err == nil && !same && in.version < 3 && kid.Claim != nil {
		// Before specification 1.3 it was the claim that was hashed; the claim
		// has the hashes of the rest.
		h, herr := sum(refHash(*ref, m.Claim), kid.Claim.raw)
		same = herr == nil && bytes.Equal(h, ref.Hash)
	}
	switch {
	case err != nil:
		v.say(CodeAlgorithmUnsupported, Failure, at, err.Error())
	case same:
		v.say(CodeIngredientValidated, Success, at, "The ingredient's manifest is the one that was taken in.")
	case !v.wasRedacted(label):
		v.say(CodeIngredientMismatch, Failure, at, "The ingredient's manifest was changed or swapped.")
	default:
		// What was taken out changed its hash: the signature still proves it.
		v.ingredientSignature(m, in, kid, at)
	}
	if in.version == 3 && same {
		v.ingredientSignature(m, in, kid, at)
	}
	if v.seen[label] {
		return // met before, by another way
	}
	if depth >= deepestChain {
		v.say(CodeIngredientMalformed, Failure, at, "The chain of ingredients is too long.")
		return
	}
	v.manifest(kid, depth+1)
}

func (v *validator) ingredientSignature(m *Manifest, in *ingredientAssertion, kid *Manifest, at string) {
	if in.ClaimSignature == nil {
		v.say(CodeIngredientSignatureMissing, Failure, at, "The ingredient does not say how its manifest was signed.")
		return
	}
	b := kid.box.child("c2pa.signature")
	label, _, _ := resolve(in.ClaimSignature.URL, m.Label)
	if b == nil || label != kid.Label {
		v.say(CodeIngredientSignatureMissing, Failure, at, "The ingredient's signature is not there.")
		return
	}
	if ok, err := v.matches(b, *in.ClaimSignature, m.Claim); err != nil || !ok {
		v.say(CodeIngredientSignatureMismatch, Failure, at, "The ingredient's signature is not the one that was taken in.")
		return
	}
	v.say(CodeIngredientSignatureValidated, Success, at, "The ingredient's signature is the one that was taken in.")
}

// wasRedacted tells whether something of a manifest was redacted.
func (v *validator) wasRedacted(label string) bool {
	for r := range v.redacted {
		if strings.HasPrefix(r, uri(label)+"/") {
			return true
		}
	}
	return false
}
