"""Who is asking, and what they may do. In: a signed-in person. Out: `Who`, and the refusal `NotAllowed`."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from luoshi.store.models import FactorRoleRecord, NoticeRecord, PersonRecord, PostRecord, SecondFactorRecord
from luoshi.store.prepared import Prepared
from luoshi.store.roles import RIGHTS


class NotAllowed(Exception):
    """「无权」 The person may not do this. Pages answer 403 or 404, and the journal notes it."""


@dataclass(frozen=True, slots=True)
class Who:
    """「谁」 A person with what their posts give: roles that reach everywhere, and (role, unit id) pairs.

    unread: notices; lacks_factor: a role asks for a second factor that is not set up yet. Both come with the posts: every page shows them."""

    person_id: int
    name: str
    posts: tuple[tuple[str, int | None], ...]
    unread: int = field(default=0, compare=False)
    lacks_factor: bool = field(default=False, compare=False)

    @property
    def roles(self) -> frozenset[str]:
        """Every role held."""
        return frozenset(role for role, _ in self.posts)

    @property
    def organ_ids(self) -> frozenset[int]:
        """Units in which a post is held."""
        return frozenset(organ for _, organ in self.posts if organ is not None)

    def may(self, right: str, organ_id: int | None = None) -> bool:
        """Whether a post gives the right: everywhere, or for that unit. Without a unit: anywhere at all."""
        reach = RIGHTS[right]
        return any(reach.get(role) == "all" or (reach.get(role) == "unit" and organ is not None and organ_id in (None, organ))
                   for role, organ in self.posts)

    def sees_all(self, right: str) -> bool:
        """Whether the right reaches beyond the person's own units."""
        return any(RIGHTS[right].get(role) == "all" for role in self.roles)

    def must(self, right: str, organ_id: int | None = None) -> None:
        """Raise NotAllowed unless `may`."""
        if not self.may(right, organ_id):
            raise NotAllowed(right)


def who_is(person: PersonRecord) -> Who:
    """One query: the posts of a person."""
    rows = _posts.rows(person.pk)
    return Who(person.pk, person.name, tuple((role, organ) for role, organ, *_ in rows), rows[0][2] if rows else 0,
               any(asks and not there for *_, asks, there in rows))


def _posts_of(person_id: int) -> QuerySet[PostRecord, tuple[str, int | None, int, bool, bool]]:
    notices = NoticeRecord.objects.filter(person_id=OuterRef("holder_id"), channel="inbox", read_at=None).order_by()
    unread = Coalesce(Subquery(notices.values("person_id").annotate(many=Count("pk")).values("many"), output_field=IntegerField()), 0)
    asked, has = FactorRoleRecord.objects.filter(role=OuterRef("role")), SecondFactorRecord.objects.filter(
        person_id=OuterRef("holder_id"), confirmed_at__isnull=False)
    return PostRecord.objects.filter(holder=person_id).values_list("role", "organ_id", unread, Exists(asked), Exists(has))


_posts = Prepared(_posts_of)
