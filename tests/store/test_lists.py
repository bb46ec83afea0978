"""A list is read again once anybody has acted, and never kept from within a transaction."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.http import Http404

from luoshi.actions.make_list import make_list
from luoshi.store.models import ListRecord
from luoshi.store.queries.lists import the_list
from tests.web.world import AT, World, world  # noqa: F401


@pytest.mark.django_db(transaction=True)
def test_a_list_is_read_again_once_anybody_has_acted(world: World, django_assert_num_queries: Any) -> None:  # noqa: F811
    who = world.who("supervision")
    first = the_list(who, world.list.pk)
    with django_assert_num_queries(1):      # the newest act
        again = the_list(who, world.list.pk)
    assert again == first
    assert again is not first
    again.title = "不是别人的"
    assert the_list(who, world.list.pk).title == first.title
    ListRecord.objects.filter(pk=world.list.pk).update(title="改过")
    make_list(who, AT, "又一份清单", 2019, "jiaxing-2019")
    assert the_list(who, world.list.pk).title == "改过"
    with pytest.raises(Http404):
        the_list(who, 999)


def test_within_a_transaction_nothing_is_kept(world: World) -> None:  # noqa: F811
    who = world.who("supervision")
    with transaction.atomic():
        the_list(who, world.list.pk)
        ListRecord.objects.filter(pk=world.list.pk).update(title="改过")
        assert the_list(who, world.list.pk).title == "改过"
