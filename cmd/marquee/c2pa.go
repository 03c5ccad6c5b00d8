package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"marquee/c2pa"
	"marquee/internal/settings"
)

// The exit codes of c2pa verify, beyond 0 and 1.
const (
	exitNone      exit = 3
	exitUntrusted exit = 4
)

// longestPart bounds a trust list, of which the public one has some 100
// certificates, and an XMP packet.
const longestPart = 4 << 20

func readSmall(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%s is longer than %d bytes", path, most)
	}
	return data, err
}

// judging are the flags that say how a credential is judged.
type judging struct{ anchors, timeAnchors, manifest *string }

func judgingFlags(set *flag.FlagSet) judging {
	return judging{
		anchors:     set.String("anchors", "", "a PEM file with the authorities to trust"),
		timeAnchors: set.String("time-anchors", "", "a PEM file with the time-stamp authorities to trust (default: those of --anchors)"),
		manifest:    set.String("manifest", "", "the .c2pa file beside the file, in place of what is inside"),
	}
}

func (j judging) options() (c2pa.Options, error) {
	var o c2pa.Options
	for _, list := range []struct {
		path string
		into *c2pa.Trust
	}{{*j.anchors, &o.Trust}, {*j.timeAnchors, &o.TimeTrust}} {
		if list.path == "" {
			continue
		}
		data, err := readSmall(list.path, longestPart)
		if err != nil {
			return o, fmt.Errorf("the trust list: %w", err)
		}
		if list.into.Anchors, err = c2pa.ParseCertificates(data); err != nil {
			return o, fmt.Errorf("the trust list: %w", err)
		}
	}
	if *j.manifest != "" {
		data, err := readSmall(*j.manifest, 32<<20)
		if err != nil {
			return o, fmt.Errorf("the .c2pa file: %w", err)
		}
		o.Manifest = data
	}
	return o, nil
}

// judge validates a file of the disk.
func (j judging) judge(ctx context.Context, path string) (*c2pa.Report, error) {
	o, err := j.options()
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	a, err := c2pa.File(f)
	if err != nil {
		return nil, err
	}
	return c2pa.Validate(ctx, a, o)
}

func c2paVerify(set *flag.FlagSet) runner {
	j := judgingFlags(set)
	asJSON := set.Bool("json", false, "print one JSON object")
	trusted := set.Bool("trusted", false, "ask for a signer on the trust list")
	return func(ctx context.Context, t terminal, _ *settings.Settings, words []string) error {
		r, err := j.judge(ctx, words[0])
		if err != nil {
			return err
		}
		if *asJSON {
			err = json.NewEncoder(t.out).Encode(struct {
				State     c2pa.State `json:"state"`
				Failures  []string   `json:"failures"`
				Successes []string   `json:"successes"`
			}{r.State, r.Codes(c2pa.Failure), r.Codes(c2pa.Success)})
			if err != nil {
				return err
			}
		} else {
			tellState(t, r)
		}
		switch {
		case r.State == c2pa.None:
			return exitNone
		case r.State == c2pa.Invalid:
			return errQuiet
		case r.State == c2pa.Valid && *trusted:
			return exitUntrusted
		}
		return nil
	}
}

// tellState says what a credential is worth, and why.
func tellState(t terminal, r *c2pa.Report) {
	switch r.State {
	case c2pa.None:
		t.say("None: the file has no content credential. That says nothing about where it comes from.")
	case c2pa.Invalid:
		t.say("Invalid: the file or its credential is not as it was signed.")
	case c2pa.Valid:
		t.say("Valid: nothing was changed since it was signed, but no authority you trust vouches for the signer.")
	case c2pa.Trusted:
		t.say("Trusted: nothing was changed since it was signed, and the signer is on your trust list.")
	}
	if r.Remote != "" {
		t.say("Its credential is kept at %s, and was not fetched.", r.Remote)
	}
	for _, s := range r.Statuses {
		if s.Kind == c2pa.Failure {
			t.say("  %s: %s", s.Code, s.Explanation)
		}
	}
}

func c2paInspect(set *flag.FlagSet) runner {
	j := judgingFlags(set)
	asJSON := set.Bool("json", false, "print one JSON object")
	return func(ctx context.Context, t terminal, _ *settings.Settings, words []string) error {
		r, err := j.judge(ctx, words[0])
		if err != nil {
			return err
		}
		if *asJSON {
			e := json.NewEncoder(t.out)
			e.SetIndent("", "  ")
			e.SetEscapeHTML(false)
			return e.Encode(c2pa.Describe(r))
		}
		tellState(t, r)
		for _, m := range c2pa.Describe(r).Manifests {
			tellManifest(t, m)
		}
		return nil
	}
}

func tellManifest(t terminal, m c2pa.Description) {
	t.say("\n%s", m.Label)
	w := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
	row := func(name, value string) {
		if value != "" {
			fmt.Fprintf(w, "  %s\t%s\n", name, value)
		}
	}
	row("title", m.Title)
	row("made by", strings.TrimSpace(m.Generator.Name+" "+m.Generator.Version))
	row("signed by", m.Signer)
	row("issued by", m.Issuer)
	row("algorithm", string(m.Algorithm))
	if m.Time != nil {
		row("time stamp", m.Time.UTC().Format("2006-01-02 15:04:05 UTC"))
	}
	for _, a := range m.Actions {
		row("action", strings.TrimSpace(a.Action+" "+a.SourceType))
	}
	for _, i := range m.Ingredients {
		row(i.Relationship, strings.TrimSpace(i.Title+" "+i.Manifest))
	}
	row("assertions", strings.Join(m.Assertions, ", "))
	w.Flush()
}

// sources are short words for where a work comes from.
var sources = map[string]string{
	"model":      c2pa.SourceTrained,
	"algorithm":  c2pa.SourceAlgorithmic,
	"composite":  c2pa.SourceComposite,
	"with-model": c2pa.SourceCompositeTrained,
	"synthetic":  c2pa.SourceCompositeSynthetic,
	"person":     c2pa.SourceDigitalCreation,
}

func c2paSign(set *flag.FlagSet) runner {
	out := set.String("out", "", "the file to write (default: NAME.signed.EXT, or NAME.EXT.c2pa)")
	sidecar := set.Bool("sidecar", false, "write only a .c2pa file and leave the file as it is")
	key := set.String("key", "", "a private key in PEM")
	chain := set.String("chain", "", "its certificates in PEM, the signer's first")
	tsa := set.String("tsa", "", "the address of a time-stamp authority")
	title := set.String("title", "", "the work's name")
	xmp := set.String("xmp", "", "a file with an XMP packet to write in place of the file's own")
	remote := set.String("remote", "", "the address where the credential can be had, too, to write into the file")
	source := set.String("source", "person", "where it comes from: model, algorithm, with-model, composite, synthetic or person")
	return func(ctx context.Context, t terminal, s *settings.Settings, words []string) error {
		from, ok := sources[*source]
		if !ok {
			return fmt.Errorf("%w: --source takes model, algorithm, with-model, composite, synthetic or person", errUsage)
		}
		signer, err := c2paSigner(t, s, *key, *chain)
		if err != nil {
			return err
		}
		f, err := os.Open(words[0])
		if err != nil {
			return err
		}
		defer f.Close()
		a, err := c2pa.File(f)
		if err != nil {
			return err
		}
		d := c2pa.Definition{
			Title: *title, Generator: c2pa.Generator{Name: "Marquee", Version: version},
			Actions: []c2pa.Action{{Action: "c2pa.created", SourceType: from}},
			Remote:  *remote,
		}
		if *xmp != "" {
			if d.XMP, err = readSmall(*xmp, longestPart); err != nil {
				return fmt.Errorf("the XMP packet: %w", err)
			}
		}
		if _, err := c2pa.Read(a, c2pa.Limits{}); err == nil {
			d.Actions = []c2pa.Action{{Action: "c2pa.opened", Ingredients: []int{0}}}
			d.Ingredients = []c2pa.Ingredient{{Title: filepath.Base(words[0]), Relationship: c2pa.ParentOf, Asset: a}}
		} else if !errors.Is(err, c2pa.ErrNone) && !errors.Is(err, c2pa.ErrFormat) {
			return err
		}
		o := c2pa.SignOptions{Detached: *sidecar}
		if *tsa != "" {
			o.TimeStamper = c2pa.Authority{URL: *tsa}
		}
		path := *out
		if path == "" {
			ext := filepath.Ext(words[0])
			path = strings.TrimSuffix(words[0], ext) + ".signed" + ext
			if *sidecar {
				path = words[0] + ".c2pa"
			}
		}
		if err := writeSigned(ctx, path, a, d, signer, o); err != nil {
			return err
		}
		t.say("Wrote %s.", path)
		return nil
	}
}

// writeSigned writes a new file; it never replaces one, and leaves none
// behind that is not whole.
func writeSigned(ctx context.Context, path string, a c2pa.Asset, d c2pa.Definition, s c2pa.Signer, o c2pa.SignOptions) error {
	w, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	signed, err := c2pa.Sign(ctx, w, a, d, s, o)
	if err == nil && o.Detached {
		_, err = w.Write(signed.Store)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// c2paSigner gives the signer of the flags, or the installation's own.
func c2paSigner(t terminal, s *settings.Settings, key, chain string) (c2pa.Signer, error) {
	if (key == "") != (chain == "") {
		return nil, fmt.Errorf("%w: --key and --chain go together", errUsage)
	}
	if key != "" {
		k, err := readSmall(key, 1<<20)
		if err != nil {
			return nil, fmt.Errorf("the key: %w", err)
		}
		c, err := readSmall(chain, 1<<20)
		if err != nil {
			return nil, fmt.Errorf("the certificates: %w", err)
		}
		return c2pa.ParseSigner(k, c, "")
	}
	dir := filepath.Join(s.Data, "credential")
	id, err := c2pa.OpenIdentity(dir, "Marquee", time.Now())
	if err != nil {
		return nil, err
	}
	t.say("Signing with the installation's own key. Who is to trust it needs %s.", filepath.Join(dir, "anchor.pem"))
	return id.Signer()
}
