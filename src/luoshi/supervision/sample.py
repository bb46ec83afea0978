"""Spot checks「抽查」: which of what is claimed as done is looked at, drawn by a seed, so that anybody can draw it again.

In: what is claimed, its risk, a seed. Out: the sample, each with why it was drawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

RISKS: dict[str, int] = {"last_days": 3, "round_number": 2, "jump": 3, "evidence_reused": 4, "evidence_missing": 3, "unit_found_false": 4,
                         "never_checked": 1}
RISK_WORDS: dict[str, str] = {"last_days": "截止前几天集中补报", "round_number": "数字过整", "jump": "比上期突增", "evidence_reused": "佐证重复使用",
                              "evidence_missing": "没有佐证", "unit_found_false": "该单位抽查曾发现不实", "never_checked": "从未抽查"}
"""What makes a claim worth a look: weight added to 1. The weights are this product's own."""


@dataclass(frozen=True, slots=True)
class Claim:
    """「完成事项」 Something reported as done. key: the same for ever; amount: what it adds to the figure."""

    key: str
    title: str
    unit: str
    amount: Decimal | None = None
    risks: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """1, and what each risk adds. Raises KeyError for a risk that is not known."""
        return 1 + sum(RISKS[risk] for risk in self.risks)


@dataclass(frozen=True, slots=True)
class Drawn:
    """「抽中」 place: order of drawing."""

    claim: Claim
    place: int
    how: Literal["random", "risk"]
    why: str


def draw_sample(claims: Sequence[Claim], random: int, by_risk: int, seed: str) -> tuple[Drawn, ...]:
    """First `by_risk` with weights, then `random` from the rest with equal chances; the same seed and claims, the same sample.

    Weighted sampling without replacement after Efraimidis and Spirakis (2006): the largest u^(1/w) win, u from a hash of seed and key,
    so that the order of the claims, or another claim that leaves, changes nothing for the ones that stay.
    """
    weighed = sorted((claim for claim in claims if claim.risks), key=lambda c: (-_chance(seed, "risk", c.key) ** (1 / c.weight), c.key))[:by_risk]
    taken = {claim.key for claim in weighed}
    rest = sorted((claim for claim in claims if claim.key not in taken), key=lambda c: (-_chance(seed, "random", c.key), c.key))[:random]
    drawn = [Drawn(claim, 0, "risk", "风险：" + "、".join(RISK_WORDS[risk] for risk in claim.risks)) for claim in weighed]
    drawn += [Drawn(claim, 0, "random", "随机抽取") for claim in rest]
    return tuple(Drawn(each.claim, place, each.how, each.why) for place, each in enumerate(drawn, 1))


def _chance(seed: str, what: str, key: str) -> float:
    """Between 0 and 1, the same for the same words on every machine."""
    return int.from_bytes(hashlib.sha256(f"{seed}\0{what}\0{key}".encode()).digest()[:8], "big") / 2**64
