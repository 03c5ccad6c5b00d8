package corpus

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Case is one text with what should become of it.
type Case struct {
	Text string
	// Locale is its language as a BCP 47 tag; "" is unknown.
	Locale string
	// Function names what the case tries: "slur_h", "harmless".
	Function string
	// Harmful says that it should be stopped (held or denied).
	Harmful bool
	// Group is whom it is about, where the corpus says so.
	Group string
}

const (
	// mostCases bounds a corpus, longestCase one text of it, in bytes.
	mostCases   = 1 << 20
	longestCase = 1 << 20
)

// named are languages as corpora name their files.
var named = map[string]string{
	"arabic": "ar", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "finnish": "fi", "french": "fr", "german": "de",
	"greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu", "indonesian": "id", "italian": "it", "japanese": "ja",
	"korean": "ko", "mandarin": "zh", "chinese": "zh", "norwegian": "nb", "polish": "pl", "portuguese": "pt", "romanian": "ro",
	"spanish": "es", "swedish": "sv", "thai": "th", "turkish": "tr", "ukrainian": "uk", "russian": "ru",
}

// Open reads a corpus from a file: a table (.csv) or one harmless text a line
// (anything else). What the file does not say of a text's language its name
// may: "german.csv", "de.a.txt".
func Open(path string) ([]Case, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the corpus: %w", err)
	}
	defer f.Close()
	stem, _, _ := strings.Cut(strings.ToLower(filepath.Base(path)), ".")
	locale := named[stem]
	if len(stem) == 2 {
		locale = stem
	}
	read := ReadLines
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		read = ReadTable
	}
	cases, err := read(f, locale)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return cases, nil
}

// ReadLines reads one harmless text a line. Empty lines and those that begin
// with # are left out.
func ReadLines(r io.Reader, locale string) ([]Case, error) {
	var out []Case
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 4096), longestCase)
	for lines.Scan() {
		text := strings.TrimSpace(lines.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		if len(out) >= mostCases {
			return nil, fmt.Errorf("there are more than %d texts", mostCases)
		}
		out = append(out, Case{Text: text, Locale: locale, Function: "harmless"})
	}
	return out, lines.Err()
}

// columns are the names that a column may have.
var columns = map[string]string{
	"text": "text", "test_case": "text", "tweet": "text", "prompt": "text",
	"label": "label", "label_gold": "label", "class": "label",
	"function": "function", "functionality": "function",
	"locale": "locale", "language": "locale",
	"group": "group", "target_ident": "group",
}

// ReadTable reads a table with a header. It needs a column for the text (text,
// test_case) and one for the label (label, label_gold), and takes those for
// function (functionality), locale and group (target_ident).
func ReadTable(r io.Reader, locale string) ([]Case, error) {
	table := csv.NewReader(r)
	table.LazyQuotes = true
	head, err := table.Read()
	if err != nil {
		return nil, fmt.Errorf("the table has no header: %w", err)
	}
	at := map[string]int{}
	for i, name := range head {
		if is, ok := columns[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))]; ok {
			at[is] = i
		}
	}
	for _, need := range []string{"text", "label"} {
		if _, ok := at[need]; !ok {
			return nil, fmt.Errorf("the table has no column for the %s", need)
		}
	}
	var out []Case
	for {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if len(out) >= mostCases {
			return nil, fmt.Errorf("there are more than %d texts", mostCases)
		}
		c := Case{Text: row[at["text"]], Locale: locale}
		if len(c.Text) > longestCase {
			return nil, fmt.Errorf("text %d is longer than %d bytes", len(out)+1, longestCase)
		}
		if c.Harmful, err = harmful(row[at["label"]]); err != nil {
			return nil, fmt.Errorf("text %d: %w", len(out)+1, err)
		}
		if i, ok := at["function"]; ok {
			c.Function = row[i]
		}
		if i, ok := at["locale"]; ok && row[i] != "" {
			c.Locale = row[i]
		}
		if i, ok := at["group"]; ok {
			c.Group = row[i]
		}
		out = append(out, c)
	}
}

// harmful reads a label. Labels of three classes are 0 hateful, 1 offensive,
// 2 neither, as Davidson et al. have them.
func harmful(label string) (bool, error) {
	switch strings.ToLower(strings.TrimSpace(label)) {
	case "hateful", "harmful", "toxic", "offensive", "stop", "0", "1":
		return true, nil
	case "non-hateful", "harmless", "neither", "none", "pass", "2":
		return false, nil
	}
	return false, fmt.Errorf("%.40q is no label: hateful or non-hateful, harmful or harmless", label)
}
