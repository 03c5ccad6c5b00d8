package problem

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"marquee/internal/brand"
	"marquee/internal/fault"
)

func TestFrom(t *testing.T) {
	t.Parallel()
	tooLong := fault.New(fault.Invalid, "prompt_too_long", "Please keep it to %d characters.", 400).With("max", 400)
	for name, c := range map[string]struct {
		err          error
		locale       string
		status       int
		code, detail string
	}{
		"in English":          {tooLong, "en", 422, "prompt_too_long", "Please keep it to 400 characters."},
		"in German":           {fmt.Errorf("asking: %w", tooLong), "de", 422, "prompt_too_long", "Bitte bleib bei höchstens 400 Zeichen."},
		"without its value":   {fault.New(fault.Invalid, "prompt_too_long", "Too long."), "de", 422, "prompt_too_long", "Too long."},
		"an unknown code":     {fault.New(fault.Conflict, "zzz", "As it is."), "ja", 409, "zzz", "As it is."},
		"an unexpected error": {errors.New("pq: password hush"), "es", 500, "internal", "Algo ha fallado por nuestra parte. Ha quedado anotado; inténtalo de nuevo."},
		"too slow":            {fmt.Errorf("reading: %w", context.DeadlineExceeded), "en", 503, "too_slow", "That took too long. Please try again in a moment."},
		"too large":           {&http.MaxBytesError{Limit: 1}, "en", 413, "body_too_large", "That is too large to take. Please send less."},
	} {
		p := From(c.err, c.locale)
		if p.Status != c.status || p.Code != c.code || p.Detail != c.detail || p.Title != http.StatusText(c.status) {
			t.Errorf("%s: %+v", name, p)
		}
	}
	if p := From(fault.New(fault.Limited, "too_fast", "x").After(1500*time.Millisecond), "en"); p.GetHeaders().Get("Retry-After") != "2" {
		t.Errorf("Retry-After: %v", p.GetHeaders())
	}
}

func TestEveryKindHasAStatus(t *testing.T) {
	t.Parallel()
	for kind := fault.Internal; kind <= fault.Unavailable; kind++ {
		if statuses[kind] == 0 {
			t.Errorf("kind %d has no status", kind)
		}
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Language", "fr-CH, de;q=0.4")
	w := httptest.NewRecorder()
	Write(w, r, fault.New(fault.Gone, "taken_down", "This work was taken down."))
	if w.Code != 410 || w.Header().Get("Content-Type") != "application/problem+json" || w.Header().Get("Content-Language") != "fr" || !strings.Contains(w.Body.String(), "retirée") {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}

// staffOnly are codes that only staff or operators meet: on the command line,
// in logs, and in the Studio, whose language is English. They are told by the
// fault's own sentence.
var staffOnly = strings.Fields(`
	canary_invalid day_unreadable key_unusable model_incomplete model_there second_person_needed
	budget_in_use budget_missing budget_needed price_missing scope_unknown
	bad_amount bad_key bad_media_type bad_text blob_too_large budget_negative unknown_sort too_many
	campaign_file_invalid campaign_file_too_large campaign_file_unreadable changed_meanwhile slug_fixed slug_taken state_unknown
	kit_invalid kit_too_large kit_unreadable kit_version_taken kit_zip_unreadable kind_unknown
	drawing_too_large drawing_unreadable drawing_unsafe drawing_unsupported font_stack_invalid font_too_large font_unreadable
	picture_size size_out_of_range style_unknown sum_invalid color_invalid text_style_invalid text_unsupported
	provider_address_invalid provider_model_missing workflow_invalid guard_model_unknown`)

// TestEveryCodeIsSaidInEveryLocale reads the source for the codes of faults,
// of fields and of the brand's rules.
func TestEveryCodeIsSaidInEveryLocale(t *testing.T) {
	t.Parallel()
	used := codes(t)
	for _, rule := range brand.Rules() {
		used[rule] = "a rule of brand"
	}
	for _, code := range staffOnly {
		if used[code] == "" {
			t.Errorf("%s is in the list of codes for staff, and nowhere in the source", code)
		}
		delete(used, code)
	}
	for _, locale := range Locales() {
		have := sentences.Codes(locale)
		for code, where := range used {
			if have[code] == "" {
				t.Errorf("%s.json has no sentence for %s (%s)", locale, code, where)
			}
		}
	}
}

var places = regexp.MustCompile(`\{[^}]*\}`)

func TestLocalesHoldTheSame(t *testing.T) {
	t.Parallel()
	if got := slices.Sorted(slices.Values(Locales())); !slices.Equal(got, []string{"ar", "de", "en", "es", "fr", "ja"}) {
		t.Errorf("the locales are %v", got)
	}
	english := sentences.Codes("en")
	for _, locale := range Locales() {
		theirs := sentences.Codes(locale)
		if a, b := slices.Sorted(maps.Keys(theirs)), slices.Sorted(maps.Keys(english)); !slices.Equal(a, b) {
			t.Errorf("%s has other codes than English", locale)
		}
		for code, sentence := range theirs {
			a, b := places.FindAllString(sentence, -1), places.FindAllString(english[code], -1)
			slices.Sort(a)
			slices.Sort(b)
			if !slices.Equal(a, b) {
				t.Errorf("%s, %s: the places are %v, in English %v", locale, code, a, b)
			}
		}
	}
}

// codes gives every code of fault.New and fault.Field in the source, with where.
func codes(t *testing.T) map[string]string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	files := token.NewFileSet()
	for _, top := range []string{"internal", "cmd"} {
		err := fs.WalkDir(os.DirFS(root), top, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "storetest") || strings.Contains(path, "providertest") {
				return err
			}
			tree, err := parser.ParseFile(files, filepath.Join(root, path), nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				for _, code := range codeOf(n) {
					out[code] = files.Position(n.Pos()).String()
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(out) < 60 {
		t.Fatalf("only %d codes were found", len(out))
	}
	return out
}

// about are the things whose codes are put together from their name.
var about = []string{"title", "display_name"}

func codeOf(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.CallExpr:
		f, ok := n.Fun.(*ast.SelectorExpr)
		if !ok || f.Sel.Name != "New" || len(n.Args) < 3 {
			return nil
		}
		if x, ok := f.X.(*ast.Ident); !ok || x.Name != "fault" {
			return nil
		}
		if both, ok := n.Args[1].(*ast.BinaryExpr); ok {
			var out []string
			for _, suffix := range literal(both.Y) {
				for _, what := range about {
					out = append(out, what+suffix)
				}
			}
			return out
		}
		return literal(n.Args[1])
	case *ast.CompositeLit:
		kind, ok := n.Type.(*ast.SelectorExpr)
		if !ok || kind.Sel.Name != "Field" {
			return nil
		}
		for _, e := range n.Elts {
			if pair, ok := e.(*ast.KeyValueExpr); ok {
				if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "Code" {
					return literal(pair.Value)
				}
			}
		}
	}
	return nil
}

func literal(e ast.Expr) []string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		if s, err := strconv.Unquote(l.Value); err == nil {
			return []string{s}
		}
	}
	return nil
}
