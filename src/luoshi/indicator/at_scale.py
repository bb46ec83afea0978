"""Every indicator over the registers that are on disk: together where one scan does, each by itself else. In: a warehouse. Out: `Figure`s.

What needs its rows in hand (checklists, points of service, judgements) or a SELECT of its own is small by nature and not asked here.
"""

from __future__ import annotations

from datetime import date

from luoshi.indicator.cube_plan import plan_cubes
from luoshi.indicator.evaluate import evaluate_all
from luoshi.indicator.figure import Figure
from luoshi.indicator.shared_scan import ScanDay, scan
from luoshi.pack.indicator_spec import Balance, Children, Count, Ratio, Sum
from luoshi.pack.pack import Pack
from luoshi.register.warehouse import Warehouse


def figures_at_scale(pack: Pack, warehouse: Warehouse, as_of: date, year: int) -> dict[str, Figure]:
    """「规模测算」 In the order of the pack."""
    names = [name for name in pack.indicators if _asked(pack, name) <= set(warehouse.stored) and _asked(pack, name)]
    plans, alone = plan_cubes(pack, names)
    figures = {name: told[as_of, ()] for plan in plans for name, told in scan(pack, warehouse, plan, (ScanDay(as_of, year),)).items()}
    figures |= evaluate_all(pack, warehouse, as_of, year, None, alone, 1)
    return {name: figures[name] for name in names}


def _asked(pack: Pack, name: str) -> set[str]:
    """The registers that an indicator over rows looks at; none for the other kinds."""
    spec = pack.indicators[name]
    if not isinstance(spec, Count | Sum | Ratio | Balance):
        return set()
    filters = [*spec.where, *((*spec.top.where, *spec.bottom.where) if isinstance(spec, Ratio) else ())]
    return {spec.register_name, *(one.children for one in filters if isinstance(one, Children))}
