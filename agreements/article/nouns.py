"""Words for who speaks: roles, bodies, documents, titles of honour, and the words that names are told from."""

from __future__ import annotations

from agreements.article.lists import listed

ROLES = listed(
    """
    minister president premier chancellor secretary undersecretary spokesperson spokesman spokeswoman spokespeople
    spokespersons spokesmen spokeswomen official officials officer officers ambassador ambassadors envoy envoys
    senator senators lawmaker lawmakers legislator legislators mp mps congressman congresswoman representative
    representatives governor governors mayor mayors judge judges justice justices magistrate prosecutor prosecutors
    attorney attorneys lawyer lawyers barrister barristers solicitor counsel director directors head chief chiefs
    chair chairman chairwoman chairperson commissioner commissioners councillor councillors coordinator co-ordinator
    adviser advisor advisers advisors aide aides analyst analysts researcher researchers professor lecturer academic
    academics scholar historian economist activist activists campaigner campaigners advocate advocates expert
    experts leader leaders general commander colonel captain sergeant major diplomat diplomats negotiator
    negotiators bishop archbishop priest pastor imam sheikh reverend cardinal pope monk king queen prince princess
    rapporteur rapporteurs resident residents villager villagers farmer trader teacher student students nurse doctor
    driver worker workers founder co-founder manager executive ceo editor author journalist reporter correspondent
    columnist broadcaster critic critics supporter supporters opponent opponents refugee refugees migrant migrants
    deportee deportees detainee detainees witness witnesses source sources person man woman men women mother father
    brother sister son daughter wife husband aunt uncle cousin grandmother grandfather neighbour neighbor friend
    friends colleague colleagues interpreter deputy vice-president treasurer speaker ombudsman clerk registrar agent
    agents inspector superintendent constable guard whip backbencher peer lord lady baroness baron secretary-general
    director-general commissioner-general candidate delegate delegates policymaker policymakers bureaucrat
    technocrat trustee fellow pollster strategist chairlady parliamentarian parliamentarians deputies senator-elect
    president-elect prime-minister caretaker patron member members user users organiser organizers organisers
    organizer elder elders chieftain respondent applicant claimant plaintiff plaintiffs defendant owner landlord
    shopkeeper boss veteran presenter host moderator interviewer psychologist psychiatrist ministre président
    présidente porte-parole ministro ministra presidente presidenta canciller portavoz vocero successor predecessor
    counterpart challenger rival ally allies democrat republican socialist politician politicians statesman
    paediatrician pediatrician fisherman hotelier tsar czar chargé vendor rider grower welder waiter waitress
    headmaster headmistress headteacher dean rector librarian sociologist anthropologist scientist engineer architect
    accountant auditor entrepreneur businessman businesswoman landlady chef warden bailiff chaplain vicar rabbi nun
    deacon insider loyalist rebel pensioner widow widower survivor visitor tourist customer client tenant caller
    listener passenger protester protesters demonstrator demonstrators onlooker bystander parishioner parent parents
    photographer filmmaker playwright novelist poet musician mechanic electrician carpenter plumber hairdresser
    fishmonger butler nominee incumbent mandarin policeman policewoman soldier veteran sailor paramedic midwife
    physician surgeon dentist pharmacist philosopher statistician demographer investigator facilitator mediator
    arbitrator negotiator whistleblower informant eyewitness motorist taxi-driver bookseller beekeeper
    """
)
"""Nouns for people by what they do or are."""

PLURAL_ROLES = frozenset(
    word for word in ROLES if word.endswith(("s", "people", "men", "women")) and not word.endswith("ss")
) | frozenset(["men", "women"])

BODIES = listed(
    """
    ministry government department agency office commission committee council court tribunal parliament senate
    congress assembly cabinet presidency embassy mission police army navy union party coalition opposition
    organisation organization charity group groups federation association foundation institute institution centre
    center network alliance campaign company airline firm bureau authority authorities service secretariat board
    panel bench body administration delegation executive treasury watchdog broadcaster bank university church
    chamber legislature consulate directorate division unit force forces taskforce regime state municipality society
    collective forum movement observatory think-tank thinktank ngo ngos house bar caucus faction junta palace
    corporation operator initiative fund programme syndicate league inspectorate judiciary ombudsman's
    """
)
"""Nouns for bodies that speak as one."""

GENERAL_BODIES = {
    "agency": frozenset(["agency", "unhcr", "iom", "frontex", "unicef"]),
    "group": frozenset(), "organisation": frozenset(), "organization": frozenset(), "charity": frozenset(),
    "watchdog": frozenset(), "body": frozenset(), "ngo": frozenset(), "network": frozenset(),
}  # fmt: skip
"""Words by which a body is called again whatever its name."""

BODY_NAMES = listed(
    """
    ministry department office commission committee council court tribunal parliament senate congress assembly
    cabinet presidency embassy mission police army union party coalition federation association foundation institute
    centre center network alliance agency bureau authority service secretariat board international watch university
    church chamber house bank organisation organization nations initiative group forum movement project campaign
    society league fund trust services affairs directorate administration convention front congress rights
    broadcasting corporation tv radio television news times post herald gazette tribune guardian telegraph mail
    press standard monitor nation vision observer independent reuters bbc cnn afp ap npr cbs nbc abc sbs rnz itv
    amnesty unhcr iom ice dhs oxfam frontex unicef refugees action justice clinic aid helpline cross crescent review
    chronicle journal politico axios bloomberg sky al-jazeera aljazeera jazeera xinhua constabulary garda judiciary
    commonwealth caricom ecowas desk newsroom diaspora taskforce legislature bar
    """
)
"""Words of which one in a run of capitals tells a body's name from a person's."""

PRESS = listed(
    """
    reuters bbc cnn afp ap npr cbs nbc abc sbs rnz itv times post herald gazette tribune guardian telegraph mail
    standard monitor nation vision observer newspaper broadcaster tv radio television news reporters journalists
    journalist reporter media press politico axios bloomberg sky al-jazeera aljazeera jazeera xinhua channel station
    magazine website outlet outlets daily weekly agency's paper chronicle journal tabloid
    """
)
"""Words of the press: it hears what is said and passes it on."""

THINGS = listed(
    """
    chalk pen paper book novel film movie song hymn psalm anthem poem ballad verse proverb saying slogan motto title
    headline phrase word words sentence line story joke play show picture photograph photo map chart table chair door
    wall window roof house room hall building road river bridge bed car bus ship boat plane flight telephone phone
    computer screen camera microphone letterbox envelope box bag coffee tea food meal cake cakes money cash cheque
    price cost bill day week month year morning afternoon evening night hour minute moment time date meeting visit
    trip talks plan idea question proposal project number figure name sign law rule way case fact issue matter point
    problem thing things situation process step result end beginning weather rain rights policy programme program
    hand hands head face eyes voice silence
    """
)
"""Nouns for what cannot speak, that a verb of saying may stand beside: "puts down his chalk before he speaks"."""

OUTLETS = listed("newspaper broadcaster radio television channel station magazine website outlet daily weekly tabloid")
"""Nouns for what is printed or broadcast, whose name may follow: "the newspaper Harbour Morning"."""

DOCUMENTS = listed(
    """
    statement statements letter report filing filings document documents memo memorandum communique communiqué
    release note post tweet message email e-mail ruling judgment judgement order decision brief submission affidavit
    declaration complaint petition cable text treaty agreement deal accord law bill resolution notice website paper
    dossier briefing article editorial op-ed speech address testimony transcript reply response motion contract
    opinion factsheet bulletin circular advisory guidance assessment review study survey audit clause paragraph
    sentence caption thread clip video recording footage reading proclamation decree gazette leaflet placard banner
    sign warrant charter constitution preamble annex footnote summary
    """
)
"""Nouns for what is written or recorded, which "says" what its author says."""

HONOURS = listed(
    """
    mr mrs ms miss mx dr prof sir dame lord lady baroness baron madam madame monsieur señor señora senhor don doña
    hon honourable honorable rev reverend father fr sister excellency he h.e h.e. rt right mwalimu comrade cde
    alhaji alhaja hajiya chief ratu tui tuan sheikh shaykh imam pastor bishop archbishop mzee maître me
    """
)
"""Titles of honour that are no part of a name."""

STYLES = listed("lordship ladyship excellency honour honor worship grace majesty highness holiness eminence")
"""What some are called instead of "he" and "she": "His Lordship"."""

MALE = listed(
    """
    mr sir lord spokesman chairman congressman king prince father brother son husband uncle grandfather man
    businessman señor monsieur baron priest monk fisherman imam
    """
)
FEMALE = listed(
    """
    mrs ms miss dame lady baroness madam madame spokeswoman chairwoman congresswoman queen princess mother sister
    daughter wife aunt grandmother woman businesswoman señora chairlady
    """
)

SHORT_TITLES = {
    "sen": "Senator", "rep": "Representative", "gov": "Governor", "gen": "General", "col": "Colonel",
    "lt": "Lieutenant", "capt": "Captain", "maj": "Major", "sgt": "Sergeant", "amb": "Ambassador",
    "adm": "Admiral", "cdr": "Commander", "brig": "Brigadier", "cpl": "Corporal",
    "atty": "Attorney", "cllr": "Councillor", "supt": "Superintendent", "insp": "Inspector",
    "pres": "President", "hon": "Honourable", "msgr": "Monsignor", "prof": "Professor", "dr": "Dr",
}  # fmt: skip

PORTFOLIO = listed(
    """
    prime foreign home interior state deputy vice assistant under acting former first second third permanent
    principal special senior junior chief shadow security homeland defence defense affairs justice finance health
    immigration migration migrations border borders trade labour labor education treasury war commerce energy
    cooperation international regional national external relations internal public safety citizenship communication
    communications information staff republic integration asylum development emergency management women gender human
    rights press media legal political policy planning transport tourism agriculture environment climate economy
    economic industry planning culture sport sports youth local north south east west central northern southern
    eastern western high supreme federal royal presidential parliamentary congressional governmental diplomatic
    consular military police prison prisons corrections customs enforcement civil society general attorney solicitor
    minority majority opposition leader ruling governing conservative labour democratic republican liberal green
    socialist democrat democrats republicans conservatives tory tories lawmaker african europe european africa asia
    pacific caribbean americas western hemisphere refugee refugees country countries co-founder executive managing
    founding honorary incoming outgoing interim court appeal appeals district circuit county municipal city supreme
    constitutional magistrates air force ground corps operations investigations intelligence counter-terrorism
    terrorism crime research programme program advocacy litigation campaigns of for and the at in on to de la du des
    del et y da do per
    """
)
"""Words that make up titles and are no part of a person's name."""

PARTICLES = listed(
    """
    de da do dos das del della dei di du van von den der ter ten la le el al bin ibn ben abu bint binti binte af av
    zu y e wa ya ka ap ab ole arap ould mint
    """
)
"""Small words within names."""

JOINING = listed("of for and the & on to de la des et du against in")
"""Small words within names of bodies."""

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CALENDAR = frozenset(MONTHS) | frozenset(WEEKDAYS) | frozenset(["easter", "christmas", "ramadan", "eid", "lent"])

PRONOUNS = listed("he she they it who i we")
DETERMINERS = listed(
    """
    the a an his her its their our my this that these those one two three four five six several some many another
    other both each every no any your
    """
)
PREPOSITIONS = listed(
    """
    of for at in from with to by on about against after before during over under into through within without between
    among across towards toward upon near since until like per via amid despite ahead behind outside inside
    alongside regarding concerning including besides beyond beside along around following off out
    """
)

STOPS = (
    PREPOSITIONS
    | PRONOUNS
    | listed(
        """
    and or but nor so yet if when while where as because though although whether than then that which who whom whose
    what how why is was are were be been being has have had will would shall should can could may might must did
    does do not never also only just still even too there here him them me us him's them's however meanwhile
    nevertheless moreover furthermore later earlier yesterday today tomorrow tonight once again now already soon
    asked according instead nonetheless thus hence indeed perhaps maybe yes nothing something everything anything
    everyone someone anyone nobody none later both either neither such more most less least very separately
    similarly likewise finally lastly firstly recently currently previously originally initially apparently
    reportedly speaking replying responding referring citing quoting
    """
    )
)
"""Words that end a walk over what belongs to a noun."""

STARTS = (
    STOPS
    | DETERMINERS
    | PORTFOLIO & frozenset(["second", "first", "third", "former"])
    | listed(
        """
    under over since until amid despite following last next all each every no both yes no q a dear thank thanks let
    please read related photo image file watch listen see video updated published additional reporting editing more
    new why how what when where who which whose our my your his her its their if unless given asked pressed speaking
    standing sitting addressing responding reacting writing posting answering commenting looking turning quotes
    quote key background notes critics opponents supporters officials lawyers campaigners activists residents
    experts observers analysts aides diplomats lawmakers sources people families relatives reached contacted
    questioned visibly clearly there here then now still just only even also once again elsewhere earlier later
    yesterday today tomorrow tonight meanwhile however nevertheless moreover furthermore but and or so yet because
    although though while as that this these those it he she they we i you for from in on at by to with without
    after before during about of off into unlike like one two three four five six seven eight nine ten several some
    many most another other such let's it's that's there's here's he's she's we're they're i'm you're
    """
    )
)
"""Words that have a capital only because a sentence begins with them."""
