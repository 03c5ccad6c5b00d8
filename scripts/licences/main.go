// Command licences lists everything of others that Marquee is made of with its
// licence, checks each against those that go together with Apache-2.0, and
// writes docs/licences.md.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
)

// document is the page, from the module's root.
const document = "docs/licences.md"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	p, err := collect(ctx, root)
	if err != nil {
		return err
	}
	if err := p.check(); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, document), []byte(p.page()), 0o644)
}

// parts is everything of others, by where it is used.
type parts struct{ linked, testing, bundle, building, fonts, data []item }

// collect finds everything; the error names all that is unclear at once.
func collect(ctx context.Context, root string) (p parts, err error) {
	var wrong [4]error
	var typefaces []item
	p.linked, p.testing, wrong[0] = goModules(ctx, root)
	p.bundle, p.building, typefaces, wrong[1] = npmPackages(filepath.Join(root, "ui"))
	p.fonts, wrong[2] = brandFonts(root)
	p.data, wrong[3] = shippedData(root)
	for _, t := range typefaces {
		p.fonts = append(p.fonts, item{name: t.name + " " + t.version, version: "Studio", licences: t.licences, by: t.by})
	}
	return p, errors.Join(wrong[:]...)
}

// check gives everything whose licence is not allowed where it is used.
func (p parts) check() error {
	var wrong []error
	for s, lists := range map[scope][][]item{shipped: {p.linked, p.bundle}, tools: {p.testing, p.building}, fonts: {p.fonts}, data: {p.data}} {
		for _, list := range lists {
			for _, i := range list {
				wrong = append(wrong, i.check(s))
			}
		}
	}
	return errors.Join(wrong...)
}

// moduleRoot finds the folder with go.mod, from the working one upwards.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("there is no go.mod here or above: run this inside the repository")
		}
		dir = up
	}
}
