package policy

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/ext"
)

// costMax bounds the steps that one condition may take.
const costMax = 20_000

// Packs are compiled packs, ready to decide. They are safe for concurrent use.
type Packs struct {
	packs []compiled
	// known are the kinds that some rule is about.
	known map[string]bool
}

type compiled struct {
	*Pack
	rules []condition
}

// condition is a rule with its compiled condition; nil always holds.
type condition struct {
	*Rule
	name    string
	program cel.Program
}

// environment declares what conditions may look at.
var environment = sync.OnceValues(func() (*cel.Env, error) {
	return cel.NewEnv(
		ext.NativeTypes(ext.ParseStructTags(true),
			reflect.TypeFor[Finding](), reflect.TypeFor[KitFinding](), reflect.TypeFor[Model](),
			reflect.TypeFor[Provenance](), reflect.TypeFor[History]()),
		ext.Strings(),
		cel.Variable("stage", cel.StringType),
		cel.Variable("campaign", cel.StringType),
		cel.Variable("brand", cel.StringType),
		cel.Variable("market", cel.StringType),
		cel.Variable("locale", cel.StringType),
		cel.Variable("age", cel.StringType),
		cel.Variable("findings", cel.ListType(cel.ObjectType("policy.Finding"))),
		cel.Variable("kinds", cel.MapType(cel.StringType, cel.DoubleType)),
		cel.Variable("kind", cel.StringType),
		cel.Variable("score", cel.DoubleType),
		cel.Variable("kit", cel.ListType(cel.ObjectType("policy.KitFinding"))),
		cel.Variable("model", cel.ObjectType("policy.Model")),
		cel.Variable("provenance", cel.ObjectType("policy.Provenance")),
		cel.Variable("history", cel.ObjectType("policy.History")),
		cel.Variable("topics", cel.MapType(cel.StringType, cel.StringType)),
	)
})

// Compile makes packs ready, in the order of their layers. The error joins a
// Problem for each condition that does not compile, with line and column.
func Compile(packs ...*Pack) (*Packs, error) {
	env, err := environment()
	if err != nil {
		return nil, err
	}
	out := &Packs{known: map[string]bool{}}
	var all []error
	for _, p := range packs {
		c := compiled{Pack: p}
		for i := range p.Rules {
			r := &p.Rules[i]
			program, err := condense(env, r.When)
			if err != nil {
				all = append(all, Problem{p.ID + "/" + r.ID, err.Error()})
			}
			c.rules = append(c.rules, condition{r, p.ID + "/" + r.ID, program})
			for _, k := range r.Kinds {
				out.known[k] = true
			}
		}
		out.packs = append(out.packs, c)
	}
	slices.SortStableFunc(out.packs, func(a, b compiled) int {
		return slices.Index(layers, a.Layer) - slices.Index(layers, b.Layer)
	})
	return out, errors.Join(all...)
}

func condense(env *cel.Env, when string) (cel.Program, error) {
	if strings.TrimSpace(when) == "" {
		return nil, nil
	}
	ast, issues := env.Compile(when)
	if issues.Err() != nil {
		e := issues.Errors()[0]
		return nil, fmt.Errorf("line %d, column %d: %s", e.Location.Line(), e.Location.Column()+1, e.Message)
	}
	if ast.OutputType() != cel.BoolType {
		return nil, fmt.Errorf("the condition gives %s, not true or false", ast.OutputType())
	}
	return env.Program(ast, cel.EvalOptions(cel.OptOptimize), cel.CostLimit(costMax))
}

// All gives the packs, in the order in which they are asked.
func (ps *Packs) All() []*Pack {
	out := make([]*Pack, len(ps.packs))
	for i, c := range ps.packs {
		out[i] = c.Pack
	}
	return out
}
