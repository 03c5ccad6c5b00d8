package brand

import (
	"marquee/internal/compose"
	"marquee/internal/fault"
)

// probe has letters of every script that a kit's fonts are for, and what is
// hard to set in some.
const probe = "Aé1 Ωμ Жи بسْم שָׁ कि र्क ที่น้ำ 冬あ 겨울 灯"

// readFont reads a font and sets a line in it. The libraries that do so trust a
// font's tables more than an uploaded file deserves: what makes them fall over
// is an unreadable font, and found here, not in the middle of a render.
func readFont(data []byte) (face *compose.Font, err error) {
	defer func() {
		if fell := recover(); fell != nil {
			face, err = nil, fault.New(fault.Invalid, "font_unreadable", "The file is not a whole font. Give a TrueType, OpenType or WOFF (version 1) file.")
		}
	}()
	if face, err = compose.ParseFont(data); err != nil {
		return nil, err
	}
	stack, err := compose.NewStack(face)
	if err != nil {
		return nil, err
	}
	if _, err = stack.Set(probe, ""); err != nil {
		return nil, err
	}
	return face, nil
}
