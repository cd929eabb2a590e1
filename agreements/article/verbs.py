"""Verbs by which something is said, in the forms that newsrooms print."""

from __future__ import annotations

from agreements.article.lists import listed

_REGULAR = """
add announce answer argue acknowledge admit affirm allege apologise apologize assert assure attack accuse appeal
advise back blast boast brand blame bemoan brag celebrate challenge call claim clarify comment complain concede
conclude condemn confirm contend continue counter convey caution characterise characterize charge chime cite
criticise criticize decry defend demand denounce deny deplore describe detail declare dispute dismiss disclose dub
disagree elaborate emphasise emphasize enthuse estimate explain explode exclaim express fume gush hail highlight
hint imply indicate inform insist instruct intone joke justify label lament laud lambast lambaste maintain mention
moan mock muse mutter name note notify oppose object observe opine outline phrase plead pledge praise predict
proclaim promise propose protest point pronounce post query question quip reaffirm reassure rebuke recall recount
refuse refute reiterate reject relate remark remind repeat reply report request respond retort reveal recommend
relay rail rule retweet savage scoff share shout sigh signal slam slate smile specify speculate state stress submit
suggest summarise summarize surmise slap tease term testify thank threaten thunder trumpet tweet underline
underscore urge commit consider deem direct envisage fear hope liken depict portray order regard talk utter venture
verify voice volunteer vow warn welcome whisper wonder worry
"""
_IRREGULAR = """
say says said saying
tell tells told telling
write writes wrote written writing
go goes went gone going
put puts put putting
read reads read reading
speak speaks spoke spoken speaking
find finds found finding
hold holds held holding
hit hits hit hitting
swear swears swore swearing
feel feels felt feeling
think thinks thought thinking
believe believes believed believing
ask asks asked asking
refer refers referred referring
sum sums summed summing
chip chips chipped chipping
"""

PAST, PRESENT, BASE, PARTICIPLE = "past", "present", "base", "participle"

_ELSEWHERE = """
déclaré affirmé indiqué expliqué assuré ajouté précisé souligné confirmé estimé déclare affirme explique ajoute
dijo afirmó declaró señaló aseguró agregó explicó sostuvo manifestó indicó añadió reiteró dice
disse afirmou declarou explicou acrescentou garantiu sagte erklärte betonte
"""


def _forms(verb: str) -> tuple[str, str, str]:
    """Present, past and participle of a regular verb."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb in ("admit", "submit", "refer", "commit", "quip", "slam", "dub", "brag", "slap", "rebut"):
        return f"{verb}s", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"
    present = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"
    return present, f"{verb}ed", f"{verb}ing"


def _table() -> dict[str, tuple[str, str]]:
    """Each form with the verb and which form it is; a form that is several keeps the first: past before the rest."""
    table: dict[str, tuple[str, str]] = {}
    for verb in _REGULAR.split():
        present, past, participle = _forms(verb)
        for form, what in ((past, PAST), (present, PRESENT), (verb, BASE), (participle, PARTICIPLE)):
            table.setdefault(form, (verb, what))
    for line in _IRREGULAR.split("\n"):
        forms = line.split()
        if forms:
            base, present, *past, participle = forms
            for form, what in (
                *((each, PAST) for each in past),
                (present, PRESENT),
                (base, BASE),
                (participle, PARTICIPLE),
            ):
                table.setdefault(form, (base, what))
    for form in _ELSEWHERE.split():
        table.setdefault(form, ("say", PAST))
    return table


FORMS = _table()

PLAIN = listed(
    """
    add announce answer argue acknowledge admit affirm allege assert assure sum chip ask caution claim clarify comment
    complain concede conclude confirm contend continue counter declare elaborate emphasise emphasize exclaim explain
    fume hint inform insist joke lament maintain muse note observe opine plead pledge point post predict proclaim
    promise protest quip reaffirm reassure recall reiterate remark remind repeat reply report respond retort reveal
    say scoff signal specify state stress suggest summarise summarize tell testify thunder tweet underline
    underscore urge vow warn whisper write read enthuse gush boast warn rule deny disclose predict speculate wonder
    share go put outline swear volunteer venture complain smile sigh shout intone mutter chime detail demand phrase
    appeal declare apologise apologize request propose recommend relate recount indicate express object thank hit
    worry disagree counter highlight mention think believe feel estimate advise instruct verify convey relay find
    hold threaten query question blast slam challenge rail submit utter explode surmise
    """
)
"""Verbs that may stand after quoted words with their speaker: "…," he added."""

INDIRECT = listed(
    """
    add announce argue acknowledge admit affirm allege assert caution claim clarify concede conclude confirm contend
    declare deny disclose emphasise emphasize explain indicate inform insist maintain note predict promise pledge
    reaffirm reiterate reply respond reveal say state stress suggest tell testify underline underscore urge vow warn
    reject rule refuse write remark observe complain hint recall repeat respond signal specify threaten dispute
    refute assure propose demand find appeal call hold believe recommend dismiss oppose welcome criticise criticize
    condemn defend denounce question ask
    """
)
"""Verbs that report words in the reporter's own: "he said that talks were at an early stage"."""

CLAUSE_ONLY = listed(
    """
    find hold reply respond suggest claim hint rule recall repeat ask believe inform assure call appeal write tell
    note state observe remark question indicate signal
    """
)
"""Of these the ones that report words only before a clause: "he claimed that", never "he claimed asylum"."""

NOUN_TOO = listed(
    """
    fear fears order orders talk talks hope hopes commit answer answers call calls challenge challenges charge
    charges claim claims comment comments counter counters cite demand demands detail details estimate estimates
    express hint hints label labels laud name names note notes object objects post posts promise promises protest
    protests query queries question questions remark remarks reply replies report reports request requests rule
    rules share shares signal signals smile smiles state states stress submit tease term terms thank thanks tweet
    tweets voice voices welcome whisper worry worries point points outline outlines phrase phrases slate attack
    attacks back backs blame blames brand brands boast boasts rebuke pledge pledges vow vows finding findings
    reading writing hold holds put puts hit hits read go goes find finds feeling telling saying sayings dispute
    disputes appeal appeals detail mock ruling holding rail savage plead going volunteer volunteers venture ventures
    relay speaking highlight highlights thought felt found held
    """
)
"""Forms that are nouns as well: verbs only right after who speaks."""

WEAK = listed(
    """
    think believe feel wonder worry hit hold find put go name share smile back point charge detail
    """
)
"""Verbs that report words only next to them."""

NAMING = listed(
    """
    regard consider deem liken order direct call describe dismiss brand label denounce condemn hail praise slam
    blast dub term criticise criticize characterise characterize decry deplore mock laud attack lambast lambaste
    welcome defend accuse refer reject depict portray phrase pronounce slate savage rail blame speak
    """
)
"""Verbs that quote a judgement: he called it "…"."""

BE = listed("is was are were be been being")
HAVE = frozenset(["has", "have", "had", "having"])
WILL = listed(
    """
    will would shall should can could may might must did does do didn't doesn't don't to not never
    """
)
LINKING = BE | HAVE | WILL
FINITE = (BE | HAVE | WILL) - listed("to not never be been being having")
CITING = listed("quoted quoting quotes quote cited citing cites cite")
SEEN_SAYING = listed(
    """
    quoted cited reported heard recorded seen filmed shown understood alleged believed said
    """
)
