package fold

import "strings"

// invisible are characters that show nothing, or only change how others show.
func invisible(r rune) bool {
	switch {
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F, r == 0xFEFF, r == 0x00AD, r == 0x034F, r == 0x061C, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5, r == 0x180E, r == 0x3164, r == 0xFFA0:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r <= 0xE0FFF:
		return true
	}
	return false
}

// longestSmuggled bounds, in bytes, what is decoded.
const longestSmuggled = 4096

// smuggler decodes text that is written in invisible characters: Unicode tags
// (U+E0020 and on are ASCII) and runs of variation selectors (a byte each).
type smuggler struct {
	tags, bytes strings.Builder
	flag        bool // the flags of England, Scotland and Wales are spelt in tags
}

func (s *smuggler) take(r rune) {
	switch {
	case r >= 0xE0020 && r <= 0xE007E:
		if !s.flag && s.tags.Len() < longestSmuggled {
			s.tags.WriteByte(byte(r - 0xE0000))
		}
	case r >= 0xFE00 && r <= 0xFE0F:
		s.add(byte(r - 0xFE00))
	case r >= 0xE0100 && r <= 0xE01EF:
		s.add(byte(r - 0xE0100 + 16))
	}
}

func (s *smuggler) add(b byte) {
	// A single selector says how an emoji looks; those are 0 to 15, and no
	// printable byte is.
	if b >= ' ' && b < 0x7F && s.bytes.Len() < longestSmuggled {
		s.bytes.WriteByte(b)
	}
}

func (s *smuggler) emoji(r rune) { s.flag = r == 0x1F3F4 }

func (s *smuggler) text() string {
	out := s.tags.String()
	if s.bytes.Len() >= 3 {
		out += s.bytes.String()
	}
	return out
}
