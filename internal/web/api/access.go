package api

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/account"
	"marquee/internal/fault"
	"marquee/internal/web/identity"
)

// Access says who may call an operation. Ownership of the thing concerned is
// the domain's to check.
type Access int

// The kinds of access, in no order.
const (
	// Public lets everybody in and knows the caller if there is one.
	Public Access = iota
	// Participant lets a participant in.
	Participant
	// ParticipantOrStaff lets a participant or a reviewer in.
	ParticipantOrStaff
	// Reviewer, Producer and Admin let staff of that role in.
	Reviewer
	Producer
	Admin
)

var accessNames = map[Access]string{
	Public: "public", Participant: "participant", ParticipantOrStaff: "participant or reviewer",
	Reviewer: "reviewer", Producer: "producer", Admin: "admin",
}

var accessRoles = map[Access]account.Role{Reviewer: account.Reviewer, Producer: account.Producer, Admin: account.Admin}

// String gives the name that the API's description tells.
func (a Access) String() string { return accessNames[a] }

// check gives who makes the request if they have the access.
func (a Access) check(door *identity.Door, r *http.Request) (identity.Who, error) {
	var who identity.Who
	switch a {
	case Public:
		// Who is known may see more; who is not is a visitor, not an error. A
		// database that is away is neither.
		if p, err := door.Participant(r); err == nil {
			who.Participant = &p
		} else if !fault.Is(err, fault.Unauthenticated) {
			return who, err
		}
		if s, err := door.Staff(r); err == nil {
			who.Staff = &s
		} else if !fault.Is(err, fault.Unauthenticated) {
			return who, err
		}
		return who, nil
	case ParticipantOrStaff:
		s, err := door.Staff(r)
		if err == nil {
			who.Staff = &s
			if p, err := door.Participant(r); err == nil {
				who.Participant = &p
			}
			return who, nil
		}
		if !fault.Is(err, fault.Unauthenticated) {
			return who, err
		}
		fallthrough
	case Participant:
		p, err := door.Participant(r)
		if err != nil {
			return who, err
		}
		who.Participant = &p
		return who, nil
	}
	s, err := door.Staff(r)
	if err != nil {
		return who, err
	}
	role := accessRoles[a]
	if !s.Role.Covers(role) {
		return who, fault.New(fault.Forbidden, "role_too_low", "This needs the role %q. Ask an admin of this installation.", role).With("role", string(role))
	}
	who.Staff = &s
	return who, nil
}

func (a Access) security() []map[string][]string {
	participant := []map[string][]string{{"participantCookie": {}}, {"participantToken": {}}}
	staff := []map[string][]string{{"staffCookie": {}}, {"apiKey": {}}}
	switch a {
	case Public:
		return nil
	case Participant:
		return participant
	case ParticipantOrStaff:
		return append(participant, staff...)
	}
	return staff
}

func schemes() map[string]*huma.SecurityScheme {
	return map[string]*huma.SecurityScheme{
		"participantCookie": {Type: "apiKey", In: "cookie", Name: identity.ParticipantCookie, Description: "Set when a participant arrives."},
		"participantToken":  {Type: "http", Scheme: "bearer", Description: "The token given when a participant arrives."},
		"staffCookie":       {Type: "apiKey", In: "cookie", Name: identity.StaffCookie, Description: "Set when a member of staff signs in."},
		"apiKey":            {Type: "http", Scheme: "bearer", Description: "A key made by `marquee key create`; it begins with mk_."},
	}
}
