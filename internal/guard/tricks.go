package guard

import (
	"context"
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"marquee/internal/guard/fold"
	"marquee/internal/guard/lexicon"
	"marquee/internal/policy"
)

// tricks finds orders to a model that are hidden from a plain reading: in
// marks of roles, in characters nobody sees, in base64 or rot13.
type tricks struct{ lexicon *lexicon.Lexicon }

func (tricks) Name() string { return "tricks/1" }

// roles are marks that chat templates set around a speaker's turn.
var roles = []string{
	"<|im_start|>", "<|im_end|>", "<|system|>", "<|user|>", "<|assistant|>", "<|endoftext|>", "<|eot_id|>", "<|start_header_id|>", "<start_of_turn>", "[inst]", "[/inst]", "<<sys>>", "<</sys>>",
	"### instruction", "### system", "###system", "### response", "</system>", "<system>", "[system]", "<tool_call>", "</s>", "\nsystem:", "\nassistant:", "\nhuman:", "begin system prompt", "end of prompt",
}

func (d tricks) Text(_ context.Context, t fold.Text, c Context) ([]policy.Finding, error) {
	var out []policy.Finding
	add := func(start, end int, score float64) {
		out = append(out, policy.Finding{Detector: d.Name(), Kind: "injection", Start: start, End: end, Score: score})
	}
	plain := t.Plain
	if strings.HasPrefix(plain, "system:") || strings.HasPrefix(plain, "assistant:") {
		s, e := t.Span(0, strings.IndexByte(plain, ':')+1)
		add(s, e, 0.9)
	}
	if strings.ContainsAny(plain, "<[#:") || strings.Contains(plain, "prompt") {
		for _, r := range roles {
			if i := strings.Index(plain, r); i >= 0 {
				s, e := t.Span(i, i+len(r))
				add(s, e, 0.95)
				break
			}
		}
	}
	if t.Smuggled != "" {
		// Nobody writes unseen letters by mistake.
		add(0, len(t.Original), 0.95)
		out = append(out, d.hidden(t.Smuggled, c, 0, len(t.Original))...)
	}
	out = append(out, d.base64(t, c)...)
	// "vtaber" is "ignore" in rot13, "cebzcg" prompt, "flfgrz" system.
	if strings.Contains(plain, "vtaber") || strings.Contains(plain, "cebzcg") || strings.Contains(plain, "flfgrz") {
		out = append(out, d.hidden(strings.Map(rot13, plain), c, 0, len(t.Original))...)
	}
	return out, nil
}

func rot13(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return 'a' + (r-'a'+13)%26
	}
	return r
}

// hidden scans a text that was uncovered; what it finds stands where it hid.
func (d tricks) hidden(text string, c Context, start, end int) []policy.Finding {
	var out []policy.Finding
	for _, m := range d.lexicon.Scan(fold.Fold(text), base(c.Locale)).Matches {
		switch m.Kind {
		case "injection", "slur", "hate", "minors", "profanity", "sexual", "violence":
			out = append(out, policy.Finding{Detector: d.Name(), Kind: m.Kind, Start: start, End: end, Score: m.Score})
		}
	}
	return out
}

const (
	shortestCoded = 16   // bytes; shorter runs of such letters are words
	longestCoded  = 8192 // bytes
	mostCoded     = 16   // runs looked at in a text
)

// base64 decodes long runs of base64 and scans what is text.
func (d tricks) base64(t fold.Text, c Context) []policy.Finding {
	var out []policy.Finding
	text := t.Original
	seen := 0
	for i := 0; i < len(text) && seen < mostCoded; {
		j := i
		for j < len(text) && coded(text[j]) {
			j++
		}
		if n := j - i; n >= shortestCoded && n <= longestCoded {
			seen++
			run := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(text[i:j], "="))
			if plain, err := base64.RawStdEncoding.DecodeString(run[:len(run)-len(run)%4]); err == nil && readable(plain) {
				out = append(out, d.hidden(string(plain), c, i, j)...)
			}
		}
		i = j + 1
	}
	return out
}

func coded(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '+' || b == '/' || b == '-' || b == '_' || b == '='
}

// readable tells whether bytes are text.
func readable(b []byte) bool {
	if !utf8.Valid(b) {
		return false
	}
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0x7F {
			return false
		}
	}
	return true
}
