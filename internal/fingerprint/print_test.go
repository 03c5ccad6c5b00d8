package fingerprint

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/disintegration/imaging"
)

// pictures are what the guard's tests look at too: the painter's work in
// several styles.
var pictures = []string{"fox.png", "harbour.png", "dancers.png"}

// rare says that no word is common.
func rare(int32) bool { return false }

// index is the database's, in memory.
type index map[int32][]Row

func (x index) put(number int64, p Print) {
	for _, e := range p.Entries(rare) {
		x[e.Word] = append(x[e.Word], Row{Print: number, Entry: e})
	}
}

func (x index) search(t *testing.T, img image.Image, prints []Print) []Match {
	t.Helper()
	q, err := QueryOf(img)
	if err != nil {
		t.Fatal(err)
	}
	var rows []Row
	for _, w := range q.Words() {
		rows = append(rows, x[w]...)
	}
	var all []Match
	for _, c := range q.Candidates(rows) {
		all = append(all, q.Match(c, uint64(c.Print), prints[c.Print]))
	}
	return Ranked(all, 5)
}

func large(t testing.TB, name string) image.Image {
	return imaging.Resize(open(t, name), 640, 0, imaging.CatmullRom)
}

func pressed(t *testing.T, img image.Image) image.Image {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 50}); err != nil {
		t.Fatal(err)
	}
	back, err := jpeg.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func middle(img image.Image, share float64) image.Image {
	b := img.Bounds()
	return imaging.CropCenter(img, int(float64(b.Dx())*share), int(float64(b.Dy())*share))
}

func TestWorksAreFoundAgain(t *testing.T) {
	t.Parallel()
	x := index{}
	var prints []Print
	for i, name := range pictures {
		p, err := Of(large(t, name))
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Parts) < 16 || len(p.Parts) > MostParts {
			t.Errorf("%s has %d parts", name, len(p.Parts))
		}
		x.put(int64(i), p)
		prints = append(prints, p)
	}
	for name, change := range map[string]func(image.Image) image.Image{
		"itself":   func(img image.Image) image.Image { return img },
		"pressed":  func(img image.Image) image.Image { return pressed(t, img) },
		"smaller":  func(img image.Image) image.Image { return imaging.Resize(img, 300, 0, imaging.Lanczos) },
		"brighter": func(img image.Image) image.Image { return imaging.AdjustBrightness(img, 10) },
		"mirrored": func(img image.Image) image.Image { return imaging.FlipH(img) },
		"cropped":  func(img image.Image) image.Image { return middle(img, 0.8) },
		"cropped, smaller and pressed": func(img image.Image) image.Image {
			return pressed(t, imaging.Resize(middle(img, 0.8), 400, 0, imaging.Lanczos))
		},
		"half of each side": func(img image.Image) image.Image { return middle(img, 0.5) },
		"a little turned":   func(img image.Image) image.Image { return middle(imaging.Rotate(img, 3, color.Black), 0.85) },
		"framed": func(img image.Image) image.Image {
			b := img.Bounds()
			return imaging.Paste(imaging.New(b.Dx()+100, b.Dy()*3/2, color.White), img, image.Pt(50, 120))
		},
	} {
		for i, of := range pictures {
			found := x.search(t, change(large(t, of)), prints)
			if len(found) == 0 || found[0].OriginID != uint64(i) || found[0].Sureness < 0.9 {
				t.Errorf("%s, %s, is %+v", of, name, found)
			}
			if len(found) > 1 && found[1].Sureness > 0.9 {
				t.Errorf("%s, %s, is another too: %+v", of, name, found)
			}
		}
	}
	for _, stranger := range []string{"board.png", "skin.png", "waves.png"} {
		if found := x.search(t, open(t, stranger), prints); len(found) > 0 && found[0].Sureness > 0.5 {
			t.Errorf("%s is %+v", stranger, found)
		}
	}
}

// TestPrintsDoNotChange says that a picture has one print, wherever its pixels
// lie and whatever type they have.
func TestPrintsDoNotChange(t *testing.T) {
	t.Parallel()
	img := imaging.Clone(large(t, "fox.png"))
	one, err := Of(img)
	if err != nil {
		t.Fatal(err)
	}
	moved := &image.NRGBA{Pix: img.Pix, Stride: img.Stride, Rect: img.Rect.Add(image.Pt(-7, 100))}
	two, err := Of(moved)
	if err != nil || !reflect.DeepEqual(one, two) {
		t.Errorf("another print at another place: %v", err)
	}
	for i, p := range one.Parts {
		if p.X < 0 || p.X > 1024 || p.Y < 0 || p.Y > 1024 || p.Size < finestPart || p.Size > coarsestPart || p.Word > mostWord || p.Check >= 1<<checkBits {
			t.Errorf("part %d is %+v", i, p)
		}
	}
}

func TestEntries(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		want := Part{Word: r.Uint32N(mostWord + 1), Check: r.Uint32N(1 << checkBits), X: r.Float64() * 2000, Y: r.Float64() * 2000, Size: 1 + 60*r.Float64()}
		got := placed(int32(want.Word), want.place())
		if got.Word != want.Word || got.Check != want.Check || math.Abs(got.X-want.X) > 0.5/placeUnit || math.Abs(got.Y-want.Y) > 0.5/placeUnit ||
			math.Abs(math.Log2(got.Size/want.Size)) > 0.51/sizeUnit {
			t.Fatalf("%+v became %+v", want, got)
		}
		if want.place() < 0 {
			t.Fatal("a place is negative")
		}
	}
	// The pieces of a whole hold 250 of its bits, each once.
	seen := map[int32]bool{}
	for k := range 256 {
		var h Hash
		h[3-k/64] = 1 << (k % 64)
		n := 0
		for b := range bands {
			if v := piece(h, b); v != 0 {
				n++
				seen[wholeWord(b, v)] = true
			}
		}
		if n > 1 {
			t.Errorf("bit %d is in %d pieces", k, n)
		}
	}
	if len(seen) != bands*pieceBits {
		t.Errorf("%d bits in the pieces", len(seen))
	}
	same := Part{Word: 5, Size: 4}
	p := Print{Quality: Enough, Parts: []Part{same, same}}
	if n := len(p.Entries(rare)); n != bands+1 {
		t.Errorf("%d entries", n)
	}
	if n := len(p.Entries(func(word int32) bool { return word == 5 })); n != bands {
		t.Errorf("%d entries without the common one", n)
	}
	many := Print{Quality: Enough}
	for i := range MostParts {
		many.Parts = append(many.Parts, Part{Word: uint32(i), Size: 4})
	}
	if e := many.Entries(func(word int32) bool { return word < 10 }); len(e) != bands+Indexed || e[bands].Word != 10 {
		t.Errorf("%d entries where ten parts are common", len(e))
	}
	back, err := Unpack(many.Pack(), Enough)
	if err != nil || !reflect.DeepEqual(back, many) {
		t.Errorf("unpacked: %v, %+v", err, back)
	}
	for _, n := range []int{0, 31, 33, 32 + 12*MostParts + 12} {
		if _, err := Unpack(make([]byte, n), 0); err == nil {
			t.Errorf("%d bytes were a print", n)
		}
	}
	p.Quality = Enough - 1
	if n := len(p.Entries(rare)); n != 1 {
		t.Errorf("%d entries of a picture with little in it", n)
	}
}

func TestOddPictures(t *testing.T) {
	t.Parallel()
	noise := image.NewGray(image.Rect(0, 0, 900, 900))
	r := rand.New(rand.NewPCG(3, 3))
	for i := range noise.Pix {
		noise.Pix[i] = uint8(r.Uint32())
	}
	for name, c := range map[string]struct {
		img image.Image
		ok  bool
	}{
		"nothing":        {image.NewGray(image.Rectangle{}), false},
		"a pixel":        {image.NewGray(image.Rect(0, 0, 1, 1)), false},
		"four high":      {image.NewGray(image.Rect(0, 0, 900, 4)), false},
		"five by five":   {image.NewGray(image.Rect(0, 0, 5, 5)), true},
		"a ribbon":       {image.NewGray(image.Rect(0, 0, 20000, 5)), true},
		"flat":           {image.NewUniform(color.White), false},
		"flat and large": {imaging.New(3000, 2000, color.White), true},
		"nothing seen":   {image.NewNRGBA(image.Rect(0, 0, 300, 300)), true},
		"noise":          {noise, true},
	} {
		if u, ok := c.img.(*image.Uniform); ok {
			c.img = imaging.New(4, 4, u.C)
		}
		p, err := Of(c.img)
		q, err2 := QueryOf(c.img)
		if (err == nil) != c.ok || (err2 == nil) != c.ok {
			t.Errorf("%s: %v, %v", name, err, err2)
		}
		if len(p.Entries(rare)) > Indexed+bands || len(q.Words()) > MostWords {
			t.Errorf("%s: %d entries, %d words", name, len(p.Entries(rare)), len(q.Words()))
		}
		if !slices.IsSorted(q.Words()) || len(slices.Compact(slices.Clone(q.Words()))) != len(q.Words()) {
			t.Errorf("%s: words are not each once and in order", name)
		}
	}
}

// FuzzPictures gives pictures of any size and content, and an index with any
// rows in it.
func FuzzPictures(f *testing.F) {
	f.Add(uint16(64), uint16(40), []byte("a picture"), int64(77))
	f.Add(uint16(5), uint16(300), []byte{0, 255}, int64(-1))
	f.Add(uint16(1), uint16(1), []byte{}, int64(math.MaxInt64))
	f.Fuzz(func(t *testing.T, w, h uint16, data []byte, place int64) {
		img := image.NewGray(image.Rect(0, 0, int(w%400), int(h%400)))
		for i := range img.Pix {
			if len(data) > 0 {
				img.Pix[i] = data[i%len(data)] ^ data[(i/7)%len(data)]
			}
		}
		p, err := Of(img)
		q, err2 := QueryOf(img)
		if (err == nil) != (err2 == nil) {
			t.Fatal(err, err2)
		}
		var rows []Row
		for i, e := range p.Entries(rare) {
			rows = append(rows, Row{1, e}, Row{int64(i), Entry{e.Word, place}})
		}
		for _, word := range q.Words() {
			rows = append(rows, Row{2, Entry{word, place}})
		}
		for _, c := range q.Candidates(rows) {
			m := q.Match(c, uint64(c.Print), p)
			if !(m.Sureness >= 0 && m.Sureness <= 1) || m.Parts < 0 || m.Parts > len(rows) || m.Distance < 0 || m.Distance > 256 {
				t.Fatalf("%+v", m)
			}
		}
	})
}
