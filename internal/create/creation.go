package create

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/google/uuid"

	"marquee/internal/asset"
	"marquee/internal/audience"
	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/guard"
	"marquee/internal/ledger"
	"marquee/internal/policy"
)

// Choose makes a creation of a candidate, with the marks that were asked for
// placed by the kit's rules.
func (s *Service) Choose(ctx context.Context, p audience.Participant, generationID, candidateID string) (Creation, []brand.Finding, error) {
	g, cs, err := s.View(ctx, p, generationID)
	if err != nil {
		return Creation{}, nil, err
	}
	i := slices.IndexFunc(cs, func(c Candidate) bool { return c.ID == candidateID })
	if i < 0 {
		return Creation{}, nil, fault.Missing("candidate")
	}
	rec, kit, err := s.Campaigns.Taking(ctx, g.Campaign)
	if err != nil {
		return Creation{}, nil, err
	}
	data, err := asset.ReadAll(ctx, s.Blobs, cs[i].BlobKey)
	if err != nil {
		return Creation{}, nil, err
	}
	img, err := decode(data)
	if err != nil {
		return Creation{}, nil, err
	}
	arrival, _, err := s.Audience.Arrival(ctx, p.ID, g.Campaign)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return Creation{}, nil, err
	}
	c := cs[i]
	b := s.asked(rec, kit, arrival.Market)
	if b.Ground, err = brand.Behind(ctx, brand.Start(kit, nil, c.Width, c.Height, nil), kit, img); err != nil {
		return Creation{}, nil, err
	}
	b.Doc = brand.Start(kit, g.Marks, c.Width, c.Height, b.Ground)
	doc, findings := settled(b)
	raw, err := json.Marshal(doc.Oldest())
	if err != nil {
		return Creation{}, nil, err
	}
	now := s.Now()
	out := Creation{
		ID: uuid.Must(uuid.NewV7()).String(), Campaign: g.Campaign, ParticipantID: p.ID, GenerationID: g.ID, CandidateID: c.ID,
		Composition: raw, Revision: 1, State: Drafted, Alt: c.Alt, Kit: rec.File.Kit, KitVersion: rec.File.KitVersion,
		Market: b.Market, Provider: c.Provider, Model: c.Model, ModelVersion: c.Version,
		CreatedAt: now, UpdatedAt: now,
	}
	// The creation keeps a copy of its own: it outlives its generation.
	out.BlobKey = asset.Key(asset.Owner("creation", out.ID), data, "png")
	if err := s.Blobs.Put(ctx, out.BlobKey, "image/png", data); err != nil {
		return Creation{}, nil, err
	}
	err = s.Unit.Do(ctx, func(ctx context.Context) error {
		if err := s.Audience.Present(ctx, p.ID); err != nil {
			return err
		}
		if err := s.Store.InsertCreation(ctx, out); err != nil {
			return err
		}
		return s.Ledger.Record(ctx, ledger.Decision{
			Action: "creation.made", Role: "participant", SubjectKind: "creation", SubjectID: out.ID, Campaign: out.Campaign,
			Public:  map[string]string{"kit": kit.ID + "@" + kit.Version, "candidate_sha256": c.SHA256},
			Private: map[string]string{"participant": p.ID}, Participant: p.ID,
		})
	})
	if fault.HasCode(err, "session_ended") {
		// Certain not to be committed, so the picture belongs to nothing.
		err = errors.Join(err, s.Blobs.Delete(context.WithoutCancel(ctx), out.BlobKey))
	}
	if err != nil {
		return Creation{}, nil, err
	}
	return out, findings, nil
}

// Creation gives a creation, whoever asks; callers decide who may see it.
func (s *Service) Creation(ctx context.Context, id string) (Creation, error) {
	c, err := s.Store.Creation(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return Creation{}, fault.Missing("creation")
	}
	return c, err
}

// Own gives a participant's own creation, with what the kit's rules say of it.
func (s *Service) Own(ctx context.Context, p audience.Participant, id string) (Creation, []brand.Finding, error) {
	c, err := s.Creation(ctx, id)
	if err == nil {
		err = mine(p, c.ParticipantID, "creation")
	}
	if err != nil {
		return Creation{}, nil, err
	}
	if c, err = s.current(ctx, c); err != nil {
		return Creation{}, nil, err
	}
	findings, err := s.Findings(ctx, c)
	return c, findings, err
}

// current puts a creation that its maker still works on onto the version of the
// kit that its campaign is on: staff move campaigns, and drafts follow when
// they are next looked at. What is handed in or public stays as it was seen.
func (s *Service) current(ctx context.Context, c Creation) (Creation, error) {
	if c.State != Drafted && c.State != Rejected {
		return c, nil
	}
	rec, err := s.Campaigns.Get(ctx, c.Campaign)
	if err != nil {
		return c, err
	}
	if rec.File.Kit != c.Kit || rec.File.KitVersion == c.KitVersion {
		return c, nil
	}
	err = s.Unit.Do(ctx, func(ctx context.Context) error {
		if _, err := s.Store.AdoptKit(ctx, c.ID, c.KitVersion, rec.File.KitVersion, s.Now(), Drafted, Rejected); err != nil {
			return err
		}
		c, err = s.Store.Creation(ctx, c.ID)
		return err
	})
	return c, err
}

// FindingsUnder says what another version of its kit would say of a creation.
func (s *Service) FindingsUnder(ctx context.Context, c Creation, version string) ([]brand.Finding, error) {
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return nil, err
	}
	c.KitVersion = version
	b, err := s.judging(ctx, c, doc)
	if err != nil {
		return nil, err
	}
	return brand.CheckWith(b), nil
}

// Findings says what the kit's rules say of a creation's composition.
func (s *Service) Findings(ctx context.Context, c Creation) ([]brand.Finding, error) {
	return s.judgedOnce(ctx, c, func() ([]brand.Finding, error) {
		doc, err := compose.Parse(c.Composition)
		if err != nil {
			return nil, err
		}
		return s.against(ctx, c, doc)
	})
}

func (s *Service) against(ctx context.Context, c Creation, doc compose.Document) ([]brand.Finding, error) {
	rec, err := s.Campaigns.Get(ctx, c.Campaign)
	if err != nil {
		return nil, err
	}
	b, err := s.judging(ctx, c, doc)
	if err != nil {
		return nil, err
	}
	findings := brand.CheckWith(b)
	if rec.File.Kit != c.Kit || rec.File.KitVersion == c.KitVersion {
		return findings, nil
	}
	return s.withRightsOf(ctx, b, findings, rec.File.KitVersion)
}

// withRightsOf puts what another version of the kit says of rights in place of
// what the work's own says: a contract that has ended or was renewed since
// counts for what was made before, too.
func (s *Service) withRightsOf(ctx context.Context, b brand.Context, findings []brand.Finding, version string) ([]brand.Finding, error) {
	kit, err := s.Campaigns.Kit(ctx, b.Kit.ID, version)
	if err != nil {
		return nil, err
	}
	aboutRights := func(f brand.Finding) bool { return slices.Contains(rightsRules, f.Rule) }
	findings = slices.DeleteFunc(findings, aboutRights)
	b.Kit = kit
	for _, f := range brand.CheckWith(b) {
		if aboutRights(f) {
			findings = append(findings, f)
		}
	}
	return findings, nil
}

// CheckComposition says what the kit's rules say of a document for a
// participant's creation, and stores nothing. It gives the creation as it is
// stored.
func (s *Service) CheckComposition(ctx context.Context, p audience.Participant, id string, data []byte) (Creation, []brand.Finding, error) {
	c, _, findings, err := s.readComposition(ctx, p, id, data)
	return c, findings, err
}

func (s *Service) readComposition(ctx context.Context, p audience.Participant, id string, data []byte) (Creation, compose.Document, []brand.Finding, error) {
	c, doc, b, err := s.readDocument(ctx, p, id, data)
	if err != nil {
		return c, doc, nil, err
	}
	return c, doc, brand.CheckWith(b), nil
}

// SetComposition stores a new composition. One that is against an error-level
// rule is refused with the code "composition_against_rules" and the findings;
// nothing is stored then, and the creation is given as it was.
func (s *Service) SetComposition(ctx context.Context, p audience.Participant, id string, data []byte) (Creation, []brand.Finding, error) {
	c, doc, findings, err := s.readComposition(ctx, p, id, data)
	if err != nil {
		return Creation{}, nil, err
	}
	if err := brand.Refusal(findings); err != nil {
		return c, findings, err
	}
	rec, err := s.Campaigns.Get(ctx, c.Campaign)
	if err != nil {
		return Creation{}, nil, err
	}
	for _, l := range doc.Layers {
		if l.Kind != compose.Text {
			continue
		}
		if v := s.Door.Judge(ctx, generate.Subject{Campaign: rec, Stage: policy.CanvasTxt, Text: l.Text, Guard: guard.Context{Locale: p.Locale, Market: c.Market}}); v.Outcome == policy.Deny {
			return c, findings, fault.New(fault.Invalid, "text_refused", "This text can't go on a picture here. Please choose other words.").With("kind", v.Kind())
		}
	}
	raw, err := json.Marshal(doc.Oldest())
	if err != nil {
		return Creation{}, nil, err
	}
	err = s.Unit.Do(ctx, func(ctx context.Context) error {
		ok, err := s.Store.SetComposition(ctx, id, raw, s.Now(), Drafted, Rejected)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "creation_entered", "This work is handed in. Take it back to change it.")
		}
		c, err = s.Store.Creation(ctx, id)
		return err
	})
	return c, findings, err
}

// Delete removes a creation and its pictures, in the current unit of work.
// What lies in rooms above is theirs to remove first.
func (s *Service) Delete(ctx context.Context, c Creation) error {
	if err := s.Provenance.Forget(ctx, "creation", c.ID); err != nil {
		return err
	}
	if err := s.Store.DeleteCreation(ctx, c.ID); err != nil {
		return err
	}
	if err := s.eraseBlobs(ctx, asset.Owner("creation", c.ID)); err != nil {
		return err
	}
	return s.Ledger.Record(ctx, ledger.Decision{
		Action: "creation.deleted", Role: "participant", SubjectKind: "creation", SubjectID: c.ID, Campaign: c.Campaign,
	})
}

// ErasePersonal removes all generations and creations of a participant.
func (s *Service) ErasePersonal(ctx context.Context, participant string) error {
	generations, creations, err := s.Store.OwnedBy(ctx, participant)
	if err != nil {
		return err
	}
	for _, id := range creations {
		c, err := s.Store.Creation(ctx, id)
		if err != nil {
			return err
		}
		if err := s.Delete(ctx, c); err != nil {
			return err
		}
	}
	for _, id := range generations {
		if err := s.deleteGeneration(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// ExportPersonal gives all generations and creations of a participant.
func (s *Service) ExportPersonal(ctx context.Context, participant string) (string, any, error) {
	generations, creations, err := s.Store.OwnedBy(ctx, participant)
	if err != nil {
		return "", nil, err
	}
	out := struct {
		Generations []map[string]any `json:"generations"`
		Creations   []map[string]any `json:"creations"`
	}{[]map[string]any{}, []map[string]any{}}
	for _, id := range generations {
		g, err := s.Store.Generation(ctx, id)
		if err != nil {
			return "", nil, err
		}
		out.Generations = append(out.Generations, map[string]any{
			"id": g.ID, "campaign": g.Campaign, "prompt": g.Prompt, "marks": g.Marks, "aspect": g.Aspect, "seed": g.Seed,
			"locale": g.Locale, "state": g.State, "code": g.Code, "created_at": g.CreatedAt,
		})
	}
	for _, id := range creations {
		c, err := s.Store.Creation(ctx, id)
		if err != nil {
			return "", nil, err
		}
		out.Creations = append(out.Creations, map[string]any{
			"id": c.ID, "campaign": c.Campaign, "generation_id": c.GenerationID, "candidate_id": c.CandidateID,
			"composition": c.Composition, "alt": c.Alt, "state": c.State,
			"created_at": c.CreatedAt, "updated_at": c.UpdatedAt,
		})
	}
	return "create", out, nil
}
