package compose

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strings"
	"unicode/utf8"
)

// validate checks a value by the part of JSON Schema that document.schema.json
// uses, and returns what is wrong. A keyword it does not know is a problem, so
// that the schema can't grow past it unnoticed.
func validate(root, schema map[string]any, v any) string {
	if obj, ok := v.(map[string]any); ok && schema["additionalProperties"] == false {
		for k := range obj {
			if schema["properties"].(map[string]any)[k] == nil {
				return "there is no field " + k
			}
		}
	}
	for key, want := range schema {
		if problem := keyword(root, key, want, v); problem != "" {
			return key + ": " + problem
		}
	}
	return ""
}

func keyword(root map[string]any, key string, want, v any) string {
	obj, isObj := v.(map[string]any)
	list, isList := v.([]any)
	text, isText := v.(string)
	num, isNum := v.(float64)
	bad := func(is bool) string {
		if is {
			return fmt.Sprintf("%v with %v", v, want)
		}
		return ""
	}
	switch key {
	case "$schema", "$id", "$defs", "title", "description":
		return ""
	case "$ref":
		name := strings.TrimPrefix(want.(string), "#/$defs/")
		return validate(root, root["$defs"].(map[string]any)[name].(map[string]any), v)
	case "type":
		ok := map[string]bool{"object": isObj, "array": isList, "string": isText, "number": isNum, "boolean": v == true || v == false,
			"integer": isNum && num == math.Trunc(num)}
		return bad(!ok[want.(string)])
	case "enum":
		for _, w := range want.([]any) {
			if reflect.DeepEqual(v, w) {
				return ""
			}
		}
		return bad(true)
	case "const":
		return bad(!reflect.DeepEqual(v, want))
	case "oneOf":
		n, last := 0, ""
		for _, s := range want.([]any) {
			if p := validate(root, s.(map[string]any), v); p == "" {
				n++
			} else {
				last = p
			}
		}
		if n != 1 {
			return fmt.Sprintf("%d match: %s", n, last)
		}
	case "required":
		for _, k := range want.([]any) {
			if _, ok := obj[k.(string)]; isObj && !ok {
				return k.(string)
			}
		}
	case "properties":
		for k, s := range want.(map[string]any) {
			if x, ok := obj[k]; ok {
				if p := validate(root, s.(map[string]any), x); p != "" {
					return k + ": " + p
				}
			}
		}
	case "additionalProperties":
		// Only ever false, beside "properties": validate looks at both.
		return bad(want != false)
	case "items":
		for _, x := range list {
			if p := validate(root, want.(map[string]any), x); p != "" {
				return p
			}
		}
	case "minItems":
		return bad(isList && len(list) < int(want.(float64)))
	case "maxItems":
		return bad(isList && len(list) > int(want.(float64)))
	case "minLength":
		return bad(isText && utf8.RuneCountInString(text) < int(want.(float64)))
	case "maxLength":
		return bad(isText && utf8.RuneCountInString(text) > int(want.(float64)))
	case "pattern":
		p := strings.NewReplacer(`\u2028`, `\x{2028}`, `\u2029`, `\x{2029}`).Replace(want.(string))
		return bad(isText && !regexp.MustCompile(p).MatchString(text))
	case "minimum":
		return bad(isNum && num < want.(float64))
	case "maximum":
		return bad(isNum && num > want.(float64))
	case "exclusiveMinimum":
		return bad(isNum && num <= want.(float64))
	default:
		return "an unknown keyword"
	}
	return ""
}
