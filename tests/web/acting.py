"""What tests of matters' pages share: acting through a page's own form. In: a client, an address. Out: what a person would send, and its answer."""

from __future__ import annotations

from typing import Any

from django.test import Client


def filled(client: Client, address: str, name: str = "form") -> dict[str, Any]:
    """The form of a page as it is found, ready to be sent."""
    form = client.get(address).context[name]
    return {form.add_prefix(key): form[key].value() for key in form.fields if form[key].value() not in (None, "")}


def filled_act(client: Client, address: str, act: str) -> dict[str, Any]:
    """The same of one act on a matter."""
    shown = next(each for each in client.get(address).context["acts"] if each.act == act)
    return {"do": act} | {shown.form.add_prefix(key): shown.form[key].value() for key in shown.form.fields if shown.form[key].value() is not None}


def act(client: Client, address: str, do: str, **typed: Any) -> Any:
    """The page is opened, the form of that act filled in and sent."""
    return client.post(address, {**filled_act(client, address, do), **{f"{do}-{name}": value for name, value in typed.items()}})


def acts(client: Client, address: str) -> list[str]:
    """What the page lets this person do."""
    return [each.act for each in client.get(address).context["acts"]]
