package api

import (
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"regexp"
	"strconv"

	"marquee/internal/brand"
	"marquee/internal/fault"
	"marquee/internal/web/edge"
	"marquee/internal/web/problem"
)

// kitProblem is one thing that is wrong with a kit that was sent.
type kitProblem struct {
	File    string `json:"file" doc:"The file of the kit that it is about"`
	Path    string `json:"path" doc:"Where in kit.json, with ids where a list's parts have them"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// kitReport is what would come of storing a kit.
type kitReport struct {
	ID      string `json:"id" doc:"Empty if kit.json could not be read"`
	Version string `json:"version"`
	Name    string `json:"name"`
	// State says whether it can be stored.
	State    string       `json:"state" enum:"new,stored,taken,wrong" doc:"stored: it is there already; taken: another kit has this version; wrong: see problems"`
	Problems []kitProblem `json:"problems"`
	Since    string       `json:"since" doc:"The newest stored version of the kit, if there is one"`
	Changes  []kitChange  `json:"changes" doc:"What differs from it"`
}

// checkKit reads a kit as addKit does and stores nothing.
func (a *API) checkKit(ctx context.Context, _ *none) (*struct{ Body kitReport }, error) {
	return within(ctx, a.Limits.Heavy, func() (*struct{ Body kitReport }, error) {
		data, err := fileOf(request(ctx), maxKit)
		if err != nil {
			return nil, err
		}
		folder, err := kitFolder(data)
		if err != nil {
			return nil, err
		}
		report, err := a.reportKit(ctx, folder)
		return &struct{ Body kitReport }{report}, err
	})
}

func (a *API) reportKit(ctx context.Context, folder fs.FS) (kitReport, error) {
	report := kitReport{Problems: []kitProblem{}, Changes: []kitChange{}}
	kit, err := brand.Read(folder)
	if f, ok := fault.As(err); ok && (f.Kind == fault.Invalid || f.Kind == fault.Malformed) {
		outline := outlineOf(folder)
		report.ID, report.Version, report.State = outline.ID, outline.Version, "wrong"
		for _, field := range f.Fields {
			report.Problems = append(report.Problems, outline.place(field))
		}
		if len(f.Fields) == 0 {
			p := problem.From(err, edge.VisitOf(ctx).Locale)
			report.Problems = append(report.Problems, kitProblem{kitManifest, "", p.Code, p.Detail})
		}
		return report, nil
	}
	if err != nil {
		return report, err
	}
	report.ID, report.Version, report.Name, report.State = kit.ID, kit.Version, english(kit.Name), "new"
	versions, err := a.kitVersions(ctx, kit.ID)
	if err != nil {
		return report, err
	}
	for _, v := range versions {
		if v.Version == kit.Version {
			report.State = "taken"
			if v.Hash == kit.Hash() {
				report.State = "stored"
			}
		}
	}
	if len(versions) == 0 {
		return report, nil
	}
	report.Since = versions[0].Version
	newest, err := a.kitOf(ctx, kit.ID, report.Since)
	if err != nil {
		return report, err
	}
	report.Changes = listChanges(newest, kit)
	return report, nil
}

const kitManifest = "kit.json"

// kitOutline is as much of a kit.json that does not hold as tells where its
// problems lie.
type kitOutline struct {
	ID, Version string
	lists       map[string][]outlined
}

type outlined struct {
	ID          string     `json:"id"`
	File        string     `json:"file"`
	LicenceFile string     `json:"licence_file"`
	Variants    []outlined `json:"variants"`
}

// maxOutline bounds the kit.json that an outline is made of; a kit's own is
// bounded when it is read.
const maxOutline = 4 << 20

// outlineOf reads what it can. A part of another shape is left out: it is
// among the problems already.
func outlineOf(folder fs.FS) kitOutline {
	out := kitOutline{lists: map[string][]outlined{}}
	f, err := folder.Open(kitManifest)
	if err != nil {
		return out
	}
	defer f.Close()
	var parts map[string]json.RawMessage
	if json.NewDecoder(io.LimitReader(f, maxOutline)).Decode(&parts) != nil {
		return out
	}
	text := func(name string) string {
		var s string
		if json.Unmarshal(parts[name], &s) != nil || len(s) > 63 {
			return ""
		}
		return s
	}
	out.ID, out.Version = text("id"), text("version")
	for _, name := range []string{"marks", "stickers", "fonts", "rules", "legal"} {
		var list []outlined
		if json.Unmarshal(parts[name], &list) == nil {
			out.lists[name] = list
		}
	}
	return out
}

var outlinePath = regexp.MustCompile(`^([a-z]+)\[(\d+)\](?:\.variants\[(\d+)\])?(.*)$`)

// place tells which file a problem is about, and says ids for places in lists.
func (o kitOutline) place(f fault.Field) kitProblem {
	out := kitProblem{kitManifest, f.Path, f.Code, f.Message}
	m := outlinePath.FindStringSubmatch(f.Path)
	if m == nil {
		return out
	}
	part, ok := at(o.lists[m[1]], m[2])
	if !ok {
		return out
	}
	out.Path = m[1] + "[" + or(part.ID, m[2]) + "]"
	if m[3] != "" {
		variant, ok := at(part.Variants, m[3])
		if !ok {
			return kitProblem{kitManifest, f.Path, f.Code, f.Message}
		}
		out.Path += ".variants[" + or(variant.ID, m[3]) + "]"
		part = variant
	}
	out.Path += m[4]
	switch {
	case m[4] == ".file" && part.File != "":
		out.File = part.File
	case m[4] == ".licence_file" && part.LicenceFile != "":
		out.File = part.LicenceFile
	}
	return out
}

func at(list []outlined, index string) (outlined, bool) {
	i, err := strconv.Atoi(index)
	if err != nil || i < 0 || i >= len(list) {
		return outlined{}, false
	}
	return list[i], true
}

func or(first, second string) string {
	if first != "" {
		return first
	}
	return second
}
