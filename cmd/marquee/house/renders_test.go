package house_test

import (
	"bytes"
	"testing"

	"marquee/internal/asset"
	"marquee/internal/create"
	"marquee/internal/fault"
)

func TestAFileIsMadeOnceAndRegistered(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		c := h.creation(p)
		owner := asset.Owner("creation", c.ID)
		before := h.blobs.written(owner)
		files := make([]create.File, 16)
		ended := atOnce(t, len(files), func(i int) (err error) {
			files[i], err = h.Create.Image(ctx, c, "jpeg", 320)
			return err
		})
		is(t, "askers who got it", ended[""], len(files))
		// With it, the signed picture that it is of and what that says.
		is(t, "files that were made", h.blobs.written(owner)-before, 3)
		is(t, "files in the register", h.count("renditions"), 1)
		for _, f := range files {
			if !bytes.Equal(f.Data, files[0].Data) {
				t.Fatal("not all got the same file")
			}
			is(t, "sum", f.SHA256, asset.Sum(f.Data))
			is(t, "media type", f.MediaType, "image/jpeg")
		}
		again, err := h.Create.Image(ctx, c, "jpeg", 320)
		must(t, err)
		is(t, "the kept file's sum", again.SHA256, files[0].SHA256)
		is(t, "the kept file's size", [2]int{again.Width, again.Height}, [2]int{files[0].Width, files[0].Height})
		is(t, "files after asking again", h.blobs.written(owner)-before, 3)

		sums := map[string]bool{files[0].SHA256: true}
		for _, w := range []struct {
			format string
			width  int
		}{{"webp", 320}, {"png", 320}, {"jpeg", 0}} {
			f, err := h.Create.Image(ctx, c, w.format, w.width)
			must(t, err)
			is(t, "sum", f.SHA256, asset.Sum(f.Data))
			sums[f.SHA256] = true
		}
		// A changed work is another file; the older one still checks.
		changed := h.write(p, c, "Hello")
		f, err := h.Create.Image(ctx, changed, "jpeg", 320)
		must(t, err)
		sums[f.SHA256] = true
		is(t, "different files", len(sums), 5)
		wants(t, second(h.Create.Image(ctx, c, "jpeg", -1)), fault.Invalid, "image_width_invalid")
		if _, err := h.Create.Image(ctx, c, "gif", 0); !fault.Is(err, fault.Invalid) {
			t.Errorf("a format that is not offered: %v", err)
		}
		candidate, err := h.Create.CandidateImage(ctx, p, c.CandidateID, "webp", 320)
		must(t, err)

		found := func() {
			t.Helper()
			for sum := range sums {
				rs, err := h.Provenance.Find(ctx, sum)
				must(t, err)
				is(t, "things of a sum", len(rs), 1)
				r := rs[0]
				is(t, "what a sum shows", r.SubjectKind+" "+r.SubjectID+" "+r.Campaign, "creation "+c.ID+" "+slug)
				is(t, "who made it", r.Provider+" "+r.Model, "scripted two-colours")
				is(t, "its marks", len(r.Marks), 1)
				is(t, "its kit", r.Kit, testKit+"@"+kitVersion)
			}
			rs, err := h.Provenance.Find(ctx, candidate.SHA256)
			must(t, err)
			is(t, "things of the candidate's sum", len(rs), 1)
			is(t, "what it shows", rs[0].SubjectKind+" "+rs[0].SubjectID, "candidate "+c.CandidateID)
		}
		found()
		wants(t, second(h.Provenance.Find(ctx, "abc")), fault.Invalid, "sum_invalid")
		none, err := h.Provenance.Find(ctx, asset.Sum([]byte("another picture")))
		must(t, err)
		is(t, "things of an unknown sum", len(none), 0)

		must(t, h.Gallery.Remove(ctx, p, c.ID))
		h.work()
		left, err := h.Blobs.List(ctx, owner, "", 10)
		must(t, err)
		is(t, "blobs after deletion", len(left), 0)
		found()
		if _, err := h.Create.Image(ctx, changed, "jpeg", 320); !fault.Is(err, fault.NotFound) {
			t.Errorf("a deleted work was drawn: %v", err)
		}
		must(t, h.Audience.Leave(ctx, p.ID))
		h.work()
		found()
		is(t, "places that the register still knows", h.kept(), 0)
	})
}

// kept counts the files that the register still says to be there.
func (h *home) kept() int {
	return h.count("renditions WHERE blob_key <> ''") + h.count("origins WHERE master_key <> ''") + h.count("manifests WHERE blob_key <> ''")
}
