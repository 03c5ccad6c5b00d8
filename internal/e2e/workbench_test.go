package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"marquee/internal/store"
)

// TestTheGuardsWorkbench tries a text in the Studio, marks a mistake of the
// guard, runs corpora and compares them, then does in the rooms for policies,
// costs and models what an admin would.
func TestTheGuardsWorkbench(t *testing.T) {
	t.Parallel()
	h := open(t, store.SQLite)
	p := h.signIn()
	p.tap("Guard")
	p.sees("First paste a text or choose a picture.")
	p.fill("textarea", "schön: anna@example.com")
	p.tap("Check the text")
	p.sees("Against the rules")
	p.until(`document.querySelector("mark")?.textContent === "anna@example.com"`)
	p.sees("Folding and rules")

	p.fill("textarea", "a fox in the snow")
	p.tap("Check the text")
	p.sees("No detector saw anything.")
	p.tap("It should be stopped")
	p.fill("[role=dialog] textarea", "For the test.")
	p.tap("Keep it")
	p.until(`!document.querySelector("[role=dialog]")`)
	p.tap("Marked mistakes")
	p.sees("Still wrong")

	p.tap("Corpora")
	p.sees("No corpus was run yet")
	for _, name := range []string{"before.csv", "after.csv"} {
		p.upload(fileOf(t, name, "text,label,function\na fox in the snow,harmless,kind\nyou are a stupid bitch,hateful,insult\nwhat a lovely day,hateful,"+name+"\n"))
		p.sees("1 of 2 harmful texts are stopped")
		p.tap("All runs")
		p.until(`location.search === "?part=corpora"`)
		p.sees(name)
	}
	p.tap("after.csv")
	p.tapAt("[placeholder='Compare with…']")
	p.tapIn("[role=listbox]", "before.csv")
	p.sees("This run")
	p.sees("gone")

	p.tap("Policies")
	p.sees("What holds for every campaign")
	p.upload(fileOf(t, "pack.json", `{"schema":1,"id":"house-rules","version":"1.0.0","layer":"company","title":"House rules",
		"rules":[{"id":"violence","kinds":["violence"],"then":"deny","because":"We sell lemonade to families."}]}`))
	p.sees("You proposed it, so another person has to put it into force.")
	p.tap("Dry run")
	p.until(`/Would have|no past decisions/.test(document.body.innerText)`)

	p.tap("Costs")
	p.sees("Nothing was spent yet")
	p.tap("Set a budget")
	p.fill("[role=dialog] input[placeholder='No bound']", "25")
	p.tap("Set it")
	p.sees("$0.00 of $25.00")

	p.tap("Models")
	p.tap("Enter a model")
	p.sees("What may be sent to it")
	p.tapIn("[role=dialog]", "Cancel")
	p.fill("section[aria-label='Providers’ keys'] input[list]", "openai")
	p.fill("input[type=password]", "sk-not-a-real-one")
	p.tap("Store it")
	p.sees("openai changed")
	p.until(`!document.documentElement.innerHTML.includes("sk-not-a-real-one")`)
	p.noFaults()
}

// TestAHeldPromptIsAnAnswer asks for what a person looks at first, is let
// through while the page is open, and goes on; then for what has to be said
// differently, and takes the words that are offered.
func TestAHeldPromptIsAnAnswer(t *testing.T) {
	t.Parallel()
	h := open(t, store.SQLite)
	reviewer := h.staff("reviewer")
	p := h.browse("en", 390, 844)
	p.open("/c/winter-lights/create")
	p.arrive()
	p.sees(p.say("say.title"))
	ask := func(prompt string) {
		t.Helper()
		p.fill("#sentence", prompt)
		p.tap(p.say("say.go"))
		p.until(`location.search.includes("g=")`)
	}

	ask("a murder scene")
	p.sees(p.say("held.goes_on"))
	p.tap(p.say("choose.change"))
	p.until(`document.querySelector("#sentence")?.value === "a murder scene"`)
	ask("a murder scene in the snow")
	p.sees(p.say("held.goes_on"))
	var held struct{ Items []struct{ ID, Kind string } }
	reviewer.must("GET", "/api/v1/review/items?state=waiting", nil, 200, &held)
	if len(held.Items) != 1 {
		t.Fatalf("%d prompts wait, though one was taken back", len(held.Items))
	}
	reviewer.must("POST", "/api/v1/review/items/"+held.Items[0].ID+"/decision", map[string]any{"decision": "approve"}, 200, nil)
	p.until(`document.querySelectorAll(".frame-pick img").length === 4`)

	p.open("/c/winter-lights/create")
	ask("Mickey Mouse in the snow")
	p.sees(p.say("rewrite.ours"))
	p.tap(p.say("rewrite.take"))
	p.sees("a cheerful mouse in the snow")
	p.until(`document.querySelectorAll(".frame-pick img").length === 4`)
	p.noFaults()
}

// fileOf puts a file into a folder of the test.
func fileOf(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
