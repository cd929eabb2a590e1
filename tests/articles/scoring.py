"""How well the proposals made of an article agree with what a reader wrote down of it: counts, shares and each miss."""

import difflib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
# What may stand before a person's name without making it another name.
TITLES = frozenset(
    re.findall(
        r"\w+",
        """
        mr mrs ms miss mme dr prof professor hon honourable honorable right rt sir dame lady lord baroness
        president vice pm prime premier minister secretary state foreign senator sen rep representative
        congressman congresswoman mp deputy undersecretary judge justice chief commissioner ambassador
        governor mayor general gen lieutenant lt colonel col major maj captain capt brigadier brig
        superintendent reverend rev pastor bishop archbishop father sister imam sheikh king queen prince
        princess attorney speaker councillor paramount director former acting interim spokesman spokeswoman
        spokesperson his her excellency leader opposition of the
        """,
    )
)
ARTICLES = re.compile(r"^(?:(?:the|an?|one of the|his|her|their|its) )+")
SPOKESPERSON = re.compile(r"\bspokes(?:wo)?man\b")
# "spokesperson for the ministry", "ministry's spokesperson": the same as "ministry spokesperson".
SPEAKS_FOR = re.compile(r"^spokesperson (?:for|of) (.+)$|^(.+?)(?:'s|(?<=s)') spokesperson$")
# Two quotations this alike are the same one, cut differently.
NEAR = 0.6


@dataclass(frozen=True)
class Article:
    """A text, `suffix` .txt or .html, with its annotations as the README tells them."""

    slug: str
    suffix: str
    text: str
    gold: Mapping


@dataclass
class Comparison:
    """What became of one article: pairs of annotation and proposal, and what was left over on either side.

    `near` pairs a missed annotation with the invented quotation most like it; both stay in `missed` and `invented`.
    """

    slug: str
    matched: list[tuple[Mapping, object]] = field(default_factory=list)
    missed: list[Mapping] = field(default_factory=list)
    invented: list[object] = field(default_factory=list)
    near: list[tuple[Mapping, object]] = field(default_factory=list)
    wrong_speakers: list[tuple[Mapping, object]] = field(default_factory=list)
    indirect_found: list[Mapping] = field(default_factory=list)
    indirect_missed: list[Mapping] = field(default_factory=list)


def corpus(folder: Path = HERE) -> list[Article]:
    """The articles of a folder by name, each with its annotations; a text without them is an error."""
    texts = sorted(path for path in Path(folder).iterdir() if path.suffix in (".txt", ".html"))
    return [
        Article(
            path.stem, path.suffix, path.read_text("utf-8"), json.loads(path.with_suffix(".json").read_text("utf-8"))
        )
        for path in texts
    ]


def folded(quote: str) -> str:
    """A quotation as it is compared: marks of one kind, single spaces, no comma before a space."""
    marks = re.sub(r"``|''|[“”„‟\"«»‘’‚‛`‹›]", "'", quote.replace("…", "..."))
    return re.sub(r"\s+", " ", re.sub(r",(?=\s)", "", marks)).strip()


def folded_name(name: str) -> str:
    """A speaker as it is compared: no case, article or full stops; single spaces; unnamed spokespeople in one form."""
    plain = re.sub(r"\s+", " ", re.sub(r"[’`]", "'", name.casefold()).replace(".", "")).strip(" ,")
    plain = SPOKESPERSON.sub("spokesperson", ARTICLES.sub("", plain))
    if unnamed := SPEAKS_FOR.match(plain):
        plain = f"{ARTICLES.sub('', unnamed[1] or unnamed[2])} spokesperson"
    return plain


def same_speaker(given: str | None, accepted: str | list[str]) -> bool:
    """Whether a speaker is one of those accepted; a person of two names or more may have titles or not."""
    given = folded_name(given or "")
    for other in [accepted] if isinstance(accepted, str) else accepted:
        short, long = sorted((given, folded_name(other)), key=len)
        if short == long:
            return True
        if len(short.split()) > 1 and long.endswith(f" {short}"):
            before = long.removesuffix(short).replace("-", " ").split()
            if TITLES.issuperset(before) and before[-1] not in ("of", "the"):
                return True
    return False


def part(proposal, name: str):
    """A field of a proposal, be it an object or a dict; None where there is no such field."""
    return proposal.get(name) if isinstance(proposal, Mapping) else getattr(proposal, name, None)


def compare(gold: Mapping, proposals: Iterable, slug: str = "") -> Comparison:
    """Match proposals with annotations, one to one and in order: quotations by their folded words.

    Whatever has a `quote` counts as a quotation, also where it says that it is indirect. A proposal of words that are
    annotated as optional counts neither way. Indirect statements are found where the most of their words are in the
    `summary` of a proposal without a quote.
    """
    result = Comparison(slug)
    proposals = list(proposals)
    left = [one for one in proposals if part(one, "quote")]
    for statement in gold["statements"]:
        same = next((one for one in left if folded(part(one, "quote")) == folded(statement["quote"])), None)
        if same is None:
            result.missed.append(statement)
            continue
        left = [one for one in left if one is not same]
        result.matched.append((statement, same))
        if not same_speaker(part(same, "speaker"), statement["speaker"]):
            result.wrong_speakers.append((statement, same))
    optional = {folded(one["quote"]) for one in gold.get("optional", [])}
    result.invented = [one for one in left if folded(part(one, "quote")) not in optional]
    for statement in result.missed:
        alike = [(_likeness(statement["quote"], part(one, "quote")), one) for one in result.invented]
        likeness, nearest = max(alike, key=lambda pair: pair[0], default=(0, None))
        if likeness >= NEAR:
            result.near.append((statement, nearest))
    summaries = [_words(part(one, "summary") or "") for one in proposals if not part(one, "quote")]
    for statement in gold.get("indirect", []):
        words = _words(statement["words"])
        found = any(len(words & others) > 0.7 * len(words) for others in summaries)
        (result.indirect_found if found else result.indirect_missed).append(statement)
    return result


def _likeness(one: str, other: str) -> float:
    one, other = folded(one), folded(other)
    if one in other or other in one:
        return 1
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


@dataclass(frozen=True)
class Totals:
    """Shares over a whole corpus, each quotation counted alike (micro-averaged); a share of nothing is 1.

    `stance` is over matched quotations with an annotated stance, `dates` over all matched ones (day and precision).
    """

    quotations: int
    precision: float
    recall: float
    f1: float
    speakers: float
    stance: float
    dates: float
    indirect: float


def totals(comparisons: Iterable[Comparison]) -> Totals:
    """The shares over the articles that were compared."""
    all_of = list(comparisons)
    pairs = [pair for one in all_of for pair in one.matched]
    missed = sum(len(one.missed) for one in all_of)
    invented = sum(len(one.invented) for one in all_of)
    precision, recall = _share(len(pairs), len(pairs) + invented), _share(len(pairs), len(pairs) + missed)
    clear = [(gold["stance"], part(given, "stance")) for gold, given in pairs if gold.get("stance")]
    found = sum(len(one.indirect_found) for one in all_of)
    return Totals(
        quotations=len(pairs) + missed,
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        speakers=1 - _share(sum(len(one.wrong_speakers) for one in all_of), len(pairs), of_nothing=0),
        stance=_share(sum(str(given) == wanted for wanted, given in clear), len(clear)),
        dates=_share(sum(_same_date(*pair) for pair in pairs), len(pairs)),
        indirect=_share(found, found + sum(len(one.indirect_missed) for one in all_of)),
    )


def _share(some: int, of_all: int, of_nothing: float = 1.0) -> float:
    return some / of_all if of_all else of_nothing


def _same_date(gold: Mapping, given) -> bool:
    return _text(gold["date"]) == _text(part(given, "date")) and (
        not gold["date"] or _text(gold["precision"]) == _text(part(given, "precision"))
    )


def _text(value) -> str:
    return "" if value is None else str(value)


def score(read: Callable[[Article], Iterable], folder: Path = HERE) -> tuple[Totals, list[Comparison]]:
    """Have `read` make proposals of every article of a folder: the shares, and what became of each article."""
    comparisons = [compare(article.gold, read(article), article.slug) for article in corpus(folder)]
    return totals(comparisons), comparisons


def report(comparisons: Iterable[Comparison]) -> str:
    """Each miss on a line of its own, under its article; then the shares."""
    comparisons = list(comparisons)
    lines = []
    for one in comparisons:
        misses = [f"  missed     {_line(gold)}" for gold in one.missed]
        misses += [f"  invented   {_line(given)}" for given in one.invented]
        misses += [f"  near       {gold['quote']!r}\n     not     {part(given, 'quote')!r}" for gold, given in one.near]
        misses += [
            f"  speaker    {_line(gold)}\n     not     {part(given, 'speaker')!r}" for gold, given in one.wrong_speakers
        ]
        lines += [one.slug, *misses] if misses else []
    sums = totals(comparisons)
    lines.append(
        f"{sums.quotations} quotations: precision {sums.precision:.3f}, recall {sums.recall:.3f}, F1 {sums.f1:.3f}; "
        f"speakers {sums.speakers:.3f}; for information: stance {sums.stance:.2f}, dates {sums.dates:.2f}, "
        f"indirect statements {sums.indirect:.2f}"
    )
    return "\n".join(lines)


def _line(one) -> str:
    speaker = part(one, "speaker")
    return f"{speaker if isinstance(speaker, str) else ' / '.join(speaker or ['nobody'])}: {part(one, 'quote')!r}"
