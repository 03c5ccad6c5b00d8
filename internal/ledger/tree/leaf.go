package tree

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/mod/sumdb/tlog"

	"marquee/internal/ledger"
)

// leafVersion names the encoding of a leaf. Another encoding gets another
// name; leaves that are in the tree keep theirs for ever.
const leafVersion = "marquee.ledger/1"

// maxLeaf is the longest entry that a bundle can hold, in bytes: C2SP
// tlog-tiles prefixes each with a uint16.
const maxLeaf = 1<<16 - 1

// at is how a leaf tells a moment: always UTC with six decimals.
const at = "2006-01-02T15:04:05.000000Z"

// Leaf gives the bytes of a row that the tree commits to: one JSON object in
// the canonical form of RFC 8785 (keys sorted, no spaces, least escapes).
// Its keys are action, at, campaign, commitment (in hexadecimal; not there for
// a row without one), id, public, role, subject_id, subject_kind and v. The
// number by which a database orders rows is no part of it: the tree has its own.
//
// A row that would take more than 65,535 bytes is stood for by an object with
// its length, its id where that is short, and the SHA-256 of the long form.
func Leaf(r ledger.Row) []byte {
	fields := map[string]string{
		"v": quoted(leafVersion), "id": quoted(r.ID), "at": quoted(r.At.UTC().Format(at)), "action": quoted(r.Action), "role": quoted(r.Role),
		"subject_kind": quoted(r.SubjectKind), "subject_id": quoted(r.SubjectID), "campaign": quoted(r.Campaign),
	}
	public := make(map[string]string, len(r.Public))
	for k, v := range r.Public {
		public[k] = quoted(v)
	}
	fields["public"] = object(public)
	if len(r.Commitment) > 0 {
		fields["commitment"] = quoted(hex.EncodeToString(r.Commitment))
	}
	whole := object(fields)
	if len(whole) <= maxLeaf {
		return []byte(whole)
	}
	sum := sha256.Sum256([]byte(whole))
	short := map[string]string{"v": quoted(leafVersion), "long": quoted(hex.EncodeToString(sum[:])), "bytes": fmt.Sprint(len(whole))}
	if len(r.ID) <= 100 {
		short["id"] = quoted(r.ID)
	}
	return []byte(object(short))
}

// LeafHash is the hash of a row in the tree: SHA-256 of a zero byte and its
// leaf, as RFC 6962 has it.
func LeafHash(r ledger.Row) tlog.Hash { return tlog.RecordHash(Leaf(r)) }

// object writes a JSON object of values that are JSON already, its keys in the
// order of their UTF-16 units, as RFC 8785 asks.
func object(fields map[string]string) string {
	keys := slices.SortedFunc(maps.Keys(fields), byUnits)
	var b strings.Builder
	b.WriteByte('{')
	for i, k := range keys {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(quoted(k))
		b.WriteByte(':')
		b.WriteString(fields[k])
	}
	b.WriteByte('}')
	return b.String()
}

// byUnits is the order of two texts by their UTF-16 units. It is that of their
// bytes unless one of them has a letter beyond the surrogates.
func byUnits(a, b string) int {
	beyond := func(r rune) bool { return r > 0xd7ff }
	if strings.ContainsFunc(a, beyond) || strings.ContainsFunc(b, beyond) {
		if c := slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b))); c != 0 {
			return c
		}
	}
	return cmp.Compare(a, b) // texts that are not UTF-8 have one order too
}

// quoted writes a JSON string with the escapes of RFC 8785 and no others.
func quoted(s string) string {
	b := make([]byte, 0, len(s)+2)
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\b':
			b = append(b, `\b`...)
		case '\t':
			b = append(b, `\t`...)
		case '\n':
			b = append(b, `\n`...)
		case '\f':
			b = append(b, `\f`...)
		case '\r':
			b = append(b, `\r`...)
		default:
			if c < ' ' {
				b = fmt.Appendf(b, "\\u%04x", c)
			} else {
				b = append(b, c)
			}
		}
	}
	return string(append(b, '"'))
}
