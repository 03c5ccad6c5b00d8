package e2e

import (
	"fmt"

	"marquee/internal/compose"
)

// parityCase is a composition that canvas and server have to show alike.
type parityCase struct {
	name string
	doc  compose.Document
}

// written is what the documents say in each of ten scripts: a short line, one
// that is wrapped, and one with a word as long as the script has them.
var written = []struct{ script, line, wrapped, long string }{
	{"Latin", "Fjords & Föhn, AVATAR", "Every window has a light tonight, and every light has a story.", "Donaudampfschifffahrtsgesellschaft, Łódka"},
	{"Greek", "Φως στο σκοτάδι", "Κάθε παράθυρο έχει απόψε ένα φως και μια ιστορία.", "Ηλεκτροεγκεφαλογράφημα"},
	{"Cyrillic", "Свет в темноте", "Сегодня в каждом окне горит свет, у каждого своя история.", "Достопримечательность"},
	{"Arabic", "أضئ الليل الطويل", "الليلة في كل نافذة نور، ولكل نور حكاية في ليل الشتاء.", "أفاستسقيناكموها"},
	{"Hebrew", "אור בכל חלון", "הלילה יש אור בכל חלון, ולכל אור יש סיפור בליל חורף.", "ולכשתתמודדנה"},
	{"Devanagari", "हर खिड़की में उजाला", "आज रात हर खिड़की में एक रोशनी है और उसकी अपनी कहानी है।", "किंकर्तव्यविमूढ़ता"},
	{"Thai", "แสงไฟในฤดูหนาว", "คืนนี้ ทุกหน้าต่าง มีแสงไฟ และมี เรื่องเล่า", "กรุงเทพมหานคร"},
	{"Japanese", "冬の夜に光を", "今夜、すべての窓にあかりがともり、物語があります。", "コミュニケーション"},
	{"Korean", "겨울의 빛을", "오늘 밤 모든 창문에는 빛이 있고 이야기가 있습니다.", "크리스마스이브저녁"},
	{"Chinese", "每扇窗里一盏灯", "今夜每扇窗里都有一盏灯，每盏灯都有自己的故事。", "冬日里的万家灯火"},
}

const (
	paritySide = 480.0
	parityTall = 600.0
)

// parityDocs are sixty documents and more, on small canvases.
func parityDocs() []parityCase {
	var out []parityCase
	on := func(name string, width, height int, layers ...compose.Layer) {
		doc := compose.Document{Version: compose.Version, Width: width, Height: height,
			Layers: append([]compose.Layer{{ID: "picture", Kind: compose.Picture, Width: float64(width)}}, layers...)}
		out = append(out, parityCase{name, doc})
	}
	add := func(name string, layers ...compose.Layer) { on(name, paritySide, parityTall, layers...) }
	text := func(s string, x, y, width, turn float64) compose.Layer {
		return compose.Layer{ID: "text", Kind: compose.Text, Text: s, X: x, Y: y, Width: width, Rotation: turn}
	}
	mark := func(id, variant string, x, y, width, turn float64) compose.Layer {
		return compose.Layer{ID: id, Kind: compose.Mark, Mark: id, Variant: variant, X: x, Y: y, Width: width, Rotation: turn}
	}
	sticker := func(id string, x, y, width, turn float64) compose.Layer {
		return compose.Layer{ID: "the-" + id, Kind: compose.Sticker, Sticker: id, X: x, Y: y, Width: width, Rotation: turn}
	}
	for i, w := range written {
		turn := float64(i%5)*3 - 6
		add(w.script, text(w.line, 60, 260, 360, 0), mark("wordmark", "on-light", 150, 40, 180, 0))
		on(w.script+", turned and wide", 640, 360, text(w.line, 120, 150, 300+float64(i)*9, turn), mark("bottle", "on-dark", 540, 90, 60, -turn))
		wrapped := text(w.wrapped, 60, 200, 330, 0)
		wrapped.Lines, wrapped.Align = 3, []string{"", "start", "end"}[i%3]
		add(w.script+", three lines", wrapped, mark("emblem", "", 200, 40, 80, turn))
		long := text(w.long, 20, 300, 440, turn/2)
		long.Color = "#12202b"
		panel := compose.Layer{ID: "panel", Kind: compose.Shape, Shape: "rect", X: 10, Y: 270, Width: 460, Height: 130, Radius: 24, Fill: &compose.Fill{Color: "#f6efe0e6"}, Rotation: turn / 2}
		add(w.script+", a long word on a panel", panel, long)
	}
	for i, s := range []string{"ضوء Lumipine في الليل", "Lumipine, أضئ الليل!", "אור 2026 Lumipine (בחורף)", "Свет と 光 fjord Φως"} {
		add(fmt.Sprintf("mixed scripts and directions, %d", i+1), text(s, 40, 250, 400, float64(i)*4-6))
	}

	cut := compose.Layer{ID: "cut", Kind: compose.Cutout, Cutout: "moon", X: 120, Y: 220, Width: 200, Rotation: 7}
	effect := func(l compose.Layer) compose.Layer { l.ID, l.Kind = "effect", compose.Effect; return l }
	sun := compose.Layer{ID: "sun", Kind: compose.Shape, Shape: "ellipse", X: 150, Y: 120, Width: 260, Height: 260,
		Fill: &compose.Fill{Gradient: "radial", Stops: []compose.Stop{{At: 0, Color: "#ffd58aff"}, {At: 0.4, Color: "#f2b14b99"}, {At: 1, Color: "#f2b14b00"}}}}
	veil := compose.Layer{ID: "veil", Kind: compose.Shape, Shape: "rect", X: 40, Y: 80, Width: 400, Height: 420, Radius: 40, Rotation: -6,
		Fill: &compose.Fill{Gradient: "linear", Angle: 60, Stops: []compose.Stop{{At: 0, Color: "#d8452e"}, {At: 1, Color: "#1f6f5c"}}}}
	hill := compose.Layer{ID: "hill", Kind: compose.Shape, Shape: "path", Path: "M0 40Q50 -10 100 40V100H0Z", X: 0, Y: 420, Width: 480, Height: 180, Fill: &compose.Fill{Color: "#e9f1f4"}}
	headline := text("Light up the dark", 60, 470, 360, 0)

	add("marks over a picture", mark("wordmark", "on-dark", 40, 40, 250, -5), mark("bottle", "on-light", 330, 300, 90, 12), mark("emblem", "", 60, 420, 110, -8))
	add("figures", mark("polar-fox", "", 40, 320, 190, 4), mark("lantern", "", 330, 120, 90, -9), mark("winter-van", "", 150, 40, 160, 3))
	add("stickers", sticker("snowflake", 30, 40, 160, 15), sticker("star", 250, 60, 200, -20), sticker("bauble", 150, 320, 180, 170))
	see := sticker("star", 80, 120, 320, 10)
	see.Opacity = 0.55
	add("a see-through sticker", see, mark("wordmark", "", 120, 440, 240, 0))
	add("text and a sticker under a mark", headline, sticker("bauble", 160, 380, 140, 0), mark("wordmark", "on-light", 110, 440, 260, 0))
	add("a cut-out", cut, mark("emblem", "", 340, 60, 90, 0))
	add("shapes", hill, sun)
	add("a gradient, turned", veil)
	for _, mode := range compose.Blends() {
		if mode == "normal" {
			continue
		}
		v := veil
		v.Blend, v.Opacity = mode, 0.8
		add("blend "+mode, v, mark("wordmark", "on-light", 130, 30, 220, 0))
	}
	masked := cut
	masked.Mask = &compose.Mask{Shape: "ellipse", X: 0.08, Width: 0.84, Height: 0.72, Feather: 0.06}
	add("a soft mask", masked)
	faded := veil
	faded.Mask = &compose.Mask{Shape: "fade", Angle: 40}
	faded.Blend = "multiply"
	add("a fading mask, multiplied", faded)
	holed := veil
	holed.Mask = &compose.Mask{Shape: "path", Path: "M50 0L100 100H0Z", X: 0.2, Y: 0.2, Width: 0.6, Height: 0.6, Invert: true}
	add("a hole", holed)
	upright := cut
	upright.Rotation, upright.Y = 0, 200
	add("a shadow", hill, effect(compose.Layer{Effect: compose.ShadowEffect, Of: "cut", Size: 0.3, Angle: 40, Color: "#12324a", Strength: 0.6}), upright)
	add("a sticker's short shadow", effect(compose.Layer{Effect: compose.ShadowEffect, Of: "the-star", Size: -0.2, Soft: 0.08}), sticker("star", 150, 220, 190, 0))
	add("a reflection", hill, effect(compose.Layer{Effect: compose.ReflectionEffect, Of: "cut", Size: 0.5, Strength: 0.6}), upright)
	add("snow", effect(compose.Layer{Effect: compose.SnowEffect, Strength: 0.6, Angle: -14, Seed: 3}), headline)
	add("grain", effect(compose.Layer{Effect: compose.GrainEffect, Strength: 0.6, Size: 2.5, Seed: 9}), headline)
	add("a vignette", effect(compose.Layer{Effect: compose.VignetteEffect, Strength: 0.7, Color: "#07131b"}), headline)
	add("a grade", upright, effect(compose.Layer{Effect: compose.GradeEffect, Strength: 0.9, Fill: &compose.Fill{Stops: []compose.Stop{{At: 0, Color: "#0f3d33"}, {At: 0.55, Color: "#d8452e"}, {At: 1, Color: "#f6efe0"}}}}), headline)
	return out
}
