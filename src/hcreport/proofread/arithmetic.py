"""A sentence held against itself: counts against their percentages, parts against their sums.

Each check either confirms a number that the ledger did not know, or says what it should be. It
never overrules a number that the ledger found right.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from hcreport.figures.algebra import Unit
from hcreport.figures.shown import half_up, money, show
from hcreport.proofread.claims import Outcome, Verdict
from hcreport.proofread.hearing import About
from hcreport.proofread.numbers import Bound, Kind, Number, numbers
from hcreport.proofread.scope import Sentence

Verdicts = dict[Number, Verdict]
Abouts = dict[Number, About]

_BETWEEN = 70
_WHOLES = 1000
_MADE_UP = re.compile(
    r"[^.;:()]{0,60}?"
    r"(?::|\(|made up of|compris\w+(?: of)?|consist\w* of|split (?:between|into))\s*",
    re.IGNORECASE,
)
_IN_ALL = re.compile(
    r"(?:\s+(?:complaints|cases))?,?\s+(?:in all|altogether|in total|combined)\b", re.IGNORECASE
)
# "85% of the money" is of another whole than the counts beside it.
_OF_ELSE = re.compile(
    r"\s+of (?:the |all )?(?:money|sum|amount|compensation|total)\b", re.IGNORECASE
)
_STAGE = re.compile(r"\bstage [12]\b", re.IGNORECASE)
_APART = re.compile(r"\b(?:against|than|compared|while|whereas|but|when|where)\b|;", re.IGNORECASE)
_OF_WHICH = re.compile(r"[^.;:()\d]{0,40},?\s+of (?:which|whom|these|them)\s+(?:only |just )?")
_STATED = re.compile(
    r"[^.;:()\d]{0,40}(?:\(|,? or |, which is |, that is )\s*(?:nearly |about |just \w+ )?"
)
_AND_OF = re.compile(r"[^.;:()\d]{0,60},?\s+and\s+")
_OF_THEM = re.compile(r"\s+of (?:them|those|these)\b")
_FOR = re.compile(r"\s+[^.;:()\d]{0,30}\bfor\s+(?:the\s+)?")
_RATE = re.compile(r"[^.;:()\d]{0,50}\b(?:rate|share)\b[^.;:()\d]{0,20}|[^.;:()\d]{0,20},\s+or\s+")
_ALL_BUT = re.compile(r"\b(?:all but|all except)\s+\Z", re.IGNORECASE)
_AVERAGE = re.compile(r"\b(?:average|mean)\b(?! (?:of the|over))", re.IGNORECASE)
_SUMMED = re.compile(
    r"\b(?:a total of|totalling|altogether|in all|in total|which makes|making|giving|together"
    r"|a combined)\s*(?:total\s*(?:of\s*)?)?\Z",
    re.IGNORECASE,
)


def check(sentence: Sentence, verdicts: Verdicts, abouts: Abouts) -> None:
    """Everything that a sentence's numbers say of each other."""
    for part, whole, percent in _triples(sentence, abouts):
        _hold_share(part, whole, percent, verdicts)
    for percent, whole in _shares_of(sentence, abouts):
        _hold_possible(percent, whole, verdicts)
    for total, parts in _sums(sentence, abouts):
        _hold_sum(total, parts, verdicts)
    for money_paid, cases, mean in _averages(sentence):
        _hold_average(money_paid, cases, mean, verdicts)
    for part, whole in sentence.pairs:
        _spare_rest(part, whole, verdicts)
    for number in abouts:
        beyond = number.kind is Kind.PERCENT and number.value > 1 and not abouts[number].is_change
        if beyond and re.match(r"\s+of\b", sentence.text[number.end :]):
            refute(number, verdicts, "no share of a whole is more than 100%", "")


def is_open(number: Number, verdicts: Verdicts) -> bool:
    """Whether nothing is surely known of a number yet."""
    verdict = verdicts[number]
    return verdict.outcome is Outcome.UNKNOWN or (
        verdict.outcome is Outcome.WRONG and not verdict.is_sure
    )


def confirm(number: Number, verdicts: Verdicts, why: str) -> None:
    """Call a number right that nothing was surely known of."""
    if is_open(number, verdicts):
        verdicts[number] = Verdict(Outcome.RIGHT, why)


def refute(number: Number, verdicts: Verdicts, why: str, should_be: str) -> None:
    """Call a number wrong, unless it is known to be right, or wrong already."""
    if verdicts[number].outcome is Outcome.UNKNOWN:
        verdicts[number] = Verdict(Outcome.WRONG, why, should_be)


def true_value(number: Number, verdict: Verdict) -> Fraction:
    """What a number should be, where the ledger knows; else what it says."""
    fact = verdict.fact
    if fact is None and verdict.outcome is Outcome.WRONG:
        should_be = [n for n in numbers(verdict.should_be) if n.kind is number.kind]
        return should_be[0].value if should_be else number.value
    return fact.value if fact is not None and fact.kind is number.kind else number.value


def _spare_rest(part: Number, whole: Number, verdicts: Verdicts) -> None:
    """What a part leaves of its whole: "591 of 606 were on time, leaving 15"."""
    if any(verdicts[n].outcome is not Outcome.RIGHT for n in (part, whole)):
        return
    for number, verdict in verdicts.items():
        is_rest = number.kind is Kind.COUNT and number.value == whole.value - part.value
        if is_rest and number.start > whole.end and verdict.outcome is Outcome.WRONG:
            verdicts[number] = Verdict(Outcome.RIGHT, f"{whole.text} less {part.text}")


# --- A count, its base and its percentage ---


def _triples(sentence: Sentence, abouts: Abouts) -> Iterator[tuple[Number, Number, Number]]:
    """A count, what it is a count of, and the percentage beside them."""
    text, used = sentence.text, set()
    percents = [
        n
        for n in sentence.figures
        if n.kind is Kind.PERCENT and not n.is_word and not abouts[n].is_change
    ]
    for part, whole in sentence.pairs:
        if _ALL_BUT.search(text[: part.start]):
            continue
        beside = [p for p in percents if _is_beside(text, part, whole, p, sentence.figures)]
        if len(sentence.pairs) == 1 and len(percents) == 1:
            beside = [p for p in percents if _is_of_pair(text, part, whole, p)]
        for percent in beside[:1]:
            used.add(percent)
            yield part, whole, percent
    for part, whole, percent in _led_up_to(sentence):
        if percent in percents and percent not in used:
            used.add(percent)
            yield part, whole, percent
    yield from _over_base(sentence, [p for p in percents if p not in used])


def _is_of_pair(text: str, part: Number, whole: Number, percent: Number) -> bool:
    """Whether the one percentage of a sentence is that of its one count of a count."""
    between = text[whole.end : percent.start] or text[percent.end : part.start]
    return not _APART.search(between) and not _OF_ELSE.match(text, percent.end)


def _over_base(
    sentence: Sentence, percents: list[Number]
) -> Iterator[tuple[Number, Number, Number]]:
    """Counts with their percentages in brackets, of the base that the sentence opens with."""
    base = opening_base(sentence)
    if base is not None:
        for percent in percents:
            count = _bracketed_after(sentence.text, percent, sentence.figures)
            if count is not None and count is not base:
                yield count, base, percent


def _led_up_to(sentence: Sentence) -> Iterator[tuple[Number, Number, Number]]:
    """Two counts that lead up to a percentage: "eight, of which five are done (63%)"."""
    figures, text = sentence.figures, sentence.text
    for a, b, percent in zip(figures, figures[1:], figures[2:], strict=False):
        between, after = unstaged(text[a.end : b.start]), unstaged(text[b.end : percent.start])
        if a.kind is not Kind.COUNT or b.kind is not Kind.COUNT:
            continue
        of_it = _AND_OF.fullmatch(between) and _OF_THEM.match(text, b.end)
        if (of_it or _OF_WHICH.fullmatch(between)) and _STATED.fullmatch(after):
            yield b, a, percent
        elif _FOR.fullmatch(between) and _RATE.fullmatch(after):
            yield a, b, percent


def unstaged(text: str) -> str:
    """A text without the numbers of stages."""
    return _STAGE.sub("stage", text)


def _is_beside(
    text: str, part: Number, whole: Number, percent: Number, all_: tuple[Number, ...]
) -> bool:
    """Whether a percentage stands in a bracket after "71 of 133", or before it in one."""
    if percent.start > whole.end:
        between = text[whole.end : percent.start]
        clear = not any(whole.end <= n.start < percent.start for n in all_)
        return (
            clear
            and len(between) < _BETWEEN
            and bool(re.search(r"(?:\(|,|,? or|an?(?: \w+){1,3} of)\s*\Z", between))
        )
    between = text[percent.end : part.start]
    clear = not any(percent.end <= n.start < part.start for n in all_)
    return (
        clear
        and len(between) < _BETWEEN
        and bool(re.search(r"(?:\(|, or|, that is,)\s*\Z", between))
    )


def opening_base(sentence: Sentence) -> Number | None:
    """The base of "Of the 606 complaints due, …"."""
    first = sentence.figures[0] if sentence.figures else None
    if first is None or first.kind is not Kind.COUNT:
        return None
    opening = re.fullmatch(
        r"\W*(?:\w+ ){0,4}?(?:out )?of (?:the |these |our |a total of |all )*",
        sentence.text[: first.start],
        re.IGNORECASE,
    )
    return first if opening else None


def _bracketed_after(text: str, percent: Number, all_: tuple[Number, ...]) -> Number | None:
    """The count that "(64%)" or ", or 64%" follows."""
    if not re.search(r"(?:\(|,? or|, which is)\s*\Z", text[: percent.start]):
        return None
    before = [n for n in all_ if n.end <= percent.start]
    return before[-1] if before and before[-1].kind is Kind.COUNT else None


def _hold_share(part: Number, whole: Number, percent: Number, verdicts: Verdicts) -> None:
    if not whole.value or Bound.EXACT not in {part.bound, whole.bound}:
        return
    share = part.value / whole.value
    said = f"{part.text} of {whole.text}"
    if percent.agrees(share):
        confirm(percent, verdicts, said)
        return
    true = show(share, Unit.SHARE, _places(percent))
    known = all(verdicts[n].outcome is Outcome.RIGHT for n in (part, whole))
    if known or (
        verdicts[percent].outcome is Outcome.WRONG and verdicts[part].outcome is Outcome.RIGHT
    ):
        verdicts[percent] = Verdict(Outcome.WRONG, said, true)
    if is_open(percent, verdicts):
        refute(percent, verdicts, said, true)
        return
    if verdicts[percent].outcome is Outcome.RIGHT:
        loose = [n for n in (part, whole) if is_open(n, verdicts)]
        for number in loose[:1]:
            refute(number, verdicts, f"{said} is {true}, not {percent.text}", "")


def _places(number: Number) -> int:
    return len(number.text.rstrip("% ").partition(".")[2].split("%")[0].split(" ")[0])


# --- Averages ---


def _averages(sentence: Sentence) -> Iterator[tuple[Number, Number, Number]]:
    """A sum of money, the cases it went to, and what that comes to for each."""
    sums = [n for n in sentence.figures if n.kind is Kind.MONEY]
    counts = [n for n in sentence.figures if n.kind is Kind.COUNT]
    if len(sums) != 2 or len(counts) != 1:  # noqa: PLR2004  (a whole and its average)
        return
    paid, mean = sums
    between = sentence.text[counts[0].end : mean.start]
    if paid.end <= counts[0].start and _AVERAGE.search(between) and counts[0].value:
        yield paid, counts[0], mean


def _hold_average(paid: Number, cases: Number, mean: Number, verdicts: Verdicts) -> None:
    true = paid.value / cases.value
    said = f"{paid.text.strip()} over {cases.text.strip()}"
    if mean.agrees(true):
        confirm(mean, verdicts, said)
    elif all(verdicts[n].outcome is Outcome.RIGHT for n in (paid, cases)):
        verdicts[mean] = Verdict(Outcome.WRONG, said, money(Fraction(half_up(true / 100)) * 100))


# --- Percentages that no count can give ---


def _shares_of(sentence: Sentence, abouts: Abouts) -> Iterator[tuple[Number, Number]]:
    """A percentage of a number: "73% of the 11 findings"."""
    figures = sentence.figures
    for percent, whole in itertools.pairwise(figures):
        between = sentence.text[percent.end : whole.start]
        if (
            percent.kind is Kind.PERCENT
            and whole.kind is Kind.COUNT
            and not percent.is_word
            and not abouts[percent].is_change
            and re.fullmatch(
                r"\s*of\s+(?:the\s+|all\s+|our\s+|these\s+|a total of\s+)*", between, re.IGNORECASE
            )
        ):
            yield percent, whole


def _hold_possible(percent: Number, whole: Number, verdicts: Verdicts) -> None:
    if (
        percent.bound is not Bound.EXACT
        or not 0 < whole.value <= _WHOLES
        or whole.value.denominator != 1
    ):
        return
    size = int(whole.value)
    near = percent.value * size
    if any(percent.agrees(Fraction(k, size)) for k in range(max(0, int(near) - 1), int(near) + 3)):
        return
    refute(percent, verdicts, f"no whole number out of {size} gives it", "")


# --- Sums ---


def _sums(sentence: Sentence, abouts: Abouts) -> Iterator[tuple[Number, tuple[Number, ...]]]:
    """A total and its parts, where the words say that these are they."""
    over = {whole for _, whole in sentence.pairs}
    for kind in (Kind.COUNT, Kind.MONEY):
        terms = [
            n
            for n in sentence.figures
            if n.kind is kind and n not in over and not abouts[n].is_change
        ]
        if len(terms) < 3:  # noqa: PLR2004  (a total and two parts)
            continue
        first, *rest = terms
        lead = sentence.text[first.end : rest[0].start]
        if _MADE_UP.fullmatch(lead) and _is_list(sentence, rest):
            yield first, tuple(rest)
        *most, last = terms
        summed = _SUMMED.search(sentence.text[: last.start]) or _IN_ALL.match(
            sentence.text[last.end :]
        )
        if summed and len(most) > 1:
            yield last, tuple(most)


def _is_list(sentence: Sentence, parts: list[Number]) -> bool:
    """Whether the parts are all there is after the total, up to the end of their bracket."""
    tail = sentence.text[parts[-1].end :]
    between = sentence.text[parts[0].start : parts[-1].end]
    return (
        len(tail) < 2 * _BETWEEN
        and ")" not in between
        and not re.search(r"\bof which\b|\bincluding\b|\bmainly\b|\baverage\b|\beach\b", between)
    )


def _hold_sum(total: Number, parts: tuple[Number, ...], verdicts: Verdicts) -> None:
    added = sum((p.value for p in parts), Fraction(0))
    said = " + ".join(p.text for p in parts)
    if added == total.value:
        for number in (total, *parts):
            confirm(number, verdicts, f"{said} = {total.text}")
        return
    is_far = not total.value / 2 <= added <= total.value * 2
    if (is_far or any(n.is_word for n in (total, *parts))) and not total.malformed:
        return
    shown = money(added) if total.kind is Kind.MONEY else f"{half_up(added):,}"
    if verdicts[total].outcome is Outcome.RIGHT:
        loose = [p for p in parts if is_open(p, verdicts)]
        if len(loose) == 1:
            should_be = total.value - added + loose[0].value
            text = money(should_be) if total.kind is Kind.MONEY else f"{half_up(should_be):,}"
            refute(loose[0], verdicts, f"{said} is {shown}, not {total.text}", text)
        return
    refute(total, verdicts, f"{said} is {shown}", shown)
