"""The strictness that every pack file is read with: unknown keys refused, nothing coerced, nothing changed afterwards.

Out: `Strict`, and the names that several specifications share.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="英文小写名，如 hightech_enterprise")]
Title = Annotated[str, Field(min_length=1, description="中文名称")]

Verification = Literal["reported", "county", "lead", "spot_checked"]
VERIFICATION_WORDS: dict[str, str] = {"reported": "已填报", "county": "县级核验", "lead": "牵头单位核验",
                                      "spot_checked": "督查抽查", "rejected": "退回"}
"""How people write the levels, lowest first; 退回 never counts. Source: domain practice, ten-tasks §0.4."""


class Strict(BaseModel):
    """A piece of a pack file: unknown keys are errors, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)
