package paint

import (
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

//go:embed words/*.json grammar/*.json
var wordFiles embed.FS

// vocabulary is one language's words for what the painter knows, as a
// translator edits it: for each id the words and phrases that mean it. A form
// that ends in + means several of the thing.
type vocabulary struct {
	Language  string              `json:"language"`
	Subjects  map[string][]string `json:"subjects"`
	Settings  map[string][]string `json:"settings"`
	Hours     map[string][]string `json:"hours"`
	Weathers  map[string][]string `json:"weathers"`
	Seasons   map[string][]string `json:"seasons"`
	Styles    map[string][]string `json:"styles"`
	Moods     map[string][]string `json:"moods"`
	Relations map[string][]string `json:"relations"`
	Colours   map[string][]string `json:"colours"`
	Numbers   map[string][]string `json:"numbers"`
	// Ignore lists words that carry no picture: articles, "a picture of".
	Ignore []string `json:"ignore"`
}

// grammar is how a language bends and joins its words, as far as the reader
// has to know to find them again. Every part may be left out.
type grammar struct {
	Language string `json:"language"`
	// Prefixes are small words written onto the front of others: "the",
	// "and", "in".
	Prefixes []string `json:"prefixes"`
	// Suffixes are endings that a word may carry. One that ends in + means
	// several. "ending>letters" puts letters in the ending's place, for words
	// whose last letter changes.
	Suffixes []string `json:"suffixes"`
	// Least is how many letters must be left when prefix and suffix are off;
	// 0 means 3.
	Least int `json:"least"`
	// Spellings are letters that people type in another's place: "ä": "ae".
	Spellings map[string]string `json:"spellings"`
	// Particles are characters of a script without spaces that carry only
	// grammar; a rest of nothing else is not reported as missed.
	Particles string `json:"particles"`
	// Joined tells that a season, hour or weather may be written together
	// with its thing ("Winterwald"), and Links are the letters between.
	Joined bool     `json:"joined"`
	Links  []string `json:"links"`
	// Heads tells that in a row of nouns the last is what is meant: a "fire
	// engine" is no fire. Breaks are the words, and Verbs the endings of
	// words, that end such a row instead.
	Heads  bool     `json:"heads"`
	Breaks []string `json:"breaks"`
	Verbs  []string `json:"verbs"`
	// ColoursAfter, NumbersAfter and RelationsAfter tell that these follow
	// the thing that they belong to.
	ColoursAfter   bool `json:"colours_after"`
	NumbersAfter   bool `json:"numbers_after"`
	RelationsAfter bool `json:"relations_after"`
	// Strangers are words that have no picture although they look like ones
	// that have: "bride" is no misspelt bridge, a "hot dog" no dog.
	Strangers []string `json:"strangers"`
}

type kind int

const (
	isIgnored kind = iota
	isSubject
	isSetting
	isHour
	isWeather
	isSeason
	isStyle
	isMood
	isRelation
	isColour
	isNumber
	isStranger
)

// pictured tells that a kind of word shapes the picture by itself.
func (k kind) pictured() bool {
	return k >= isSubject && k <= isMood || k == isColour
}

// meaning is what a word or phrase stands for.
type meaning struct {
	kind kind
	id   string
	many bool
}

func (v vocabulary) groups() map[kind]map[string][]string {
	return map[kind]map[string][]string{
		isSubject: v.Subjects, isSetting: v.Settings, isHour: v.Hours, isWeather: v.Weathers, isSeason: v.Seasons,
		isStyle: v.Styles, isMood: v.Moods, isRelation: v.Relations, isColour: v.Colours, isNumber: v.Numbers,
		isIgnored: {"": v.Ignore},
	}
}

// parse reads a data file and refuses fields that mean nothing, since a
// misspelt one would be left out in silence.
func parse[T any](data []byte) (T, error) {
	var v T
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, fmt.Errorf("the file is not as it should be: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return v, fmt.Errorf("something follows the end of the file's object")
	}
	return v, nil
}

// files reads every data file of a folder, by language.
func files[T any](folder string, language func(T) string) (map[string]T, error) {
	list, err := fs.ReadDir(wordFiles, folder)
	if err != nil {
		return nil, fmt.Errorf("the embedded %s can't be listed: %w", folder, err)
	}
	all := map[string]T{}
	for _, f := range list {
		data, err := wordFiles.ReadFile(path.Join(folder, f.Name()))
		if err != nil {
			return nil, fmt.Errorf("%s/%s can't be read: %w", folder, f.Name(), err)
		}
		v, err := parse[T](data)
		if err != nil {
			return nil, fmt.Errorf("%s/%s: %w", folder, f.Name(), err)
		}
		if name := language(v) + ".json"; name != f.Name() {
			return nil, fmt.Errorf("%s/%s says that its language is %q", folder, f.Name(), language(v))
		}
		all[language(v)] = v
	}
	return all, nil
}
