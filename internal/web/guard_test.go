package web_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"marquee/internal/account"
	"marquee/internal/guard/corpus"
	"marquee/internal/web/webtest"
)

type triedText struct {
	Verdict, Locale  string
	Guessed, Covered bool
	Microseconds     int64
	Guard            struct{ Name string }
	Findings         []struct {
		Detector, Kind string
		Start, End     int
		Score          float64
	}
	Detectors []struct {
		Detector     string
		Microseconds int64
	}
	Reasons []struct{ Rule, Outcome string }
}

func TestTheWorkbench(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	reviewer := site.Staff(account.Reviewer)

	const text = "schön: anna@example.com"
	var tried triedText
	reviewer.Post("/api/v1/studio/guard/check", map[string]any{"text": text, "locale": "de", "market": "DE", "campaign": webtest.Campaign}).Want(200).Into(&tried)
	if tried.Verdict != "deny" || tried.Guessed || !tried.Covered || tried.Guard.Name == "" || len(tried.Detectors) < 4 || len(tried.Reasons) == 0 {
		t.Errorf("it was tried as %+v", tried)
	}
	spanned := false
	for _, f := range tried.Findings {
		spanned = spanned || f.Kind == "personal_data" && text[f.Start:f.End] == "anna@example.com"
	}
	if !spanned {
		t.Errorf("no span is the address: %+v", tried.Findings)
	}
	// What is tried is no traffic: a dry run must not count it.
	site.Council.Flush(t.Context())
	if past, err := site.DB.PastInputs(t.Context(), "", 9); err != nil || len(past) != 0 {
		t.Errorf("%d trials were remembered (%v)", len(past), err)
	}

	var flat bytes.Buffer
	if err := png.Encode(&flat, image.NewGray(image.Rect(0, 0, 32, 32))); err != nil {
		t.Fatal(err)
	}
	reviewer.Upload("/api/v1/studio/guard/check-picture", "flat.png", flat.Bytes()).Want(200).Into(&tried)
	if tried.Verdict == "allow" {
		t.Errorf("a flat picture is let through")
	}

	var run struct {
		ID    string
		Total struct{ Harmful, Harmless struct{ Texts, Stopped int } }
	}
	reviewer.Upload("/api/v1/studio/guard/runs?name=a.csv&locale=en", "a.csv", []byte("text,label\na fox,harmless\nfuck you,hateful\n")).Want(201).Into(&run)
	if run.Total.Harmful.Stopped != 1 || run.Total.Harmless.Texts != 1 || run.Total.Harmless.Stopped != 0 {
		t.Errorf("the run counted %+v", run.Total)
	}
	var listed struct{ Runs []struct{ ID string } }
	reviewer.Get("/api/v1/studio/guard/runs").Want(200).Into(&listed)
	if len(listed.Runs) != 1 || listed.Runs[0].ID != run.ID {
		t.Errorf("listed %+v", listed)
	}
	reviewer.Get("/api/v1/studio/guard/runs/" + run.ID).Want(200)
	reviewer.Get("/api/v1/studio/guard/runs/" + run.ID + "/changes?from=" + run.ID).Want(200)
	if body := string(reviewer.Get("/api/v1/studio/guard/runs/" + run.ID + "/counts.csv").Want(200).Body); !strings.HasPrefix(body, "of,locale,") {
		t.Errorf("the table begins %.40q", body)
	}
	reviewer.Delete("/api/v1/studio/guard/runs/" + run.ID).Want(403)
	site.Staff(account.Producer).Delete("/api/v1/studio/guard/runs/" + run.ID).Want(204)
	reviewer.Get("/api/v1/studio/guard/runs/" + run.ID).Want(404)

	reviewer.Post("/api/v1/studio/guard/marks", map[string]any{"text": "a fox", "locale": "en", "marked": "miss", "why": "For the test."}).Want(201)
	var marks struct {
		Marks []struct {
			ID, Now string
			Right   bool
		}
	}
	reviewer.Get("/api/v1/studio/guard/marks").Want(200).Into(&marks)
	if len(marks.Marks) != 1 || marks.Marks[0].Now != "allow" || marks.Marks[0].Right {
		t.Fatalf("marked %+v", marks)
	}
	file := reviewer.Get("/api/v1/studio/guard/marks.jsonl").Want(200).Body
	if cases, err := corpus.ReadMarked(bytes.NewReader(file)); err != nil || len(cases) != 1 {
		t.Errorf("the export reads as %v %v", cases, err)
	}
	reviewer.Delete("/api/v1/studio/guard/marks/" + marks.Marks[0].ID).Want(204)
}

func TestWhatTheWorkbenchRefuses(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless())
	reviewer := site.Staff(account.Reviewer)
	for name, c := range map[string]struct {
		answer webtest.Answer
		status int
		code   string
	}{
		"no text":         {reviewer.Post("/api/v1/studio/guard/check", map[string]any{"text": ""}), 422, ""},
		"a long text":     {reviewer.Post("/api/v1/studio/guard/check", map[string]any{"text": strings.Repeat("a", 20_001)}), 422, ""},
		"no such market":  {reviewer.Post("/api/v1/studio/guard/check", map[string]any{"text": "a", "market": "germany"}), 422, ""},
		"no such role":    {reviewer.Post("/api/v1/studio/guard/check", map[string]any{"text": "a", "role": "king"}), 422, ""},
		"no campaign":     {reviewer.Post("/api/v1/studio/guard/check", map[string]any{"text": "a", "campaign": "nowhere"}), 404, ""},
		"no file":         {reviewer.Post("/api/v1/studio/guard/check-picture", nil), 422, "file_missing"},
		"no picture":      {reviewer.Upload("/api/v1/studio/guard/check-picture", "a.png", []byte("text")), 415, "picture_type_unknown"},
		"no name":         {reviewer.Upload("/api/v1/studio/guard/runs", "a.csv", []byte("text,label\na,0\n")), 422, ""},
		"no corpus":       {reviewer.Upload("/api/v1/studio/guard/runs?name=a.csv", "a.csv", []byte("a\n")), 422, "corpus_unreadable"},
		"a large corpus":  {reviewer.Upload("/api/v1/studio/guard/runs?name=a.txt", "a.txt", bytes.Repeat([]byte("x"), 4<<20+1)), 413, ""},
		"compare nothing": {reviewer.Get("/api/v1/studio/guard/runs/none/changes?from=none"), 404, ""},
		"no mistake":      {reviewer.Post("/api/v1/studio/guard/marks", map[string]any{"text": "a fox", "marked": "false_alarm", "why": "x"}), 409, "mark_no_mistake"},
		"personal data":   {reviewer.Post("/api/v1/studio/guard/marks", map[string]any{"text": "anna@example.com", "marked": "false_alarm", "why": "x"}), 422, "mark_personal"},
		"unmarked":        {reviewer.Delete("/api/v1/studio/guard/marks/none"), 404, ""},
	} {
		if c.answer.Status != c.status || c.code != "" && c.answer.Problem().Code != c.code {
			t.Errorf("%s: %d %s", name, c.answer.Status, c.answer.Body)
		}
	}
}
