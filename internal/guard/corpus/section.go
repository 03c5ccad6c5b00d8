package corpus

import (
	"fmt"
	"strings"
)

// Section replaces what stands between the marks of a section in a page
// (`<!-- begin name -->` and `<!-- end name -->`, each on a line of its own),
// and leaves all else as it is.
func Section(page, name, text string) (string, error) {
	begin, end := fmt.Sprintf("<!-- begin %s -->\n", name), fmt.Sprintf("<!-- end %s -->", name)
	before, rest, ok := strings.Cut(page, begin)
	if !ok {
		return "", fmt.Errorf("the page has no mark %q", strings.TrimSpace(begin))
	}
	_, after, ok := strings.Cut(rest, end)
	if !ok {
		return "", fmt.Errorf("the page has no mark %q", end)
	}
	return before + begin + strings.TrimSpace(text) + "\n" + end + after, nil
}
