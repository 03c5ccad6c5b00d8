package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"text/tabwriter"
	"time"
	"unicode/utf8"

	"marquee/cmd/marquee/house"
	"marquee/internal/compose"
	"marquee/internal/guard"
	"marquee/internal/guard/standard"
	"marquee/internal/policy"
	"marquee/internal/settings"
)

const (
	// longestText is the longest text that is checked, in bytes.
	longestText = 1 << 20
	// longestPicture is the largest file of a picture that is checked.
	longestPicture = 64 << 20
	// mostPixels bounds what a picture unfolds to.
	mostPixels = 64 << 20
)

// guardCheck checks one text, a file, or one text a line.
func guardCheck(set *flag.FlagSet) runner {
	asJSON := set.Bool("json", false, "read one text a line from standard input, print one object a line")
	locale := set.String("locale", "", "the language of the text, such as en or pt-BR (default: guessed, else English)")
	file := set.String("file", "", "check a picture (PNG, JPEG, WebP) or a text from a file")
	return func(ctx context.Context, t terminal, s *settings.Settings, words []string) error {
		if *asJSON && (len(words) > 0 || *file != "") || len(words) > 0 && *file != "" {
			return fmt.Errorf("%w: give one of TEXT, --file and --json", errUsage)
		}
		g, err := house.Watch(ctx, s)
		if err != nil {
			return err
		}
		judge := standard.NewJudge(g)
		switch {
		case *asJSON:
			return checkLines(ctx, t.in, t.out, judge, *locale)
		case *file != "":
			return checkFile(ctx, t, g, judge, *file, *locale)
		case len(words) > 0:
			return tellText(ctx, t, judge, words[0], *locale)
		}
		text, err := readText(t.in)
		if err != nil {
			return err
		}
		return tellText(ctx, t, judge, strings.TrimRight(text, "\r\n"), *locale)
	}
}

func readText(r io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(r, longestText+1))
	if err != nil {
		return "", fmt.Errorf("the text: %w", err)
	}
	if len(data) > longestText {
		return "", fmt.Errorf("the text is longer than %d bytes", longestText)
	}
	return string(data), nil
}

// checkFile checks a picture as a campaign's pictures are, and anything else
// as a text.
func checkFile(ctx context.Context, t terminal, g *guard.Guard, judge *standard.Judge, path, locale string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("the file: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, longestPicture+1))
	if err != nil {
		return fmt.Errorf("the file: %w", err)
	}
	if !strings.HasPrefix(http.DetectContentType(data), "image/") {
		text, err := readText(bytes.NewReader(data))
		if err != nil {
			return err
		}
		return tellText(ctx, t, judge, text, locale)
	}
	img, err := compose.Decode(bytes.NewReader(data), longestPicture, mostPixels)
	if err != nil {
		return err
	}
	begin := time.Now()
	v := policy.Shipped{}.Decide(ctx, policy.Input{Stage: policy.Picture, Findings: g.Picture(ctx, img)})
	return tellVerdict(t.out, "", v, time.Since(begin))
}

func tellText(ctx context.Context, t terminal, judge *standard.Judge, text, locale string) error {
	if locale == "" {
		locale = standard.Locale(text)
		t.say("language  %s (guessed)", locale)
	}
	begin := time.Now()
	v := judgeBytes(ctx, judge, text, locale)
	return tellVerdict(t.out, text, v, time.Since(begin))
}

// tellVerdict writes a verdict for people.
func tellVerdict(w io.Writer, text string, v policy.Verdict, took time.Duration) error {
	fmt.Fprintf(w, "verdict   %s\n", v.Outcome)
	fmt.Fprintf(w, "time      %s\n", took.Round(time.Microsecond))
	if len(v.Findings) == 0 {
		_, err := fmt.Fprintln(w, "Nothing was found.")
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nfound\tby\tscore\tbytes\twhere")
	for _, f := range v.Findings {
		where := f.Evidence // of a picture
		if f.Start >= 0 && f.Start < f.End && f.End <= len(text) {
			where = fmt.Sprintf("%.60q", shortened(text[f.Start:f.End], 60))
		}
		fmt.Fprintf(table, "%s\t%s\t%.2f\t%d–%d\t%s\n", f.Kind, f.Detector, f.Score, f.Start, f.End, where)
	}
	fmt.Fprintln(table, "\nrule\tleads to\tbecause")
	for _, r := range v.Reasons {
		fmt.Fprintf(table, "%s\t%s\t%s\n", r.Rule, r.To, r.Because)
	}
	return table.Flush()
}

// shortened cuts a text to so many characters.
func shortened(s string, most int) string {
	for i := range s {
		if most == 0 {
			return s[:i] + "…"
		}
		most--
	}
	return s
}

// inputDetector names findings about the input itself.
const inputDetector = "input/1"

// unread is the finding of an input that can't be checked as a whole.
func unread(end int) policy.Finding {
	return policy.Finding{Detector: inputDetector, Kind: policy.FailedKind, Start: 0, End: end, Score: 1}
}

// judgeBytes judges what may not be a text. Detectors see all of it, but bytes
// that are not UTF-8 can't be read, so it is never allowed.
func judgeBytes(ctx context.Context, judge *standard.Judge, text, locale string) policy.Verdict {
	v := judge.Text(ctx, text, locale)
	if !utf8.ValidString(text) {
		v = policy.Shipped{}.Decide(ctx, policy.Input{Stage: policy.Prompt, Findings: append([]policy.Finding{unread(len(text))}, v.Findings...)})
	}
	return v
}

// checked is one line of the answer.
type checked struct {
	Verdict  policy.Outcome `json:"verdict"`
	Findings []found        `json:"findings"`
}

type found struct {
	Detector string  `json:"detector"`
	Kind     string  `json:"kind"`
	Start    int     `json:"start"`
	End      int     `json:"end"`
	Score    float64 `json:"score"`
}

// checkLines answers each line in order, as soon as no more input is waiting.
// It holds one line at a time. An empty line is allowed; one that is longer
// than longestText is not read further and is held.
func checkLines(ctx context.Context, in io.Reader, out io.Writer, judge *standard.Judge, locale string) error {
	lines := bufio.NewReaderSize(in, 64<<10)
	answers := bufio.NewWriterSize(out, 64<<10)
	encoder := json.NewEncoder(answers)
	encoder.SetEscapeHTML(false)
	for {
		if err := ctx.Err(); err != nil {
			return errors.Join(err, answers.Flush())
		}
		line, long, err := readLine(lines, longestText)
		if err != nil {
			if errors.Is(err, io.EOF) {
				return answers.Flush()
			}
			return errors.Join(fmt.Errorf("standard input: %w", err), answers.Flush())
		}
		var v policy.Verdict
		if long {
			v = policy.Shipped{}.Decide(ctx, policy.Input{Stage: policy.Prompt, Findings: []policy.Finding{unread(len(line))}})
		} else {
			v = judgeBytes(ctx, judge, string(line), locale)
		}
		answer := checked{Verdict: v.Outcome, Findings: make([]found, 0, len(v.Findings))}
		for _, f := range v.Findings {
			answer.Findings = append(answer.Findings, found{f.Detector, f.Kind, f.Start, f.End, f.Score})
		}
		if err := encoder.Encode(answer); err != nil {
			return err
		}
		if lines.Buffered() == 0 {
			if err := answers.Flush(); err != nil {
				return err
			}
		}
	}
}

// readLine reads up to the end of a line and gives it without. Of a line that
// is longer than most it keeps the beginning, skips the rest and says so.
func readLine(r *bufio.Reader, most int) (line []byte, long bool, err error) {
	begun := false
	for {
		part, err := r.ReadSlice('\n')
		begun = begun || len(part) > 0
		ended := err == nil
		if room := most + 2 - len(line); len(part) > room {
			line, long = append(line, part[:room]...), true
		} else {
			line = append(line, part...)
		}
		switch {
		case ended || errors.Is(err, io.EOF) && begun:
			line = bytes.TrimSuffix(line, []byte("\n"))
			line = bytes.TrimSuffix(line, []byte("\r"))
			if long || len(line) > most {
				return line[:most], true, nil
			}
			return line, false, nil
		case errors.Is(err, bufio.ErrBufferFull):
		default:
			return nil, false, err
		}
	}
}
