package faces

import (
	"crypto/sha256"
	"encoding/hex"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/disintegration/imaging"
)

func open(t testing.TB, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// photo is the photograph of a face that the detector's own module is tested
// with; it is read where the module lies and not kept here.
func photo(t testing.TB) image.Image {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/esimov/pigo").Output()
	if err != nil {
		t.Fatal(err)
	}
	return open(t, filepath.Join(strings.TrimSpace(string(dir)), "testdata", "sample.jpg"))
}

func TestAPhotographedFaceIsFound(t *testing.T) {
	t.Parallel()
	face := photo(t)
	b := face.Bounds()
	small := imaging.Resize(face, 300, 0, imaging.Lanczos)
	wide := imaging.New(1200, 500, image.White.C)
	wide = imaging.Paste(wide, small, image.Pt(700, 90))
	moved := image.NewNRGBA(b.Add(image.Pt(-50, 20)))
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			moved.Set(x-50, y+20, face.At(x, y))
		}
	}
	for name, img := range map[string]image.Image{
		"itself": face, "mirrored": imaging.FlipH(face), "dark": imaging.AdjustBrightness(face, -25), "grey": imaging.Grayscale(face),
		"small": small, "beside much white": wide, "elsewhere": moved, "enlarged": imaging.Resize(face, 3000, 0, imaging.Linear),
	} {
		found, err := Detector{}.Picture(t.Context(), img)
		if err != nil || len(found) == 0 || found[0].Kind != "face" || found[0].Score < 0.5 || found[0].Score > 1 {
			t.Errorf("%s: %v, %v", name, found, err)
		}
		faces, err := Find(img)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range faces {
			if f.Box.Empty() || !f.Box.In(img.Bounds()) {
				t.Errorf("%s: a face at %v of %v", name, f.Box, img.Bounds())
			}
		}
	}
	faces, err := Find(wide)
	if err != nil || len(faces) == 0 {
		t.Fatalf("%v, %v", faces, err)
	}
	if at := (image.Point{(faces[0].Box.Min.X + faces[0].Box.Max.X) / 2, (faces[0].Box.Min.Y + faces[0].Box.Max.Y) / 2}); !at.In(small.Bounds().Add(image.Pt(700, 90))) {
		t.Errorf("the face is said to be at %v", at)
	}
}

func TestNoFace(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"fox", "harbour", "dancers", "waves", "skin", "board"} {
		found, err := Detector{}.Picture(t.Context(), open(t, filepath.Join("..", "nsfw", "testdata", name+".png")))
		if err != nil || len(found) > 0 {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
	for _, size := range [][2]int{{1, 1}, {1, 5000}, {5000, 1}, {30, 20}} {
		if found, err := Find(image.NewGray(image.Rect(0, 0, size[0], size[1]))); err != nil || len(found) > 0 {
			t.Errorf("%v: %v, %v", size, found, err)
		}
	}
	if _, err := Find(image.NewGray(image.Rectangle{})); err == nil {
		t.Error("a picture without pixels was searched")
	}
}

func TestTheCascadeIsThatOfTheLicence(t *testing.T) {
	t.Parallel()
	licence, err := os.ReadFile("data/LICENCE.md")
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(cascade); !strings.Contains(string(licence), hex.EncodeToString(sum[:])) {
		t.Error("the cascade has another checksum than its licence says")
	}
}

func BenchmarkPicture(b *testing.B) {
	img := imaging.Resize(open(b, "../nsfw/testdata/fox.png"), 1024, 1024, imaging.Linear)
	for b.Loop() {
		if _, err := (Detector{}).Picture(b.Context(), img); err != nil {
			b.Fatal(err)
		}
	}
}
