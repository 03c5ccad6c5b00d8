package store

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// micros is how a time is stored: microseconds UTC, 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// timeInto reads what micros wrote.
type timeInto struct{ t *time.Time }

// Scan implements sql.Scanner.
func (i timeInto) Scan(src any) error {
	v, ok := src.(int64)
	switch {
	case !ok:
		return fmt.Errorf("a time is stored as %T", src)
	case v == 0:
		*i.t = time.Time{}
	default:
		*i.t = time.UnixMicro(v).UTC()
	}
	return nil
}

// flagInto reads a truth value that is stored as 0 or 1.
type flagInto struct{ b *bool }

// Scan implements sql.Scanner.
func (i flagInto) Scan(src any) error {
	v, ok := src.(int64)
	if !ok {
		return fmt.Errorf("a truth value is stored as %T", src)
	}
	*i.b = v != 0
	return nil
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// asJSON is a structure as it is stored. The domains' structures are plain
// data, which always has a JSON form.
func asJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("store: %T has no JSON form: %v", v, err))
	}
	return string(data)
}

// jsonInto reads what asJSON wrote.
type jsonInto struct{ v any }

// Scan implements sql.Scanner.
func (i jsonInto) Scan(src any) error {
	switch s := src.(type) {
	case string:
		return json.Unmarshal([]byte(s), i.v)
	case []byte:
		return json.Unmarshal(s, i.v)
	}
	return fmt.Errorf("a structure is stored as %T", src)
}

// rawInto reads JSON that is kept as it was given.
type rawInto struct{ raw *json.RawMessage }

// Scan implements sql.Scanner.
func (i rawInto) Scan(src any) error {
	var s string
	switch v := src.(type) {
	case string:
		s = v
	case []byte:
		s = string(v)
	default:
		return fmt.Errorf("JSON is stored as %T", src)
	}
	*i.raw = nil
	if s != "" {
		*i.raw = json.RawMessage(s)
	}
	return nil
}

// places is how many values an in-list of a query has: always the same, so
// that the text of the query is always the same; the last value is repeated.
const places = 8

// inList writes "($first, …)" for places values.
func inList(first int) string {
	var b strings.Builder
	b.WriteByte('(')
	for i := range places {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
	}
	b.WriteByte(')')
	return b.String()
}

// values are the arguments for an inList: 1 to places of them.
func values[S ~string](of []S) []any {
	out := make([]any, places)
	for i := range out {
		out[i] = string(of[min(i, len(of)-1)])
	}
	return out
}

// within bounds how many rows a caller may ask for.
func within(n, most int) int { return min(max(n, 1), most) }
