package corpus

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
)

// WriteTable writes a result for people: languages, then functions.
func (r Result) WriteTable(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	head := func(what string) {
		fmt.Fprintf(t, "%s\tharmful\tstopped\tdenied\tharmless\tstopped\tdenied\tprecision\t\n", what)
	}
	row := func(name string, r Row) {
		fmt.Fprintf(t, "%s\t%d\t%s\t%s\t%d\t%s\t%s\t%s\t\n", name,
			r.Harmful.Texts, percent(r.Harmful.StoppedShare(), r.Harmful.Texts), percent(r.Harmful.DeniedShare(), r.Harmful.Texts),
			r.Harmless.Texts, percent(r.Harmless.StoppedShare(), r.Harmless.Texts), percent(r.Harmless.DeniedShare(), r.Harmless.Texts),
			percent(r.Precision(), r.Harmful.Stopped+r.Harmless.Stopped))
	}
	head("language")
	for _, l := range r.Languages {
		row(orUnknown(l.Locale), l)
	}
	row("all", r.Total)
	if len(r.Functions) > 0 {
		fmt.Fprintln(t)
		head("function")
		for _, f := range r.Functions {
			row(orUnknown(f.Locale)+" "+f.Name, f)
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if r.Failed > 0 {
		_, err := fmt.Fprintf(w, "\nA check did not run on %d texts.\n", r.Failed)
		return err
	}
	return nil
}

func orUnknown(locale string) string {
	if locale == "" {
		return "?"
	}
	return locale
}

// percent writes a share of n, or a dash of none.
func percent(share float64, n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.FormatFloat(100*share, 'f', 1, 64) + " %"
}

// WriteCSV writes all rows as one table.
func (r Result) WriteCSV(w io.Writer) error {
	t := csv.NewWriter(w)
	lines := [][]string{{"of", "locale", "name", "harmful", "harmful_stopped", "harmful_denied", "harmless", "harmless_stopped", "harmless_denied", "precision", "recall", "false_alarms"}}
	for _, part := range []struct {
		of   string
		rows []Row
	}{{"total", []Row{r.Total}}, {"language", r.Languages}, {"function", r.Functions}, {"group", r.Groups}, {"kind", r.Kinds}} {
		for _, row := range part.rows {
			line := []string{part.of, row.Locale, row.Name}
			for _, n := range []int{row.Harmful.Texts, row.Harmful.Stopped, row.Harmful.Denied, row.Harmless.Texts, row.Harmless.Stopped, row.Harmless.Denied} {
				line = append(line, strconv.Itoa(n))
			}
			for _, s := range []float64{row.Precision(), row.Recall(), row.FalseAlarms()} {
				line = append(line, strconv.FormatFloat(s, 'f', 4, 64))
			}
			lines = append(lines, line)
		}
	}
	return t.WriteAll(lines)
}

// mostResult bounds a stored result, in bytes.
const mostResult = 16 << 20

// ReadResult reads a result that was written as JSON.
func ReadResult(r io.Reader) (Result, error) {
	data, err := io.ReadAll(io.LimitReader(r, mostResult+1))
	if err != nil {
		return Result{}, err
	}
	if len(data) > mostResult {
		return Result{}, errors.New("the earlier result is too large to be one")
	}
	var out Result
	if err := json.Unmarshal(data, &out); err != nil {
		return Result{}, fmt.Errorf("the earlier result can't be read: %w", err)
	}
	return out, nil
}

// Change is how one row moved between two results, in shares from -1 to 1.
type Change struct {
	// Of is "all", "language" or "function".
	Of, Locale, Name               string
	Recall, FalseAlarms, Precision float64
	// New and Gone tell of a row that only one of the two has.
	New, Gone bool
}

// Compare gives what moved from an earlier result to a later one.
func Compare(before, after Result) []Change {
	var out []Change
	compare := func(of string, a, b []Row) {
		type key struct{ locale, name string }
		old := map[key]Row{}
		for _, r := range a {
			old[key{r.Locale, r.Name}] = r
		}
		for _, r := range b {
			was, ok := old[key{r.Locale, r.Name}]
			delete(old, key{r.Locale, r.Name})
			c := Change{Of: of, Locale: r.Locale, Name: r.Name, New: !ok,
				Recall: r.Recall() - was.Recall(), FalseAlarms: r.FalseAlarms() - was.FalseAlarms(), Precision: r.Precision() - was.Precision()}
			if c.New || r != was {
				out = append(out, c)
			}
		}
		for _, r := range a {
			if _, left := old[key{r.Locale, r.Name}]; left {
				out = append(out, Change{Of: of, Locale: r.Locale, Name: r.Name, Gone: true})
			}
		}
	}
	compare("all", []Row{before.Total}, []Row{after.Total})
	compare("language", before.Languages, after.Languages)
	compare("function", before.Functions, after.Functions)
	return out
}

// WriteChanges writes a comparison for people.
func WriteChanges(w io.Writer, changes []Change) error {
	if len(changes) == 0 {
		_, err := fmt.Fprintln(w, "Nothing moved.")
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "what moved\trecall\tfalse alarms\tprecision\t")
	for _, c := range changes {
		name := c.Of
		if c.Of != "all" {
			name += " " + orUnknown(c.Locale)
			if c.Name != "" {
				name += " " + c.Name
			}
		}
		switch {
		case c.New:
			fmt.Fprintf(t, "%s\tnew\t\t\t\n", name)
		case c.Gone:
			fmt.Fprintf(t, "%s\tgone\t\t\t\n", name)
		default:
			fmt.Fprintf(t, "%s\t%+.1f\t%+.1f\t%+.1f\t\n", name, 100*c.Recall, 100*c.FalseAlarms, 100*c.Precision)
		}
	}
	return t.Flush()
}
