package c2pa

import "strings"

// references checks what a standard assertion refers to inside the store
// (section "Validation of References"): thumbnails, icons, data of
// ingredients. The manifests and signatures of ingredients and the
// ingredients of actions have codes of their own and are checked elsewhere.
func (v *validator) references(m *Manifest, a Assertion, at string) {
	if a.CBOR == nil || !strings.HasPrefix(a.Label, "c2pa.") || isBinding(a.Kind()) {
		return
	}
	var all any
	if decoder.Unmarshal(a.CBOR, &all) != nil {
		return // told by its shape
	}
	v.walkReferences(m, all, "", at)
}

func (v *validator) walkReferences(m *Manifest, x any, alg, at string) {
	switch x := x.(type) {
	case []any:
		for _, y := range x {
			v.walkReferences(m, y, alg, at)
		}
	case map[any]any:
		if own, ok := x["alg"].(string); ok {
			alg = own
		}
		url, _ := x["url"].(string)
		_, hashed := x["hash"]
		if strings.HasPrefix(url, "self#jumbf=") && (hashed || x["alg"] != nil) {
			hash, _ := x["hash"].([]byte)
			v.reference(m, HashedURI{URL: url, Alg: alg, Hash: hash}, at)
			return
		}
		for key, y := range x {
			switch key {
			case "activeManifest", "c2pa_manifest", "claimSignature", "validationResults", "validationStatus", "ingredient", "ingredients":
			default:
				v.walkReferences(m, y, alg, at)
			}
		}
	}
}

// reference checks one reference, and gives what it leads to, or nil.
func (v *validator) reference(m *Manifest, r HashedURI, at string) *superbox {
	label, path, ok := resolve(r.URL, m.Label)
	if ok && v.redacted[uri(label, path...)] {
		return nil // gone, as it should be
	}
	b := v.store.at(r.URL, m.Label)
	if b == nil {
		v.say(CodeHashedURIMissing, Failure, at, "The assertion refers to something that is not there.")
		return nil
	}
	switch same, err := v.matches(b, r, m.Claim); {
	case err != nil:
		v.say(CodeAlgorithmUnsupported, Failure, at, err.Error())
	case !same:
		v.say(CodeHashedURIMismatch, Failure, at, "What the assertion refers to was changed.")
	default:
		return b
	}
	return nil
}
