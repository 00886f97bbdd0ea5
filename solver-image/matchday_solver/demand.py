"""What a schedule must have, where that is less than all that a league asks for."""

from dataclasses import dataclass

import numpy as np

from matchday_solver.instance import Instance, Mask


@dataclass(frozen=True)
class Demand:
    """Which games and meetings a schedule may not lack."""

    required: Mask
    """(D,) whether a team of the division must have all its games."""
    must_meet: tuple[Mask, ...]
    """Per division (n, n) over places: pairs that `minMeetings` is about."""

    @classmethod
    def whole(cls, instance: Instance) -> "Demand":
        """All that the league asks for."""
        divisions = instance.divisions
        return cls(np.ones(len(divisions.games), np.bool_), divisions.may_meet)

    @classmethod
    def alone(cls, instance: Instance, division: int) -> "Demand":
        """What the league asks for one division."""
        whole, nothing = cls.whole(instance), cls.nothing(instance)
        mine = np.arange(len(whole.required)) == division
        chosen = [whole if own else nothing for own in mine.tolist()]
        return cls(mine, tuple(each.must_meet[d] for d, each in enumerate(chosen)))

    @classmethod
    def nothing(cls, instance: Instance) -> "Demand":
        """No game: those that are missing count as meetings."""
        divisions = instance.divisions
        nobody = tuple(np.zeros_like(pairs) for pairs in divisions.may_meet)
        return cls(np.zeros(len(divisions.games), np.bool_), nobody)
