// Package rooms holds the plan of the house: which package stands on which
// floor. It has no code; its test keeps the walls where they are.
package rooms
