package brand

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxMarks    = 32
	maxVariants = 6
	maxFonts    = 64
	maxLocales  = 64
	maxWords    = 500
	maxCredits  = 50
	maxText     = 400
)

var (
	idShape      = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)
	versionShape = regexp.MustCompile(`^(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})$`)
	localeShape  = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$`)
	markKinds    = []string{"wordmark", "product", "emblem", "figure"}
	stackNames   = []string{"display", "text", "strong"}
)

type validator struct {
	kit      *Kit
	problems *problems
	open     opener
	bytes    int
	locales  []string
}

func (v *validator) all(m manifest) {
	k, p := v.kit, v.problems
	if m.Format != Format {
		p.add("format", "format_unknown", "This Marquee reads format %d.", Format)
	}
	if !idShape.MatchString(k.ID) {
		p.add("id", "name_invalid", "The id should be lower-case letters, digits and hyphens, at most 63.")
	}
	if !versionShape.MatchString(k.Version) {
		p.add("version", "version_invalid", "The version should be three numbers, like 1.0.0.")
	}
	v.names()
	if len(m.Tokens) == 0 {
		p.add("tokens", "tokens_missing", "A kit needs tokens: its colours and type.")
	} else {
		k.Tokens = readTokens(m.Tokens, p)
	}
	k.nameColors()
	k.files = map[string][]byte{}
	v.fonts()
	v.stacks()
	v.marks()
	v.stickers()
	v.roles()
	v.families()
	v.text()
	v.words()
	v.rights()
	v.voice()
	v.legal()
	v.rules()
}

// names settles the kit's locales: every other text has to have them all.
func (v *validator) names() {
	k := v.kit
	if len(k.Name) == 0 || len(k.Name) > maxLocales {
		v.problems.add("name", "text_missing", "The name should be there in 1 to %d locales.", maxLocales)
		return
	}
	for _, l := range slices.Sorted(maps.Keys(k.Name)) {
		if !localeShape.MatchString(l) {
			v.problems.add("name", "locale_invalid", "%.20q is not a locale: use names like en or pt-BR.", l)
			continue
		}
		v.locales = append(v.locales, l)
	}
	v.localized("name", k.Name)
}

func (v *validator) localized(path string, text map[string]string) {
	for _, l := range v.locales {
		switch s := text[l]; {
		case strings.TrimSpace(s) == "":
			v.problems.add(path+"."+l, "text_missing", "The text for %s is missing.", l)
		case !plain(s):
			v.problems.add(path+"."+l, "text_invalid", "The text should be one line of at most %d characters.", maxText)
		}
	}
	for _, l := range slices.Sorted(maps.Keys(text)) {
		if !slices.Contains(v.locales, l) {
			v.problems.add(shorten(path+"."+l), "locale_unknown", "The kit's name has no text for this locale; add it there, or leave it out here.")
		}
	}
}

func plain(s string) bool {
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > maxText {
		return false
	}
	return strings.IndexFunc(s, unicode.IsControl) < 0
}

// file reads one file of the kit, once, and tells what is wrong with it.
func (v *validator) file(path, name, extensions string, limit int) []byte {
	if !safeName(name) {
		v.problems.add(path, "file_name", "%.60q can't be a file of a kit: use letters, digits, dots, hyphens and underscores.", name)
		return nil
	}
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 || !slices.Contains(strings.Fields(extensions), name[dot+1:]) {
		v.problems.add(path, "file_type", "%s should be one of these: %s.", name, extensions)
		return nil
	}
	if data, ok := v.kit.files[name]; ok {
		return data
	}
	if len(v.kit.files) >= maxFiles-1 {
		v.problems.add(path, "files_too_many", "A kit has at most %d files.", maxFiles)
		return nil
	}
	data, err := v.open(name, limit)
	if err != nil {
		code := "file_unreadable"
		switch err {
		case errFileMissing:
			code = "file_missing"
		case errFileLarge:
			code = "file_too_large"
		}
		v.problems.add(path, code, "%s: %s.", name, err)
		return nil
	}
	if v.bytes += len(data); v.bytes > maxKitBytes {
		v.problems.add(path, "kit_too_large", "The files of a kit are at most %d MB together.", maxKitBytes>>20)
		return nil
	}
	v.kit.files[name] = data
	return data
}

func (v *validator) id(path, id string, seen map[string]bool) {
	switch {
	case !idShape.MatchString(id):
		v.problems.add(path+".id", "name_invalid", "The id should be lower-case letters, digits and hyphens, at most 63.")
	case seen[id]:
		v.problems.add(path+".id", "name_repeated", "%s is there twice.", id)
	}
	seen[id] = true
}

func (v *validator) within(path string, n, low, high float64) {
	if math.IsNaN(n) || n < low || n > high {
		v.problems.add(path, "number_range", "It should be from %g to %g, and is %g.", low, high, n)
	}
}

// words checks what is only kept and shown.
func (v *validator) words() {
	for _, l := range slices.Sorted(maps.Keys(v.kit.Avoid)) {
		path := shorten("voice.avoid." + l)
		if !slices.Contains(v.locales, l) {
			v.problems.add(path, "locale_unknown", "The kit's name has no text for this locale.")
		}
		if len(v.kit.Avoid[l]) > maxWords {
			v.problems.add(path, "text_invalid", "At most %d words can be avoided.", maxWords)
		}
		for i, w := range v.kit.Avoid[l] {
			if strings.TrimSpace(w) == "" || !plain(w) {
				v.problems.add(path+"["+strconv.Itoa(i)+"]", "text_invalid", "A word to avoid should be plain text.")
			}
		}
	}
	if len(v.kit.Credits) > maxCredits {
		v.problems.add("credits", "text_invalid", "A kit has at most %d credits.", maxCredits)
	}
	for i, c := range v.kit.Credits {
		if !plain(c) {
			v.problems.add("credits["+strconv.Itoa(i)+"]", "text_invalid", "A credit should be one line of at most %d characters.", maxText)
		}
	}
}
