package e2e

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestTheDocumentedScript runs docs/api-path.sh as a reader would.
func TestTheDocumentedScript(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *House) {
		cmd := exec.Command("sh", "../../docs/api-path.sh")
		cmd.Env = append(os.Environ(), "MARQUEE="+h.URL, "STAFF_KEY="+h.staff("reviewer").Bearer)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s\n%s", err, out, h.log)
		}
		for _, want := range []string{
			"state: succeeded", "findings: 0", "state: published", "title: The light keeper", "votes: 1",
			"match: exact, approved by a person: true", "state: taken_down", "image: 410", "Done.",
		} {
			if !strings.Contains(string(out), want) {
				t.Errorf("it does not say %q:\n%s", want, out)
			}
		}
	})
}
