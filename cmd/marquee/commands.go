package main

import (
	"flag"

	"marquee/internal/settings"
)

// simple is a command without flags of its own.
func simple(r runner) func(*flag.FlagSet) runner {
	return func(*flag.FlagSet) runner { return r }
}

var (
	serving = []settings.Group{settings.Serving, settings.Storage, settings.Painting, settings.Watching, settings.Proving, settings.Telling}
	keeping = []settings.Group{settings.Storage}
	proving = []settings.Group{settings.Storage, settings.Proving}
)

// commands are all that there are, in the order in which help lists them.
var commands = []command{
	{name: "serve", short: "Run the server", groups: serving, flags: simple(serve),
		long: "Starts the public pages, the Studio and the API, and does the work behind them.\nWith no settings at all it keeps everything in ./data and loads the demonstration\nbrand on first start. Ctrl+C stops it; work that is not done goes on at the next start."},
	{name: "config", short: "Show every setting, and where it comes from", groups: serving, flags: showConfig,
		long: "Lists all settings with their values and sources. Secrets are not shown."},
	{name: "doctor", short: "Check that everything is there", groups: serving, flags: doctorFlags,
		long: "Looks at the database, the object store, the secret file, the providers, the fonts\nand the front end, and says what to do about what is wrong. With --provider NAME --live\nit says what a trial costs, asks, and tries everything that this provider can do."},
	{name: "staff invite", short: "Make a sign-in link for a colleague", groups: keeping, flags: inviteStaff,
		long: "Prints a link that works once, for three days. Whoever opens it gives their name\nand is signed in with that role."},
	{name: "staff list", short: "List the staff", groups: keeping, flags: simple(listStaff),
		long: "Lists everybody who has signed in, with their role."},
	{name: "staff end", args: "ID", short: "End somebody's access", groups: keeping, least: 1, most: 1, flags: simple(endStaff),
		long: "Ends a person's access and signs them out everywhere, at once."},
	{name: "key create", short: "Make an API key", groups: keeping, flags: createKey,
		long: "Prints the secret of a new key, once. It is not kept and can't be shown again."},
	{name: "key list", short: "List the API keys", groups: keeping, flags: simple(listKeys),
		long: "Lists all keys with their roles, without their secrets."},
	{name: "key revoke", args: "ID", short: "Make an API key useless", groups: keeping, least: 1, most: 1, flags: simple(revokeKey),
		long: "From now on nothing opens with that key."},
	{name: "kit add", args: "FOLDER", short: "Add a brand kit", groups: keeping, least: 1, most: 1, flags: simple(addKit),
		long: "Reads the folder of a kit (kit.json with its marks and fonts), checks all of it and\nstores it. A version of a kit never changes: raise its version to change it."},
	{name: "kit list", short: "List the brand kits", groups: keeping, flags: simple(listKits),
		long: "Lists every version of every kit with its hash."},
	{name: "kit diff", args: "FOLDER FOLDER", short: "Tell what differs between two brand kits", least: 2, most: 2, flags: simple(diffKits),
		long: "Reads two folders, as two versions of a kit, and lists every token, rule, word and file\nthat was added (+), removed (-) or changed (~). It stores nothing."},
	{name: "kit import", args: "FILE", short: "Begin a kit from tokens, a picture or a PDF", least: 1, most: 1, flags: importKit,
		long: "Reads design tokens (W3C, Style Dictionary, Tokens Studio, Figma variables), or finds a\nfirst palette and logos in a picture or a PDF, and says what it could not read. It stores\nnothing; with --out it writes what it found, for a person to go on with."},
	{name: "policy list", short: "List the policy packs in force", groups: keeping, flags: simple(listPolicies),
		long: "Lists the packs of rules in the order in which they are asked. The strictest rule wins."},
	{name: "policy check", args: "FILE", short: "Check a policy pack and its examples", least: 1, most: 1, flags: simple(checkPolicy),
		long: "Reads a pack, compiles its conditions and runs its own examples. It stores nothing; a\npack is proposed in the Studio and put into force there by a second person."},
	{name: "policy dry-run", args: "FILE", short: "Tell what a policy pack would have changed", groups: keeping, least: 1, most: 1, flags: dryRunPolicy,
		long: "Judges the decisions of the last 30 days (20,000 at most) again, with the pack beside\nthose in force, and counts what would have come out otherwise. It stores nothing."},
	{name: "guard check", args: "[TEXT]", short: "Check a text or a picture", groups: []settings.Group{settings.Watching}, most: 1, flags: guardCheck,
		long: "Shows what the guard finds in a text (or in standard input), and what the standard\nrules make of it. With --json it answers each line of standard input with one object:\n{\"verdict\", \"findings\": [{\"detector\", \"kind\", \"start\", \"end\", \"score\"}]}, offsets in\nbytes. An empty line is allowed; a line that is not UTF-8, or longer than 1 MB, is never."},
	{name: "guard hash", args: "FILE", short: "Make a line for a list of known pictures", least: 1, most: 1, flags: simple(guardHash),
		long: "Prints the PDQ hash of a picture (PNG, JPEG, WebP). Put into the file that\n--known-pictures names, with a note after it, it stops this picture and all that look\nlike it. The picture is not stored."},
	{name: "guard measure", args: "[FILE…]", short: "Measure the guard on a corpus", most: 100, flags: guardMeasure,
		long: "Runs texts through the guard and counts what is stopped, by language and by function.\nA .csv file has columns for text and label (or test_case and label_gold), and may have\nfunction, locale and group; any other file holds one harmless text a line. Without a file\nit takes the harmless prompts that come with Marquee."},
	{name: "campaign add", args: "FILE", short: "Add a campaign", groups: keeping, least: 1, most: 1, flags: addCampaign,
		long: "Reads a campaign's file, checks it against its kit and stores it."},
	{name: "campaign list", short: "List the campaigns", groups: keeping, flags: simple(listCampaigns),
		long: "Lists all campaigns with their state and dates."},
	{name: "campaign check", args: "FILE", short: "Check a campaign's file", groups: keeping, least: 1, most: 1, flags: simple(checkCampaign),
		long: "Says everything that is wrong with a campaign's file, and stores nothing."},
	{name: "export", args: "creation ID | gallery CAMPAIGN", short: "Write works to files, at any size", groups: append([]settings.Group{}, settings.Storage, settings.Painting), least: 2, most: 2, flags: export,
		long: "Renders one creation, or every public work of a campaign's gallery, into a folder,\nwith an index of what they are. Widths go up to 4096 pixels in one file, and to 16384 in\ntiles, each with its place and its SHA-256. With --canvas it is laid out anew, by the\nbrand's rules; where they can't be kept nothing is written, and why is told. An A3 page\nat 300 dpi is --canvas a3 --format pdf --channel print, and a billboard\n--canvas 10000x3500 --tiles 1024 --channel outdoor."},
	{name: "c2pa inspect", args: "FILE", short: "Show the content credential of a file", least: 1, most: 1, flags: c2paInspect,
		long: "Tells what the credential of a picture or film says: who signed it, how it was made and\nof what, and what a check of it found. --json prints all of it."},
	{name: "c2pa sign", args: "FILE", short: "Write a file with a content credential", groups: keeping, least: 1, most: 1, flags: c2paSign,
		long: "Signs a PNG, JPEG, WebP, AVIF or MP4 file, or any file with --sidecar. Without --key it\nuses a key of its own, made at first use in the folder \"credential\" of the data. No public\ntrust list knows that key: give others its anchor.pem, or put a certificate of a listed\nauthority in its place. A file that has a credential becomes the parent of the new one."},
	{name: "c2pa verify", args: "FILE", short: "Check the content credential of a file", least: 1, most: 1, flags: c2paVerify,
		long: "Ends with 0 if the credential is Valid or Trusted, with 1 if it is Invalid or can't be\nread, with 3 if there is none, and with 4 if --trusted was asked and it is only Valid.\n--json prints {\"state\":\"Trusted|Valid|Invalid|None\",\"failures\":[code],\"successes\":[code]}."},
	{name: "ledger verify", short: "Check that the ledger was not tampered with", groups: proving, flags: ledgerVerify,
		long: "Reads every row and every tile, makes the tree again and compares it with the signed\ncheckpoint, and with those that witnesses have cosigned. It ends with 0 if all is as it\nwas signed, with 4 if something was changed, taken out, put in or moved (each is told),\nwith 3 if there is no checkpoint yet, and with 1 if it could not be checked."},
	{name: "ledger export", short: "Write the ledger for others to check", groups: proving, flags: ledgerExport,
		long: "Writes checkpoint, tiles and entries as C2SP tlog-tiles has them, with the verifier key\nand a small program that checks them with Go's own tools. Nothing personal is in it."},
	{name: "version", short: "Tell the version", flags: simple(tellVersion), long: "Tells the version of this binary and what it was built from."},
}
