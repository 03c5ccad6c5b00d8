package brand

import "fmt"

const maxStickers = 64

func (v *validator) stickers() {
	k := v.kit
	if len(k.Stickers) > maxStickers {
		v.problems.add("stickers", "stickers_too_many", "A kit has at most %d stickers.", maxStickers)
		k.Stickers = nil
	}
	seen := map[string]bool{}
	for i := range k.Stickers {
		s := &k.Stickers[i]
		path := fmt.Sprintf("stickers[%d]", i)
		v.id(path, s.ID, seen)
		v.localized(path+".name", s.Name)
		v.localized(path+".alt", s.Alt)
		v.right(path+".rights", s.Rights)
		drawing, ok := v.drawing(path+".file", s.File)
		if !ok {
			continue
		}
		if len(edgesOf(drawing)) == 0 {
			v.problems.add(path+".file", "mark_empty", "%s shows nothing: no pixel of it is covered.", s.File)
			continue
		}
		s.aspect = drawing.Aspect()
		v.within(path+".file", s.aspect, 0.05, 20)
		k.drawings[stickerKey(s.ID)] = drawing
	}
}

// stickerKey can be no mark's, whose keys are an id and a variant's.
func stickerKey(id string) string { return "sticker//" + id }
