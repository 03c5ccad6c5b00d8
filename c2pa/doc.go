// Package c2pa reads, validates and signs content credentials, the signed
// statements of origin of the C2PA specification 2.x, in pure Go.
//
// [Validate] judges a file, [Read] gives what its credential says without
// judging it, and [Sign] makes a new file that carries a credential. Files are
// anything with ReadAt and Size, such as a *[bytes.Reader] or what [File]
// makes of an *[os.File]; they are read in small pieces, so that a film does
// not have to fit into memory. PNG, JPEG, WebP, and ISO base media (MP4, MOV,
// M4A, AVIF, HEIC) carry credentials inside; any other file may have one
// beside it, in a .c2pa file.
//
// Nothing in this package opens a connection unless it was given one:
// remote manifests are fetched by [Options].Fetch and time stamps come from a
// [TimeStamper].
//
// Everything that is read has bounds ([Limits]), since files come from
// strangers.
package c2pa
