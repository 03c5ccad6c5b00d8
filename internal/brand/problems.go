package brand

import (
	"fmt"

	"marquee/internal/fault"
)

const maxProblems = 100

// problems gathers all that is wrong with a kit, so that its author can mend
// it in one go.
type problems struct {
	fields []fault.Field
	more   int
}

func (p *problems) add(path, code, message string, args ...any) {
	if len(p.fields) == maxProblems {
		p.more++
		return
	}
	p.fields = append(p.fields, fault.Field{Path: path, Code: code, Message: fmt.Sprintf(message, args...)})
}

// count is how many there are.
func (p *problems) count() int { return len(p.fields) + p.more }

// err is nil if nothing was found.
func (p *problems) err() error {
	n := p.count()
	switch n {
	case 0:
		return nil
	case 1:
		f := p.fields[0]
		e := fault.New(fault.Invalid, "kit_invalid", "This brand kit can't be used. %s: %s", f.Path, f.Message).With("count", 1)
		e.Fields = p.fields
		return e
	}
	e := fault.New(fault.Invalid, "kit_invalid", "This brand kit can't be used: %d things are wrong. The first, %s: %s", n, p.fields[0].Path, p.fields[0].Message).With("count", n)
	e.Fields = p.fields
	return e
}
