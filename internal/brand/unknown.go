package brand

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
)

// unknownFields names each field of the JSON that the Go type has no place
// for. encoding/json can refuse them too, but stops at the first.
func unknownFields(raw json.RawMessage, t reflect.Type, path string, p *problems) {
	if t == reflect.TypeFor[json.RawMessage]() {
		return
	}
	switch t.Kind() {
	case reflect.Pointer:
		unknownFields(raw, t.Elem(), path, p)
	case reflect.Struct:
		items, err := object(raw)
		if err != nil {
			return // its shape is reported where it is decoded
		}
		for _, it := range items {
			at := strings.TrimPrefix(path+"."+it.key, ".")
			f, ok := fieldOf(t, it.key)
			if !ok {
				p.add(shorten(at), "field_unknown", "There is no field %.40q here.", it.key)
				continue
			}
			unknownFields(it.value, f.Type, at, p)
		}
	case reflect.Slice:
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil {
			return
		}
		for i, v := range list {
			unknownFields(v, t.Elem(), path+"["+strconv.Itoa(i)+"]", p)
		}
	}
}

func fieldOf(t reflect.Type, key string) (reflect.StructField, bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.IsExported() && name == key {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

func shorten(s string) string {
	if len(s) > 80 {
		return s[:80]
	}
	return s
}
