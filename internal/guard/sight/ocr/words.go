package ocr

import (
	"fmt"
	"image"
	"strconv"
	"strings"
)

const (
	// columns is how many a row of Tesseract's table has.
	columns = 12
	// mostWords bounds a reading.
	mostWords = 2000
	// longestWord bounds a word, in bytes.
	longestWord = 400
)

// parse reads Tesseract's table of tab-separated values: level, page, block,
// paragraph, line, word, left, top, width, height, confidence, text. Rows of
// words are level 5; the others only say where blocks and lines are.
func parse(table []byte) ([]Word, error) {
	var out []Word
	line, before := -1, ""
	number := 0
	for row := range strings.Lines(string(table)) {
		number++
		cells := strings.SplitN(strings.TrimRight(row, "\r\n"), "\t", columns)
		if number == 1 && cells[0] == "level" || len(cells) == 1 && cells[0] == "" {
			continue
		}
		if len(cells) < columns-1 {
			return nil, fmt.Errorf("row %d of what was read has %d columns", number, len(cells))
		}
		if cells[0] != "5" || len(cells) < columns {
			continue
		}
		text := strings.ToValidUTF8(strings.TrimSpace(cells[11]), "")
		if text == "" || len(text) > longestWord {
			continue
		}
		var at [4]int
		for i := range at {
			v, err := strconv.Atoi(cells[6+i])
			if err != nil || v < 0 || v > 1<<20 {
				return nil, fmt.Errorf("row %d of what was read has no place", number)
			}
			at[i] = v
		}
		sure, err := strconv.ParseFloat(cells[10], 64)
		if err != nil || !(sure >= -1 && sure <= 100) {
			return nil, fmt.Errorf("row %d of what was read does not say how sure it is", number)
		}
		if key := strings.Join(cells[1:5], " "); key != before {
			before = key
			line++
		}
		if len(out) == mostWords {
			break
		}
		out = append(out, Word{Text: text, Box: image.Rect(at[0], at[1], at[0]+at[2], at[1]+at[3]), Sure: max(sure, 0) / 100, Line: line})
	}
	return out, nil
}
