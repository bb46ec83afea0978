"""A worker that is killed while it sends: nothing is sent twice, nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from luoshi.actions.send_notices import send_again, send_notices
from luoshi.actions.set_channel import set_channel
from luoshi.store.models import NoticeRecord
from luoshi.store.queries.jobs import outbox_of
from tests.actions.post_offices import robot_server
from tests.web.world import AT, DAY, World, world  # noqa: F401

KEY = "0123456789abcdef0123456789abcdef"
SEND = """
import os, sys
from datetime import date, datetime
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.ROBOTS["wecom"] = sys.argv[2]
django.setup()
from luoshi.actions.send_notices import send_notices
send_notices(datetime.fromisoformat(sys.argv[3]), date(2019, 9, 30))
"""


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_had_begun_is_neither_sent_twice_nor_lost(transactional_db: None, world: World, settings: Any) -> None:  # noqa: F811
    set_channel(world.who("liaison"), AT, "wecom", KEY, False, True)
    for n in range(3):
        NoticeRecord.objects.create(key=f"test:{n}", person=world.person("liaison"), channel="wecom", text=f"示例{n}", link="/inbox/", made_at=AT,
                                    send_after=AT)
    held, let_go = threading.Event(), threading.Event()

    class Slow(list[Any]):
        """The first message is taken in, and its sender is dead before the answer comes."""

        def __len__(self) -> int:
            return 1

        def __getitem__(self, at: Any) -> Any:
            held.set()
            let_go.wait(60)
            return (200, {"errcode": 0})

    with robot_server((200, {"errcode": 0})) as office:
        office.answers = Slow()
        robot = f"http://127.0.0.1:{office.port}/robot?key="
        command = [sys.executable, "-c", SEND, str(connection.settings_dict["NAME"]), robot, AT.isoformat()]
        with subprocess.Popen(command, env=dict(os.environ)) as worker:
            assert held.wait(60)
            worker.send_signal(signal.SIGKILL)
        office.answers = [(200, {"errcode": 0})]
        let_go.set()
        settings.ROBOTS = {"wecom": robot}
        send_notices(AT, DAY)
        send_notices(AT + timedelta(hours=1), DAY)
        for _n in range(100):
            if len(office.got) == 3:
                break
            time.sleep(0.05)
        got = [body["text"]["content"].splitlines()[0] for _path, body in office.got]
        assert sorted(got) == ["示例0", "示例1", "示例2"]
        stuck = outbox_of(world.who("administrator"), AT + timedelta(hours=1)).stuck
        assert [(notice.key, notice.sent_at) for notice in stuck] == [("test:0", None)]     # an office sees it, and decides
        send_again(world.who("administrator"), AT + timedelta(hours=1), stuck[0].pk)
        send_notices(AT + timedelta(hours=1), DAY)
    assert NoticeRecord.objects.filter(channel="wecom", sent_at=None).count() == 0
