package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"marquee/cmd/marquee/house"
	"marquee/internal/brand"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/gallery"
	"marquee/internal/settings"
)

// exported is one line of an export's index.
type exported struct {
	CreationID  string    `json:"creation_id"`
	EntryID     string    `json:"entry_id,omitempty"`
	Title       string    `json:"title,omitempty"`
	DisplayName string    `json:"display_name,omitempty"`
	PublishedAt time.Time `json:"published_at,omitzero"`
	Files       []written `json:"files"`
	// Refused are the canvases on which it does not keep the brand's rules.
	Refused []refused `json:"refused,omitempty"`
}

type written struct {
	Name   string `json:"name"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	SHA256 string `json:"sha256"`
	// Credential is the name of the content credential beside it, for a file
	// that has none inside.
	Credential string `json:"credential,omitempty"`
	// Tiles is how many there are, where the name is that of their index.
	Tiles int `json:"tiles,omitempty"`
	// Findings are warnings, which do not stand against it.
	Findings []brand.Finding `json:"findings,omitempty"`
}

type refused struct {
	Canvas   string          `json:"canvas"`
	Findings []brand.Finding `json:"findings"`
}

// exporter writes works into a folder.
type exporter struct {
	t      terminal
	h      *house.House
	folder string
	// market is one whose labels are burned in besides those of a work's own.
	market string
	asked  wanted
	index  []exported
	// against counts what was not written because of the brand's rules.
	against int
}

func export(set *flag.FlagSet) runner {
	out := set.String("out", "./export", "folder to write to")
	formats := set.String("format", "png", "png, jpeg, webp, avif and pdf, with commas")
	widths := set.String("width", "", "widths in pixels, 64 to 4096 (16384 in tiles), with commas; 2048 if nothing is said")
	canvases := set.String("canvas", "", "canvases to lay works out for anew, with commas: 1:1, 4:5, 9:16, 16:9, 2:1, a3, or a size such as 728x90")
	channel := set.String("channel", "", "where it will be shown: web, social, print, outdoor or film; the brand's rules and rights are asked")
	tile := set.Int("tiles", 0, "write PNG tiles with sides of so many pixels, 64 to 2048")
	market := set.String("market", "", "market where it will be shown, such as CN: the labels that its law asks for are burned in, besides those of the work's own")
	return func(ctx context.Context, t terminal, s *settings.Settings, words []string) error {
		e := &exporter{t: t, folder: *out, market: *market}
		var err error
		if e.asked, err = read(*formats, *widths, *canvases, *channel, *tile); err != nil {
			return err
		}
		return within(ctx, t, s, func(h *house.House) error {
			e.h = h
			switch words[0] {
			case "creation":
				err = e.creation(ctx, words[1])
			case "gallery":
				err = e.gallery(ctx, words[1])
			default:
				return fmt.Errorf("%w: say what to export: creation ID, or gallery CAMPAIGN", errUsage)
			}
			if err != nil {
				return err
			}
			return e.finish()
		})
	}
}

func (e *exporter) creation(ctx context.Context, id string) error {
	c, err := e.h.Create.Creation(ctx, id)
	if err != nil {
		return err
	}
	line := exported{CreationID: c.ID}
	entry, err := e.h.Gallery.EntryOf(ctx, c.ID)
	if err == nil {
		line = lineOf(entry)
	} else if !fault.Is(err, fault.NotFound) {
		return err
	}
	return e.write(ctx, c, line)
}

func (e *exporter) gallery(ctx context.Context, slug string) error {
	if _, err := e.h.Campaign.Get(ctx, slug); err != nil {
		return err
	}
	for after := ""; ; {
		page, next, err := e.h.Gallery.Public(ctx, slug, gallery.Newest, after, gallery.PageMax)
		if err != nil {
			return err
		}
		for _, entry := range page {
			c, err := e.h.Create.Creation(ctx, entry.CreationID)
			if fault.Is(err, fault.NotFound) {
				continue // its maker deleted it while this ran
			}
			if err != nil {
				return err
			}
			if err := e.write(ctx, c, lineOf(entry)); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		after = next
	}
}

func lineOf(g gallery.Entry) exported {
	return exported{CreationID: g.CreationID, EntryID: g.ID, Title: g.Title, DisplayName: g.DisplayName, PublishedAt: g.PublishedAt}
}

// write renders one work in every format, on every canvas or in every width.
func (e *exporter) write(ctx context.Context, c create.Creation, line exported) error {
	if err := os.MkdirAll(e.folder, 0o755); err != nil {
		return err
	}
	line.Files = []written{}
	for _, at := range e.asked.canvases {
		have := create.Adapted{Creation: c}
		if e.asked.judged {
			var err error
			if have, err = e.h.Create.Adapt(ctx, c, at.size, e.asked.channel); err != nil {
				return err
			}
		}
		if !have.Keeps() {
			e.refuse(&line, at, have.Findings)
			continue
		}
		for _, width := range e.asked.widthsOn(at) {
			files, err := e.files(ctx, have.Creation, at, width)
			if err != nil {
				return err
			}
			for _, f := range files {
				f.Findings = have.Findings
				line.Files = append(line.Files, f)
			}
		}
	}
	e.index = append(e.index, line)
	title := line.Title
	if title == "" {
		title = "a creation"
	}
	e.t.say("%4d  %s (%d files)", len(e.index), title, len(line.Files))
	return nil
}

// refuse tells why a work is not written on a canvas.
func (e *exporter) refuse(line *exported, at canvas, findings []brand.Finding) {
	e.against++
	line.Refused = append(line.Refused, refused{at.name, findings})
	e.t.say("      not written, canvas %s:", at.name)
	for _, f := range findings {
		if f.Severity == brand.Refused {
			e.t.say("        %s (%s)", f.Message, f.Rule)
		}
	}
}

// files writes a work at one width, in every format or in tiles.
func (e *exporter) files(ctx context.Context, c create.Creation, at canvas, width int) ([]written, error) {
	name := c.ID + "-" + at.named(width)
	if e.asked.tile > 0 {
		f, err := e.tiles(ctx, c, name, width)
		return []written{f}, err
	}
	var out []written
	for _, format := range e.asked.formats {
		file, err := e.h.Create.Poster(ctx, c, format, width, e.market)
		if err != nil {
			return nil, err
		}
		f := written{Name: fmt.Sprintf("%s.%s", name, format), Width: file.Width, Height: file.Height, SHA256: file.SHA256}
		if err := os.WriteFile(filepath.Join(e.folder, f.Name), file.Data, 0o644); err != nil {
			return nil, err
		}
		if file.Credential != nil {
			f.Credential = f.Name + ".c2pa"
			if err := os.WriteFile(filepath.Join(e.folder, f.Credential), file.Credential, 0o644); err != nil {
				return nil, err
			}
		}
		out = append(out, f)
	}
	return out, nil
}

func (e *exporter) finish() error {
	if len(e.index) == 0 {
		e.t.say("There is nothing public to export yet.")
		return nil
	}
	data, err := json.MarshalIndent(e.index, "", "  ")
	if err != nil {
		return err
	}
	path := filepath.Join(e.folder, "index.json")
	if err := os.WriteFile(path, append(data, '\n'), 0o644); err != nil {
		return err
	}
	e.t.say("Written to %s; %s tells what they are.", e.folder, path)
	if e.against > 0 {
		return fmt.Errorf("the brand's rules stood against %d of the pictures, and these were not written. Choose another canvas or channel, or a work with fewer marks and words", e.against)
	}
	return nil
}
