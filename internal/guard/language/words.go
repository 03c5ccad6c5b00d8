package language

// latin are the languages in Latin letters: words that most sentences hold,
// and letters that few others have.
var latin = [...]struct{ tag, letters, words string }{
	{"cs", "ěřůčďťň", "a je na se že to v s z do pro jako ale který která jsou byl byla pod nad ve po od při jsem kde moje můj naše ten ta i u k si by nebo má všichni"},
	{"da", "æø", "og i at det en den til er som på de med han af for ikke der var mig sig men et har om vi min mit havde ham hun nu over da fra du ud sin dem os op hvor eller hvad skal jeg mine"},
	{"de", "ßäöü", "der die das und ist ein eine einen einem einer in im mit auf für von zu den dem des nicht ich wir sie er es ihr auch wie aus bei nach vor über unter am zum zur seit alle man sind hat haben wird mein meine sein seine dieser diese kein keine oder aber nur noch schon was wenn"},
	{"en", "", "the a an of and to in is on with for at by from my our your his her their that this it as are was be we you i they he she not no all who into out up down over under just but or so have has had do does don't what when where make like one if me us them can will please"},
	{"es", "ñ¿¡", "el la los las un una unos unas de del y en con por para que es al se su mi tu no lo como más pero sus le ya este esta sin sobre entre también todo toda todos desde cuando muy hay está son eres soy qué donde bajo yo ellos"},
	{"fi", "", "ja on ei se että en hän oli mutta kun niin myös ovat joka mitä minä sinä me te he kuin jos tai vain nyt sitten minun sen ole olen kaikki yksi kaksi talvi lumi"},
	{"fr", "œç", "le la les un une des du de et en à au aux dans sur avec pour par que qui est ce cette ces il elle ils elles je tu nous vous on ne pas plus mon ma mes son sa ses leur mais ou où sous chez sont fait d l j c qu s n tout tous très comme"},
	{"hu", "őű", "a az és egy hogy nem is van volt meg csak de ez mint még már fel le ha vagy én te mi ti ők minden nagy itt ott majd kell lesz mert alatt"},
	{"id", "", "yang dan di ke dari ini itu dengan untuk pada tidak adalah saya aku kamu kami kita mereka dia akan ada juga sudah bisa oleh sebuah seorang seekor dalam atas bawah karena atau anak rumah"},
	{"it", "", "il lo la i gli le un uno una di del della dei delle dello da dal dalla in nel nella nei e è con su sul sulla per tra fra che chi non mi ti si ci vi sono ha ho al alla ai alle questo questa come più ma anche tutti tutto mio mia sotto sopra dopo dove quando l"},
	{"nb", "æø", "og i det er på som en et til av for at med de ikke den har jeg om så han men var meg seg vi min mitt hun nå over da ved fra du ut sin dem oss opp hvor eller hva skal etter mine være noe deg"},
	{"nl", "", "de het een en van in op te dat die is met voor zijn er niet aan ook als om bij dan nog naar uit wij ik je jij hij zij ze haar hem onze mijn maar door over tot wordt geen wie wat waar alle onder tegen deze dit heeft hebben"},
	{"pl", "łżźąęśń", "i w na z do się nie to że jest jak o od po za dla przez ale co czy już tylko który która są był była pod nad przy moja mój nasza ten ta ja my wy oni kiedy gdzie bo"},
	{"pt", "ãõ", "o a os as um uma uns umas de do da dos das e em no na nos nas com por para que é ao à se seu sua meu minha não mais como mas foi são está ele ela eu você nós eles sem sobre entre também quando muito há pelo pela num numa debaixo onde"},
	{"ro", "ășțâ", "și în de la cu pe un o este sunt nu că din pentru mai care ce se a al ale lui ei noi voi eu tu el ea dar sau sub peste când unde foarte mea meu toate toți într"},
	{"sv", "åäö", "och i att det en den till är som på de med han av för inte där var mig sig men ett har om vi min mitt hade hon nu över då från du ut sin dem oss upp hur eller vad ska jag mina under när alla"},
	{"tr", "ğış", "ve bir bu da de için ile ne gibi daha çok o ben sen biz siz onlar var yok mi mı değil ama en kadar sonra her olan olarak benim senin altında üstünde içinde kar"},
}
