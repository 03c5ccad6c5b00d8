package create

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image"
	"slices"
	"sync"

	"marquee/internal/asset"
	"marquee/internal/brand"
	"marquee/internal/compose"
)

// maxGrounds bounds the grounds that are kept, each of about half a megabyte:
// those of the works that people are at just now.
const maxGrounds = 48

// grounds keeps what was measured behind marks and text. A canvas asks again
// with each touch, and moving a mark does not change what is behind it.
type grounds struct {
	mu    sync.Mutex
	known map[string]brand.Luminances
	// order has the keys, the one that was asked for last at the end.
	order []string
}

func (g *grounds) get(key string) brand.Luminances {
	g.mu.Lock()
	defer g.mu.Unlock()
	l := g.known[key]
	if l != nil {
		i := slices.Index(g.order, key)
		g.order = append(slices.Delete(g.order, i, i+1), key)
	}
	return l
}

func (g *grounds) keep(key string, l brand.Luminances) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.known[key] != nil {
		return
	}
	if len(g.order) >= maxGrounds {
		delete(g.known, g.order[0])
		g.order = g.order[1:]
	}
	if g.known == nil {
		g.known = map[string]brand.Luminances{}
	}
	g.known[key] = l
	g.order = append(g.order, key)
}

// ground measures what is behind the marks and the text of a creation's
// document, over the picture that it keeps.
func (s *Service) ground(ctx context.Context, c Creation, doc compose.Document, kit *brand.Kit) (brand.Luminances, error) {
	key, err := groundKey(c, doc)
	if err != nil {
		return nil, err
	}
	if l := s.grounds.get(key); l != nil {
		return l, nil
	}
	v, err, _ := s.renders.Do("ground/"+key, func() (any, error) {
		ctx := context.WithoutCancel(ctx)
		if err := s.slots.Acquire(ctx, 1); err != nil {
			return nil, err
		}
		defer s.slots.Release(1)
		picture, err := s.picture(ctx, c)
		if err != nil {
			return nil, err
		}
		l, err := brand.Behind(ctx, drawable(doc, kit), kit, picture)
		if err == nil {
			s.grounds.keep(key, l)
		}
		return l, err
	})
	if err != nil {
		return nil, err
	}
	return v.(brand.Luminances), nil
}

// drawable is a document without the stickers that a kit does not have: the
// check tells of them, and they can't be drawn.
func drawable(doc compose.Document, kit *brand.Kit) compose.Document {
	doc.Layers = slices.DeleteFunc(slices.Clone(doc.Layers), func(l compose.Layer) bool {
		return l.Kind == compose.Sticker && kit.Sticker(l.Sticker) == nil
	})
	return doc
}

// picture is the picture that a creation keeps.
func (s *Service) picture(ctx context.Context, c Creation) (image.Image, error) {
	data, err := asset.ReadAll(ctx, s.Blobs, c.BlobKey)
	if err != nil {
		return nil, err
	}
	return decode(data)
}

// groundKey names what a ground depends on: the picture, the kit, and all
// layers but marks and text.
func groundKey(c Creation, doc compose.Document) (string, error) {
	bare := doc.Migrated()
	bare.Layers = slices.DeleteFunc(slices.Clone(doc.Layers), func(l compose.Layer) bool {
		return l.Kind == compose.Mark || l.Kind == compose.Text
	})
	raw, err := json.Marshal(bare)
	if err != nil {
		return "", err
	}
	kit := "" // a picture alone looks the same by any
	if len(bare.Layers) > 1 {
		kit = kitName(c)
	}
	return fmt.Sprintf("%s %s %x", c.BlobKey, kit, sha256.Sum256(raw)), nil
}
