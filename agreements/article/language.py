"""The language of a few words, told from the small words that every sentence has; empty where they do not tell."""

from __future__ import annotations

import re

_SMALL = {
    "en": """the of and to in is that it was for on are with as be this have not by we they from or you our will would
        has been no there their what which can who if more when them do i he she his her an at but all its so about""",
    "fr": """le la les des un une et est que qui dans pour pas nous vous ils elles ne ce cette au aux du sur avec sont
        par plus être avons ont notre nos votre il elle se sa son leur mais ou où aucun c'est n'est l'on""",
    "es": """el la los las un una y es que en por para con no se del al lo nos su sus como más pero ha han este esta
        hemos son fue ser nosotros ni tenemos hay sino porque ya muy nuestro nuestra también""",
    "pt": """o a os as um uma e é que em por para com não se do da dos das ao no na nos nas mais mas ser são foi este
        esta temos nós nosso nossa seu sua como também já há ou pelo pela isso""",
    "de": """der die das und ist in den von zu mit nicht ein eine auf für dem sich es wir sie sind auch als an werden
        haben wird im des bei oder aus nach hat kein keine""",
    "it": """il lo la i gli le un una e è che in per con non si del della dei delle al alla sono più ma come anche ha
        hanno questo questa noi nostro nostra di da nel nella siamo""",
    "nl": """de het een en van in is dat op te voor met niet zijn aan er om we wij ze als ook door naar bij uit worden
        heeft hebben geen""",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def language_of(words: str) -> str:
    """An ISO 639-1 code, or an empty text: at least two small words of one language, and more than of any other."""
    found = [word.lower().replace("’", "'") for word in _WORD.findall(words)]
    score = {language: sum(word in small for word in found) for language, small in _WORDS.items()}
    first, second = sorted(score.values(), reverse=True)[:2]
    if first < 2 or first == second or first < 0.15 * len(found):
        return ""
    return max(score, key=lambda language: score[language])
