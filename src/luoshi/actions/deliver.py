"""Hand one message to a mail server or a robot. In: the kind, an address or a robot's key, text, a link. Out: nothing, or `NotDelivered`.

Robots answer 200 and put their refusal into the body, which apprise takes for delivered; so they are asked here. The host is fixed for each
kind and only the key is a person's: no request can be sent to another place. Redirects are not followed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import re
import ssl
from datetime import datetime
from smtplib import SMTPException, SMTPResponseException
from typing import Any
from urllib.parse import quote_plus, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

PATIENCE = 10
KEYS: dict[str, re.Pattern[str]] = {
    "dingtalk": re.compile(r"[A-Za-z0-9]{16,128}(?:\.SEC[A-Za-z0-9]{16,128})?"),   # the access_token, and .SEC… where the robot signs
    "wecom": re.compile(r"[A-Za-z0-9_-]{16,128}"),                                 # 693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa
    "feishu": re.compile(r"[A-Za-z0-9_-]{16,128}")}                                # xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx
LONGEST = 1800
"""Bytes: WeCom takes 2048."""


class NotDelivered(Exception):
    """「没发成」 str(error) says why, in Chinese. may_retry: whether another try can help."""

    def __init__(self, why: str, may_retry: bool = True) -> None:
        super().__init__(why)
        self.may_retry = may_retry


def deliver(kind: str, address: str, text: str, link: str, at: datetime) -> None:
    """Returns only when the other side has said yes."""
    if kind == "mail":
        _mail(address, text, link)
    elif kind in KEYS and KEYS[kind].fullmatch(address):
        _robot(kind, address, _short(text) + (f"\n{link}" if link else ""), at)
    else:
        raise NotDelivered("提醒方式的地址不合规定，请本人重新填写", may_retry=False)


def _mail(address: str, text: str, link: str) -> None:
    if not settings.PLACE.mail:
        raise NotDelivered("服务器没有配置发邮件（LUOSHI_MAIL）", may_retry=False)
    subject = text.splitlines()[0][:60]
    message = EmailMessage(f"落实提醒：{subject}", f"{text}\n\n{link}\n", to=[address], headers={"Auto-Submitted": "auto-generated"})
    try:
        message.send()
    except SMTPResponseException as refused:
        words = refused.smtp_error.decode("utf-8", "replace") if isinstance(refused.smtp_error, bytes) else str(refused.smtp_error)
        raise NotDelivered(f"邮件服务器答复{refused.smtp_code}：{words}", refused.smtp_code < 500) from refused
    except (SMTPException, OSError) as fault:
        raise NotDelivered(f"邮件没发出去：{fault}") from fault


def _robot(kind: str, key: str, text: str, at: datetime) -> None:
    token, _dot, secret = key.partition(".")
    address = settings.ROBOTS[kind] + token + (_signature(secret, at) if secret else "")
    content: dict[str, Any] = {"msg_type": "text", "content": {"text": text}} if kind == "feishu" else {"msgtype": "text", "text": {"content": text}}
    answer = _post(address, json.dumps(content, ensure_ascii=False).encode())
    code = answer.get("errcode", answer.get("code", answer.get("StatusCode")))
    if code != 0:
        raise NotDelivered(f"机器人答复{code}：{answer.get('errmsg', answer.get('msg', ''))}")


def _signature(secret: str, at: datetime) -> str:
    """DingTalk's own: the time in milliseconds and the secret."""
    stamp = str(int(at.timestamp() * 1000))
    code = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return f"&timestamp={stamp}&sign={quote_plus(base64.b64encode(code))}"


def _post(address: str, body: bytes) -> dict[str, Any]:
    parts = urlsplit(address)
    assert parts.hostname is not None
    if parts.scheme == "https":
        line: http.client.HTTPConnection = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=PATIENCE,
                                                                       context=ssl.create_default_context())
    else:
        line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
    try:
        line.request("POST", f"{parts.path}?{parts.query}" if parts.query else parts.path, body, {"Content-Type": "application/json"})
        answer = line.getresponse()
        read = json.loads(answer.read(100_000)) if answer.status == 200 else None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise NotDelivered(f"连不上机器人：{type(fault).__name__}") from fault
    finally:
        line.close()
    if not isinstance(read, dict):
        raise NotDelivered(f"机器人答复{answer.status}")
    return read


def _short(text: str) -> str:
    """Cut at a whole line."""
    if len(text.encode()) <= LONGEST:
        return text
    kept: list[str] = []
    for line in text.splitlines():
        if len("\n".join([*kept, line]).encode()) > LONGEST - 60:
            break
        kept.append(line)
    return "\n".join(kept) + "\n……请登录看全部" if kept else text[:LONGEST // 4] + "……"
