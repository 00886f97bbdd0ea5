"""Rules in CEL by which the API server refuses what it can tell.

They stay within its cost budget for the largest lists that the models allow; all else is for
`matchday_api.validation`.
"""

from typing import Any

Rules = list[dict[str, Any]]


def _rule(rule: str, message: str) -> dict[str, Any]:
    return {"rule": rule, "message": message}


REQUEST: Rules = [
    _rule(
        "self.metadata.name.size() <= 48 && !self.metadata.name.contains('.')",
        "metadata.name must have at most 48 characters and no dots:"
        " names of pods and Jobs are built on it",
    )
]
"""Of the whole ScheduleRequest."""

IMMUTABLE: Rules = [_rule("self == oldSelf", "the spec cannot be changed; the operator makes it")]
"""Of the specs of the other two kinds."""

OF_MODELS: dict[str, Rules] = {
    "ScheduleRequestSpec": [
        _rule("has(self.league) != has(self.leagueFrom)", "give exactly one of league, leagueFrom")
    ],
    "OwnedSpec": IMMUTABLE,
    "SolverRunSpec": IMMUTABLE,
    "ChangesFrom": [
        _rule(
            "has(self.scheduleRef) != has(self.configMapKeyRef)",
            "give exactly one of scheduleRef, configMapKeyRef",
        )
    ],
    "Season": [
        _rule("self.start <= self.end", "end must not be before start"),
        _rule(
            "self.end - self.start < duration('9600h')",
            "a season has at most 400 days, both ends included",
        ),
    ],
    "Division": [
        _rule(
            "!has(self.minMeetings)"
            " || self.minMeetings <= (has(self.maxMeetings) ? self.maxMeetings : 2)",
            "minMeetings must be at most maxMeetings, which is 2 where absent",
        )
    ],
    "LockedGame": [_rule("self.home != self.away", "home and away must be two teams")],
}
"""By the name of the model."""

PAIR: Rules = [_rule("self[0] != self[1]", "a pair must be two teams")]
"""Of pairs of teams."""
