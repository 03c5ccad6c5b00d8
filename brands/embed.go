// Package brands holds the brand kits that come with Marquee: Lumipine, a
// fictional spruce soda from the far north, and Kornblum, a fictional bakery.
// A folder is one kit: kit.json, its marks and fonts, and its campaign files.
package brands

import "embed"

// FS holds the kits, one folder each, named by the kit's id.
//
//go:embed all:lumipine all:kornblum
var FS embed.FS
