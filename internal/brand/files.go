package brand

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// The bounds of a kit.
const (
	maxFiles      = 200
	maxKitBytes   = 20 << 20
	maxManifest   = 1 << 20
	maxMarkBytes  = 1 << 20
	maxFontBytes  = 8 << 20
	maxTextBytes  = 256 << 10
	manifestName  = "kit.json"
	maxNameLength = 120
)

// File is one file of a kit, as it is stored.
type File struct {
	// Name is its path in the kit, with slashes: "marks/emblem.svg".
	Name string
	// Type is its media type.
	Type string
	Data []byte
}

// Files gives the kit's files, kit.json first and then by name: all that is
// needed to read the same kit again. The bytes are not to be changed.
func (k *Kit) Files() []File {
	out := []File{{manifestName, "application/json", k.manifest}}
	for _, name := range slices.Sorted(maps.Keys(k.files)) {
		out = append(out, File{name, mediaType(name), k.files[name]})
	}
	return out
}

// File gives one file of the kit, and false if the kit has none of that name.
func (k *Kit) File(name string) (File, bool) {
	if name == manifestName {
		return File{name, "application/json", k.manifest}, true
	}
	data, ok := k.files[name]
	return File{name, mediaType(name), data}, ok
}

// ReadFiles reads a kit from files as Files gave them.
func ReadFiles(files []File) (*Kit, error) {
	byName := make(map[string][]byte, len(files))
	for _, f := range files {
		byName[f.Name] = f.Data
	}
	return read(func(name string, limit int) ([]byte, error) {
		data, ok := byName[name]
		if !ok {
			return nil, errFileMissing
		}
		if len(data) > limit {
			return nil, errFileLarge
		}
		return data, nil
	})
}

// Hash is the SHA-256, in hex, of what the kit says: the manifest without
// regard to its white space, and every file. The same id
// and version with another hash is another kit under a taken name.
func (k *Kit) Hash() string { return k.hash }

func (k *Kit) digest() string {
	h := sha256.New()
	put := func(name string, data []byte) {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(name)))
		h.Write(size[:])
		h.Write([]byte(name))
		binary.BigEndian.PutUint64(size[:], uint64(len(data)))
		h.Write(size[:])
		h.Write(data)
	}
	put(manifestName, canonical(k.manifest))
	for _, name := range slices.Sorted(maps.Keys(k.files)) {
		put(name, k.files[name])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// canonical is the JSON without white space. A manifest was read once already,
// so that it can't fail; if it did, the bytes stand for themselves.
func canonical(manifest []byte) []byte {
	var out bytes.Buffer
	if err := json.Compact(&out, manifest); err != nil {
		return manifest
	}
	return out.Bytes()
}

// mediaType depends on nothing of the machine, unlike mime.TypeByExtension.
func mediaType(name string) string {
	switch name[strings.LastIndexByte(name, '.')+1:] {
	case "svg":
		return "image/svg+xml"
	case "png":
		return "image/png"
	case "woff":
		return "font/woff"
	case "ttf":
		return "font/ttf"
	case "otf":
		return "font/otf"
	case "json":
		return "application/json"
	default:
		return "text/plain; charset=utf-8"
	}
}

// safeName tells whether a name can be a file of a kit: a plain path of
// letters, digits, dots, hyphens and underscores, at most three folders deep.
func safeName(name string) bool {
	if len(name) > maxNameLength || !fs.ValidPath(name) || strings.Count(name, "/") > 3 {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return false
		}
	}
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/") == ""
}
