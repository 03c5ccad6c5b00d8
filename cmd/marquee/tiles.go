package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"

	"marquee/internal/asset"
	"marquee/internal/create"
)

// tilesIndex tells how tiles make up a whole.
type tilesIndex struct {
	CreationID string `json:"creation_id"`
	Width      int    `json:"width"`
	Height     int    `json:"height"`
	// Tile is the side of a tile in pixels; those at the right and at the
	// bottom may be smaller.
	Tile  int    `json:"tile"`
	Tiles []tile `json:"tiles"`
}

// tile is one of them, with its place in pixels from the upper left.
type tile struct {
	Name   string `json:"name"`
	X      int    `json:"x"`
	Y      int    `json:"y"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	SHA256 string `json:"sha256"`
}

// tiles writes a work as a folder of tiles with an index. The folder has its
// name only once all of it is there and every mark is proven.
func (e *exporter) tiles(ctx context.Context, c create.Creation, name string, width int) (_ written, err error) {
	folder := filepath.Join(e.folder, name)
	if _, err := os.Lstat(folder); !errors.Is(err, os.ErrNotExist) {
		return written{}, errors.Join(fmt.Errorf("there is something at %s: move it away, or name another folder with --out", folder), err)
	}
	making, err := os.MkdirTemp(e.folder, name+"-making-")
	if err != nil {
		return written{}, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(making))
		}
	}()
	index := tilesIndex{CreationID: c.ID, Width: width, Tile: e.asked.tile}
	var data []byte
	credential, err := e.h.Create.PosterTiles(ctx, c, width, e.asked.tile, e.market, func(t create.Tile) error {
		entry := tile{
			Name: fmt.Sprintf("tile-%03d-%03d.png", t.At.Min.Y/e.asked.tile, t.At.Min.X/e.asked.tile),
			X:    t.At.Min.X, Y: t.At.Min.Y, Width: t.At.Dx(), Height: t.At.Dy(), SHA256: t.SHA256,
		}
		index.Tiles = append(index.Tiles, entry)
		return os.WriteFile(filepath.Join(making, entry.Name), t.Data, 0o644)
	}, func(whole image.Point) ([]byte, error) {
		index.Height = whole.Y
		var err error
		data, err = json.MarshalIndent(index, "", "  ")
		data = append(data, '\n')
		return data, err
	})
	if err != nil {
		return written{}, err
	}
	for name, content := range map[string][]byte{"index.json": data, "index.json.c2pa": credential} {
		if err := os.WriteFile(filepath.Join(making, name), content, 0o644); err != nil {
			return written{}, err
		}
	}
	if err := errors.Join(os.Chmod(making, 0o755), os.Rename(making, folder)); err != nil {
		return written{}, err
	}
	return written{Name: filepath.Join(name, "index.json"), Width: index.Width, Height: index.Height, SHA256: asset.Sum(data), Tiles: len(index.Tiles)}, nil
}
