package e2e

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

// TestExports writes a work on other canvases, as a page and in tiles, and
// checks that every file is what its index says and in the register.
func TestExports(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *House) {
		p, staff := h.participant("winter-lights"), h.staff("reviewer")
		id, _ := h.published(p, staff, "winter-lights", "For the wall")
		out := t.TempDir()
		h.run("export", "--out", filepath.Join(out, "sizes"), "--canvas", "4:5,9:16,16:9,2:1,728x90", "--format", "webp", "creation", id)
		h.run("export", "--out", filepath.Join(out, "page"), "--canvas", "1000x1414", "--format", "pdf", "--channel", "print", "creation", id)
		h.run("export", "--out", filepath.Join(out, "wall"), "--canvas", "1500x525", "--tiles", "400", "--channel", "outdoor", "gallery", "winter-lights")

		type file struct {
			Name          string
			Width, Height int
			SHA256        string
			Tiles         int
		}
		listed := func(folder string) []file {
			var works []struct {
				CreationID string `json:"creation_id"`
				Title      string
				Files      []file
			}
			decode(t, filepath.Join(out, folder, "index.json"), &works)
			if len(works) != 1 || works[0].CreationID != id || works[0].Title != "For the wall" {
				t.Fatalf("%s lists %+v", folder, works)
			}
			return works[0].Files
		}
		known := func(folder, name, sum string) {
			data, err := os.ReadFile(filepath.Join(out, folder, name))
			if err != nil {
				t.Fatal(err)
			}
			have := sha256.Sum256(data)
			if hex.EncodeToString(have[:]) != sum {
				t.Errorf("%s is not what its index says", name)
			}
		}
		ours := func(folder, name string) {
			if match := h.matches(filepath.Join(out, folder, name)); match != "exact" {
				t.Errorf("the page that checks says of %s: %q", name, match)
			}
		}
		sizes := listed("sizes")
		for i, want := range []string{"1080x1350", "1080x1920", "1920x1080", "1600x800", "728x90"} {
			if i >= len(sizes) || sizes[i].Name != fmt.Sprintf("%s-%s.webp", id, want) || fmt.Sprintf("%dx%d", sizes[i].Width, sizes[i].Height) != want {
				t.Fatalf("canvas %s: %+v", want, sizes)
			}
			known("sizes", sizes[i].Name, sizes[i].SHA256)
		}
		ours("sizes", sizes[0].Name)
		page := listed("page")
		if len(page) != 1 {
			t.Fatalf("pages: %+v", page)
		}
		known("page", page[0].Name, page[0].SHA256)
		ours("page", page[0].Name)

		wall := listed("wall")
		if len(wall) != 1 || wall[0].Tiles != 8 || wall[0].Width != 1500 || wall[0].Height != 525 {
			t.Fatalf("tiles: %+v", wall)
		}
		known("wall", wall[0].Name, wall[0].SHA256)
		var index struct {
			Width, Height, Tile int
			Tiles               []struct {
				Name                string
				X, Y, Width, Height int
				SHA256              string
			}
		}
		decode(t, filepath.Join(out, "wall", wall[0].Name), &index)
		ours("wall", filepath.Join(filepath.Dir(wall[0].Name), index.Tiles[5].Name))
		folder, covered := filepath.Dir(wall[0].Name), 0
		for _, tile := range index.Tiles {
			name := filepath.Join(folder, tile.Name)
			known("wall", name, tile.SHA256)
			f, err := os.Open(filepath.Join(out, "wall", name))
			if err != nil {
				t.Fatal(err)
			}
			m, err := png.DecodeConfig(f)
			if err != nil || f.Close() != nil || m.Width != tile.Width || m.Height != tile.Height || tile.X%index.Tile+tile.Y%index.Tile != 0 {
				t.Errorf("%+v is %dx%d: %v", tile, m.Width, m.Height, err)
			}
			covered += tile.Width * tile.Height
		}
		if covered != index.Width*index.Height || index.Width != 1500 || index.Height != 525 {
			t.Errorf("the tiles cover %d of %dx%d pixels", covered, index.Width, index.Height)
		}
		if left, err := filepath.Glob(filepath.Join(out, "wall", "*-making-*")); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	})
}

// matches asks the public check what it says of a file.
func (h *House) matches(path string) string {
	h.t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		h.t.Fatal(err)
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", filepath.Base(path))
	if err == nil {
		_, err = part.Write(data)
	}
	if err = errors.Join(err, form.Close()); err != nil {
		h.t.Fatal(err)
	}
	res, err := http.Post(h.URL+"/api/v1/verify", form.FormDataContentType(), &body)
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	var got struct{ Match string }
	if err := json.NewDecoder(res.Body).Decode(&got); err != nil {
		h.t.Fatal(err)
	}
	return got.Match
}

func decode(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}
