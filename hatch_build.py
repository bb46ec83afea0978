"""Packs the scripts of charts and maps into the wheel. In: node_modules, filled by `npm ci`. Out: a wheel that draws them without Node.

Nothing vendored is kept in git: the files come from the packages that package-lock.json pins, together with their licences.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FROM, TO = Path("node_modules"), "luoshi/web/static"
FILES = {"echarts": ("dist/echarts.min.js", "LICENSE", "NOTICE"), "leaflet": ("dist/leaflet.js", "dist/leaflet.css", "LICENSE")}


class PackCharts(BuildHookInterface[Any]):
    """「图表装箱」 Django finds the file among the page's own static files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """An editable install serves node_modules itself; a wheel without charts is built, and says so."""
        if version == "editable":
            return
        found = {f"{package}/{name}": Path(self.root) / FROM / package / name for package, names in FILES.items() for name in names}
        missing = [str(FROM / name) for name, path in found.items() if not path.is_file()]
        if missing:
            self.app.display_warning(f"没有 {'、'.join(missing)}：这个 wheel 的走势图和地图不带脚本，用服务器画的图和表。"
                                     "先运行 npm ci 再打包即可带上。")
            return
        build_data["force_include"] |= {str(path): f"{TO}/{name.partition('/')[0]}/{path.name}" for name, path in found.items()}
