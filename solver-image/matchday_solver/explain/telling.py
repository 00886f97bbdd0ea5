"""What `explain` has found out, as lines of text."""

from matchday_solver.explain.explanation import Conflict, Explanation

MAX_REASON = 1500
"""Longest reason, in characters."""


def told(found: Explanation) -> str:
    """The conflict, what is proven of it, and what would help; empty without a conflict."""
    return "\n".join([*_why(found), *_so(found)]) if found.conflicts else ""


def reason(found: Explanation) -> str:
    """The same of a league that is infeasible, at most MAX_REASON characters; else empty.

    Where it is too long the conflict is cut, and ways out only where they alone are too long.
    """
    if found.feasible is not False or not found.conflicts:
        return ""
    end = _cut("\n".join(["", *_so(found)]), MAX_REASON // 2)
    return _cut("\n".join(_why(found)), MAX_REASON - len(end)) + end


def _why(found: Explanation) -> list[str]:
    """The count that proves it, and every conflict."""
    lines = [f"{found.proof}."] if found.proof else []
    lines += [f"{found.claim}:", *_members(found.conflicts)]
    for other in found.others:
        lines += ["Nor can these, apart from that:", *_members(other)]
    return lines


def _so(found: Explanation) -> list[str]:
    """What is proven of the conflicts, and what would help."""
    return [_certainty(found), *_ways_out(found)]


def _members(conflict: tuple[Conflict, ...]) -> list[str]:
    return [f"  {each.path}: {each.text}" for each in conflict]


def _ways_out(found: Explanation) -> list[str]:
    """What would help with each conflict."""
    gone = ", were nothing else in the way" if found.others else ""
    lines = _listed(f"What would help{gone}:", found.remedies)
    for remedies in found.other_remedies:
        lines += _listed(f"What would help with the next{gone}:", remedies)
    return lines


def _listed(title: str, remedies: tuple[str, ...]) -> list[str]:
    return [title, *(f"  - {remedy}" for remedy in remedies)] if remedies else []


def _certainty(found: Explanation) -> str:
    """What is proven of the conflicts."""
    if not found.has_more:
        return _minimality(found)
    more = "resolve what is told, then ask again"
    if found.remedies:
        more = "each way out below resolves it too"
    return f"{_minimality(found)} There is another conflict: {more}."


def _minimality(found: Explanation) -> str:
    """What is proven of the members."""
    if not found.proven_minimal:
        return "Fewer of them may make it: the time did not suffice to prove that all do."
    if found.others:
        return "All members of a conflict together make it, and each conflict has to be resolved."
    if found.is_only:
        return "If any one of them is given up, there is a schedule."
    if found.has_more:
        return "All of them together make the conflict."
    return "All of them together make the conflict; whether there is another one is not known."


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
