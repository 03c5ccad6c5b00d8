package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"marquee/cmd/marquee/house"
	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/gallery"
	"marquee/internal/settings"
)

// The widths that can be exported, in pixels.
const (
	leastExport = 64
	mostExport  = 4096
)

// exported is one line of an export's index.
type exported struct {
	CreationID  string    `json:"creation_id"`
	EntryID     string    `json:"entry_id,omitempty"`
	Title       string    `json:"title,omitempty"`
	DisplayName string    `json:"display_name,omitempty"`
	PublishedAt time.Time `json:"published_at,omitzero"`
	Files       []written `json:"files"`
}

type written struct {
	Name   string `json:"name"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	SHA256 string `json:"sha256"`
}

// exporter writes works into a folder.
type exporter struct {
	t       terminal
	h       *house.House
	folder  string
	formats []compose.Format
	widths  []int
	index   []exported
}

func export(set *flag.FlagSet) runner {
	out := set.String("out", "./export", "folder to write to")
	formats := set.String("format", "png", "png, jpeg, webp, avif and pdf, with commas")
	widths := set.String("width", "2048", "widths in pixels, 64 to 4096, with commas")
	return func(ctx context.Context, t terminal, s *settings.Settings, words []string) error {
		e := &exporter{t: t, folder: *out}
		var err error
		if e.formats, e.widths, err = sizes(*formats, *widths); err != nil {
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

func sizes(formats, widths string) ([]compose.Format, []int, error) {
	var fs []compose.Format
	for word := range strings.SplitSeq(formats, ",") {
		f, err := compose.ParseFormat(strings.TrimSpace(word))
		if err != nil {
			return nil, nil, fmt.Errorf("%w: --format takes png, jpeg, webp, avif and pdf", errUsage)
		}
		fs = append(fs, f)
	}
	var ws []int
	for word := range strings.SplitSeq(widths, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < leastExport || n > mostExport {
			return nil, nil, fmt.Errorf("%w: --width takes numbers from %d to %d", errUsage, leastExport, mostExport)
		}
		ws = append(ws, n)
	}
	return fs, ws, nil
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

// write renders one work in every format and width.
func (e *exporter) write(ctx context.Context, c create.Creation, line exported) error {
	if err := os.MkdirAll(e.folder, 0o755); err != nil {
		return err
	}
	for _, format := range e.formats {
		for _, width := range e.widths {
			file, err := e.h.Create.Poster(ctx, c, format, width)
			if err != nil {
				return err
			}
			name := fmt.Sprintf("%s-%d.%s", c.ID, width, format)
			if err := os.WriteFile(filepath.Join(e.folder, name), file.Data, 0o644); err != nil {
				return err
			}
			line.Files = append(line.Files, written{name, file.Width, file.Height, file.SHA256})
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
	return nil
}
