package create

import (
	"bytes"
	"context"
	"fmt"
	"image"

	"marquee/internal/asset"
	"marquee/internal/audience"
	"marquee/internal/brand"
	"marquee/internal/campaign"
	"marquee/internal/compose"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/provenance"
)
