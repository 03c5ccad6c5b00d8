package c2pa

import (
	"time"
)

// Summary is a report with what its manifests say, for people and for JSON.
type Summary struct {
	Report
	// Manifests are the newest first.
	Manifests []Description `json:"manifests"`
}

// Description is what one manifest says, in short.
type Description struct {
	Label     string    `json:"label"`
	Title     string    `json:"title,omitempty"`
	Generator Generator `json:"generator"`
	// Signer and Issuer are the names in the signer's certificate.
	Signer    string    `json:"signer,omitempty"`
	Issuer    string    `json:"issuer,omitempty"`
	Algorithm Algorithm `json:"algorithm,omitempty"`
	// Time is what the first time stamp says, whether it is trusted or not.
	Time        *time.Time            `json:"time,omitempty"`
	Actions     []DescribedAction     `json:"actions,omitempty"`
	Ingredients []DescribedIngredient `json:"ingredients,omitempty"`
	Assertions  []string              `json:"assertions"`
	Redacted    []string              `json:"redacted,omitempty"`
}

// DescribedAction is an action of a manifest.
type DescribedAction struct {
	Action     string `json:"action" cbor:"action"`
	SourceType string `json:"digitalSourceType,omitempty" cbor:"digitalSourceType"`
	Reason     string `json:"reason,omitempty" cbor:"reason"`
}

// DescribedIngredient is an ingredient of a manifest.
type DescribedIngredient struct {
	Title        string `json:"title,omitempty"`
	Relationship string `json:"relationship"`
	// Manifest is the label of the ingredient's manifest, if it has one.
	Manifest string `json:"manifest,omitempty"`
}

// Describe sums up what a validated credential says. What can't be read is
// left out; the report says so.
func Describe(r *Report) Summary {
	s := Summary{Report: *r, Manifests: []Description{}}
	if r.Store == nil {
		return s
	}
	for i := len(r.Store.Manifests) - 1; i >= 0; i-- {
		s.Manifests = append(s.Manifests, describe(r.Store.Manifests[i]))
	}
	return s
}

func describe(m *Manifest) Description {
	d := Description{Label: m.Label, Assertions: []string{}}
	if c := m.Claim; c != nil {
		d.Title, d.Generator, d.Redacted = c.Title, c.Generator, c.Redacted
	}
	if b := m.box.child("c2pa.signature"); b != nil {
		if s, err := readSignature(b.first("cbor")); err == nil {
			d.Signer, d.Issuer = s.chain[0].Subject.String(), s.chain[0].Issuer.String()
			d.Algorithm, _ = algorithmOf(s.algorithm)
			for _, t := range s.tokens {
				if der, err := tokenOf(t); err == nil {
					if stamp, err := readToken(der); err == nil && d.Time == nil {
						d.Time = &stamp.Time
					}
				}
			}
		}
	}
	for _, a := range m.Assertions {
		d.Assertions = append(d.Assertions, a.Label)
		switch kind := a.Kind(); kind {
		case "c2pa.actions", "c2pa.actions.v2":
			var w struct {
				Actions []DescribedAction `cbor:"actions"`
			}
			if a.Decode(&w) == nil {
				d.Actions = append(d.Actions, w.Actions...)
			}
		default:
			if in, err := readIngredient(a); err == nil && in != nil {
				x := DescribedIngredient{Title: in.Title, Relationship: in.Relationship}
				if ref := in.manifest(); ref != nil {
					x.Manifest, _, _ = resolve(ref.URL, m.Label)
				}
				d.Ingredients = append(d.Ingredients, x)
			}
		}
	}
	return d
}
