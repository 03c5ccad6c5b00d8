package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"marquee/internal/guard/standard"
)

func checker(t testing.TB) *standard.Judge {
	t.Helper()
	g, err := standard.New()
	if err != nil {
		t.Fatal(err)
	}
	return standard.NewJudge(g)
}

// given runs a command with something on standard input.
func given(t *testing.T, in string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e screen
	code = run(t.Context(), args, terminal{in: strings.NewReader(in), out: &o, err: &e, env: func(string) (string, bool) { return "", false }})
	return code, o.String(), e.String()
}

func TestGuardCheckLines(t *testing.T) {
	t.Parallel()
	full := "a fox" + strings.Repeat(" ", longestText-5)
	in := strings.Join([]string{
		"a fox in the snow", "", "mail anna@example.com\r", "a \xff fox", "mail anna@example.com \xff bear",
		full, full + "x", "αλεπού στο χιόνι", "the last one",
	}, "\n")
	code, out, errs := given(t, in, "guard", "check", "--json")
	if code != 0 || errs != "" {
		t.Fatal(code, errs)
	}
	var got []string
	lines := bufio.NewScanner(strings.NewReader(out))
	for lines.Scan() {
		var answer checked
		d := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		d.DisallowUnknownFields()
		if err := d.Decode(&answer); err != nil || answer.Findings == nil {
			t.Fatalf("%v in %s", err, lines.Text())
		}
		got = append(got, string(answer.Verdict))
	}
	want := []string{"allow", "allow", "deny", "hold", "deny", "allow", "hold", "hold", "allow"}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if !strings.Contains(out, `{"verdict":"deny","findings":[{"detector":"personal`) || !strings.Contains(out, `"kind":"personal_data","start":5,"end":21,"score":1}`) {
		t.Error("the object has another form:", strings.SplitN(out, "\n", 4)[2])
	}
}

// TestGuardCheckStreams proves that an answer does not wait for the next line.
func TestGuardCheckStreams(t *testing.T) {
	t.Parallel()
	in, ask := io.Pipe()
	answer, out := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- checkLines(t.Context(), in, out, checker(t), "en") }()
	answers := bufio.NewReader(answer)
	for range 3 {
		if _, err := io.WriteString(ask, "a fox\n"); err != nil {
			t.Fatal(err)
		}
		if line, err := answers.ReadString('\n'); err != nil || line != `{"verdict":"allow","findings":[]}`+"\n" {
			t.Fatalf("%v %q", err, line)
		}
	}
	if err := ask.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestGuardCheckTellsBrokenInput(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	err := checkLines(t.Context(), io.MultiReader(strings.NewReader("a fox\nhalf"), iotest.ErrReader(io.ErrUnexpectedEOF)), &out, checker(t), "en")
	if err == nil || strings.Count(out.String(), "\n") != 1 {
		t.Errorf("%v, %q", err, out.String())
	}
}

func TestGuardCheckForPeople(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	flat := image.NewRGBA(image.Rect(0, 0, 32, 32))
	mixed := image.NewRGBA(flat.Rect)
	for i := range 32 {
		mixed.Set(i, i, color.White)
	}
	picture := func(img image.Image) []byte {
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, c := range []struct {
		in   string
		args []string
		want []string
	}{
		{"", []string{"a fucking bear"}, []string{"language  en (guessed)", "verdict   hold", "profanity", `"fucking"`, "platform/profanity-asked"}},
		{"ein Fuchs im Schnee und eine Gans\n", nil, []string{"language  de (guessed)", "verdict   allow", "Nothing was found."}},
		{"", []string{"--locale", "fr", "un chat"}, []string{"verdict   allow"}},
		{"", []string{"--file", write("a.txt", []byte("mail anna@example.com"))}, []string{"verdict   deny"}},
		{"", []string{"--file", write("a.bin", []byte{0, 1, 2, 0xff})}, []string{"verdict   hold", "detector_failed"}},
		{"", []string{"--file", write("flat.png", picture(flat))}, []string{"verdict   deny", "picture_unreadable"}},
		{"", []string{"--file", write("mixed.png", picture(mixed))}, []string{"verdict   allow"}},
	} {
		code, out, errs := given(t, c.in, append([]string{"guard", "check"}, c.args...)...)
		if code != 0 || errs != "" {
			t.Errorf("%v: %d %s", c.args, code, errs)
		}
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%v: no %q in\n%s", c.args, want, out)
			}
		}
	}
	for want, args := range map[string][]string{
		"give one of":           {"--json", "a"},
		"the file":              {"--file", filepath.Join(folder, "none")},
		"The picture is damage": {"--file", write("cut.png", picture(mixed)[:60])},
	} {
		if code, out, errs := given(t, "", append([]string{"guard", "check"}, args...)...); code == 0 || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%v: %d %q %q", args, code, out, errs)
		}
	}
	if code, _, errs := given(t, strings.Repeat("a", longestText+1), "guard", "check"); code == 0 || !strings.Contains(errs, "longer than") {
		t.Error(errs)
	}
}

func TestGuardMeasure(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	corpus, table, kept := filepath.Join(folder, "english.csv"), filepath.Join(folder, "t.csv"), filepath.Join(folder, "kept.json")
	if err := os.WriteFile(corpus, []byte("text,label,function\nmail anna@example.com,harmful,f\na fox,harmless,g\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := given(t, "", "guard", "measure", corpus, "--csv", table)
	if code != 0 || errs != "" || !strings.Contains(out, "en f        1  100.0 %") {
		t.Errorf("%d %s\n%s", code, errs, out)
	}
	if lines, err := os.ReadFile(table); err != nil || !strings.Contains(string(lines), "function,en,f,1,1,1,0,0,0,1.0000,1.0000,0.0000") {
		t.Errorf("%v %s", err, lines)
	}
	code, out, _ = given(t, "", "guard", "measure", corpus, "--json")
	if err := os.WriteFile(kept, []byte(out), 0o600); err != nil || code != 0 {
		t.Fatal(code, err)
	}
	if _, out, _ = given(t, "", "guard", "measure", corpus, "--against", kept); !strings.Contains(out, "Nothing moved.") {
		t.Error(out)
	}
	if _, out, _ = given(t, "", "guard", "measure"); !strings.Contains(out, "1000") {
		t.Error("without a file it does not measure the harmless prompts:", out)
	}
	if _, out, _ = given(t, "", "guard", "measure", corpus, "--alarms", "1", "--locale", "de"); strings.Contains(out, "\nde ") {
		t.Error("the file's own language gave way:", out)
	}
	for want, args := range map[string][]string{"the corpus": {filepath.Join(folder, "none")}, "can't be read": {corpus, "--against", table}} {
		if code, _, errs := given(t, "", append([]string{"guard", "measure"}, args...)...); code == 0 || !strings.Contains(errs, want) {
			t.Errorf("%v: %d %q", args, code, errs)
		}
	}
}

func FuzzReadLine(f *testing.F) {
	f.Add("a\n\nb\r\n", 3)
	f.Add("abcdef\nx", 4)
	f.Add("abcd\r\n\r", 4)
	f.Fuzz(func(t *testing.T, in string, most int) {
		most = 1 + (most%64+64)%64
		r := bufio.NewReaderSize(strings.NewReader(in), 16)
		var want []string
		if in != "" {
			want = strings.Split(strings.TrimSuffix(in, "\n"), "\n")
		}
		for _, w := range want {
			w = strings.TrimSuffix(w, "\r")
			line, long, err := readLine(r, most)
			if err != nil || long != (len(w) > most) || !long && string(line) != w || long && string(line) != w[:most] {
				t.Fatalf("%q at most %d: %q %v %v, want %q", in, most, line, long, err, w)
			}
		}
		if _, _, err := readLine(r, most); err != io.EOF {
			t.Errorf("%q: %v after its end", in, err)
		}
	})
}

func TestGuardHash(t *testing.T) {
	t.Parallel()
	pictures := filepath.Join("..", "..", "internal", "guard", "sight", "nsfw", "testdata")
	code, out, errs := do(t, "guard", "hash", filepath.Join(pictures, "fox.png"))
	if code != 0 || len(strings.Fields(out)) != 3 || len(strings.Fields(out)[0]) != 64 || errs != "" {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	list := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(list, []byte(out), 0o600); err != nil {
		t.Fatal(err)
	}
	code, told, errs := do(t, "guard", "check", "--text-reader", "off", "--known-pictures", list, "--file", filepath.Join(pictures, "fox.png"))
	if code != 0 || !strings.Contains(told, "verdict   deny") || !strings.Contains(told, "known_bad") {
		t.Errorf("%d %q %q", code, told, errs)
	}
	code, told, errs = do(t, "guard", "check", "--text-reader", "off", "--known-pictures", list, "--file", filepath.Join(pictures, "harbour.png"))
	if code != 0 || !strings.Contains(told, "verdict   allow") || !strings.Contains(told, "text_unread") {
		t.Errorf("%d %q %q", code, told, errs)
	}
	if code, _, errs := do(t, "guard", "hash", list); code == 0 || errs == "" {
		t.Errorf("a list was hashed: %d %q", code, errs)
	}
}
