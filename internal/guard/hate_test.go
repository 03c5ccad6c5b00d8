package guard

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"marquee/internal/policy"
)

// groups stand where %s is; they take in each kind of people that the rules
// know, as noun, as adjective with "people", and with an article.
var groups = []string{"Muslims", "gay people", "lesbians", "trans women", "Black people", "Mexican immigrants", "refugees", "women", "disabled people", "Chinese people", "those Jews", "deaf people"}

// hateful are constructs that must be found and plain in English, ours.
var hateful = []string{
	// Dislike.
	"I really hate %s", "Honestly, we can't stand %s.", "I'm sick and tired of all these %s", "I believe that %s are disgusting", "Nobody wants %s around", "I h4te %s", "I haaaate %s", "Don't you think %s are disgusting?", "I feel sick whenever I see %s", "%s make me want to puke", "I am not racist but I despise %s",
	// What they are said to be.
	"%s are vermin", "%s are nothing but parasites", "I think %s are just plain evil", "All %s are liars and thieves", "%s breed like rats", "%s are no better than animals", "%s are so lazy.", "%s are a plague on this country", "%s are inferior to us", "a dog is worth more than %s", "There is nothing worse than %s",
	// What they are said to do.
	"%s are to blame for everything", "%s steal our jobs", "%s want to destroy us", "%s have no morals", "Don't trust %s", "%s can't be trusted", "%s ruin everything they touch", "%s control the media",
	// Exclusion and rights.
	"%s don't belong here", "%s are not welcome in our town", "%s should go back to where they came from", "we don't want %s here", "Deport all %s", "%s shouldn't be allowed to vote", "%s do not deserve any rights", "The world would be a better place without %s", "Get %s out of our country", "No %s allowed", "%s should not be allowed near children", "%s will never be real people", "There is nothing good about %s", "%s are not human",
	// Threats and wishes.
	"%s should all be shot", "%s deserve to die", "Let's kill all %s", "Someone should wipe out %s", "I hope %s get cancer", "I want to see %s burn", "I wish all %s would die", "%s will get what they deserve", "Kill %s", "%s must be wiped off the face of the earth", "I'm going to beat up %s", "If I see any %s I will kill them",
	// Questions.
	"Why are %s so disgusting?", "How can anyone like %s?", "Who would ever trust %s?", "Why do we let %s live here?", "When will %s finally leave?", "Are %s even human?",
	// Rude words.
	"Fuck %s", "%s can go to hell", "Fuck off, %s", "%s are shit", "%s in this town are vermin", "The only thing %s know is begging", "It should be legal to kill %s", "%s had better watch out", "Most crimes are committed by %s", "Put all %s behind bars", "Nothing wrong with beating %s", "I don't see %s as human", "%s cannot learn anything", "All %s do is complain",
	// A pronoun.
	"%s are everywhere. They should be wiped out.", "%s moved in next door. They are vermin.", "Look at %s. Deport them all!",
}

// kind are sentences with groups that nothing may be found in: praise, plain
// mention, negation, and dislike of what is no group.
var gentle = []string{
	"I don't hate %s", "Nobody should hate %s", "We would never hurt %s", "%s are wonderful", "I love %s", "Nobody should be able to say that %s are vermin", "We welcome %s here", "%s deserve respect and love", "%s should not be afraid", "%s are people like you and me", "%s belong here", "%s baking cookies by the fire", "a picture of %s dancing in the snow",
	"It is wrong to say that %s are evil", "%s are not criminals", "%s are not inferior to anyone", "%s should be allowed to marry", "%s should be free to live as they like", "We won't let anyone hurt %s", "a party for %s and their friends", "Stop blaming %s for everything", "the story of %s who save the town", "No one should tell %s to leave", "%s do not deserve to be hurt", "%s shouldn't have to fear anyone", "%s should never be treated as a threat", "I hate it when people attack %s", "It makes me sad that people hate %s", "Not all %s are saints", "%s can't wait for snow", "We stand with %s against hatred", "%s never looked happier", "all %s want is peace", "%s are not bad people", "%s should not be less equal than others", "%s from the village are waiting",
}

func TestHateIsFoundOfEveryGroup(t *testing.T) {
	t.Parallel()
	g := newGuard(t)
	missed, of := 0, 0
	for _, form := range hateful {
		var not []string
		for _, group := range groups {
			text := fill(form, group)
			of++
			if score(g.Text(context.Background(), text, Context{Locale: "en"})) < 0.8 {
				not = append(not, group)
			}
		}
		missed += len(not)
		if len(not) > 2 {
			t.Errorf("%q is missed of %s", form, strings.Join(not, ", "))
		}
	}
	if missed*50 > of {
		t.Errorf("%d of %d are missed", missed, of)
	}
}

func TestKindSentencesOfEveryGroupPass(t *testing.T) {
	t.Parallel()
	g := newGuard(t)
	for _, form := range gentle {
		for _, group := range groups {
			text := fill(form, group)
			if found := g.Text(context.Background(), text, Context{Locale: "en"}); score(found) > 0 {
				t.Errorf("%q: %+v", text, found)
			}
		}
	}
}

func fill(form, group string) string {
	text := fmt.Sprintf(form, group)
	if strings.HasPrefix(form, "%s") {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	return text
}

// score gives the highest score of hate among findings.
func score(found []policy.Finding) float64 {
	best := 0.0
	for _, f := range found {
		if f.Kind == "hate" {
			best = max(best, f.Score)
		}
	}
	return best
}

// unprotected are texts about things, tastes and single people, reports, and
// words that are people elsewhere: they are no hate, or not plainly.
var unprotected = []string{
	"I hate Mondays", "I hate Chinese takeaways", "I despise slow trains", "I can't stand mushrooms", "Beat the whites until stiff", "Kill the weeds", "These tomatoes are disgusting", "Wasps are vermin", "I hate my boss", "All bankers are thieves", "Vegans are annoying", "Football fans are idiots", "politicians should be locked up",
	"Shoot black women in soft light", "Another woman in a sleigh", "Women are sick of being judged", "all girls want a pony", "Girls steal the show", "Women should hang together", "Go back to your chair", "Old people kick a ball about", "Separate the whites from the blacks in the wash", "Black people are tired of racism", "The disabled parking bay is a problem", "I hate the Irish weather",
	"Two gay dads bake gingerbread. They are golden.", "The Jews of our town were killed in 1941", "Women have beaten the record", "women need the kitchen light on", "Christian carols at the gate", "Muslim kids with too many sweets", "Indian food is the best", "my Turkish friend is so funny", "women who lead the band", "girls are feeding pigs", "Free hugs from Black women", "It is difficult for disabled people to climb here", "a clear photo of Asian people", "Protect women from the cold", "women should go to the moon", "disabled people need pain relief", "brown pigs, Indian monkeys and white rats", "we want to make Mexican people smile", "too many chinks in the armour", "The girls are drawing monsters", "women lie on the beach", "girls suck lollipops", "Old people go out dancing", "women get lost in the forest", "two women skate; shoot them from above", "I would shoot two gay men under lanterns", "My girls look like zombies on Halloween", "Black men are gay and proud", "dark skin women in gold", "I want to beat women at chess one day", "We fight for refugees", "women can burn calories", "The Mexican kids smash a piñata",
}

func TestWhatIsNoHate(t *testing.T) {
	t.Parallel()
	g := newGuard(t)
	for _, text := range unprotected {
		if s := score(g.Text(context.Background(), text, Context{Locale: "en"})); s > 0 {
			t.Errorf("%q is hate with the score %v: %+v", text, s, g.Text(context.Background(), text, Context{Locale: "en"}))
		}
	}
}

// foreign are groups and sentences of the other languages that have rules:
// what must be plain hate, and what must be none.
var foreign = []struct {
	locale        string
	groups        []string
	plain, gentle []string
}{
	{"de", []string{"Muslime", "Schwule", "Frauen", "Ausländer", "behinderte Menschen"},
		[]string{"%s sind einfach nur widerlich", "%s gehören nicht hierher", "Ich hoffe, dass alle %s sterben", "Warum sind %s so faul?", "Wie kann man %s mögen?", "%s können mich mal", "%s klauen uns die Jobs", "An %s ist nichts gut, weil %s Dreck sind", "Nichts Gutes an %s", "%s sind überall. Sie sollten vernichtet werden."},
		[]string{"Ich hasse %s nicht", "%s sind willkommen", "%s sind keine Verbrecher", "%s feiern im Schnee", "Niemand sollte %s hassen", "Wir mögen %s"}},
	{"es", []string{"los musulmanes", "los gays", "las mujeres", "los inmigrantes", "las personas discapacitadas"},
		[]string{"Todos %s son unos monstruos", "%s nos quitan el trabajo", "Ojalá %s mueran", "¿Cómo se puede confiar en %s?", "%s no merecen derechos", "%s pueden irse al infierno", "No hay nada peor que %s", "%s están en todas partes. Ellos deberían desaparecer."},
		[]string{"No odio a %s", "%s son bienvenidos", "%s no son criminales", "Nadie debería odiar a %s", "%s bailan en la nieve"}},
	{"it", []string{"i musulmani", "i gay", "le donne", "gli immigrati", "i disabili"},
		[]string{"Tutti %s sono dei mostri", "%s rubano il lavoro", "Spero che %s muoiano", "Non c'è niente peggio di %s", "%s non meritano diritti", "%s possono andare al diavolo", "%s sono ovunque. Loro devono sparire."},
		[]string{"Non odio %s", "%s sono benvenuti", "%s non sono criminali", "Nessuno dovrebbe odiare %s", "%s ballano sulla neve"}},
	{"nl", []string{"moslims", "homo's", "vrouwen", "migranten", "gehandicapte mensen"},
		[]string{"%s zijn gewoon monsters", "%s pikken onze banen", "Ik hoop dat %s sterven", "Niets is erger dan %s", "%s verdienen geen rechten", "%s kunnen oprotten", "Hoe kan iemand houden van %s?", "%s zijn overal. Ze moeten verdwijnen."},
		[]string{"Ik haat %s niet", "%s zijn welkom", "%s zijn geen criminelen", "Niemand zou %s moeten haten", "%s dansen in de sneeuw"}},
	{"fr", []string{"les musulmans", "les gays", "les femmes", "les immigrés", "les handicapés"},
		[]string{"Tous %s sont des monstres", "%s nous volent", "J'espère que %s meurent", "Rien de pire que %s", "%s ne méritent aucun droit", "%s peuvent aller se faire foutre", "%s sont partout. Ils devraient disparaître."},
		[]string{"Je ne déteste pas %s", "%s sont bienvenus", "%s ne sont pas des criminels", "%s dansent dans la neige"}},
	{"pt", []string{"os muçulmanos", "os gays", "as mulheres", "os imigrantes", "os ciganos"},
		[]string{"Todos %s são uns monstros", "%s roubam empregos", "Espero que %s morram", "Nada pior do que %s", "%s não merecem direitos", "%s que se fodam", "%s estão em toda parte. Eles deveriam desaparecer."},
		[]string{"Não odeio %s", "%s são bem-vindos", "%s não são criminosos", "%s dançam na neve"}},
	{"zh", []string{"穆斯林", "同性恋", "女人", "移民", "残疾人"},
		[]string{"%s太可恶了", "%s只会犯罪", "希望%s都去死", "没人喜欢%s", "%s不配活着", "怎么会有人喜欢%s？", "%s滚出去", "到处都是%s。他们都是垃圾。", "为什么%s这么恶心？"},
		[]string{"我不讨厌%s", "我们欢迎%s", "%s不是罪犯", "没有人应该讨厌%s", "%s在雪地里跳舞", "%s值得尊重"}},
}

func TestHateInOtherLanguages(t *testing.T) {
	t.Parallel()
	g := newGuard(t)
	for _, l := range foreign {
		missed, of := 0, 0
		for _, group := range l.groups {
			for _, form := range l.plain {
				of++
				text := strings.ReplaceAll(form, "%s", group)
				if score(g.Text(context.Background(), text, Context{Locale: l.locale})) < 0.8 {
					missed++
					t.Logf("%s: %q is missed", l.locale, text)
				}
			}
			for _, form := range l.gentle {
				text := strings.ReplaceAll(form, "%s", group)
				if found := g.Text(context.Background(), text, Context{Locale: l.locale}); score(found) > 0 {
					t.Errorf("%s: %q: %+v", l.locale, text, found)
				}
			}
		}
		if missed*20 > of {
			t.Errorf("%s: %d of %d are missed", l.locale, missed, of)
		}
	}
}
