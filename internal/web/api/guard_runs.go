package api

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/guard/corpus"
	"marquee/internal/workbench"
)

func mistake(s string) corpus.Mistake { return corpus.Mistake(s) }

// guardRow is what became of the texts of one language, function or kind.
type guardRow corpus.Row

func viewRows(rows []corpus.Row) []guardRow {
	out := make([]guardRow, len(rows))
	for i, r := range rows {
		out[i] = guardRow(r)
	}
	return out
}

// guardSlip is a text that the guard got wrong.
type guardSlip struct {
	Locale   string   `json:"locale,omitempty"`
	Function string   `json:"function,omitempty"`
	Text     string   `json:"text"`
	Outcome  string   `json:"outcome" enum:"allow,rewrite,hold,deny"`
	Kinds    []string `json:"kinds" nullable:"false"`
}

func viewSlips(list []corpus.Alarm) []guardSlip {
	out := make([]guardSlip, len(list))
	for i, a := range list {
		out[i] = guardSlip{a.Locale, a.Function, a.Text, string(a.Outcome), orEmpty(a.Kinds)}
	}
	return out
}

type runHead struct {
	ID           string            `json:"id"`
	Name         string            `json:"name" doc:"Of the corpus's file"`
	Locale       string            `json:"locale,omitempty"`
	RunBy        string            `json:"run_by" doc:"The person's id"`
	RunAt        time.Time         `json:"run_at"`
	Microseconds int64             `json:"microseconds" doc:"Of all texts; 0 for a result from elsewhere"`
	Guard        workbench.Version `json:"guard" doc:"With an empty name for a result from elsewhere"`
	Total        guardRow          `json:"total"`
}

type runView struct {
	runHead
	Languages []guardRow  `json:"languages" nullable:"false"`
	Functions []guardRow  `json:"functions" nullable:"false"`
	Groups    []guardRow  `json:"groups" nullable:"false"`
	Kinds     []guardRow  `json:"kinds" nullable:"false"`
	Failed    int         `json:"failed" doc:"Texts on which a detector did not run"`
	Alarms    []guardSlip `json:"alarms" nullable:"false" doc:"The first false alarms"`
	Misses    []guardSlip `json:"misses" nullable:"false" doc:"The first harmful texts that were let through"`
}

func viewHead(r workbench.Run) runHead {
	return runHead{r.ID, r.Name, r.Locale, r.By, r.At, r.Took.Microseconds(), r.Version, guardRow(r.Result.Total)}
}

func viewRun(r workbench.Run) *struct{ Body runView } {
	return &struct{ Body runView }{runView{
		viewHead(r), viewRows(r.Result.Languages), viewRows(r.Result.Functions), viewRows(r.Result.Groups), viewRows(r.Result.Kinds),
		r.Result.Failed, viewSlips(r.Result.Alarms), viewSlips(r.Result.Misses),
	}}
}

type movedView struct {
	Of          string  `json:"of" enum:"all,language,function"`
	Locale      string  `json:"locale,omitempty"`
	Name        string  `json:"name,omitempty"`
	Recall      float64 `json:"recall" minimum:"-1" maximum:"1" doc:"By how much the share of harmful texts that are stopped moved"`
	FalseAlarms float64 `json:"false_alarms" minimum:"-1" maximum:"1"`
	Precision   float64 `json:"precision" minimum:"-1" maximum:"1"`
	Only        string  `json:"only,omitempty" enum:"before,after" doc:"Only this run has such texts"`
}

type comparedOut struct {
	Body struct {
		Before runHead     `json:"before"`
		After  runHead     `json:"after"`
		Moved  []movedView `json:"moved" nullable:"false"`
	}
}

// guardRuns registers corpora that are run through the guard.
func (a *API) guardRuns() {
	bench := func() *workbench.Service { return a.Services.Workbench }
	register(a, operation{
		method: http.MethodGet, path: "/studio/guard/runs", id: "list-guard-runs", tag: "Studio", access: Reviewer,
		summary: "The guard as it is now, and the corpora that were run, newest first",
	}, func(ctx context.Context, _ *none) (*struct {
		Body struct {
			Guard workbench.Version `json:"guard"`
			Runs  []runHead         `json:"runs" nullable:"false"`
		}
	}, error) {
		runs, err := bench().Runs(ctx)
		if err != nil {
			return nil, err
		}
		out := &struct {
			Body struct {
				Guard workbench.Version `json:"guard"`
				Runs  []runHead         `json:"runs" nullable:"false"`
			}
		}{}
		out.Body.Guard, out.Body.Runs = bench().Version(ctx), make([]runHead, len(runs))
		for i, r := range runs {
			out.Body.Runs[i] = viewHead(r)
		}
		return out, nil
	})
	register(a, operation{
		method: http.MethodPost, path: "/studio/guard/runs", id: "run-corpus", tag: "Studio", access: Reviewer, status: http.StatusCreated,
		body: workbench.LargestCorpus + 1<<20, raw: true,
		summary: "Run a corpus through the guard: a table, one harmless text a line, or an earlier result to compare with",
		shape:   upload("A .csv with the columns text and label, a .txt, or the .json of marquee guard measure; up to 4 MB and 10,000 texts"),
	}, func(ctx context.Context, in *struct {
		Name   string `query:"name" required:"true" minLength:"1" maxLength:"200" doc:"The file's name; its ending says how it is read"`
		Locale string `query:"locale" maxLength:"35" doc:"Of texts whose row does not say it; guessed if it is left out"`
	}) (*struct{ Body runView }, error) {
		return within(ctx, a.Limits.Heavy, func() (*struct{ Body runView }, error) {
			data, err := fileOf(request(ctx), workbench.LargestCorpus)
			if err != nil {
				return nil, err
			}
			run, err := bench().Run(ctx, a.by(ctx), in.Name, in.Locale, data)
			if err != nil {
				return nil, err
			}
			return viewRun(run), nil
		})
	})
	register(a, operation{
		method: http.MethodGet, path: "/studio/guard/runs/{id}", id: "get-guard-run", tag: "Studio", access: Reviewer,
		summary: "A run with all its counts and its first mistakes",
	}, func(ctx context.Context, in *ByID) (*struct{ Body runView }, error) {
		run, err := bench().Get(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return viewRun(run), nil
	})
	register(a, operation{
		method: http.MethodDelete, path: "/studio/guard/runs/{id}", id: "remove-guard-run", tag: "Studio", access: Producer, status: http.StatusNoContent,
		summary: "Forget a run",
	}, func(ctx context.Context, in *ByID) (*none, error) { return nil, bench().Remove(ctx, a.by(ctx), in.ID) })
	register(a, operation{
		method: http.MethodGet, path: "/studio/guard/runs/{id}/changes", id: "compare-guard-runs", tag: "Studio", access: Reviewer,
		summary: "What moved since another run",
	}, func(ctx context.Context, in *struct {
		ByID
		From string `query:"from" required:"true" maxLength:"64" doc:"The id of the run before"`
	}) (*comparedOut, error) {
		before, after, moved, err := bench().Compare(ctx, in.From, in.ID)
		if err != nil {
			return nil, err
		}
		out := &comparedOut{}
		out.Body.Before, out.Body.After, out.Body.Moved = viewHead(before), viewHead(after), make([]movedView, len(moved))
		for i, m := range moved {
			v := movedView{Of: m.Of, Locale: m.Locale, Name: m.Name, Recall: m.Recall, FalseAlarms: m.FalseAlarms, Precision: m.Precision}
			if m.New {
				v = movedView{Of: m.Of, Locale: m.Locale, Name: m.Name, Only: "after"}
			} else if m.Gone {
				v.Only = "before"
			}
			out.Body.Moved[i] = v
		}
		return out, nil
	})
	register(a, operation{
		method: http.MethodGet, path: "/studio/guard/runs/{id}/counts.csv", id: "export-guard-run", tag: "Studio", access: Reviewer,
		summary: "All counts of a run as CSV",
		shape: func(op *huma.Operation) {
			op.Responses["200"] = &huma.Response{Description: "OK", Content: map[string]*huma.MediaType{"text/csv": {Schema: &huma.Schema{Type: "string"}}}}
		},
	}, func(ctx context.Context, in *ByID) (*tableOut, error) {
		run, err := bench().Get(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		// Names come from a file that somebody sent: a spreadsheet must not run them.
		for _, rows := range [][]corpus.Row{run.Result.Languages, run.Result.Functions, run.Result.Groups, run.Result.Kinds} {
			for i := range rows {
				rows[i].Locale, rows[i].Name = tame(rows[i].Locale), tame(rows[i].Name)
			}
		}
		var b bytes.Buffer
		if err := run.Result.WriteCSV(&b); err != nil {
			return nil, err
		}
		return &tableOut{"text/csv; charset=utf-8", `attachment; filename="guard-run.csv"`, b.Bytes()}, nil
	})
}
