"""Reads about people, their posts and their tokens. What the person may not see raises Http404."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404

from luoshi.store.models import PersonRecord, PostRecord, TokenRecord
from luoshi.store.who import Who


def is_set_up() -> bool:
    """Whether anybody is there."""
    return PersonRecord.objects.exists()


def is_taken(username: str) -> bool:
    """Whether a sign-in name is somebody's, in whatever case: Li.Wei and li.wei are one to a reader."""
    return PersonRecord.objects.filter(username__iexact=username).exists()


def active_person(person_id: int) -> PersonRecord | None:
    """Somebody who may sign in, by number: between the password and the code."""
    return PersonRecord.objects.filter(pk=person_id, is_active=True).first()


def people_of(who: Who, words: str = "") -> tuple[PersonRecord, ...]:
    """Everybody, with their posts; words: only those whose name, sign-in name, post or unit contains them. Two queries."""
    if not who.may("see_people"):
        return ()
    found = PersonRecord.objects.prefetch_related("posts__organ").order_by("-is_active", "username")
    if words:
        found = found.filter(Q(username__icontains=words) | Q(name__icontains=words) | Q(posts__title__icontains=words)
                             | Q(posts__organ__name__icontains=words)).distinct()
    return tuple(found)


def the_person(who: Who, person_id: int) -> PersonRecord:
    """One person, with their posts."""
    found = PersonRecord.objects.prefetch_related("posts__organ").filter(pk=person_id).first() if who.may("see_people") else None
    if found is None:
        raise Http404
    return found


def active_people(who: Who) -> tuple[PersonRecord, ...]:
    """Whom a post can be given to."""
    return tuple(PersonRecord.objects.filter(is_active=True).order_by("name", "username")) if who.may("see_people") else ()


def posts_of(who: Who) -> tuple[PostRecord, ...]:
    """Every post, those of the office first, then by unit. One query."""
    if not who.may("see_people"):
        return ()
    posts = PostRecord.objects.select_related("organ", "holder")
    return tuple(sorted(posts, key=lambda p: (p.organ.name if p.organ else "", p.role, p.title)))


def the_post(who: Who, post_id: int) -> PostRecord:
    """One post, with its unit and holder."""
    found = PostRecord.objects.select_related("organ", "holder").filter(pk=post_id).first() if who.may("see_people") else None
    if found is None:
        raise Http404
    return found


def tokens_of(who: Who) -> tuple[TokenRecord, ...]:
    """One's own tokens; everybody's for those who manage people. Newest first."""
    if not who.may("make_token"):
        return ()
    tokens = TokenRecord.objects.select_related("person").order_by("-pk")
    return tuple(tokens if who.may("manage_people") else tokens.filter(person_id=who.person_id))


def the_token(who: Who, token_id: int) -> TokenRecord:
    """One token that the person may revoke."""
    found = next((token for token in tokens_of(who) if token.pk == token_id), None)
    if found is None:
        raise Http404
    return found
