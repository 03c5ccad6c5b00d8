package personal

import (
	"math"
	"regexp"
	"strings"
)

var (
	secretShape = regexp.MustCompile(`\b(?:sk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}|(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{16,99}|AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20,64}|xox[abprs]-[A-Za-z0-9-]{10,}|AIza[0-9A-Za-z_-]{35}|ya29\.[0-9A-Za-z_-]{20,}|hf_[A-Za-z0-9]{30,64}|npm_[A-Za-z0-9]{36}|SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}|eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)`)
	secretBlock = regexp.MustCompile(`-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[A-Za-z0-9+/=\s]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?`)
	secretSaid  = regexp.MustCompile(`(?i)\b(?:password|passwd|passphrase|api[ _-]?key|secret[ _-]?key|access[ _-]?token|auth[ _-]?token|client[ _-]?secret|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|hasło|lösenord|パスワード|密码|비밀번호|пароль)\s?(?:is|ist|es|est|è|é|:|=|：|は|是)\s?["']?(\S{6,200})`)
	cued        = regexp.MustCompile(`(?i)key|token|secret|bearer|credential|passw`)
)

// secrets finds keys by their known shapes, what is said to be a password, and
// long strings too random to be words near a word that says what they are.
// They are read in the original, since upper and lower case differ.
func (f *finder) secrets() {
	text := f.t.Original
	for at := 0; at < len(text); {
		for at < len(text) && text[at] <= ' ' {
			at++
		}
		end := at
		mixed := 0
		for ; end < len(text) && text[end] > ' '; end++ {
			switch b := text[end]; {
			case b >= '0' && b <= '9':
				mixed |= 1
			case b >= 'a' && b <= 'z':
				mixed |= 2
			case b >= 'A' && b <= 'Z':
				mixed |= 4
			}
		}
		if end-at >= 16 && mixed&1 != 0 && mixed&6 != 0 && end-at <= 8192 {
			f.token(at, end, mixed == 7)
		}
		at = end
	}
	if strings.Contains(text, "-----BEGIN") {
		for _, m := range secretBlock.FindAllStringIndex(text, most) {
			f.original("secret", "private key", m[0], m[1], 1)
		}
	}
	if !mayBeSaid(f.t.Plain) {
		return
	}
	for _, m := range secretSaid.FindAllStringSubmatchIndex(text, most) {
		if strings.ContainsAny(text[m[2]:m[3]], "0123456789!$%&*_-+=@#") {
			f.original("secret", "password", m[2], m[3], 0.9)
		}
	}
}

// mayBeSaid tells quickly whether any word for a password is there.
func mayBeSaid(plain string) bool {
	for _, w := range []string{"pass", "api", " key", "_key", "token", "secret", "kennwort", "contrasen", "senha", "wachtwoord", "haslo", "losenord", "パスワード", "密码", "비밀번호", "пароль"} {
		if strings.Contains(plain, w) {
			return true
		}
	}
	return false
}

// token looks at one long run of characters.
func (f *finder) token(from, to int, mixed bool) {
	text := f.t.Original
	found := secretShape.FindAllStringIndex(text[from:to], most)
	for _, m := range found {
		f.original("secret", "key", from+m[0], from+m[1], 1)
	}
	if len(found) > 0 || to-from < 24 {
		return
	}
	word := strings.Trim(text[from:to], `"'.,;:()[]{}<>`)
	if strings.Contains(word, "://") || strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=_-.") != "" {
		return
	}
	near := text[max(0, from-40):from]
	if cued.MatchString(near) && entropy(word) > 3.2 || mixed && len(word) >= 40 && entropy(word) > 4.3 {
		at := from + strings.Index(text[from:to], word)
		f.original("secret", "random token", at, at+len(word), 0.8)
	}
}

// entropy is Shannon's, in bits a byte.
func entropy(s string) float64 {
	var count [256]int
	for i := range len(s) {
		count[s[i]]++
	}
	e := 0.0
	for _, n := range count {
		if n > 0 {
			p := float64(n) / float64(len(s))
			e -= p * math.Log2(p)
		}
	}
	return e
}

func (f *finder) original(kind, what string, from, to int, score float64) {
	for _, h := range f.out {
		if h.Kind == kind && h.Start <= from && to <= h.End {
			return
		}
	}
	f.out = append(f.out, Hit{kind, what, from, to, score})
}
