"""How a Vietnamese syllable is built, where its tone belongs, and what Telex, VNI or VIQR key strokes make of one."""

import re
from typing import NamedTuple
from unicodedata import normalize

# Combining marks in dictionary order of the tones; the level tone (ngang) has no mark.
TONE_MARKS = "\u0300\u0309\u0303\u0301\u0323"

_VOWELS = "aăâeêioôơuưy"
_NUCLEI_IN_USE = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi oo ôi ơi ua uâ uê ui uô uơ uy ưa ưi ươ ưu yê"
    " iêu oai oao oay oeo uây uôi ươi ươu uya uyê uyu yêu"
)
_NUCLEI = frozenset(_NUCLEI_IN_USE.split())
_ONLY_BEFORE_A_FINAL = frozenset(("ă", "â", "iê", "oă", "oo", "uâ", "uô", "uyê", "ươ", "yê"))
_STOPS = frozenset(("c", "ch", "k", "p", "t"))
_TONES_OF_STOPS = ("\u0301", "\u0323")  # a syllable that ends in a stop bears sắc or nặng
_FINALS = frozenset(("", "m", "n", "ng", "nh")) | _STOPS
_CONSONANTS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_INITIALS = frozenset(("", *_CONSONANTS.split()))
# The u of "qu" and the i of "gi" belong to the consonant whenever another vowel follows.
_SHAPE = re.compile(rf"(qu(?=[{_VOWELS}])|gi(?=[{_VOWELS}])|[^\W\d_{_VOWELS}]*)([{_VOWELS}]+)([^\W\d_{_VOWELS}]*)")


class Syllable(NamedTuple):
    """A lower-case syllable without its tone; `carrier` is the index of the letter that bears one."""

    initial: str
    nucleus: str
    final: str
    carrier: int

    @property
    def native(self) -> bool:
        """False for the consonants that only borrowed and minority names begin with."""
        return self.initial in _INITIALS


class _Keyboard(NamedTuple):
    """An input method: sequences that make one letter, and its tone keys in the order of `TONE_MARKS`."""

    letters: tuple[tuple[str, str], ...]
    tones: str
    punctuation: bool


_MARKED_LETTERS = ("đ", "â", "ê", "ô", "ă", "ươ", "ơ", "ư")


def _letters(sequences: str) -> tuple[tuple[str, str], ...]:
    return tuple(zip(sequences.split(), _MARKED_LETTERS, strict=True))


TELEX = _Keyboard(_letters("dd aa ee oo aw uow ow uw"), "frxsj", False)
VNI = _Keyboard(_letters("d9 a6 e6 o6 a8 uo7 o7 u7"), "23415", False)
VIQR = _Keyboard(_letters("dd a^ e^ o^ a( u+o+ o+ u+"), "`?~'.", True)


def split_tone(word: str) -> tuple[str, str]:
    """Return `word` without tone marks (NFC) and the marks that were taken off, in their order."""
    apart = normalize("NFD", word)
    tones = "".join(char for char in apart if char in TONE_MARKS)
    return normalize("NFC", "".join(char for char in apart if char not in TONE_MARKS)), tones


def parse(toneless: str) -> Syllable | None:
    """Take a lower-case word without tone apart, or None where Vietnamese has no such rhyme."""
    shape = _SHAPE.fullmatch(toneless)
    if not shape:
        return None
    initial, nucleus, final = shape.groups()
    if nucleus not in _NUCLEI or final not in _FINALS:
        return None
    if nucleus in _ONLY_BEFORE_A_FINAL and not final:
        return None
    return Syllable(initial, nucleus, final, len(initial) + _carrier(nucleus, final))


def _carrier(nucleus: str, final: str) -> int:
    marked = [index for index, vowel in enumerate(nucleus) if vowel in "ăâêôơ"]
    if marked:
        return marked[-1]
    if "ư" in nucleus:
        return nucleus.index("ư")
    if final:
        return len(nucleus) - 1
    return 1 if len(nucleus) == 3 else 0


def is_vietnamese_word(word: str) -> bool:
    """Tell whether `word` is one Vietnamese syllable, written small, in capitals or with a capital first."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    toneless, tones = split_tone(word.lower())
    syllable = parse(toneless)
    if syllable is None or not syllable.native or len(tones) > 1:
        return False
    return syllable.final not in _STOPS or tones in _TONES_OF_STOPS


def place_tone(word: str) -> str:
    """Move the tone of one native syllable to its traditional letter (hoà becomes hòa); others stay as they are."""
    toneless, tones = split_tone(word)
    if len(tones) != 1:
        return word
    syllable = parse(toneless.lower())
    if syllable is None or not syllable.native:
        return word
    after = syllable.carrier + 1
    return normalize("NFC", toneless[:after] + tones + toneless[after:])


def typed_marks(word: str, keyboard: _Keyboard) -> int:
    """Count the marks in `word` if it is the raw key strokes of one Vietnamese syllable ("Nguyeenx" has 2), else 0."""
    text = word.lower().rstrip(".,;:?!'") if keyboard.punctuation else word.lower()
    text, tone = _take_tone(text, keyboard.tones)
    marks = len(tone)
    for keys, letter in keyboard.letters:
        marks += text.count(keys)
        text = text.replace(keys, letter)
    syllable = parse(text)
    if marks == 0 or syllable is None or not syllable.native or len(text) < 2:
        return 0
    if syllable.final in _STOPS and tone not in tuple(keyboard.tones[3:]):
        return 0
    return marks


def _take_tone(text: str, tones: str) -> tuple[str, str]:
    """Take the tone key out of a lower-case word; it stands after a vowel, and at most once."""
    found = re.fullmatch(rf"(.*[aeiouyw0-9^(+].*?)([{re.escape(tones)}])([^{re.escape(tones)}]*)", text)
    return (found[1] + found[3], found[2]) if found else (text, "")
