package brand_test

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"marquee/internal/brand"
	"marquee/internal/fault"
)

// kitWith reads the second kit after one replacement in one of its files; an
// empty old text replaces the whole file, and a nil new one takes it away.
func kitWith(name, old string, replacement []byte) error {
	folder := fstest.MapFS{}
	for _, f := range kornblum().Files() {
		data := f.Data
		if f.Name == name {
			switch {
			case replacement == nil:
				continue
			case old == "":
				data = replacement
			case !bytes.Contains(data, []byte(old)):
				return errors.New("the test replaces what is not there: " + old)
			default:
				data = bytes.Replace(data, []byte(old), replacement, 1)
			}
		}
		folder[f.Name] = &fstest.MapFile{Data: data}
	}
	_, err := brand.Read(folder)
	return err
}

func TestReadTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	if err := kitWith("", "", nil); err != nil {
		t.Fatalf("the kit as it is: %v", err)
	}
	const manifest = "kit.json"
	for _, c := range []struct{ name, file, old, new, path, code string }{
		{"format of tomorrow", manifest, `"format": 1`, `"format": 2`, "format", "format_unknown"},
		{"id with a slash", manifest, `"id": "kornblum"`, `"id": "../kornblum"`, "id", "name_invalid"},
		{"version in words", manifest, `"version": "1.1.0"`, `"version": "latest"`, "version", "version_invalid"},
		{"unknown field", manifest, `"format": 1`, `"format": 1, "colour": 3`, "colour", "field_unknown"},
		{"unknown field inside", manifest, `"min_width_px": 110`, `"min_width_px": 110, "skew": 3`, "marks[0].rules.skew", "field_unknown"},
		{"not a locale", manifest, `"en": "Kornblum Bakery"`, `"english": "x", "en": "Kornblum Bakery"`, "name", "locale_invalid"},
		{"text missing", manifest, `"de": "Kornblume"`, `"de": " "`, "marks[1].name.de", "text_missing"},
		{"text of two lines", manifest, `"de": "Kornblume"`, `"de": "Korn\nblume"`, "marks[1].name.de", "text_invalid"},
		{"locale the kit does not have", manifest, `"de": "Kornblume"`, `"de": "Kornblume", "fr": "Bleuet"`, "marks[1].name.fr", "locale_unknown"},
		{"mark twice", manifest, `"id": "blossom"`, `"id": "wordmark"`, "marks[1].id", "name_repeated"},
		{"kind unknown", manifest, `"kind": "product"`, `"kind": "shoe"`, "marks[2].kind", "kind_unknown"},
		{"variants lack a ground", manifest, `"ground": "dark"`, `"ground": "light"`, "marks[0].variants", "ground_missing"},
		{"share above one", manifest, `"max_width_share": 0.7`, `"max_width_share": 1.5`, "marks[0].rules.max_width_share", "number_range"},
		{"share least over most", manifest, `"max_width_share": 0.7`, `"max_width_share": 0.01`, "marks[0].rules.max_width_share", "number_range"},
		{"file outside", manifest, `"marks/loaf-on-light.svg"`, `"../lumipine/marks/emblem-on-light.svg"`, "marks[2].variants[0].file", "file_name"},
		{"file hidden", manifest, `"marks/loaf-on-light.svg"`, `"marks/.svg"`, "marks[2].variants[0].file", "file_name"},
		{"file of another type", manifest, `"marks/loaf-on-light.svg"`, `"marks/loaf.html"`, "marks[2].variants[0].file", "file_type"},
		{"file not there", manifest, `"marks/loaf-on-light.svg"`, `"marks/loaf.svg"`, "marks[2].variants[0].file", "file_missing"},
		{"shapes differ", manifest, `"marks/loaf-on-dark.png"`, `"marks/blossom-on-dark.svg"`, "marks[2].variants[1].file", "variant_shape"},
		{"no drawing", "marks/loaf-on-light.svg", "", "<html>", "marks[2].variants[0].file", "drawing_invalid"},
		{"no font", "fonts/bricolage-grotesque-400.woff", "", "wOFF", "fonts[0].file", "font_invalid"},
		{"font too large", "fonts/bricolage-grotesque-400.woff", "", strings.Repeat("x", 9<<20), "fonts[0].file", "file_too_large"},
		{"script unknown", manifest, `"latin"`, `"klingon"`, "fonts[0].scripts", "script_unknown"},
		{"family not of this kit", manifest, `"Bricolage Grotesque"`, `"Arial"`, "tokens.font.display", "font_unknown"},
		{"stack points nowhere", manifest, `"bricolage-grotesque-800"`, `"arial-800"`, "stacks.display[0]", "font_unknown"},
		{"stack missing", manifest, `"strong": [`, `"bold": [`, "stacks.strong", "stack_missing"},
		{"colour in words", manifest, `"#3350C4"`, `"blue"`, "tokens.color.cornflower", "token_invalid"},
		{"alias to nowhere", manifest, `"{color.flour}"`, `"{color.sea}"`, "tokens.color.role.ground", "token_alias"},
		{"alias in a circle", manifest, `"{color.flour}"`, `"{color.role.ground}"`, "tokens.color.role.ground", "token_alias"},
		{"role missing", manifest, `"highlight": {`, `"lowlight": {`, "tokens.color.role.highlight", "token_missing"},
		{"too little contrast", manifest, `"#6B564A"`, `"#C6BEB8"`, "tokens.color.role.ink-soft", "contrast_low"},
		{"token name", manifest, `"cornflower": {`, `"Corn flower": {`, "tokens.color", "name_invalid"},
		{"token type", manifest, `"dimension"`, `"length"`, "tokens.radius.small", "token_invalid"},
		{"text colour unknown", manifest, `"light": "rye"`, `"light": "wheat"`, "text.colors.light", "color_unknown"},
		{"text of nothing", manifest, `"max_characters": 36`, `"max_characters": 0`, "text.max_characters", "number_range"},
		{"avoid in a locale it lacks", manifest, `"avoid": {`, `"avoid": {"fr": ["x"],`, "voice.avoid.fr", "locale_unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			err := kitWith(c.file, c.old, []byte(c.new))
			f, ok := fault.As(err)
			if !ok || f.Code != "kit_invalid" || f.Kind != fault.Invalid {
				t.Fatalf("got %v", err)
			}
			if !slices.ContainsFunc(f.Fields, func(x fault.Field) bool {
				return x.Code == c.code && strings.HasPrefix(x.Path, c.path) && x.Message != ""
			}) {
				t.Errorf("want %s at %s, got %+v", c.code, c.path, f.Fields)
			}
		})
	}
}

func TestReadTellsAll(t *testing.T) {
	t.Parallel()
	err := kitWith("kit.json", `"version": "1.1.0"`, []byte(`"version": "one", "what": 1, "ever": 2`))
	f, ok := fault.As(err)
	if !ok || len(f.Fields) != 3 || f.Args["count"] != 3 {
		t.Fatalf("three things are wrong, got %v", err)
	}
}

func TestUnreadableKits(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"empty": "", "cut": `{"format":1,`, "a list": `[]`, "wrong type": `{"format":"one"}`,
		"goes on": `{"format":1} {"format":1}`, "too large": strings.Repeat(" ", 1<<20) + "{}",
	} {
		_, err := brand.Read(fstest.MapFS{"kit.json": {Data: []byte(data)}})
		if !fault.HasCode(err, "kit_unreadable") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := brand.Read(fstest.MapFS{}); !fault.HasCode(err, "kit_unreadable") {
		t.Errorf("nothing there: %v", err)
	}
	if _, err := brand.Read(fstest.MapFS{"kit.json": {Mode: fs.ModeDir}}); !fault.HasCode(err, "kit_unreadable") {
		t.Errorf("a folder called kit.json: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	files := kornblum().Files()
	f.Add(files[0].Data)
	f.Add([]byte(`{"format":1,"tokens":{"a":{"$value":"{a}"}},"marks":[{}],"fonts":[{}]}`))
	f.Add([]byte(`{"tokens":{"$type":"color","b":{"$value":"{c}"},"c":{"$value":"{b}"}}}`))
	f.Fuzz(func(t *testing.T, manifest []byte) {
		files := slices.Clone(files)
		files[0].Data = manifest
		k, err := brand.ReadFiles(files)
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		css := k.ThemeCSS(func(file string) string { return "/" + file })
		if strings.ContainsAny(css, "<\\") {
			t.Errorf("the style sheet has what it should not have: %s", css)
		}
		doc := brand.Start(k, []string{"wordmark", "blossom", "loaf"}, 1024, 1024, nil)
		if found := brand.Check(doc, k, nil); found != nil {
			t.Errorf("a first layout is against the rules: %+v", found)
		}
	})
}
