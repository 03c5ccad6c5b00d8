package campaign

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sort"
	"sync"
	"time"

	"marquee/internal/asset"
	"marquee/internal/brand"
	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/work"
)

// Service is what the rest of the house asks about campaigns and their kits.
type Service struct {
	store  Store
	unit   work.Unit
	ledger *ledger.Ledger
	blobs  asset.Blobs
	now    func() time.Time

	// kits keeps kits that were read: a version never changes.
	mu   sync.Mutex
	kits map[string]*brand.Kit
}

// New makes the service.
func New(store Store, unit work.Unit, l *ledger.Ledger, blobs asset.Blobs, now func() time.Time) *Service {
	return &Service{store: store, unit: unit, ledger: l, blobs: blobs, now: now, kits: map[string]*brand.Kit{}}
}

// AddKit reads a kit from a folder and stores it. Adding the same kit again
// changes nothing; another kit under a version that is taken is a Conflict
// with code "kit_version_taken". role is who adds it, for the ledger.
func (s *Service) AddKit(ctx context.Context, fsys fs.FS, role string) (KitRow, error) {
	kit, err := brand.Read(fsys)
	if err != nil {
		return KitRow{}, err
	}
	row := KitRow{ID: kit.ID, Version: kit.Version, Hash: kit.Hash(), Files: map[string]string{}, AddedBy: role, CreatedAt: s.now()}
	have, err := s.store.Kit(ctx, row.ID, row.Version)
	if err == nil {
		return sameKit(have, row)
	}
	if !fault.Is(err, fault.NotFound) {
		return KitRow{}, err
	}
	// The files go first: a row never names a file that is not there.
	owner := asset.Owner("kit", row.ID+"@"+row.Version)
	for _, f := range kit.Files() {
		key := owner + asset.Sum(f.Data)
		if err := s.blobs.Put(ctx, key, f.Type, f.Data); err != nil {
			return KitRow{}, err
		}
		row.Files[f.Name] = key
	}
	err = s.unit.Do(ctx, func(ctx context.Context) error {
		have, err := s.store.Kit(ctx, row.ID, row.Version)
		if err == nil {
			row, err = sameKit(have, row)
			return err
		}
		if !fault.Is(err, fault.NotFound) {
			return err
		}
		err = s.store.InsertKit(ctx, row)
		if fault.Is(err, fault.Conflict) {
			// Somebody was quicker, as when several nodes start at once.
			if have, err = s.store.Kit(ctx, row.ID, row.Version); err != nil {
				return err
			}
			row, err = sameKit(have, row)
			return err
		}
		if err != nil {
			return err
		}
		return s.ledger.Record(ctx, ledger.Decision{
			Action: "kit.added", Role: role, SubjectKind: "kit", SubjectID: row.ID,
			Public: map[string]string{"version": row.Version, "sha256": row.Hash},
		})
	})
	if err == nil {
		s.keep(kit) // its fonts take a while to read
	}
	return row, err
}

// keep remembers a kit that was read and is stored.
func (s *Service) keep(kit *brand.Kit) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kits[kit.ID+"@"+kit.Version] = kit
}

func sameKit(have, want KitRow) (KitRow, error) {
	if have.Hash != want.Hash {
		return KitRow{}, fault.New(fault.Conflict, "kit_version_taken",
			"There is another kit %s %s already. A kit never changes: raise its version.", want.ID, want.Version)
	}
	return have, nil
}

// Kit gives a version of a kit, ready to draw with.
func (s *Service) Kit(ctx context.Context, id, version string) (*brand.Kit, error) {
	name := id + "@" + version
	s.mu.Lock()
	kit := s.kits[name]
	s.mu.Unlock()
	if kit != nil {
		return kit, nil
	}
	row, err := s.store.Kit(ctx, id, version)
	if err != nil {
		return nil, err
	}
	var files []brand.File
	for path, key := range row.Files {
		data, err := asset.ReadAll(ctx, s.blobs, key)
		if err != nil {
			return nil, fmt.Errorf("kit %s: %s: %w", name, path, err)
		}
		files = append(files, brand.File{Name: path, Data: data})
	}
	kit, err = brand.ReadFiles(files)
	if err != nil {
		return nil, err
	}
	if kit.Hash() != row.Hash {
		return nil, fmt.Errorf("kit %s: the stored files are not those that were added", name)
	}
	s.keep(kit)
	return kit, nil
}

// Kits lists the stored kits.
func (s *Service) Kits(ctx context.Context) ([]KitRow, error) { return s.store.Kits(ctx) }

// maxFile bounds a campaign's file: 1 MB.
const maxFile = 1 << 20

// ReadFile reads a campaign's file strictly: an unknown field is a fault, so
// that a slip of the pen is not silently without effect.
func ReadFile(r io.Reader) (File, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return File{}, err
	}
	if len(data) > maxFile {
		return File{}, fault.New(fault.TooLarge, "campaign_file_too_large", "A campaign's file has at most 1 MB.")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var f File
	if err := d.Decode(&f); err != nil {
		return File{}, unreadable(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return File{}, unreadable(errors.New("there is something after the end"))
	}
	return f, nil
}

func unreadable(err error) error {
	return fault.New(fault.Malformed, "campaign_file_unreadable", "The campaign's file can't be read: %v.", err).With("reason", err.Error())
}

// Check says what is wrong with a file, its kit included; nothing is an empty
// slice.
func (s *Service) Check(ctx context.Context, f File) ([]fault.Field, error) {
	p := &faults{list: f.check()}
	kit, err := s.Kit(ctx, f.Kit, f.KitVersion)
	switch {
	case fault.Is(err, fault.NotFound):
		p.add("kit_version", "kit_unknown", "There is no kit %s %s. Add it first: marquee kit add FOLDER.", f.Kit, f.KitVersion)
		return p.list, nil
	case err != nil:
		return nil, err
	}
	for i, m := range f.Marks {
		if kit.Mark(m) == nil {
			p.add(fmt.Sprintf("marks[%d]", i), "mark_unknown", "The kit %s has no mark %q.", f.Kit, m)
		}
	}
	return p.list, nil
}

func (s *Service) mustPass(ctx context.Context, f File) error {
	list, err := s.Check(ctx, f)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		e := fault.New(fault.Invalid, "campaign_file_invalid", "The campaign's file has %d faults; the first: %s: %s", len(list), list[0].Path, list[0].Message).With("count", len(list))
		e.Fields = list
		return e
	}
	return nil
}

// Add stores a new campaign. A slug that is taken is a Conflict.
func (s *Service) Add(ctx context.Context, f File, state State, role string) (Record, error) {
	if err := state.check(); err != nil {
		return Record{}, err
	}
	if err := s.mustPass(ctx, f); err != nil {
		return Record{}, err
	}
	now := s.now()
	r := Record{Slug: f.Slug, State: state, File: f, Revision: 1, CreatedAt: now, UpdatedAt: now}
	err := s.unit.Do(ctx, func(ctx context.Context) error {
		if _, err := s.store.Campaign(ctx, f.Slug); err == nil {
			return slugTaken(f.Slug)
		} else if !fault.Is(err, fault.NotFound) {
			return err
		}
		if err := s.store.InsertCampaign(ctx, r); fault.Is(err, fault.Conflict) {
			return slugTaken(f.Slug)
		} else if err != nil {
			return err
		}
		if err := s.store.SetBudget(ctx, f.Slug, f.Limits.Pictures); err != nil {
			return err
		}
		return s.record(ctx, "campaign.added", r, role)
	})
	return r, err
}

func slugTaken(slug string) error {
	return fault.New(fault.Conflict, "slug_taken", "There is a campaign %q already.", slug).With("slug", slug)
}

// check is a fault with code "state_unknown" for what is no state.
func (s State) check() error {
	if s != Draft && s != Open && s != Closed {
		return fault.New(fault.Invalid, "state_unknown", "A campaign is draft, open or closed.")
	}
	return nil
}

// Get gives a campaign, drafts included.
func (s *Service) Get(ctx context.Context, slug string) (Record, error) {
	r, err := s.store.Campaign(ctx, slug)
	if fault.Is(err, fault.NotFound) {
		return Record{}, fault.Missing("campaign")
	}
	return r, err
}

// List lists all campaigns by name of address.
func (s *Service) List(ctx context.Context) ([]Record, error) {
	rs, err := s.store.Campaigns(ctx)
	sort.Slice(rs, func(i, j int) bool { return rs[i].Slug < rs[j].Slug })
	return rs, err
}

// Update changes a campaign that still has the given revision; a Conflict with
// code "changed_meanwhile" if somebody was quicker. The slug stays.
func (s *Service) Update(ctx context.Context, slug string, f File, state State, revision int, role string) (Record, error) {
	if f.Slug != slug {
		return Record{}, fault.New(fault.Invalid, "slug_fixed", "A campaign's slug stays: people have its address.")
	}
	if err := state.check(); err != nil {
		return Record{}, err
	}
	if err := s.mustPass(ctx, f); err != nil {
		return Record{}, err
	}
	var out Record
	err := s.unit.Do(ctx, func(ctx context.Context) error {
		if _, err := s.Get(ctx, slug); err != nil {
			return err
		}
		ok, err := s.store.UpdateCampaign(ctx, Record{Slug: slug, State: state, File: f, UpdatedAt: s.now()}, revision)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "changed_meanwhile", "Somebody changed this campaign meanwhile. Load it again; your text is still here.")
		}
		if err := s.store.SetBudget(ctx, slug, f.Limits.Pictures); err != nil {
			return err
		}
		if out, err = s.store.Campaign(ctx, slug); err != nil {
			return err
		}
		return s.record(ctx, "campaign.changed", out, role)
	})
	return out, err
}

// Taking gives a campaign that takes part in the world now, with its kit; a
// fault says when it will, or that it is over.
func (s *Service) Taking(ctx context.Context, slug string) (Record, *brand.Kit, error) {
	r, err := s.Get(ctx, slug)
	if err != nil {
		return Record{}, nil, err
	}
	switch r.Phase(s.now()) {
	case PhaseDraft:
		return Record{}, nil, fault.Missing("campaign")
	case PhaseSoon:
		return Record{}, nil, fault.New(fault.Forbidden, "campaign_not_yet_open", "This campaign has not opened yet.").With("opens", r.File.Opens)
	case PhaseClosed:
		return Record{}, nil, fault.New(fault.Forbidden, "campaign_closed", "This campaign has ended. The gallery stays open to look at.")
	}
	kit, err := s.Kit(ctx, r.File.Kit, r.File.KitVersion)
	return r, kit, err
}

// Budget gives what a campaign has spent on pictures.
func (s *Service) Budget(ctx context.Context, slug string) (Budget, error) {
	return s.store.Budget(ctx, slug)
}

func (s *Service) record(ctx context.Context, action string, r Record, role string) error {
	data, err := json.Marshal(r.File)
	if err != nil {
		return err
	}
	return s.ledger.Record(ctx, ledger.Decision{
		Action: action, Role: role, SubjectKind: "campaign", SubjectID: r.Slug, Campaign: r.Slug,
		Public: map[string]string{"state": string(r.State), "revision": fmt.Sprint(r.Revision), "sha256": asset.Sum(data)},
	})
}
