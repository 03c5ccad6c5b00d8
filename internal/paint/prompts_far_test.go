package paint

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// farScene is what a prompt must come to. Its cast is written short: a count
// of more than one, the subject, its colour after a slash and how it stands to
// the one before after a colon.
type farScene struct {
	cast, setting, hour, weather, season, style, mood string
}

func farSceneOf(sc scene) farScene {
	var cast []string
	for _, a := range sc.cast {
		who := a.id
		if a.count > 1 {
			who = fmt.Sprintf("%d %s", a.count, a.id)
		}
		if a.colour != "" {
			who += "/" + a.colour
		}
		if a.rel != "" {
			who += ":" + a.rel
		}
		cast = append(cast, who)
	}
	return farScene{strings.Join(cast, ", "), sc.setting, sc.hour, sc.weather, sc.season, sc.style, sc.mood}
}

// TestFarPromptsAreUnderstood asks as people do in Greek, Hebrew, Hindi,
// Indonesian, Korean, Thai and Chinese: nothing of it may be missed.
func TestFarPromptsAreUnderstood(t *testing.T) {
	t.Parallel()
	foxAtLantern := farScene{cast: "polar-fox, lantern:beside", setting: "forest", hour: "night", season: "winter", style: "poster"}
	underTree := farScene{cast: "2 child, tree:under", setting: "park", hour: "dusk", season: "autumn", style: "watercolour"}
	for language, prompts := range map[string][]struct {
		prompt string
		want   farScene
	}{
		"el": {
			{"Μια πολική αλεπού δίπλα σε ένα φανάρι στο χιονισμένο δάσος τη νύχτα, αφίσα", foxAtLantern},
			{"Δύο παιδιά κάτω από ένα μεγάλο δέντρο στο πάρκο, φθινόπωρο, ηλιοβασίλεμα, ακουαρέλα", underTree},
			{"ενα κοκκινο τραμ στην πολη με βροχη, νεον", farScene{cast: "tram/ember", setting: "city", weather: "rain", style: "neon"}},
			{"Τρεις γλάροι πάνω από ένα ιστιοφόρο στο λιμάνι το πρωί", farScene{cast: "3 dove, sailing-boat:over", setting: "harbour", hour: "morning"}},
			{"Ζωγράφισε μια ήσυχη λίμνη με δύο κύκνους στην ομίχλη, την αυγή", farScene{cast: "2 swan", setting: "lake", hour: "dawn", weather: "mist", mood: "calm"}},
		},
		"he": {
			{"שועל קוטב ליד פנס ביער מושלג בלילה, פוסטר", foxAtLantern},
			{"שני ילדים מתחת לעץ גדול בפארק בסתיו, בשקיעה, צבעי מים", underTree},
			{"חשמלית אדומה בעיר בגשם, ניאון", farScene{cast: "tram/ember", setting: "city", weather: "rain", style: "neon"}},
			{"צייר חתול שחור על גג בליל כוכבים", farScene{cast: "cat/ink", setting: "rooftops", hour: "starry"}},
			{"שלושה גמלים במדבר בשעת הזהב, חיתוך לינולאום", farScene{cast: "3 camel", setting: "desert", hour: "golden", style: "linocut"}},
		},
		"hi": {
			{"बर्फीले जंगल में रात को लालटेन के पास ध्रुवीय लोमड़ी, पोस्टर", farScene{cast: "polar-fox, lantern:beside", setting: "forest", hour: "night", season: "winter", style: "poster"}},
			{"पार्क में बड़े पेड़ के नीचे दो बच्चे, पतझड़ की शाम, जलरंग", underTree},
			{"बारिश में शहर की सड़क पर लाल ट्राम, नियॉन", farScene{cast: "tram/ember", setting: "city", weather: "rain", style: "neon"}},
			{"रेगिस्तान में तीन ऊंट और एक तंबू, तारों भरी रात", farScene{cast: "3 camel, tent:with", setting: "desert", hour: "starry"}},
			{"कोहरे में झील पर दो हंस, भोर का समय, शांत माहौल", farScene{cast: "2 swan", setting: "lake", hour: "dawn", weather: "mist", mood: "calm"}},
		},
		"id": {
			{"Rubah kutub di samping lentera di hutan bersalju pada malam hari, gaya poster", foxAtLantern},
			{"dua anak di bawah pohon besar di taman, musim gugur, senja, cat air", underTree},
			{"trem merah di kota saat hujan, neon", farScene{cast: "tram/ember", setting: "city", weather: "rain", style: "neon"}},
			{"seekor kucing hitam di atap di malam berbintang", farScene{cast: "cat/ink", setting: "rooftops", hour: "starry"}},
			{"tiga perahu layar di pelabuhan saat matahari terbit, suasana tenang dan berkabut", farScene{cast: "3 sailing-boat", setting: "harbour", hour: "dawn", weather: "mist", mood: "calm"}},
		},
		"ko": {
			{"밤의 눈 덮인 숲에서 등불 옆에 있는 북극여우, 포스터", foxAtLantern},
			{"가을 저녁 공원의 큰 나무 아래 두 아이, 수채화", underTree},
			{"비 오는 도시의 빨간 트램, 네온", farScene{cast: "tram/ember", setting: "city", weather: "rain", style: "neon"}},
			{"별이 빛나는 밤 지붕 위의 검은 고양이 한 마리", farScene{cast: "cat/ink", setting: "rooftops", hour: "starry"}},
			{"안개 낀 새벽 호수의 백조 두 마리, 고요한 분위기로 그려줘", farScene{cast: "2 swan", setting: "lake", hour: "dawn", weather: "mist", mood: "calm"}},
		},
		"th": {
			{"สุนัขจิ้งจอกขั้วโลกข้างโคมไฟในป่าที่ปกคลุมด้วยหิมะยามค่ำคืน โปสเตอร์", foxAtLantern},
			{"เด็กสองคนใต้ต้นไม้ใหญ่ในสวนสาธารณะ ฤดูใบไม้ร่วง ยามเย็น ภาพสีน้ำ", underTree},
			{"รถรางสีแดงในเมืองที่มีฝนตก สไตล์นีออน", farScene{cast: "tram/ember", setting: "city", weather: "rain", style: "neon"}},
			{"แมวสีดำบนหลังคาในคืนที่เต็มไปด้วยดาว", farScene{cast: "cat/ink", setting: "rooftops", hour: "starry"}},
			{"หงส์สองตัวในทะเลสาบท่ามกลางหมอก รุ่งอรุณ บรรยากาศสงบ", farScene{cast: "2 swan", setting: "lake", hour: "dawn", weather: "mist", mood: "calm"}},
		},
		"zh": {
			{"夜晚雪景森林里，一只北极狐在灯笼旁边，海报风格", foxAtLantern},
			{"公园里大树下的两个孩子，秋天，傍晚，水彩画", underTree},
			{"雨中城市里的红色电车，霓虹灯", farScene{cast: "tram/ember", setting: "city", weather: "rain", style: "neon"}},
			{"星空下屋頂上的黑色貓咪", farScene{cast: "cat/ink", setting: "rooftops", hour: "starry"}},
			{"画一幅清晨薄雾中的湖面，两只天鹅，宁静的氛围", farScene{cast: "2 swan", setting: "lake", hour: "morning", weather: "mist", mood: "calm"}},
		},
	} {
		for _, c := range prompts {
			sc, _, missed := read(c.prompt)
			if got := farSceneOf(sc); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s: %q\n got %+v\nwant %+v", language, c.prompt, got, c.want)
			}
			if len(missed) > 0 {
				t.Errorf("%s: %q missed %q", language, c.prompt, missed)
			}
		}
	}
}
