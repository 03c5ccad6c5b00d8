package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"marquee/internal/store/leash"
)

// Page is a tab of a real browser, driven as a person would: by what is
// written on the screen.
type Page struct {
	t   testing.TB
	ctx context.Context
	// Words are the strings of the page's language, by key.
	Words map[string]string
	base  string

	mu     sync.Mutex
	faults []string
}

// patience is how long the browser waits for something to appear.
const patience = 40 * time.Second

// browse opens a browser of its own with a language and a screen size.
func (h *House) browse(lang string, width, height int64) *Page {
	h.t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if leash.MustRun() {
			h.t.Fatal("Chromium is not installed; run make test")
		}
		h.t.Skip("Chromium is not installed; make test installs it")
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("lang", lang), chromedp.Flag("accept-lang", lang),
	)
	h.t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	h.t.Cleanup(cancel)
	p := &Page{t: h.t, ctx: ctx, base: h.URL, Words: words(h.t, lang)}
	// The browser lives as long as the context of its first action.
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height)); err != nil {
		h.t.Fatal(err)
	}
	go p.listen()
	if _, err := chromedp.Call(ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": lang}}); err != nil {
		h.t.Fatal(err)
	}
	return p
}

// listen keeps what the console complains of: exceptions, refused scripts and
// styles. A request that was answered with a fault is no complaint.
func (p *Page) listen() {
	for m, err := range chromedp.Console(p.ctx) {
		if err != nil {
			return // the browser is closed
		}
		loud := m.Type == chromedp.ConsoleError || m.Type == chromedp.ConsoleException
		if loud && !strings.Contains(m.Text, "Failed to load resource") {
			p.mu.Lock()
			p.faults = append(p.faults, string(m.Type)+": "+m.Text)
			p.mu.Unlock()
		}
	}
}

// noFaults fails the test if the console complained.
func (p *Page) noFaults() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.faults {
		p.t.Errorf("the console says %s", f)
	}
}

// words reads the public pages' strings of a language.
func words(t testing.TB, lang string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "locales", "stage", lang+".json"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// say gives a string of the page's language with its places filled.
func (p *Page) say(key string, pairs ...string) string {
	p.t.Helper()
	s, ok := p.Words[key]
	if !ok {
		p.t.Fatalf("there is no string %q", key)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, "{"+pairs[i]+"}", pairs[i+1])
	}
	return s
}

func (p *Page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.fail("browser: %v", err)
	}
}

// open goes to an address of the house.
func (p *Page) open(path string) {
	p.t.Helper()
	if !strings.HasPrefix(path, "http") {
		path = p.base + path
	}
	p.do(chromedp.Navigate(path))
}

// eval runs an expression in the page.
func eval[T any](p *Page, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.fail("%s: %v", expression, err)
	}
	return v
}

// until waits until an expression is true in the page.
func (p *Page) until(expression string) {
	p.t.Helper()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		ctx, cancel := context.WithTimeout(p.ctx, patience)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		cancel()
		if err == nil && ok {
			return
		}
		time.Sleep(50 * time.Millisecond) // the page lives in another process
	}
	p.fail("it never came true: %s", expression)
}

// fail ends the test with a picture of what the browser shows.
func (p *Page) fail(format string, args ...any) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	where, _ := chromedp.Run(ctx, chromedp.Location())
	note := ""
	if shot, err := chromedp.Run(ctx, chromedp.CaptureScreenshot()); err == nil {
		name := filepath.Join(os.TempDir(), strings.NewReplacer("/", "-", " ", "-").Replace(p.t.Name())+".png")
		if os.WriteFile(name, shot, 0o600) == nil {
			note = "; a picture is in " + name
		}
	}
	text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText.slice(0, 1500) : ""`))
	p.t.Fatalf("%s\nat %s%s\n%s", fmt.Sprintf(format, args...), where, note, text)
}

// finder is a function in the page that finds what can be touched by its
// accessible name: the one that is the text exactly, else one that holds it.
const finder = `(want, within) => {
  const name = e => (e.getAttribute("aria-label") || e.innerText || e.value || e.alt || e.title || "").replace(/\s+/g, " ").trim();
  const seen = e => { const r = e.getBoundingClientRect(); return r.width > 0 && r.height > 0 && getComputedStyle(e).visibility !== "hidden"; };
  const all = [...(within ? document.querySelector(within) : document).querySelectorAll("button, a[href], summary, label, [role=button], [role=tab], [role=menuitem], [role=option], [role=radio]")].filter(e => seen(e) && !e.disabled && e.getAttribute("aria-disabled") !== "true");
  return all.find(e => name(e) === want) || all.find(e => name(e).includes(want));
}`

// sees waits until a text stands on the page.
func (p *Page) sees(text string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`document.body.innerText.replace(/\s+/g, " ").includes(%s)`, quote(text)))
}

// tap clicks on what bears a text, with a real mouse event at its place.
func (p *Page) tap(text string) {
	p.t.Helper()
	p.tapIn("", text)
}

// tapIn is tap inside the first element of a selector.
func (p *Page) tapIn(within, text string) {
	p.t.Helper()
	find := fmt.Sprintf(`(%s)(%s, %s)`, finder, quote(text), quote(within))
	p.until(find)
	p.tapExpression(find)
}

// tapAt clicks on the first element of a selector.
func (p *Page) tapAt(selector string) {
	p.t.Helper()
	find := fmt.Sprintf(`document.querySelector(%s)`, quote(selector))
	p.until(find)
	p.tapExpression(find)
}

func (p *Page) tapExpression(find string) {
	p.t.Helper()
	at := eval[[]float64](p, fmt.Sprintf(`(async () => {
  const e = %s;
  e.scrollIntoView({ block: "center", behavior: "instant" });
  // Two frames, so that what scrolling moved has come to rest.
  await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
  const r = e.getBoundingClientRect();
  return [r.x + r.width / 2, r.y + r.height / 2];
})()`, find))
	p.do(chromedp.MouseClickXY(at[0], at[1]))
}

// fill types into the first field of a selector, as a person does.
func (p *Page) fill(selector, text string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`document.querySelector(%s)`, quote(selector)))
	eval[bool](p, fmt.Sprintf(`(e => { e.focus(); e.select && e.select(); return true })(document.querySelector(%s))`, quote(selector)))
	p.do(chromedp.KeyEvent(text))
}

// shot takes a picture of the whole page.
func (p *Page) shot(full bool) []byte {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	action := chromedp.CaptureScreenshot()
	if full {
		action = chromedp.FullScreenshot(100)
	}
	data, err := chromedp.Run(ctx, action)
	if err != nil {
		p.fail("screenshot: %v", err)
	}
	return data
}

func quote(s string) string {
	data, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has JSON
	}
	return string(data)
}

// still waits until pictures, fonts and motion have come to rest.
func (p *Page) still() {
	p.t.Helper()
	p.until(`document.fonts.status === "loaded" && [...document.images].every(i => {
  const r = i.getBoundingClientRect();
  const inSight = r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth;
  return !inSight || i.complete && i.naturalWidth > 0;
})`)
	p.until(`document.getAnimations().every(a => a.playState !== "running" || a.effect.getComputedTiming().iterations === Infinity)`)
}

// resize changes the size of the screen.
func (p *Page) resize(width, height int64) {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(width, height))
}
