package provenance

import (
	"strings"

	"marquee/c2pa"
)

// SignerOf gives the name in the certificate of whoever signed the newest
// manifest of a store: the organisation's, or else the common name. It reads and
// does not validate: the store has to be one that this house wrote.
func SignerOf(store []byte) (string, error) {
	s, err := c2pa.ParseStore(store, c2pa.Limits{})
	if err != nil {
		return "", err
	}
	said := c2pa.Describe(&c2pa.Report{Store: s})
	if len(said.Manifests) == 0 {
		return "", c2pa.ErrNone
	}
	return plainName(said.Manifests[0].Signer), nil
}

// plainName is the organisation or the common name of a distinguished name as
// RFC 2253 writes it; all of it if it has neither.
func plainName(dn string) string {
	common := ""
	for part := range partsOf(dn) {
		kind, value, _ := strings.Cut(part, "=")
		switch {
		case kind == "O" && value != "":
			return value
		case kind == "CN" && common == "":
			common = value
		}
	}
	if common != "" {
		return common
	}
	return dn
}

// partsOf splits a distinguished name at its commas and plus signs, with what
// was escaped by a backslash put back.
func partsOf(dn string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		var part strings.Builder
		escaped := false
		for _, r := range dn {
			switch {
			case escaped:
				part.WriteRune(r)
				escaped = false
			case r == '\\':
				escaped = true
			case r == ',' || r == '+':
				if !yield(part.String()) {
					return
				}
				part.Reset()
			default:
				part.WriteRune(r)
			}
		}
		yield(part.String())
	}
}
