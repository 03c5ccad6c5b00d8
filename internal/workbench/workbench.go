// Package workbench is where staff try the guard out: on a text or a picture,
// as a campaign's would be judged, on whole corpora, whose runs are kept to be
// compared, and on the mistakes that they mark, which become tests.
package workbench

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"marquee/internal/guard"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/work"
)

// Rules decides on what staff try out; it remembers nothing of it.
type Rules interface {
	Consider(ctx context.Context, in policy.Input) policy.Verdict
	// Soften gives a softer text for a verdict that asks for one.
	Soften(ctx context.Context, text, locale string, v policy.Verdict) (string, bool)
}

// Store is what the workbench needs of a database. Reads of what is not there
// give a fault of kind NotFound.
type Store interface {
	InsertGuardRun(ctx context.Context, r Run) error
	// GuardRuns gives up to limit runs, newest first, with the totals of their
	// results alone.
	GuardRuns(ctx context.Context, limit int) ([]Run, error)
	GuardRun(ctx context.Context, id string) (Run, error)
	// DeleteGuardRun forgets a run; false if there is none.
	DeleteGuardRun(ctx context.Context, id string) (bool, error)
	InsertGuardMark(ctx context.Context, m Mark) error
	// GuardMarks gives up to limit marked texts, newest first.
	GuardMarks(ctx context.Context, limit int) ([]Mark, error)
	CountGuardMarks(ctx context.Context) (int, error)
	// DeleteGuardMark forgets a marked text; false if there is none.
	DeleteGuardMark(ctx context.Context, id string) (bool, error)
}

// Deps are what a workbench is made of.
type Deps struct {
	Store  Store
	Unit   work.Unit
	Ledger *ledger.Ledger
	Guard  *guard.Guard
	Rules  Rules
	Now    func() time.Time
	// Program is the version of Marquee.
	Program string
}

// Service is the workbench.
type Service struct{ Deps }

// New makes the workbench.
func New(d Deps) *Service { return &Service{d} }

// Version says which guard gave an answer: two with the same name and packs
// give the same answers.
type Version struct {
	// Name is short for all of it: eight hexadecimal digits. It is empty for a
	// result from elsewhere.
	Name string `json:"name"`
	// Program is the version of Marquee.
	Program   string   `json:"program"`
	Detectors []string `json:"detectors" nullable:"false"`
	// Packs are the policy packs of texts everywhere, as "id@version".
	Packs []string `json:"packs" nullable:"false"`
}

// Version gives that of the guard as it is now.
func (s *Service) Version(ctx context.Context) Version {
	v := Version{Program: s.Program, Detectors: s.Guard.Detectors(), Packs: s.Rules.Consider(ctx, policy.Input{Stage: policy.Prompt}).Packs}
	if v.Packs == nil {
		v.Packs = []string{}
	}
	sum := sha256.Sum256([]byte(v.Program + "\n" + strings.Join(v.Detectors, " ") + "\n" + strings.Join(v.Packs, " ")))
	v.Name = hex.EncodeToString(sum[:4])
	return v
}

// By is who does something at the workbench.
type By struct{ ID, Role string }

func (s *Service) record(ctx context.Context, action string, by By, kind, id string, public map[string]string) error {
	return s.Ledger.Record(ctx, ledger.Decision{Action: action, Role: by.Role, SubjectKind: kind, SubjectID: id, Public: public})
}
