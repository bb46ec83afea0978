"""Other systems by which people may sign in「登录途径」. In: the file that LUOSHI_SIGN_IN names (TOML). Out: allauth's settings; none by default.

    [[oidc]]
    name = "city"                      # part of the address that the other system answers to: /sign-in/oidc/city/answer/
    title = "市统一身份认证"
    issuer = "https://id.example.gov.cn"
    client_id = "luoshi"
    secret = "…"
    claims = { org = "jx" }            # further claims that must be so; may be left out

    [dingtalk]
    client_id = "dingxxxx"
    secret = "…"
    corp_ids = ["dingcorpid"]          # only people of these organisations

Whoever comes from there must have been linked to an account by an administrator: nobody is ever made an account by signing in.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

NAME = re.compile(r"[a-z0-9-]{2,40}")     # city


def find_ways() -> dict[str, Any]:
    """Empty where LUOSHI_SIGN_IN is not set. Raises ValueError with what is wrong, in Chinese."""
    path = os.environ.get("LUOSHI_SIGN_IN", "")
    if not path:
        return {}
    try:
        read = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as fault:
        raise ValueError(f"LUOSHI_SIGN_IN 指的文件 {path} 读不了：{fault}") from fault
    return ways_of(read, path)


def ways_of(read: dict[str, Any], path: str) -> dict[str, Any]:
    """The file's content, checked."""
    unknown = set(read) - {"oidc", "dingtalk"}
    if unknown:
        raise ValueError(f"{path}：不认得“{'、'.join(sorted(unknown))}”；只能写 oidc 和 dingtalk。")
    ways: dict[str, Any] = {}
    if read.get("oidc"):
        ways["openid_connect"] = {"OAUTH_PKCE_ENABLED": True, "APPS": [_oidc(each, path) for each in read["oidc"]]}
    if "dingtalk" in read:
        app = _need(read["dingtalk"], ("client_id", "secret", "corp_ids"), f"{path} [dingtalk]")
        if not isinstance(app["corp_ids"], list) or not app["corp_ids"]:
            raise ValueError(f"{path} [dingtalk]：corp_ids 要写本单位的 corpId，例如 [\"dingabc\"]；不写就等于谁都能来。")
        ways["dingtalk"] = {"APPS": [{"provider_id": "dingtalk", "name": app.get("title", "钉钉"), "client_id": app["client_id"],
                                      "secret": app["secret"], "settings": {"corp_ids": app["corp_ids"]}}]}
    return ways


def origins_of(ways: dict[str, Any]) -> list[str]:
    """Where the sign-in form may lead to: browsers hold redirects of a form to the page's policy."""
    issuers = [app["settings"]["server_url"] for app in ways.get("openid_connect", {}).get("APPS", ())]
    extra = [where for app in ways.get("openid_connect", {}).get("APPS", ()) for where in app["settings"]["pages"]]
    return [f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in (*issuers, *extra)] + (
        ["https://login.dingtalk.com"] if "dingtalk" in ways else [])


def _oidc(each: dict[str, Any], path: str) -> dict[str, Any]:
    app = _need(each, ("name", "title", "issuer", "client_id", "secret"), f"{path} [[oidc]]")
    if not NAME.fullmatch(app["name"]) or app["name"] == "dingtalk":
        raise ValueError(f"{path} [[oidc]]：name 要用小写字母、数字、横线，例如 city；现在是“{app['name']}”。")
    parts = urlsplit(app["issuer"])
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
        raise ValueError(f"{path} [[oidc]]：issuer 要以 https:// 开头；现在是“{app['issuer']}”。")
    return {"provider_id": app["name"], "name": app["title"], "client_id": app["client_id"], "secret": app["secret"],
            "settings": {"server_url": app["issuer"], "issuer": app["issuer"], "claims": app.get("claims", {}), "pages": app.get("pages", [])}}


def _need(app: Any, keys: tuple[str, ...], where: str) -> dict[str, Any]:
    missing = [key for key in keys if not isinstance(app, dict) or not app.get(key)]
    if missing:
        raise ValueError(f"{where}：还要写 {'、'.join(missing)}。")
    return dict(app)
