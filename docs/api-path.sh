#!/bin/sh
# The whole path by the API: arrive, say it, wait, choose, compose, hand in,
# approve, look, vote, check, take down. Needs curl and node.
#
#   MARQUEE=http://localhost:8080 STAFF_KEY=mk_… docs/api-path.sh
#
# Make the key with: ./marquee key create --role reviewer
set -eu
API="${MARQUEE:-http://localhost:8080}/api/v1"
CAMPAIGN="${CAMPAIGN:-winter-lights}"
: "${STAFF_KEY:?Set STAFF_KEY; make one with: ./marquee key create --role reviewer}"
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

# call METHOD PATH TOKEN [JSON] prints the answer and ends the script on a fault.
call() {
	method=$1 path=$2 token=$3 body=${4-}
	set -- --silent --show-error --fail-with-body --request "$method" "$API$path"
	[ -z "$token" ] || set -- "$@" --header "Authorization: Bearer $token"
	[ -z "$body" ] || set -- "$@" --header 'Content-Type: application/json' --data "$body"
	curl "$@"
}

# pick 'a.b[0]' prints one value of the JSON on standard input.
pick() { node -e 'let s="";process.stdin.on("data",d=>s+=d).on("end",()=>{const v=new Function("j","return j."+process.argv[1])(JSON.parse(s));console.log(typeof v==="object"?JSON.stringify(v):v)})' "$1"; }

echo "1. Arrive"
TOKEN=$(call POST "/campaigns/$CAMPAIGN/participants" "" '{"birth_year":1990,"locale":"en","consents":["terms"]}' | pick token)

echo "2. Say it"
GENERATION=$(call POST "/campaigns/$CAMPAIGN/generations" "$TOKEN" \
	'{"prompt":"a polar fox beside a lantern in a snowy forest at night","marks":["wordmark","emblem"],"aspect":"square","seed":7}' | pick id)

echo "3. Watch four candidates appear"
call GET "/generations/$GENERATION/events" "$TOKEN" | grep '^event:' | sort | uniq -c
call GET "/generations/$GENERATION" "$TOKEN" >"$WORK/generation.json"
echo "   state: $(pick state <"$WORK/generation.json")"
CANDIDATE=$(pick 'candidates[0].id' <"$WORK/generation.json")

echo "4. Choose one, and add a line of text"
call POST /creations "$TOKEN" "{\"generation_id\":\"$GENERATION\",\"candidate_id\":\"$CANDIDATE\"}" >"$WORK/creation.json"
CREATION=$(pick id <"$WORK/creation.json")
COMPOSITION=$(node -e '
	const c = JSON.parse(require("fs").readFileSync(process.argv[1])).composition
	c.layers.push({ id: "line", kind: "text", text: "Light is coming", x: 262, y: 300, width: 500, rotation: 0 })
	console.log(JSON.stringify(c))' "$WORK/creation.json")
call PUT "/creations/$CREATION/composition" "$TOKEN" "$COMPOSITION" | pick 'findings.length' | sed 's/^/   findings: /'

echo "5. Hand it in"
ENTRY=$(call POST "/creations/$CREATION/entry" "$TOKEN" '{"title":"The light keeper","display_name":"Ada"}' | pick id)

echo "6. A person looks at it and approves"
ITEM=$(call GET '/review/items?state=waiting&limit=100' "$STAFF_KEY" | pick "items.find(i => i.subject_id === '$ENTRY').id")
call POST "/review/items/$ITEM/decision" "$STAFF_KEY" '{"decision":"approve"}' | pick state | sed 's/^/   state: /'

echo "7. Everybody sees it, and somebody loves it"
call GET "/campaigns/$CAMPAIGN/gallery" "" | pick "entries.find(e => e.id === '$ENTRY').title" | sed 's/^/   title: /'
call PUT "/entries/$ENTRY/vote" "$TOKEN" '{}' | pick votes | sed 's/^/   votes: /'

echo "8. Anybody checks a download"
curl --silent --show-error --fail --output "$WORK/work.jpeg" "$API/creations/$CREATION/image?format=jpeg&width=640"
curl --silent --show-error --fail --form "file=@$WORK/work.jpeg" "$API/verify" >"$WORK/check.json"
echo "   match: $(pick match <"$WORK/check.json"), approved by a person: $(pick work.approved <"$WORK/check.json")"

echo "9. It is taken down, and its address answers so at once"
call POST "/review/items/$ITEM/decision" "$STAFF_KEY" '{"decision":"takedown","reason":"The walk is over."}' | pick state | sed 's/^/   state: /'
echo "   image: $(curl --silent --output /dev/null --write-out '%{http_code}' "$API/creations/$CREATION/image?format=jpeg&width=640")"
echo "Done."
