package c2pa

import (
	"bytes"
	"slices"
	"strings"
)

// ingredients writes the ingredient assertions, takes over the manifests that
// ingredients carry, and gives a reference for each ingredient.
func (b *builder) ingredients() ([]HashedURI, error) {
	var refs []HashedURI
	carried := map[string]int{}
	redacted := map[string]bool{}
	for _, in := range b.d.Ingredients {
		m := map[string]any{"relationship": string(in.Relationship)}
		id := in.InstanceID
		if id == "" {
			id = "xmp:iid:" + newUUID()
		}
		m["instanceID"] = id
		if in.Title != "" {
			m["dc:title"] = in.Title
		}
		if in.Format != "" {
			m["dc:format"] = in.Format
		}
		if t := in.Thumbnail; t != nil {
			r, err := b.addThumbnail("c2pa.thumbnail.ingredient", t)
			if err != nil {
				return nil, err
			}
			m["thumbnail"] = r
		}
		if in.Asset != nil {
			o := b.o.Validate
			o.Manifest = in.Manifest
			report, err := Validate(b.ctx, in.Asset, o)
			if err != nil {
				return nil, err
			}
			if report.Store != nil {
				active, err := b.carry(report.Store, carried, redacted)
				if err != nil {
					return nil, err
				}
				if err := b.chain(m, report, active); err != nil {
					return nil, err
				}
			}
		}
		r, err := b.addCBOR("c2pa.ingredient.v3", m, false)
		if err != nil {
			return nil, err
		}
		refs = append(refs, r)
	}
	for _, r := range b.d.Redactions {
		if label, path, _ := resolve(r.URI, ""); !redacted[uri(label, path...)] {
			return nil, wrong("what is to be redacted is in no ingredient: %s", r.URI)
		}
	}
	return refs, nil
}

// carry takes over the manifests of an ingredient's store and gives the bytes
// of its active one.
func (b *builder) carry(s *Store, carried map[string]int, redacted map[string]bool) ([]byte, error) {
	var active []byte
	for _, m := range s.Manifests {
		if m.Label == b.label {
			return nil, wrong("an ingredient carries the manifest %s itself", m.Label)
		}
		labels := b.d.redacts(m.Label)
		from := m.outer // as it is, if nothing is taken out
		if len(labels) > 0 {
			from = m.box
		}
		raw, err := takeOut(from, labels)
		if err != nil {
			return nil, err
		}
		for _, l := range labels {
			redacted[uri(m.Label, "c2pa.assertions", l)] = true
		}
		if i, met := carried[m.Label]; !met {
			carried[m.Label] = len(b.carried)
			b.carried = append(b.carried, raw)
		} else if !bytes.Equal(b.carried[i], raw) {
			return nil, wrong("two ingredients carry different manifests that are both called %s", m.Label)
		}
		active = raw
	}
	return active, nil
}

// chain refers to the manifest of an ingredient and records what was found.
func (b *builder) chain(m map[string]any, report *Report, active []byte) error {
	box, err := parseJUMBF(active)
	if err != nil {
		return err
	}
	h, err := sum("sha256", box.inner)
	if err != nil {
		return err
	}
	m["activeManifest"] = HashedURI{URL: uri(box.label), Hash: h}
	if sig := report.Store.Active().box.child("c2pa.signature"); sig != nil {
		h, err := sum("sha256", sig.inner)
		if err != nil {
			return err
		}
		m["claimSignature"] = HashedURI{URL: uri(box.label, "c2pa.signature"), Hash: h}
	}
	m["validationResults"] = recordResults(report)
	return nil
}

func recordResults(report *Report) validationResults {
	empty := func() recordedStatuses {
		return recordedStatuses{Success: []recordedStatus{}, Informational: []recordedStatus{}, Failure: []recordedStatus{}}
	}
	own := empty()
	deltas := map[string]*recordedStatuses{}
	var order []string
	for _, s := range report.Statuses {
		into := &own
		if s.Ingredient != "" {
			if deltas[s.Ingredient] == nil {
				d := empty()
				deltas[s.Ingredient] = &d
				order = append(order, s.Ingredient)
			}
			into = deltas[s.Ingredient]
		}
		r := recordedStatus{s.Code, s.URL, s.Explanation}
		switch s.Kind {
		case Success:
			into.Success = append(into.Success, r)
		case Informational:
			into.Informational = append(into.Informational, r)
		case Failure:
			into.Failure = append(into.Failure, r)
		}
	}
	out := validationResults{Active: &own}
	for _, u := range order {
		out.Deltas = append(out.Deltas, recordedDelta{u, *deltas[u]})
	}
	return out
}

// takeOut takes assertions out of a manifest's superbox.
func takeOut(m *superbox, labels []string) ([]byte, error) {
	if len(labels) == 0 {
		return m.raw, nil
	}
	var parts [][]byte
	out := 0
	desc, err := description(m)
	if err != nil {
		return nil, err
	}
	for _, k := range m.kids {
		if k.label != "c2pa.assertions" {
			parts = append(parts, k.raw)
			continue
		}
		head, err := description(k)
		if err != nil {
			return nil, err
		}
		kept := [][]byte{head}
		for _, a := range k.kids {
			if slices.Contains(labels, a.label) {
				out++
			} else {
				kept = append(kept, a.raw)
			}
		}
		parts = append(parts, box("jumb", kept...))
	}
	if out < len(labels) {
		return nil, wrong("an assertion that is to be redacted is not there: %s", strings.Join(labels, ", "))
	}
	return box("jumb", append([][]byte{desc}, parts...)...), nil
}

// description gives the description box of a superbox.
func description(s *superbox) ([]byte, error) {
	_, _, raw, _, err := nextBox(s.inner)
	return bytes.Clone(raw), err
}
