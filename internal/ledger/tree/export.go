package tree

import (
	"context"
	"embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// outside is what an export tells others, and the program that they check it
// with; its files end in .txt so that the go command leaves them alone here.
//
//go:embed outside
var outside embed.FS

// Export writes the ledger as it was signed last: files of C2SP tlog-tiles, the
// key, and how others verify them. write is given each file once, its folders
// divided by slashes. It tells how many rows were written.
func Export(ctx context.Context, s Store, write func(name string, data []byte) error, progress func(done, of int64)) (int64, error) {
	t := New(s)
	head, err := t.Head(ctx)
	if err != nil {
		return 0, err
	}
	files := map[string][]byte{"checkpoint": head.Signed, "key": []byte(head.Verifier + "\n")}
	for _, w := range head.Witnesses {
		files["witness/"+strings.NewReplacer("/", "_", "\\", "_", ":", "_").Replace(strings.TrimLeft(w.Witness, "."))] = []byte(w.Checkpoint + w.Line)
	}
	for from, to := range map[string]string{"README.txt": "README.txt", "main.go.txt": "verify/main.go", "go.mod.txt": "verify/go.mod", "go.sum.txt": "verify/go.sum"} {
		if files[to], err = outside.ReadFile("outside/" + from); err != nil {
			return 0, err
		}
	}
	for name, data := range files {
		if err := write(name, data); err != nil {
			return 0, err
		}
	}
	for _, tile := range tlog.NewTiles(height, 0, head.Size) {
		data, err := stored{s, ctx}.ReadTiles([]tlog.Tile{tile})
		if err != nil {
			return 0, err
		}
		if err := write(Path(tile), data[0]); err != nil {
			return 0, err
		}
		if tile.L > 0 {
			continue
		}
		tile.L = -1
		entries, err := s.LedgerEntries(ctx, tile.N<<height, tile.W)
		if err != nil {
			return 0, err
		}
		data[0], err = bundle(entries, tile)
		if err != nil {
			return 0, err
		}
		if err := write(Path(tile), data[0]); err != nil {
			return 0, err
		}
		if progress != nil {
			progress(tile.N<<height+int64(tile.W), head.Size)
		}
	}
	return head.Size, nil
}

// Exported is the Source of an export: a folder or a ZIP file.
type Exported struct {
	fs   fs.FS
	head Checkpoint
}

// NewExported reads an export's files.
func NewExported(files fs.FS) (*Exported, error) {
	e := &Exported{fs: files}
	signed, err := e.read("checkpoint", maxCheckpoint)
	if err != nil {
		return nil, err
	}
	if signed == nil {
		return nil, errors.New("there is no file checkpoint in it: this is not the export of a ledger")
	}
	if e.head, err = headOf(signed); err != nil {
		return nil, err
	}
	return e, nil
}

// Key gives the verifier key that the export came with.
func (e *Exported) Key() (note.Verifier, error) {
	data, err := e.read("key", maxKeyFile)
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(strings.TrimSpace(string(data)))
}

// read gives a file of at most so many bytes; nil if there is none.
func (e *Exported) read(name string, most int64) ([]byte, error) {
	f, err := e.fs.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > most {
		return nil, fmt.Errorf("the file %s is longer than %d bytes", name, most)
	}
	return data, nil
}

// Checkpoint implements Source.
func (e *Exported) Checkpoint(context.Context) ([]byte, error) {
	return e.read("checkpoint", maxCheckpoint)
}

// Tile implements Source. An export has each tile as wide as its checkpoint
// knows it.
func (e *Exported) Tile(_ context.Context, t tlog.Tile) ([]byte, error) {
	if have := e.head.Size >> (height * t.L); t.N<<height < have {
		t.W = int(min(width, have-t.N<<height))
	}
	return e.read(Path(t), width*tlog.HashSize)
}

// Leaves implements Source; from is where a tile begins, and n at most its width.
func (e *Exported) Leaves(_ context.Context, from int64, n int) ([]Found, error) {
	t := tlog.Tile{H: height, L: -1, N: from >> height, W: n}
	data, err := e.read(Path(t), width*(2+maxLeaf))
	if err != nil {
		return nil, err
	}
	var out []Found
	for i := 0; i < n && len(data) >= 2; i++ {
		long := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+long {
			break
		}
		f := Found{Index: from + int64(i), Leaf: data[2 : 2+long]}
		var named struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(f.Leaf, &named) == nil {
			f.RowID = named.ID
		}
		out = append(out, f)
		data = data[2+long:]
	}
	return out, nil
}
