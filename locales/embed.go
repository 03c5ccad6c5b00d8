// Package locales carries the words that the server itself says to people, by
// locale: problems and the heads of pages. The words of the front end are
// beside them and are built into the front end.
package locales

import "embed"

// Files holds problems/<locale>.json and pages/<locale>.json, each a flat
// object from a stable code to a sentence with {places}.
//
//go:embed problems/*.json pages/*.json
var Files embed.FS
