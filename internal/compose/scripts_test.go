package compose

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"image"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// scripts are a headline and a paragraph in each of the ten scripts.
var scripts = []struct {
	name, lang, line, text string
}{
	{"Latin", "en", "AVATAR To Wave fjord Ångström", "Every window has a light tonight, and every light has a story (some of them true)."},
	{"Greek", "el", "Καλά Χριστούγεννα σε όλους", "Κάθε παράθυρο έχει απόψε ένα φως και κάθε φως έχει μια ιστορία."},
	{"Cyrillic", "ru", "Свет в каждом окне зимой", "Сегодня в каждом окне горит свет, и у каждого света есть своя история."},
	{"Arabic", "ar", "نور في كل نافذة 2026", "الليلة في كل نافذة نور، ولكل نور حكاية مع Lumipine في ليل الشتاء."},
	{"Hebrew", "he", "אור בכל חלון (בחורף) 2026", "הלילה יש אור בכל חלון, ולכל אור יש סיפור עם Lumipine בליל חורף ארוך."},
	{"Devanagari", "hi", "हर खिड़की में उजाला क्षितिज", "आज रात हर खिड़की में एक रोशनी है और हर रोशनी की अपनी एक कहानी है।"},
	{"Thai", "th", "แสงไฟในทุกหน้าต่างฤดูหนาว", "คืนนี้ทุกหน้าต่างมีแสงไฟ และแสงไฟทุกดวงมีเรื่องเล่าของมันเอง"},
	{"Japanese", "ja", "冬のあかり、すべての窓に。", "今夜、すべての窓にあかりがともり、ひとつひとつのあかりに物語があります。"},
	{"Korean", "ko", "모든 창문에 겨울의 빛을", "오늘 밤 모든 창문에는 빛이 있고, 모든 빛에는 저마다의 이야기가 있습니다."},
	{"Chinese", "zh-Hans", "每扇窗里都有一盏冬日的灯", "今夜每扇窗里都有一盏灯，每盏灯都有自己的故事。"},
}

// scriptFonts are the kit's fonts that cover the ten scripts together.
var scriptFonts = []string{
	"figtree-600.woff", "noto-sans-600.woff", "noto-sans-ext-600.woff", "baloo-bhaijaan-2-600.woff", "noto-sans-hebrew-600.woff",
	"noto-sans-devanagari-600.woff", "noto-sans-thai-600.woff", "zen-maru-gothic-700.woff", "noto-sans-kr-700.woff", "noto-sans-sc-700.woff",
}

var scriptStack = sync.OnceValues(func() (*Stack, error) {
	var fonts []*Font
	for _, name := range scriptFonts {
		f, err := loadFont("lumipine", name)
		if err != nil {
			return nil, err
		}
		fonts = append(fonts, f)
	}
	return NewStack(fonts...)
})

func tenScripts(t *testing.T) *Stack {
	t.Helper()
	s, err := scriptStack()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func chineseFirstStack(t *testing.T) *Stack {
	t.Helper()
	s := tenScripts(t)
	n := len(s.fonts) - 1
	out, err := NewStack(append([]*Font{s.fonts[0], s.fonts[n]}, s.fonts[1:n]...)...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

const (
	scriptSize  = 56.0
	scriptRow   = 110
	scriptWidth = 1000
	wrapSize    = 30.0
	wrapWidth   = 430.0
)

// browserPage is what the browser is shown: each headline on a baseline of its
// own, and each paragraph in a narrow column.
func browserPage(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("<!doctype html><meta charset=utf-8><style>")
	var names []string
	for i, name := range scriptFonts {
		data, err := os.ReadFile(filepath.Join("../../brands/lumipine/fonts", name))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "@font-face{font-family:f%d;src:url(data:font/woff;base64,%s)}", i, base64.StdEncoding.EncodeToString(data))
		names = append(names, fmt.Sprintf("f%d", i))
	}
	family := strings.Join(names, ",")
	fmt.Fprintf(&b, "body{margin:0;background:#fff}canvas{display:block}p{position:absolute;top:3000px;left:0;width:%gpx;font:%gpx %s;margin:0}</style>", wrapWidth, wrapSize, family)
	fmt.Fprintf(&b, "<canvas id=c width=%d height=%d></canvas>", scriptWidth, scriptRow*len(scripts))
	// A page in Chinese names the Chinese font first, as ours does for the text.
	n := len(names) - 1
	chinese := strings.Join(append([]string{names[0], names[n]}, names[1:n]...), ",")
	type row struct{ Lang, Line, Family string }
	var rows []row
	for _, s := range scripts {
		own := family
		if s.name == "Chinese" {
			own = chinese
		}
		rows = append(rows, row{s.lang, s.line, own})
		dir := "ltr"
		if s.name == "Arabic" || s.name == "Hebrew" {
			dir = "rtl"
		}
		fmt.Fprintf(&b, "<p lang=%s dir=%s style='font-family:%s'>%s</p>", s.lang, dir, own, html.EscapeString(s.text))
	}
	data, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, `<pre id=out></pre><script>
const rows=%s, family=%q;
(async()=>{
 await Promise.all(family.split(",").map(f=>document.fonts.load("%gpx "+f,"aЖعאहไ冬한")));
 await document.fonts.ready;
 const c=document.getElementById("c"),g=c.getContext("2d");
 g.fillStyle="#fff";g.fillRect(0,0,c.width,c.height);g.fillStyle="#000";
 g.textRendering="geometricPrecision";g.fontKerning="normal";
 const advances=[],lines=[];
 rows.forEach((r,i)=>{c.lang=r.Lang;try{g.lang=r.Lang}catch(e){}
  g.font="%gpx "+r.Family;g.textBaseline="alphabetic";g.textAlign="left";
  g.direction=/[\u0590-\u06ff]/.test(r.Line[0])?"rtl":"ltr";
  advances.push(g.measureText(r.Line).width);g.fillText(r.Line,20,i*%d+75)});
 for(const p of document.querySelectorAll("p")){
  const t=p.firstChild,starts=[0];let y=null;
  for(let i=0;i<t.length;i++){const q=document.createRange();q.setStart(t,i);q.setEnd(t,i+1);const b=q.getBoundingClientRect();
   if(b.width===0)continue;if(y!==null&&b.top>y+%g/2)starts.push(i);y=b.top}
  lines.push(starts)}
 document.getElementById("out").textContent=JSON.stringify({advances,lines});
 document.querySelectorAll("p").forEach(p=>p.remove());
})()</script>`, data, family, scriptSize, scriptSize, scriptRow, wrapSize)
	return b.String()
}

type browserSays struct {
	Advances []float64 `json:"advances"`
	Lines    [][]int   `json:"lines"`
}

// askBrowser shows Chromium the page and returns what it measured and drew.
func askBrowser(t *testing.T) (browserSays, *image.NRGBA) {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("MARQUEE_TESTS_MUST_RUN") != "" {
			t.Fatal("Chromium is not installed; run make test")
		}
		t.Skip("Chromium is not installed: our letters were not compared with a browser's; make test installs it")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, []byte(browserPage(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) []byte {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		args = append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-lcd-text",
			"--font-render-hinting=none", "--force-device-scale-factor=1", "--user-data-dir=" + filepath.Join(dir, "profile"),
			"--virtual-time-budget=8000", fmt.Sprintf("--window-size=%d,%d", scriptWidth, scriptRow*len(scripts))}, args...)
		cmd := exec.CommandContext(ctx, path, append(args, "file://"+file)...)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("Chromium: %v", err)
		}
		return out
	}
	dom := run("--dump-dom", "--screenshot="+filepath.Join(dir, "page.png"))
	m := regexp.MustCompile(`(?s)<pre id="out">(.*?)</pre>`).FindSubmatch(dom)
	if m == nil || len(m[1]) == 0 {
		t.Fatalf("Chromium measured nothing: %d bytes", len(dom))
	}
	var says browserSays
	if err := json.Unmarshal([]byte(html.UnescapeString(string(m[1]))), &says); err != nil {
		t.Fatal(err)
	}
	shot := filepath.Join(dir, "page.png")
	if _, err := os.Stat(shot); err != nil {
		run("--screenshot=" + shot)
	}
	f, err := os.Open(shot)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return says, plain(img)
}

// Our lines are as long as a browser's, look like them, and break where it
// breaks them, in all ten scripts.
func TestScriptsAsInABrowser(t *testing.T) {
	t.Parallel()
	stack := tenScripts(t)
	says, shot := askBrowser(t)
	set := stack.pool.Get().(*setter)
	defer stack.pool.Put(set)
	for i, s := range scripts {
		l, err := stack.Set(s.line, s.lang)
		if err != nil || len(l.Missing) > 0 {
			t.Errorf("%s: %v, missing %q", s.name, err, l.Missing)
			continue
		}
		off := math.Abs(l.Advance*scriptSize - says.Advances[i])
		c := raster.NewCanvas(scriptWidth, scriptRow)
		c.Clear(raster.White)
		c.Fill(l.Path(scriptSize).Transform(raster.Translate(20, 75)), raster.Solid(raster.Black))
		w := min(scriptWidth, int(l.Advance*scriptSize)+40)
		ours := c.Image().SubImage(image.Rect(0, 0, w, scriptRow)).(*image.NRGBA)
		theirs := shot.SubImage(image.Rect(0, i*scriptRow, w, (i+1)*scriptRow)).(*image.NRGBA)
		like := ssim(ours, theirs)
		t.Logf("%-10s advance %7.2f px, off by %.3f px; SSIM %.4f", s.name, l.Advance*scriptSize, off, like)
		if off > 0.5 {
			t.Errorf("%s runs %.2f px, in the browser %.2f", s.name, l.Advance*scriptSize, says.Advances[i])
		}
		if like < 0.97 {
			t.Errorf("%s looks %.3f like the browser's", s.name, like)
			both := image.NewNRGBA(image.Rect(0, 0, scriptWidth, 2*scriptRow))
			for y := range scriptRow {
				copy(both.Pix[both.PixOffset(0, y):], ours.Pix[ours.PixOffset(0, y):ours.PixOffset(w-1, y)])
				copy(both.Pix[both.PixOffset(0, y+scriptRow):], theirs.Pix[theirs.PixOffset(0, y+i*scriptRow):theirs.PixOffset(w-1, y+i*scriptRow)])
			}
			keep(t, "script-"+s.name, both)
		}
		par, _ := set.wrapped([]rune(s.text), s.lang)
		var starts []int
		par.breakAt(wrapWidth/wrapSize, func(from, _ int) { starts = append(starts, from) })
		if !slices.Equal(starts, says.Lines[i]) {
			t.Errorf("%s breaks at %v, in the browser at %v", s.name, starts, says.Lines[i])
		}
	}
}

// TestTenScriptsSheet draws the ten scripts for the documents: a headline and
// a paragraph that is wrapped to three lines.
func TestTenScriptsSheet(t *testing.T) {
	sheetFolder(t)
	stack := tenScripts(t)
	const w, h = 880, 250
	style := TextStyle{Fonts: stack, MinSize: 12, MaxSize: 60}
	sheet := raster.NewCanvas(2*w+120, 5*(h+24)+150)
	sheet.Clear(raster.Hex("#12202B"))
	label(t, sheet, "Ten scripts, set by the compositor", 40, 76, 38, "#F6EFE0")
	for i, s := range scripts {
		x, y := float64(40+i%2*(w+40)), float64(120+i/2*(h+24))
		sheet.Fill(raster.RoundRect(x, y, w, h, 14), raster.Solid(raster.Hex("#1B3540")))
		label(t, sheet, s.name, x+28, y+36, 19, "#F2B14B")
		style.Language, style.Fonts = s.lang, stack
		align := "start"
		head, err := style.FitLines(s.line, w-56, 1, align)
		if err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		sheet.Fill(head.Outline().Transform(raster.Translate(x+28, y+46)), raster.Solid(raster.Hex("#F6EFE0")))
		small := style
		small.MaxSize = 29
		body, err := small.FitLines(s.text, w-56, 3, align)
		if err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		sheet.Fill(body.Outline().Transform(raster.Translate(x+28, y+130)), raster.Solid(raster.Hex("#BFDCE5")))
	}
	saveSheet(t, "ten-scripts.png", sheet)
}

// A text is set as large as its lines allow, balanced, in its own direction.
func TestFitLines(t *testing.T) {
	t.Parallel()
	style := TextStyle{Fonts: tenScripts(t), MinSize: 10, MaxSize: 90}
	for _, s := range scripts {
		last := 0.0
		for lines := 1; lines <= MaxLines; lines++ {
			for _, width := range []float64{250, 500, 1200} {
				b, err := style.FitLines(s.text, width, lines, "")
				if err != nil {
					if lines > 4 {
						t.Errorf("%s in %d lines of %g: %v", s.name, lines, width, err)
					}
					continue
				}
				if len(b.Lines) > lines || b.Size < 10 || b.Size > 90 || math.Abs(b.Height-float64(len(b.Lines))*b.Size*LineHeight) > 1e-6 {
					t.Errorf("%s in %d lines of %g: %d lines of %g, %g high", s.name, lines, width, len(b.Lines), b.Size, b.Height)
				}
				for _, l := range b.Lines {
					if l.Advance*b.Size > width*(1+1e-6) || l.Left < -1e-6 || l.Left+l.Advance*b.Size > width*(1+1e-6) || l.RTL != (s.lang == "ar" || s.lang == "he") {
						t.Errorf("%s in %d lines of %g: a line of %g at %g", s.name, lines, width, l.Advance*b.Size, l.Left)
					}
				}
				if width == 500 {
					if b.Size < last*(1-1e-6) {
						t.Errorf("%s: more lines make it smaller, %g after %g", s.name, b.Size, last)
					}
					last = b.Size
				}
			}
		}
	}
	// Paragraphs keep their own directions and their order.
	b, err := style.FitLines("Winter\nأضواء الشتاء\nחורף", 400, 3, "start")
	if err != nil || len(b.Lines) != 3 || b.Lines[0].RTL || !b.Lines[1].RTL || !b.Lines[2].RTL {
		t.Fatalf("%+v, %v", b.Lines, err)
	}
	if b.Lines[0].Left != 0 || math.Abs(b.Lines[2].Left+b.Lines[2].Advance*b.Size-400) > 0.01 || b.Lines[0].Baseline >= b.Lines[1].Baseline {
		t.Errorf("the lines begin at %g, %g, %g", b.Lines[0].Left, b.Lines[1].Left, b.Lines[2].Left)
	}
	// An empty line between two is kept.
	if b, err := style.FitLines("a\n\nb", 400, 3, ""); err != nil || len(b.Lines) != 3 {
		t.Errorf("%d lines, %v", len(b.Lines), err)
	}
	for text, code := range map[string]string{"a\nb\nc\nd": "text_too_long", "a\x00b": "control_character", " \n ": "text_empty", "snow 𒀀": "text_unsupported",
		strings.Repeat("m", 400): "text_too_long", "\xff": "text_unreadable"} {
		if _, err := style.FitLines(text, 100, 3, ""); !fault.HasCode(err, code) {
			t.Errorf("%.10q: %v, want %s", text, err, code)
		}
	}
}

func FuzzFitLines(f *testing.F) {
	for _, s := range scripts {
		f.Add(s.text, s.lang, 300.0, 3)
	}
	f.Add("a\n\n\u200f\nب", "ar", 10.0, 8)
	f.Fuzz(func(t *testing.T, text, lang string, width float64, lines int) {
		if !(width > 0.1 && width < 1e5) {
			return
		}
		stack, err := scriptStack()
		if err != nil {
			t.Fatal(err)
		}
		b, err := (TextStyle{Fonts: stack, MinSize: 1, MaxSize: 200}).FitLines(text, width, min(lines, MaxLines), "end")
		if err == nil && (len(b.Lines) == 0 || len(b.Lines) > max(1, lines) || b.Size < 1 || b.Size > 200) {
			t.Fatalf("%d lines at %g", len(b.Lines), b.Size)
		}
	})
}
