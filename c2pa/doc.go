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
// A [Definition] is what a credential is to say: actions, ingredients with
// their own credentials, thumbnails, soft bindings, statements of any kind; and
// what is written into the file's XMP packet beside it. With Update set it adds
// to what a file has. A [Signer] is a key in a file, an [Identity] that was made
// here, or a service; an [Authority] confirms the time.
//
// A [Report] has the sum of a validation, its [State], and each finding with a
// status code of the specification. Valid is not yet Trusted: that takes the
// trust list in [Options].Trust.
//
// Nothing in this package opens a connection unless it was given one:
// remote manifests are fetched by [Options].Fetch and time stamps come from a
// [TimeStamper].
//
// Everything that is read has bounds ([Limits]), since files come from
// strangers. All functions may be called by many goroutines at once, as long as
// the assets can be read by them, as [io.ReaderAt] asks.
package c2pa
