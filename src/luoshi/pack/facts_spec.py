"""Facts that are not rows of a register: official series and deliverables. Out: `SeriesSpec`, `DeliverablesSpec`."""

from __future__ import annotations

from pydantic import Field

from luoshi.pack.register_spec import Frequency
from luoshi.pack.strict import Name, Strict, Title, Verification


class SeriesSpec(Strict):
    """「序列」 A figure that a statistics body publishes, period by period; revised ones are new vintages, never overwritten.

    year_to_date: each observation is the total since 1 January. lag_days: how long after the period it is usually out;
    before that, the figure is 尚未发布 rather than missing.
    """

    series: Name
    title: Title
    unit: str
    frequency: Frequency
    year_to_date: bool
    publisher: str
    scope: str = Field(description="口径，含目录版本；未定写空并在绑定中提问")
    lag_days: int = Field(ge=0)
    proxy_for: str | None = Field(None, description="替代哪个指标；替代数必须标明")
    references: tuple[str, ...] = ()


class Gate(Strict):
    """「法定门槛」 A stage may not be reached unless so many calendar days have passed since another one."""

    stage: str
    since: str
    at_least_days: int = Field(gt=0)
    reference: str


class Deliverable(Strict):
    """「成果」 One document or event that is itself the result."""

    name: Name
    title: Title


class DeliverablesSpec(Strict):
    """「成果清单」 A set of documents whose completion is the figure: each passes the same stages, with number and date."""

    deliverables: Name
    title: Title
    items: tuple[Deliverable, ...] = Field(min_length=1)
    stages: tuple[str, ...] = Field(min_length=1)
    gates: tuple[Gate, ...] = ()
    counts_from: Verification = "lead"
    supplier: str
    references: tuple[str, ...] = ()
