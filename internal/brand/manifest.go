package brand

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"reflect"
	"sync"

	"marquee/internal/fault"
)

var (
	errFileMissing = errors.New("it is not in the kit's folder")
	errFileLarge   = errors.New("it is too large")
	errFileKind    = errors.New("it is not a plain file")
	errFileRead    = errors.New("it can't be read")
)

// manifest is kit.json as people write it.
type manifest struct {
	Format  int                 `json:"format"`
	ID      string              `json:"id"`
	Version string              `json:"version"`
	Name    map[string]string   `json:"name"`
	Tokens  json.RawMessage     `json:"tokens"`
	Marks   []Mark              `json:"marks"`
	Sticker []Sticker           `json:"stickers"`
	Fonts   []Font              `json:"fonts"`
	Stacks  map[string][]string `json:"stacks"`
	Text    TextRules           `json:"text"`
	Rules   []Rule              `json:"rules"`
	Legal   []LegalLine         `json:"legal"`
	Voice   Voice               `json:"voice"`
	Photo   Photo               `json:"photo"`
	Credits []string            `json:"credits"`
}

// opener gives a file of at most limit bytes, or one of the errors above.
type opener func(name string, limit int) ([]byte, error)

// Read reads a kit from a folder: kit.json and the files it names, and no
// others. All that is wrong is told at once, in the fields of a fault of kind
// Invalid: each with its place in kit.json and the reason. A kit.json that
// can't be read at all is a fault of kind Malformed. A kit has at most 200
// files and 20 MB.
func Read(fsys fs.FS) (*Kit, error) {
	return read(func(name string, limit int) ([]byte, error) {
		f, err := fsys.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, errFileMissing
		}
		if err != nil {
			return nil, errFileRead
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil || !info.Mode().IsRegular() {
			return nil, errFileKind
		}
		data, err := io.ReadAll(io.LimitReader(f, int64(limit)+1))
		if err != nil {
			return nil, errFileRead
		}
		if len(data) > limit {
			return nil, errFileLarge
		}
		return data, nil
	})
}

func read(open opener) (*Kit, error) {
	raw, err := open(manifestName, maxManifest)
	if err != nil {
		return nil, fault.New(fault.Malformed, "kit_unreadable", "There is no brand kit here: kit.json: %s.", err)
	}
	var m manifest
	dec := json.NewDecoder(bytes.NewReader(raw))
	if err := dec.Decode(&m); err != nil {
		return nil, fault.New(fault.Malformed, "kit_unreadable", "kit.json can't be read: %s.", jsonReason(err)).Because(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fault.New(fault.Malformed, "kit_unreadable", "kit.json goes on after its end.")
	}
	p := &problems{}
	unknownFields(raw, reflect.TypeFor[manifest](), "", p)
	k := &Kit{
		ID: m.ID, Version: m.Version, Name: m.Name, Marks: m.Marks, Stickers: m.Sticker, Fonts: m.Fonts, Stacks: m.Stacks,
		Text: m.Text, Rules: m.Rules, LegalLines: m.Legal, Voice: m.Voice, Photo: m.Photo, Avoid: m.Voice.Avoid,
		Credits: m.Credits, manifest: raw,
	}
	v := &validator{kit: k, problems: p, open: open}
	v.all(m)
	if err := p.err(); err != nil {
		return nil, err
	}
	k.hash = k.digest()
	k.covers = sync.OnceValue(k.coverages)
	return k, nil
}

// jsonReason says where JSON goes wrong without a Go type's name in it.
func jsonReason(err error) string {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return kind.Field + " should not be a " + kind.Value
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Error()
	}
	return "it ends too early"
}
