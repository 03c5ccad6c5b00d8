// Package train makes the classifier's weights from the messages of Davidson
// et al. 2017, and measures them on the part that training never saw. The same
// input always gives the same bytes.
package train

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"marquee/internal/guard/classify"
	"marquee/internal/guard/corpus"
	"marquee/internal/guard/fold"
)

// Part is what an example is used for.
type Part int

// The parts of the data: seven tenths to learn from, one to calibrate on, two
// held back to measure.
const (
	ToLearn Part = iota
	ToCalibrate
	HeldBack
)

// Example is one message.
type Example struct {
	// Text is the message without what belongs to the medium.
	Text string
	// Plain is Text, folded.
	Plain string
	// Class is what most annotators said: classify.Hateful and so on.
	Class int
	Part  Part
	// tenth is the tenth of the data that it is in, by its text.
	tenth uint32
}

// most bounds what is read of a data file.
const most = 1 << 20

var (
	linkPattern   = regexp.MustCompile(`https?://\S*|www\.\S+`)
	personPattern = regexp.MustCompile(`@\w+:?`)
	resentPattern = regexp.MustCompile(`\b(?:RT|MT)\b`)
	spacePattern  = regexp.MustCompile(`\s+`)
)

// clean takes out what belongs to the medium and not to the text: links,
// addressees, marks of resending, escapes. A campaign's prompts have none of
// these, and a model would learn them.
func clean(s string) string {
	s = html.UnescapeString(html.UnescapeString(s))
	s = linkPattern.ReplaceAllString(s, " ")
	s = personPattern.ReplaceAllString(s, " ")
	s = resentPattern.ReplaceAllString(s, " ")
	s = strings.ReplaceAll(s, "#", " ")
	return strings.TrimSpace(spacePattern.ReplaceAllString(s, " "))
}

// Open reads the data set from a file.
func Open(path string) ([]Example, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the training data: %w", err)
	}
	defer f.Close()
	return Read(f)
}

// Read reads the data set: a table with the columns `class` and `tweet`.
// Messages without words, and repetitions of one already read, are left out,
// so that no message is both learned from and measured on.
func Read(r io.Reader) ([]Example, error) {
	table := csv.NewReader(r)
	table.LazyQuotes = true
	head, err := table.Read()
	if err != nil {
		return nil, fmt.Errorf("the training data: %w", err)
	}
	class, text := -1, -1
	for i, name := range head {
		switch name {
		case "class":
			class = i
		case "tweet":
			text = i
		}
	}
	if class < 0 || text < 0 {
		return nil, errors.New("the training data: there are no columns named class and tweet")
	}
	var out []Example
	seen := map[string]bool{}
	for {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("the training data: %w", err)
		}
		if len(out) >= most {
			return nil, fmt.Errorf("the training data: more than %d messages", most)
		}
		c, err := strconv.Atoi(row[class])
		if err != nil || c < 0 || c >= classify.Classes {
			return nil, fmt.Errorf("the training data: %q is no class", row[class])
		}
		e := Example{Text: clean(row[text]), Class: c}
		e.Plain = fold.Fold(e.Text).Plain
		if key := strings.Join(strings.Fields(e.Plain), " "); key != "" && !seen[key] {
			seen[key] = true
			e.tenth = tenth(strings.ToLower(e.Text))
			e.Part = part(e.tenth)
			out = append(out, e)
		}
	}
}

// tenth splits by the text itself, before folding, so that what is held back
// stays so when the data grows or folding learns something.
func tenth(key string) uint32 {
	sum := sha256.Sum256([]byte("split 1\n" + key))
	return binary.BigEndian.Uint32(sum[:]) % 10
}

func part(tenth uint32) Part {
	switch {
	case tenth < 7:
		return ToLearn
	case tenth < 8:
		return ToCalibrate
	}
	return HeldBack
}

// rotate gives the examples with their parts moved on by two tenths, turn
// times: over five turns each message is held back once.
func rotate(examples []Example, turn uint32) []Example {
	out := slices.Clone(examples)
	for i := range out {
		out[i].Part = part((out[i].tenth + 2*turn) % 10)
	}
	return out
}

// Inputs is the hash of all that training reads, for telling weights that are
// older than their data or code.
func Inputs(examples []Example, s Settings, harmless []string) [32]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%+v\n", s)
	for _, e := range examples {
		fmt.Fprintf(h, "%d %d %q\n", e.Part, e.Class, e.Plain)
	}
	for _, t := range harmless {
		fmt.Fprintf(h, "%q\n", t)
	}
	// The features themselves, on one text: a change of hashing is a change of
	// input.
	fmt.Fprintln(h, classify.Features(nil, "the quick brown fox isn't here, 42", s.Bits))
	return [32]byte(h.Sum(nil))
}

// Folded gives the texts of cases as the model reads them.
func Folded(cases []corpus.Case) []string {
	out := make([]string, len(cases))
	for i, c := range cases {
		out[i] = fold.Fold(c.Text).Plain
	}
	return out
}
