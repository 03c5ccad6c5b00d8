package brand_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"

	"marquee/brands"
	"marquee/internal/brand"
	"marquee/internal/fault"
)

func shipped(id string) func() *brand.Kit {
	return sync.OnceValue(func() *brand.Kit {
		folder, err := fs.Sub(brands.FS, id)
		if err != nil {
			panic(err)
		}
		k, err := brand.Read(folder)
		if err != nil {
			if f, ok := fault.As(err); ok {
				for _, field := range f.Fields {
					err = fault.New(fault.Invalid, field.Code, "%v\n%s: %s", err, field.Path, field.Message)
				}
			}
			panic(err)
		}
		return k
	})
}

var (
	lumipine = shipped("lumipine")
	kornblum = shipped("kornblum")
)

func TestShippedKitsRead(t *testing.T) {
	t.Parallel()
	for _, k := range []*brand.Kit{lumipine(), kornblum()} {
		if len(k.Marks) < 3 || len(k.Palette()) < 6 || k.Color("ink") == "" {
			t.Errorf("%s: %d marks, %d colours, ink %q", k.ID, len(k.Marks), len(k.Palette()), k.Color("ink"))
		}
		for _, m := range k.Marks {
			for _, v := range m.Variants {
				if d, ok := k.MarkDrawing(m.ID, v.ID); !ok || d.Width <= 0 {
					t.Errorf("%s: no drawing of %s %s", k.ID, m.ID, v.ID)
				}
			}
			if m.For(brand.Light).ID == m.For(brand.Dark).ID {
				t.Errorf("%s: %s has one variant for both grounds", k.ID, m.ID)
			}
		}
		for _, s := range []string{"display", "text", "strong"} {
			if len(k.Stack(s)) == 0 {
				t.Errorf("%s: no fonts for %s", k.ID, s)
			}
		}
	}
	if got := strings.Join(lumipine().Locales(), " "); got != "ar de en es fr ja" {
		t.Errorf("locales of lumipine: %s", got)
	}
}

func TestFilesReadBack(t *testing.T) {
	t.Parallel()
	k := kornblum()
	again, err := brand.ReadFiles(k.Files())
	if err != nil {
		t.Fatal(err)
	}
	if again.Hash() != k.Hash() || len(k.Hash()) != 64 {
		t.Errorf("hash %s became %s", k.Hash(), again.Hash())
	}
	if k.Hash() == lumipine().Hash() {
		t.Error("two kits with one hash")
	}
	size := 0
	for _, f := range k.Files() {
		size += len(f.Data)
		if got, ok := k.File(f.Name); !ok || !bytes.Equal(got.Data, f.Data) || f.Type == "" {
			t.Errorf("%s: not the same file by its name", f.Name)
		}
	}
	if _, ok := k.File("campaigns/first-window.json"); ok {
		t.Error("a file that kit.json does not name is in the kit")
	}
	if size > 1<<20 {
		t.Errorf("the second kit takes %d bytes", size)
	}
}

func TestHash(t *testing.T) {
	t.Parallel()
	base := kornblum()
	edit := func(name string, change func([]byte) []byte) string {
		files := slices.Clone(base.Files())
		for i := range files {
			if files[i].Name == name {
				files[i].Data = change(files[i].Data)
			}
		}
		k, err := brand.ReadFiles(files)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return k.Hash()
	}
	spaced := edit("kit.json", func(b []byte) []byte {
		var out bytes.Buffer
		if err := json.Indent(&out, b, "", "\t"); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	})
	if spaced != base.Hash() {
		t.Error("white space in kit.json changes the hash")
	}
	if edit("kit.json", func(b []byte) []byte { return bytes.Replace(b, []byte("#3350C4"), []byte("#3350C3"), 1) }) == base.Hash() {
		t.Error("another colour leaves the hash as it was")
	}
	if edit("marks/loaf-on-light.svg", func(b []byte) []byte { return append(bytes.Clone(b), '\n') }) == base.Hash() {
		t.Error("another drawing leaves the hash as it was")
	}
}

func TestContrast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000000", "#FFFFFF", 21}, {"#ffffff", "#FFFFFF", 1}, {"#777777", "#FFFFFF", 4.48}} {
		if got := brand.Contrast(c.a, c.b); got < c.want-0.01 || got > c.want+0.01 {
			t.Errorf("contrast of %s on %s: %.3f, not %.2f", c.a, c.b, got, c.want)
		}
	}
	if brand.GroundOf(0.9) != brand.Light || brand.GroundOf(0.05) != brand.Dark {
		t.Error("grounds are the wrong way round")
	}
}
