package policy

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestLabelsThatNobodyCanMakeAreRefused(t *testing.T) {
	t.Parallel()
	const pack = `{"schema":1,"id":"p","version":"1.0.0","layer":"company","title":"P","rules":[{"id":"r","because":"b","duties":[{"do":"label","with":{%s}}]}]}`
	for _, good := range []string{`"text":"by-source"`, `"icon":"eu-fully-ai","burned_in":"false"`, `"for":"platforms"`, `"text":"ai-generated","min_share":"0.05","locale":"zh-Hans","video_seconds":"2"`} {
		p, err := ReadPack(strings.NewReader(fmt.Sprintf(pack, good)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Try(); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{``, `"text":"hand-made"`, `"icon":"deepfake"`, `"text":"by-source","burned_in":"yes"`, `"text":"by-source","min_share":"5"`, `"text":"by-source","min_share":"NaN"`, `"text":"by-source","min_share":"0"`} {
		p, err := ReadPack(strings.NewReader(fmt.Sprintf(pack, bad)))
		if err != nil {
			t.Fatalf("a pack in force can't be read any more: %v", err)
		}
		_, err = p.Try()
		var what Problem
		if !errors.As(err, &what) || !strings.Contains(what.Error(), "label") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
