package c2pa

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// isBinding tells whether an assertion binds a manifest to the bytes of a file.
func isBinding(kind string) bool {
	switch kind {
	case "c2pa.hash.data", "c2pa.hash.boxes", "c2pa.hash.bmff", "c2pa.hash.bmff.v2", "c2pa.hash.bmff.v3", "c2pa.hash.collection.data":
		return true
	}
	return false
}

// hardBindings gives the bindings that the signer vouches for.
func (m *Manifest) hardBindings() (out []Assertion) {
	if m.Claim == nil {
		return nil
	}
	for _, r := range m.Claim.Created {
		_, path, ok := resolve(r.URL, m.Label)
		if !ok || len(path) != 2 || !isBinding(Assertion{Label: path[1]}.Kind()) {
			continue
		}
		if a, ok := m.Assertion(path[1]); ok {
			out = append(out, a)
		} else {
			out = append(out, Assertion{Label: path[1]})
		}
	}
	return out
}

// bindings checks that a manifest has as many bindings as its kind must.
func (v *validator) bindings(m *Manifest) {
	n := len(m.hardBindings())
	switch {
	case m.Update:
	case n == 0:
		v.say(CodeHardBindingsMissing, Failure, uri(m.Label), "Nothing binds the manifest to its file.")
	case n > 1:
		v.say(CodeHardBindingsMultiple, Failure, uri(m.Label), "More than one assertion binds the manifest to its file.")
	}
}

// bound gives the manifest whose binding counts: the active one, or before
// updates the one that was updated.
func (v *validator) bound(m *Manifest) *Manifest {
	for range deepestChain {
		if !m.Update || m.Claim == nil {
			return m
		}
		var parent *Manifest
		for _, a := range m.Assertions {
			if in, err := readIngredient(a); err == nil && in != nil && in.Relationship == "parentOf" && in.manifest() != nil {
				label, _, _ := resolve(in.manifest().URL, m.Label)
				parent = v.store.Manifest(label)
			}
		}
		if parent == nil {
			return nil
		}
		m = parent
	}
	return nil
}

// binding checks the bytes of the file.
func (v *validator) binding(active *Manifest) {
	m := v.bound(active)
	if m == nil {
		v.say(CodeHardBindingsMissing, Failure, uri(active.Label), "The update leads to no manifest that is bound to the file.")
		return
	}
	all := m.hardBindings()
	if m.Claim == nil || v.failure != nil || len(all) == 0 {
		return // told where the manifest was checked
	}
	a := all[0]
	at := uri(m.Label, "c2pa.assertions", a.Label)
	if a.box == nil || v.redacted[at] {
		return // told as missing, or as redacted
	}
	switch kind := a.Kind(); kind {
	case "c2pa.hash.data":
		v.dataHash(m, a, at)
	case "c2pa.hash.boxes":
		v.boxesHash(m, a, at)
	case "c2pa.hash.collection.data":
		v.say(CodeGeneral, Failure, at, "Collections are not read.")
	default:
		v.bmff(m, a, at)
	}
}

// dataHash is the assertion c2pa.hash.data.
type dataHash struct {
	Exclusions []exclusion `cbor:"exclusions,omitempty"`
	Alg        string      `cbor:"alg,omitempty"`
	Hash       []byte      `cbor:"hash"`
	Pad        []byte      `cbor:"pad"`
	Name       string      `cbor:"name,omitempty"`
}

type exclusion struct {
	Start  int64 `cbor:"start"`
	Length int64 `cbor:"length"`
}

func (v *validator) dataHash(m *Manifest, a Assertion, at string) {
	var d dataHash
	if a.Decode(&d) != nil {
		v.say(CodeDataHashMalformed, Failure, at, "The hash of the file is not well formed.")
		return
	}
	if len(d.Hash) == 0 {
		v.say(CodeDataHashMismatch, Failure, at, "There is no hash of the file.")
		return
	}
	if len(d.Exclusions) > mostExclusions {
		v.say(CodeDataHashMalformed, Failure, at, "The hash leaves out too many parts.")
		return
	}
	var out []span
	size, end, beyond := v.asset.Size(), int64(0), false
	for _, e := range d.Exclusions {
		if e.Start < end || e.Length < 0 || e.Length > 1<<62 || e.Start > 1<<62 {
			v.say(CodeDataHashMalformed, Failure, at, "What the hash leaves out is out of order.")
			return
		}
		s := span{e.Start, e.Length}
		end = s.end()
		beyond = beyond || end > size
		out = append(out, s)
	}
	if m != v.store.Active() {
		// With an update, the store is longer than it was.
		beyond = v.stretch(out)
	}
	if beyond {
		v.say(CodeDataHashMismatch, Failure, at, "What the hash leaves out ends behind the file.")
		return
	}
	for _, s := range out {
		if s.length > 0 && !covered(s, v.place.whole) {
			v.say(CodeDataHashAdditional, Informational, at, "More than the credential is left out of the hash.")
			break
		}
	}
	v.compare(m, a, at, d.Alg, d.Hash, without(span{0, size}, out), CodeDataHashMatch, CodeDataHashMismatch)
}

// stretch makes the exclusion of the credential as long as that is now, moves
// those behind it, and tells whether one ends behind the file then.
func (v *validator) stretch(out []span) (beyond bool) {
	whole, ok := adjacent(v.place.whole)
	longer := int64(0)
	for i := range out {
		out[i].start += longer
		if ok && out[i].start == whole.start && longer == 0 {
			longer = whole.length - out[i].length
			out[i].length = whole.length
		}
		beyond = beyond || out[i].end() > v.asset.Size()
	}
	return beyond
}

// covered tells whether a range lies within adjacent others.
func covered(s span, whole []span) bool {
	at := s.start
	for _, w := range whole {
		if w.start <= at && at < w.end() {
			at = w.end()
		}
	}
	return at >= s.end()
}

// compare hashes parts of the file and reports.
func (v *validator) compare(m *Manifest, a Assertion, at, alg string, want []byte, parts []stretch, match, mismatch string) bool {
	if alg == "" {
		alg = m.Claim.Alg
	}
	h, err := newHash(alg)
	if err != nil {
		v.say(CodeAlgorithmUnsupported, Failure, at, err.Error())
		return false
	}
	if err := hashStretches(v.ctx, h, v.asset, parts); err != nil {
		v.read(err, mismatch, at)
		return false
	}
	if !bytes.Equal(h.Sum(nil), want) {
		v.say(mismatch, Failure, at, "The file was changed after it was signed.")
		return false
	}
	if match != "" {
		v.say(match, Success, at, "The file is as it was signed.")
	}
	return true
}

// boxesHash is the assertion c2pa.hash.boxes.
type boxesHash struct {
	Alg   string     `cbor:"alg,omitempty"`
	Boxes []boxEntry `cbor:"boxes"`
}

type boxEntry struct {
	Names    []string `cbor:"names"`
	Alg      string   `cbor:"alg,omitempty"`
	Hash     []byte   `cbor:"hash"`
	Pad      []byte   `cbor:"pad"`
	Excluded bool     `cbor:"excluded,omitempty"`
}

func (v *validator) boxesHash(m *Manifest, a Assertion, at string) {
	var d boxesHash
	if err := a.Decode(&d); err != nil || len(d.Boxes) == 0 {
		v.say(CodeBoxesHashMalformed, Failure, at, "The hashes of the file's parts are not well formed.")
		return
	}
	have := v.place.boxes
	if len(have) > 0 && have[0].name == "PNGh" && (len(d.Boxes[0].Names) == 0 || d.Boxes[0].Names[0] != "PNGh") {
		have = have[1:] // the magic number, which older files leave out
	}
	for _, e := range d.Boxes {
		if len(e.Names) == 0 || slices.Contains(e.Names, "C2PA") && len(e.Names) != 1 {
			v.say(CodeBoxesHashMalformed, Failure, at, "A hash of the file's parts is not well formed.")
			return
		}
		if len(e.Names) > len(have) {
			v.say(CodeBoxesHashUnknownBox, Failure, at, "A part of the file is missing.")
			return
		}
		var parts []stretch
		for i, name := range e.Names {
			if have[i].name != name {
				v.say(CodeBoxesHashUnknownBox, Failure, at, fmt.Sprintf("The file has %q where it was signed with %.20q.", have[i].name, name))
				return
			}
			parts = append(parts, stretch{span: have[i].span})
		}
		have = have[len(e.Names):]
		switch {
		case e.Names[0] == "C2PA":
		case e.Excluded:
			v.say(CodeBoxesHashAdditional, Informational, at, "The part "+e.Names[0]+" is left out of the hash.")
		default:
			alg := e.Alg
			if alg == "" {
				alg = d.Alg
			}
			if !v.compare(m, a, at, alg, e.Hash, parts, "", CodeBoxesHashMismatch) {
				return
			}
		}
	}
	if len(have) > 0 {
		v.say(CodeBoxesHashUnknownBox, Failure, at, fmt.Sprintf("The file has %q, with which it was not signed.", have[0].name))
		return
	}
	v.say(CodeBoxesHashMatch, Success, at, "The file is as it was signed.")
}

func (v *validator) bmff(m *Manifest, a Assertion, at string) {
	var d bmffHash
	if err := a.Decode(&d); err != nil || len(d.Exclusions) == 0 || len(d.Hash) == 0 && len(d.Merkle) == 0 {
		v.say(CodeBMFFHashMalformed, Failure, at, "The hash of the file is not well formed.")
		return
	}
	version := 1
	if n := strings.TrimPrefix(a.Kind(), "c2pa.hash.bmff.v"); n != a.Kind() {
		version = int(n[0] - '0')
	}
	parts, err := d.stretches(v.asset, version)
	if errors.Is(err, errExclusion) {
		v.say(CodeBMFFHashMalformed, Failure, at, err.Error())
		return
	}
	if err != nil {
		v.read(err, CodeBMFFHashMismatch, at)
		return
	}
	if x := d.additional(); x != "" {
		v.say(CodeBMFFHashAdditional, Informational, at, "The part "+x+" is left out of the hash, too.")
	}
	if len(d.Merkle) > 0 && !v.merkle(m, d, at) {
		return
	}
	if len(d.Hash) > 0 {
		v.compare(m, a, at, d.Alg, d.Hash, parts, CodeBMFFHashMatch, CodeBMFFHashMismatch)
	} else {
		v.say(CodeBMFFHashMatch, Success, at, "The file is as it was signed.")
	}
}

// additional names an exclusion beyond those that every file may have.
func (h bmffHash) additional() string {
	for _, x := range h.Exclusions {
		switch {
		case x.XPath == "/uuid" && len(x.Data) == 1 && bytes.Equal(x.Data[0].Value, bmffUUID):
		case x.XPath == "/ftyp", x.XPath == "/mfra", x.XPath == "/free", x.XPath == "/skip", x.XPath == "/emsg":
		case x.XPath == "/mdat" && len(h.Merkle) > 0 && x.Subset != nil:
		default:
			return x.XPath
		}
	}
	return ""
}
