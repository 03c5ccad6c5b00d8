package lexicon

import (
	"fmt"
	"strings"
)

// combine writes out the items of classes that begin with classes of the same
// file, in place. What a class holds further down does not count.
func combine(statements []statement) error {
	held := map[string][]string{}
	for i := range statements {
		s := &statements[i]
		if !strings.HasPrefix(s.class, "@") {
			continue
		}
		var all []string
		for _, item := range s.items {
			these := []string{""}
			for _, w := range strings.Fields(item) {
				with := []string{w}
				if w[0] == '@' {
					if with = held[w]; len(with) == 0 {
						return fmt.Errorf("line %d: no class %s before %q", s.line, w, item)
					}
				}
				if len(these)*len(with) > maxProduct {
					return fmt.Errorf("line %d: %q stands for more than %d phrases", s.line, item, maxProduct)
				}
				more := make([]string, 0, len(these)*len(with))
				for _, head := range these {
					for _, tail := range with {
						more = append(more, strings.TrimSpace(head+" "+tail))
					}
				}
				these = more
			}
			all = append(all, these...)
			if len(all) > maxProduct {
				return fmt.Errorf("line %d: %s holds more than %d phrases", s.line, s.class, maxProduct)
			}
		}
		s.items = all
		held[s.class] = append(held[s.class], all...)
	}
	return nil
}
