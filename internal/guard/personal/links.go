package personal

import (
	"regexp"
	"strings"
)

const domains = `com|net|org|io|info|biz|shop|store|ru|cn|de|fr|es|it|nl|jp|uk|eu|co|me|ly|gg|xyz|app|dev|ai|tv|cc|top|site|online|club|link|live|pl|se|no|dk|fi|br|in|us|ca|au|ch|at|be|cz|hu|ro|tr|ua|kr|tw|id|th|gr|pt|ie|nz|tk|ml|to|sh|is|page|web`

var (
	link      = regexp.MustCompile(`\b(?:https?|hxxps?|ftp)://\S{3,}|\bwww\.\S{3,}|\b[a-z0-9-]{2,63}(?:\.[a-z0-9-]{1,63}){0,3}\.(?:` + domains + `)\b(?:/\S*)?`)
	hiddenDot = regexp.MustCompile(`\b[a-z0-9-]{2,63}\s?(?:\[\.\]|\(\.\)|\[dot\]|\(dot\)|\{dot\}|\[punkt\]| dot | punto | punkt | point )\s?(?:com|net|org|io|info|shop|de|fr|es|it|nl|uk|ru|xyz|me|gg|app)\b`)
	spaced    = regexp.MustCompile(`\b[a-z0-9-]{2,63} ?\. ?(?:com|net|org|info|shop|xyz)\b`)
	invite    = regexp.MustCompile(`\b(?:t\.me|wa\.me|discord\.gg|bit\.ly|tinyurl|goo\.gl)\b`)
)

// links finds addresses of pages, also those that are written to be missed.
// marks is how many dots, colons and at signs the text has.
func (f *finder) links(marks int) {
	plain := f.t.Plain
	for at := 0; marks > 0 && at < len(plain); {
		for at < len(plain) && plain[at] <= ' ' {
			at++
		}
		end := at
		for end < len(plain) && plain[end] > ' ' {
			end++
		}
		if tight(plain[at:end]) {
			f.linksIn(at, end)
		}
		at = end
	}
	if strings.Contains(plain, "dot") || strings.Contains(plain, "[.") || strings.Contains(plain, "(.") || strings.Contains(plain, " punto ") || strings.Contains(plain, "punkt") || strings.Contains(plain, " point ") {
		f.all(hiddenDot, "url", "disguised link", 0.9)
	}
	if strings.Contains(plain, ". com") || strings.Contains(plain, " .com") || strings.Contains(plain, " . com") || strings.Contains(plain, ". net") || strings.Contains(plain, ". org") || strings.Contains(plain, ". shop") {
		f.all(spaced, "url", "disguised link", 0.8)
	}
}

// linksIn looks in a part of the folded text without spaces.
func (f *finder) linksIn(from, to int) {
	part := f.t.Plain[from:to]
	for _, m := range link.FindAllStringIndex(part, most) {
		// The domain of an e-mail address is no link.
		if m[0] > 0 && part[m[0]-1] == '@' || m[1] < len(part) && part[m[1]] == '@' {
			continue
		}
		f.add("url", "link", from+m[0], from+m[1], 1)
	}
	for _, m := range invite.FindAllStringIndex(part, most) {
		f.add("url", "invitation", from+m[0], from+m[1], 1)
	}
}

// tight tells whether a dot or colon stands between characters without a
// space, as in addresses.
func tight(s string) bool {
	for i := 1; i+1 < len(s); i++ {
		if (s[i] == '.' || s[i] == ':') && s[i-1] > ' ' && s[i+1] > ' ' {
			return true
		}
	}
	return false
}
