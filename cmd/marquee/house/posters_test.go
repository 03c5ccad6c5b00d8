package house_test

import (
	"bytes"
	"errors"
	"image"
	"image/draw"
	"image/png"
	"testing"

	"marquee/internal/asset"
	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/fault"
)

// A poster in tiles is the poster in one file, each tile is in the register,
// and a mark that looks wrong in one stands against all of them.
func TestAPosterInTiles(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		c := h.creation(p)
		one, err := h.Create.Poster(ctx, c, compose.PNG, 1200, "")
		must(t, err)
		want, err := png.Decode(bytes.NewReader(one.Data))
		must(t, err)
		got := image.NewNRGBA(want.Bounds())
		before, covered, sums := h.count("renditions"), 0, map[string]bool{}
		var whole image.Point
		list := []byte("{}")
		beside, err := h.Create.PosterTiles(ctx, c, 1200, 500, "", func(tile create.Tile) error {
			m, err := png.Decode(bytes.NewReader(tile.Data))
			if err != nil {
				return err
			}
			is(t, "a tile's size", m.Bounds().Size(), tile.At.Size())
			is(t, "a tile's sum", tile.SHA256, asset.Sum(tile.Data))
			draw.Draw(got, tile.At, m, image.Point{}, draw.Src)
			covered += tile.At.Dx() * tile.At.Dy()
			sums[tile.SHA256] = true
			is(t, "tiles in the register before all are made", h.count("renditions"), before)
			return nil
		}, func(size image.Point) ([]byte, error) {
			whole = size
			return list, nil
		})
		must(t, err)
		said := h.trusted("the list of tiles", list, beside)
		is(t, "the whole", whole, want.Bounds().Size())
		is(t, "pixels in tiles", covered, whole.X*whole.Y)
		// The file has a watermark, which no eye sees; tiles have none.
		const faint = 32
		for y := range whole.Y {
			for x := range whole.X {
				a, b := got.NRGBAAt(x, y), want.At(x, y)
				r, g, bl, _ := b.RGBA()
				for _, d := range []int{int(a.R) - int(r>>8), int(a.G) - int(g>>8), int(a.B) - int(bl>>8)} {
					if d > faint || d < -faint {
						t.Fatalf("at %d, %d the tiles have %v and the file %v", x, y, a, b)
					}
				}
			}
		}
		for sum := range sums {
			rs, err := h.Provenance.Find(ctx, sum)
			must(t, err)
			is(t, "what a tile shows", rs[0].SubjectKind+" "+rs[0].SubjectID, "creation "+c.ID)
			is(t, "its marks", len(rs[0].Marks), 1)
			is(t, "the manifest that speaks for it", rs[0].Manifest, said.Active)
		}
		none := func(image.Point) ([]byte, error) { return nil, nil }

		before = h.count("renditions")
		stop := errors.New("the disk is full")
		if _, err := h.Create.PosterTiles(ctx, c, 1100, 512, "", func(create.Tile) error { return stop }, none); !errors.Is(err, stop) {
			t.Errorf("a tile that can't be kept: %v", err)
		}
		h.Create.Prove = seesWrong(h.Create.Prove)
		_, err = h.Create.PosterTiles(ctx, c, 1100, 512, "", func(create.Tile) error { return nil }, none)
		wants(t, err, fault.Conflict, "mark_not_proven")
		is(t, "tiles in the register of what is not proven", h.count("renditions"), before)
	})
}

// A work is laid out anew for each canvas, by the rules of its kit, market and
// channel; nothing of that is stored.
func TestAWorkOnOtherCanvases(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.kit("8.0.0", germanLaw)
		h.on("8.0.0")
		c := h.creation(h.participant())
		kit := must2(h.Campaign.Kit(ctx, testKit, "8.0.0"))(t)
		for _, size := range []image.Point{{X: 540, Y: 675}, {X: 540, Y: 960}, {X: 960, Y: 540}, {X: 800, Y: 400}, {X: 960, Y: 336}, {X: 5000, Y: 1750}} {
			got, err := h.Create.Adapt(ctx, c, size, "outdoor")
			must(t, err)
			doc := parsed(t, got.Creation)
			if !got.Keeps() {
				t.Errorf("on %v it breaks %+v", size, got.Findings)
			}
			is(t, "the canvas", image.Pt(doc.Width, doc.Height), size)
			marks, lines := 0, 0
			for _, l := range doc.Layers {
				if l.Kind == compose.Mark {
					marks++
				}
				if l.Text == germanLine {
					lines++
				}
			}
			is(t, "marks", marks, 1)
			is(t, "lines that the market asks for", lines, 1)
			if left := brand.Check(doc, kit, nil); brand.Refusal(left) != nil {
				t.Errorf("on %v: %+v", size, left)
			}
			if size.X > 1000 {
				continue
			}
			file, err := h.Create.Poster(ctx, got.Creation, compose.PNG, size.X, "")
			must(t, err)
			is(t, "the file", image.Pt(file.Width, file.Height), size)
			is(t, "in the register", len(must2(h.Provenance.Find(ctx, file.SHA256))(t)), 1)
		}
		own, err := h.Create.Adapt(ctx, c, image.Point{}, create.Channel)
		must(t, err)
		is(t, "its own canvas", string(own.Creation.Composition), string(c.Composition))
		is(t, "what is kept of it", string(h.again(c).Composition), string(c.Composition))
		wants(t, second(h.Create.Adapt(ctx, c, image.Pt(20, 20), create.Channel)), fault.Invalid, "composition_invalid")
		wants(t, second(h.Create.Adapt(ctx, c, image.Pt(900, 900), "radio")), fault.Invalid, "channel_unknown")

		// A mark that has to be wider than a strip is has no place on it.
		h.kit("8.0.1", func(kit map[string]any) {
			for _, m := range kit["marks"].([]any) {
				m.(map[string]any)["rules"].(map[string]any)["min_width_px"] = 500
			}
		})
		h.on("8.0.1")
		c = h.creation(h.participant())
		strip, err := h.Create.Adapt(ctx, c, image.Pt(728, 90), create.Channel)
		must(t, err)
		if strip.Keeps() || strip.Findings[0].Message == "" || image.Pt(parsed(t, strip.Creation).Width, parsed(t, strip.Creation).Height) != image.Pt(728, 90) {
			t.Errorf("a strip: %+v", strip.Findings)
		}

		// A mark that may only be shown on the web is not printed.
		h.kit("8.1.0", func(kit map[string]any) {
			for _, m := range kit["marks"].([]any) {
				m.(map[string]any)["rights"] = map[string]any{"owner": "A painter", "licence": "By contract", "channels": []any{"web"}, "with_generated": true}
			}
		})
		h.on("8.1.0")
		c = h.creation(h.participant())
		printed, err := h.Create.Adapt(ctx, c, image.Point{}, "print")
		must(t, err)
		if printed.Keeps() || printed.Findings[0].Rule != "rights_channel" {
			t.Errorf("in print: %+v", printed.Findings)
		}
	})
}
