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
		if a.Decode(&tokens) != nil || len(tokens) == 0 {
			v.say(CodeTimeStampAssertion, Failure, at, "The time stamps are not well formed.")
		}
	case kind == "c2pa.cloud-data":
		v.cloudData(m, a, at)
	case kind == "c2pa.external-reference":
		v.externalReference(m, a, at)
	}
}

// elsewhere tells whether an assertion of this label may lie outside of the
// manifest: not if it says what a work is made of or bound to.
func elsewhere(label string) bool {
	kind := Assertion{Label: label}.Kind()
	return !isBinding(kind) && kind != "c2pa.hash.multi-asset" && !strings.HasPrefix(kind, "c2pa.actions") &&
		!strings.HasPrefix(kind, "c2pa.ingredient") && kind != "c2pa.cloud-data" && kind != "c2pa.external-reference"
}

// cloudData checks a reference to an assertion that lies elsewhere. What it
// refers to is not fetched: no claim is rejected for that.
func (v *validator) cloudData(m *Manifest, a Assertion, at string) {
	var w struct {
		Label    string          `cbor:"label"`
		Size     *uint64         `cbor:"size"`
		Location cbor.RawMessage `cbor:"location"`
	}
	kind := func() string { return Assertion{Label: w.Label}.Kind() }
	switch {
	case a.Decode(&w) != nil || w.Label == "" || w.Size == nil || w.Location == nil:
		v.say(CodeCloudDataMalformed, Failure, at, "The reference to a remote assertion is not well formed.")
	case isBinding(kind()) || kind() == "c2pa.hash.multi-asset":
		v.say(CodeCloudDataBinding, Failure, at, "What binds a manifest to its file must not be remote.")
	case m.Update && strings.HasPrefix(w.Label, "c2pa.actions"):
		v.say(CodeCloudDataActions, Failure, at, "The actions of an update must not be remote.")
	case !elsewhere(w.Label):
		v.say(CodeCloudDataMalformed, Failure, at, "An assertion of this kind must not be remote.")
	}
}

// externalReference checks a reference to something that may change.
func (v *validator) externalReference(m *Manifest, a Assertion, at string) {
	var w struct {
		Label    string `cbor:"label"`
		Location struct {
			URL  string `cbor:"url"`
			Alg  string `cbor:"alg"`
			Hash []byte `cbor:"hash"`
		} `cbor:"location"`
	}
	if a.Decode(&w) != nil || w.Location.URL == "" || (w.Location.Alg == "") != (w.Location.Hash == nil) || w.Label != "" && !elsewhere(w.Label) {
		v.say(CodeExternalMalformed, Failure, at, "The reference to something outside is not well formed.")
	}
	if m.Claim.Version >= 2 && in(m.Claim.Created, m.Label, a.Label) {
		v.say(CodeExternalCreated, Failure, at, "What lies outside can't be what the signer vouches for.")
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
			// Since version 2.4 of the specification, nobody rejects it.
			v.say(CodeMetadataDisallowed, Informational, at, "The field "+name+" is not among those that this assertion may have.")
			return
		}
	}
}
