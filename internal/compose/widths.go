package compose

// Widths are the rendition widths that are served, in pixels, ascending.
var Widths = [...]int{160, 320, 480, 640, 960, 1280, 1600, 2048}

// SnapWidth returns the width to serve when w is asked for of a picture that is
// max pixels wide (at least 1): the smallest of Widths that is not below w, but
// never more than max, which counts as one of the widths itself. A w of zero or
// less asks for the whole picture. So a picture has at most len(Widths)+1
// widths, whatever is asked for.
func SnapWidth(w, max int) int {
	if w <= 0 || w >= max {
		return max
	}
	for _, v := range Widths {
		if v >= w {
			return min(v, max)
		}
	}
	return max
}
