package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"strings"
	"testing"

	"marquee/brands"
	"marquee/internal/account"
	"marquee/internal/web/webtest"
)

// kitFiles are a demonstration brand's files, to be changed and packed.
func kitFiles(t *testing.T, brand string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	folder, err := fs.Sub(brands.FS, brand)
	if err != nil {
		t.Fatal(err)
	}
	err = fs.WalkDir(folder, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(path, "campaigns/") {
			return err
		}
		out[path], err = fs.ReadFile(folder, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func packed(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, data := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// changed gives kit.json with changes made to it as JSON.
func changed(t *testing.T, files map[string][]byte, change func(kit map[string]any)) map[string][]byte {
	t.Helper()
	out := maps.Clone(files)
	var kit map[string]any
	if err := json.Unmarshal(files["kit.json"], &kit); err != nil {
		t.Fatal(err)
	}
	change(kit)
	data, err := json.Marshal(kit)
	if err != nil {
		t.Fatal(err)
	}
	out["kit.json"] = data
	return out
}

func nth(kit map[string]any, list string, i int) map[string]any {
	return kit[list].([]any)[i].(map[string]any)
}

type kitReport struct {
	ID, Version, State, Since string
	Problems                  []struct{ File, Path, Code, Message string }
	Changes                   []struct{ Kind, Path, Part, Before, After string }
}

// kitVersion is the version of the demonstration kit.
func kitVersion(t *testing.T, files map[string][]byte) string {
	t.Helper()
	var kit struct{ Version string }
	if err := json.Unmarshal(files["kit.json"], &kit); err != nil {
		t.Fatal(err)
	}
	return kit.Version
}

// TestKitPage says all of a kit, with the addresses of its pictures.
func TestKitPage(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	version := kitVersion(t, kitFiles(t, "lumipine"))
	var page struct {
		ID       string
		Versions []struct {
			Version   string
			AddedBy   string `json:"added_by"`
			Campaigns []struct{ Slug, State string }
		}
		Marks []struct {
			ID       string
			Aspect   float64
			Variants []struct {
				Ground   string
				ImageURL string `json:"image_url"`
			}
		}
		Stickers []struct {
			ImageURL string `json:"image_url"`
		}
		Colors []struct {
			Name, Value string
			OKLCH       []float64
			Role        bool
		}
		Fonts []struct{ URL string }
		Rules []struct {
			ID     string
			Reason map[string]string
		}
		BuiltIn []struct{ ID, Sentence, Reason string } `json:"built_in"`
		Rights  []struct{ Kind, State string }
		Legal   []struct{ Markets []string }
	}
	staff := site.Staff(account.Reviewer)
	staff.Get("/api/v1/studio/kits/lumipine/" + version).Want(200).Into(&page)
	if len(page.Versions) == 1 && page.Versions[0].AddedBy != "system" {
		t.Errorf("it was added by %q", page.Versions[0].AddedBy)
	}
	if page.ID != "lumipine" || len(page.Versions) != 1 || page.Versions[0].Version != version || len(page.Versions[0].Campaigns) != 1 || page.Versions[0].Campaigns[0].Slug != webtest.Campaign {
		t.Errorf("versions: %+v", page.Versions)
	}
	if len(page.Marks) < 5 || len(page.Stickers) == 0 || len(page.Fonts) == 0 || len(page.Rules) < 5 || len(page.BuiltIn) < 20 || len(page.Legal) == 0 {
		t.Fatalf("something is missing: %+v", page)
	}
	for _, m := range page.Marks {
		if m.Aspect <= 0 || len(m.Variants) < 2 {
			t.Errorf("the mark %s: %+v", m.ID, m)
		}
		for _, v := range m.Variants {
			site.Visitor().Get(v.ImageURL).Want(200)
		}
	}
	sticker := site.Visitor().Get(page.Stickers[0].ImageURL + "?width=160").Want(200)
	if sticker.Header.Get("Content-Type") != "image/png" || !strings.Contains(sticker.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("a sticker comes as %v", sticker.Header)
	}
	site.Visitor().Get("/api/v1/kits/lumipine/" + version + "/stickers/none").Want(404).Problem()
	site.Visitor().Get(page.Fonts[0].URL).Want(200)
	spruce := false
	for _, c := range page.Colors {
		// The kit says its own OKLCH beside the colour: 0.326, 0.0523, 175.48.
		if c.Name == "spruce" && !c.Role && c.OKLCH[0] > 0.32 && c.OKLCH[0] < 0.33 && c.OKLCH[2] > 174 && c.OKLCH[2] < 177 {
			spruce = true
		}
	}
	if !spruce {
		t.Errorf("the colours are %+v", page.Colors)
	}
	for _, r := range page.BuiltIn {
		if r.Sentence == r.ID || r.Sentence == "" || r.Reason == "" || strings.Contains(r.Sentence, "{") {
			t.Errorf("a rule without its words: %+v", r)
		}
	}
	for _, r := range page.Rights {
		if r.State != "open" {
			t.Errorf("rights without an end: %+v", r)
		}
	}
	for _, path := range []string{"none/1.0.0", "lumipine/9.9.9", "lumipine/x"} {
		staff.Get("/api/v1/studio/kits/" + path).Want(404).Problem()
	}
}

// TestKitVersions checks, stores and compares a next version, and gives it
// back as it came.
func TestKitVersions(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	producer := site.Staff(account.Producer)
	files := kitFiles(t, "kornblum")
	first := kitVersion(t, files)
	check := func(data []byte) (r kitReport) {
		t.Helper()
		producer.Upload("/api/v1/studio/kits/check", "kit.zip", data).Want(200).Into(&r)
		return r
	}
	if r := check(packed(t, files)); r.State != "new" || r.Since != "" || len(r.Problems) != 0 {
		t.Errorf("a kit that is not there: %+v", r)
	}
	producer.Get("/api/v1/studio/kits/kornblum/" + first).Want(404) // a check keeps nothing
	producer.Upload("/api/v1/studio/kits", "kit.zip", packed(t, files)).Want(201)
	if r := check(packed(t, files)); r.State != "stored" || len(r.Changes) != 0 {
		t.Errorf("the same again: %+v", r)
	}
	next := changed(t, files, func(kit map[string]any) {
		kit["tokens"].(map[string]any)["color"].(map[string]any)["crust"].(map[string]any)["$value"] = "#A0522D"
		nth(kit, "marks", 0)["rules"].(map[string]any)["max_rotation"] = 3
	})
	if r := check(packed(t, next)); r.State != "taken" {
		t.Errorf("another kit of the same version: %+v", r)
	}
	if p := producer.Upload("/api/v1/studio/kits", "kit.zip", packed(t, next)).Want(409).Problem(); p.Code != "kit_version_taken" {
		t.Errorf("%+v", p)
	}
	next = changed(t, next, func(kit map[string]any) { kit["version"] = "1.10.0" })
	r := check(packed(t, next))
	if r.State != "new" || r.Since != first || len(r.Changes) == 0 {
		t.Errorf("the next version: %+v", r)
	}
	producer.Upload("/api/v1/studio/kits", "kit.zip", packed(t, next)).Want(201)

	var page struct {
		Changes []struct{ Kind, Path, Part, Before, After string }
		Marks   []struct{ ID, Kind string }
		Colors  []struct {
			Name, Before, After string
			Difference          float64
		}
	}
	producer.Get("/api/v1/studio/kits/kornblum/1.10.0/changes?since=" + first).Want(200).Into(&page)
	turned := false
	for _, c := range page.Changes {
		if strings.HasPrefix(c.Path, "marks[") && strings.HasSuffix(c.Path, "].rules.max_rotation") && c.After == "3" && c.Kind == "changed" && c.Part == "marks" {
			turned = true
		}
		if c.Path == "version" {
			t.Error("the version is told as a change")
		}
	}
	if !turned || len(page.Marks) != 0 || len(page.Colors) == 0 || page.Colors[0].Difference <= 1 {
		t.Errorf("the changes: %+v", page)
	}
	producer.Get("/api/v1/studio/kits/kornblum/1.10.0/changes?since=0.0.1").Want(404).Problem()
	producer.Get("/api/v1/studio/kits/kornblum/1.10.0/changes").Want(422).Problem()

	again := producer.Get("/api/v1/studio/kits/kornblum/1.10.0/zip").Want(200)
	if again.Header.Get("Content-Disposition") != `attachment; filename="kornblum-1-10-0.zip"` {
		t.Errorf("the ZIP is sent as %v", again.Header)
	}
	if r := check(again.Body); r.State != "stored" {
		t.Errorf("the ZIP that was given back: %+v", r)
	}
}

// TestKitProblems lists what is wrong with a kit: each thing with its file and
// its place, and contradictions with both ids.
func TestKitProblems(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	producer := site.Staff(account.Producer)
	files := kitFiles(t, "lumipine")
	var svg string
	against := changed(t, files, func(kit map[string]any) {
		emblem := nth(kit, "marks", 2)
		if emblem["id"] != "emblem" {
			t.Fatal("the third mark is ", emblem["id"])
		}
		svg = emblem["variants"].([]any)[1].(map[string]any)["file"].(string)
		rules := kit["rules"].([]any)
		for _, r := range []map[string]any{
			{"id": "stand-on-snow", "version": 1, "kind": "ground", "severity": "error", "marks": []string{"emblem"}, "ground": "light"},
			{"id": "stand-in-the-night", "version": 1, "kind": "ground", "severity": "error", "marks": []string{"emblem"}, "ground": "dark"},
		} {
			r["reason"] = nth(kit, "rules", 0)["reason"]
			rules = append(rules, r)
		}
		kit["rules"] = rules
	})
	wrong := maps.Clone(files)
	wrong[svg] = []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>`)
	delete(wrong, "marks/wordmark-on-light.svg")
	var r kitReport
	producer.Upload("/api/v1/studio/kits/check", "kit.zip", packed(t, wrong)).Want(200).Into(&r)
	if r.State != "wrong" || r.ID != "lumipine" {
		t.Errorf("%+v", r)
	}
	// Rules are compared where all that they are about can be read.
	var rules kitReport
	producer.Upload("/api/v1/studio/kits/check", "kit.zip", packed(t, against)).Want(200).Into(&rules)
	r.Problems = append(r.Problems, rules.Problems...)
	for _, want := range []struct{ file, path, message string }{
		{svg, "marks[emblem].variants[on-dark].file", svg},
		{"marks/wordmark-on-light.svg", "marks[wordmark].variants[on-light].file", ""},
		{"kit.json", "rules[stand-in-the-night]", "stand-on-snow and stand-in-the-night"},
	} {
		found := false
		for _, p := range r.Problems {
			found = found || p.File == want.file && p.Path == want.path && strings.Contains(p.Message, want.message)
		}
		if !found {
			t.Errorf("nothing says %+v: %+v", want, r.Problems)
		}
	}
	wrong["kit.json"] = []byte(`{"id": "lumi`)
	producer.Upload("/api/v1/studio/kits/check", "kit.zip", packed(t, wrong)).Want(200).Into(&r)
	if r.State != "wrong" || len(r.Problems) != 1 || r.Problems[0].File != "kit.json" || r.Problems[0].Code != "kit_unreadable" {
		t.Errorf("half a kit.json: %+v", r)
	}
	for name, code := range map[string]string{"no ZIP": "kit_zip_unreadable", "": "file_missing"} {
		if p := producer.Upload("/api/v1/studio/kits/check", "kit.zip", []byte(name)).Problem(); p.Code != code {
			t.Errorf("%q: %s, want %s", name, p.Code, code)
		}
	}
	var rows struct{ Kits []any }
	producer.Get("/api/v1/studio/kits").Want(200).Into(&rows)
	if len(rows.Kits) != 1 {
		t.Errorf("%d kits are stored", len(rows.Kits))
	}
}

// TestKitImport gets the beginning of a kit out of what a brand has, and says
// what it could not read.
func TestKitImport(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	producer := site.Staff(account.Producer)
	type found struct {
		Source string
		Colors []struct{ Name, Value string }
		Count  int
		Logos  []struct {
			Image         []byte
			Width, Height int
		}
		Unread []struct{ Path, Reason string }
		Draft  struct {
			Format  int
			Version string
			Tokens  map[string]map[string]any
		}
	}
	read := func(data []byte) (f found) {
		t.Helper()
		producer.Upload("/api/v1/studio/kits/import", "file", data).Want(200).Into(&f)
		return f
	}
	tokens := read([]byte(`{"color":{"brand":{"value":"#D8452E"},"odd":{"value":"reddish"}}}`))
	if tokens.Source != "Style Dictionary" || tokens.Count != 1 || len(tokens.Colors) != 1 || !strings.EqualFold(tokens.Colors[0].Value, "#d8452e") {
		t.Errorf("tokens: %+v", tokens)
	}
	if len(tokens.Unread) != 1 || tokens.Unread[0].Path != "color.odd" || tokens.Draft.Format != 1 || tokens.Draft.Tokens["color"]["brand"] == nil {
		t.Errorf("tokens: %+v", tokens)
	}
	svg := read(kitFiles(t, "lumipine")["marks/emblem-on-light.svg"])
	if svg.Source != "SVG" || len(svg.Colors) == 0 || svg.Draft.Tokens["color"][svg.Colors[0].Name] == nil {
		t.Errorf("a drawing: %+v", svg)
	}
	for _, l := range svg.Logos {
		if !bytes.HasPrefix(l.Image, []byte("\x89PNG")) || l.Width == 0 {
			t.Errorf("a logo is %d bytes, %d wide", len(l.Image), l.Width)
		}
	}
	for name, data := range map[string]string{"words": "hello", "broken JSON": "{", "no tokens": "{}", "half a PDF": "%PDF-1.7\n"} {
		if p := producer.Upload("/api/v1/studio/kits/import", "file", []byte(data)).Problem(); p.Status >= 500 {
			t.Errorf("%s: %+v", name, p)
		}
	}
}
