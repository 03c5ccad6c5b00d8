package compose

import (
	"reflect"
	"testing"
)

func TestChineseTextIsTold(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text, lang string
		want       bool
	}{
		{"每扇窗里都有一盏灯", "", true}, {"冬のあかり", "", false}, {"冬灯", "", false}, {"謹賀新年", "", false},
		{"谨这们 かな", "", false}, {"Light", "", false}, {"冬灯", "zh-Hans", true}, {"冬灯", "ZH", true}, {"这", "ja", false}, {"빛", "", false},
	} {
		if got := chineseText([]rune(tc.text), tc.lang); got != tc.want {
			t.Errorf("%s in %q: %v", tc.text, tc.lang, got)
		}
	}
}

// A Chinese line is set in the Chinese font throughout, and a Japanese one in the
// Japanese, from the same stack.
func TestChineseIsSetInChineseForms(t *testing.T) {
	t.Parallel()
	stack, first := tenScripts(t), chineseFirstStack(t)
	same := func(text, lang string) bool {
		a, err := stack.Set(text, lang)
		if err != nil {
			t.Fatal(err)
		}
		b, err := first.Set(text, lang)
		if err != nil {
			t.Fatal(err)
		}
		return reflect.DeepEqual(a.Path(100), b.Path(100))
	}
	if !same("今夜每扇窗里都有一盏灯", "") || !same("今夜", "zh") {
		t.Error("Chinese is set in Japanese forms")
	}
	if same("今夜、窓に灯", "ja") || same("今夜", "") {
		t.Error("the stack's order does not count, so the test tells nothing")
	}
	set := stack.pool.Get().(*setter)
	if set.chinese == nil {
		t.Fatal("the stack has no Chinese order")
	}
	// After a Chinese line the next one is as it was.
	a, _ := stack.Set("今夜", "")
	if _, err := stack.Set("这", ""); err != nil {
		t.Fatal(err)
	}
	if b, _ := stack.Set("今夜", ""); !reflect.DeepEqual(a.Path(100), b.Path(100)) {
		t.Error("a Chinese line changes the next")
	}
}
