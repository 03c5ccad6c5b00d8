package c2pa

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/ocsp"
)

// codesOf reads the status codes of status.go.
func codesOf(t testing.TB) (out []string) {
	t.Helper()
	source, err := os.ReadFile("status.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`\tCode\w+ += "([^"]+)"`).FindAllSubmatch(source, -1) {
		out = append(out, string(m[1]))
	}
	return out
}

// TestEachCodeIsReported finds a file for each status code.
func TestEachCodeIsReported(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	look := func(data []byte) {
		for _, s := range validate(t, data, theWorld().options).Statuses {
			seen[s.Code] = true
		}
	}
	for _, x := range tamperings {
		look(x.make(t))
	}
	look(signedSample("mp4", false)(t))
	look(signedSample("jpg", true)(t))
	look(stapled(ocsp.Good)(t))
	look(sign(t, pngOf(t, 8, 8), made(), theWorld().signer, SignOptions{ClaimTime: true}))
	for _, c := range codesOf(t) {
		if !seen[c] {
			t.Errorf("no file is %s", c)
		}
	}
}

// TestCodesAreInTheDocs holds the tables of the documents to the code: each
// code that is reported is in the first, and none of those in the second,
// which has the reasons why they never are.
func TestCodesAreInTheDocs(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/c2pa.md")
	if err != nil {
		t.Fatal(err)
	}
	reported, rest, ok := strings.Cut(string(page), "Never reported")
	never, _, ends := strings.Cut(rest, "\n## ")
	if !ok || !ends {
		t.Fatal("the second table is not there")
	}
	codes := codesOf(t)
	row := regexp.MustCompile("(?m)^\\| `([a-zA-Z.-]+)` \\|")
	var told []string
	for _, m := range row.FindAllStringSubmatch(reported, -1) {
		told = append(told, m[1])
		if !slices.Contains(codes, m[1]) {
			t.Errorf("%s is not reported", m[1])
		}
	}
	for _, c := range codes {
		if !slices.Contains(told, c) {
			t.Errorf("%s is not in the table", c)
		}
		if slices.ContainsFunc(strings.Split(never, "\n"), func(line string) bool {
			cells := strings.Split(line, "|")
			return len(cells) > 2 && strings.Contains(cells[1], "`"+c+"`")
		}) {
			t.Errorf("%s is said to be never reported", c)
		}
	}
}
