"""The JSON API for what members say about marks. It is for members alone, also where reading is open."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from annotations.commenting import (
    LONGEST_COMMENT,
    add_comment,
    comments_on,
    delete_comment,
    edit_comment,
    note_seen,
)
from annotations.models import Annotation, Comment
from annotations.permissions import may_delete_comment, may_edit_comment, may_mark
from annotations.views.answers import visible_mark
from annotations.views.bodies import body_of, number_in, text_in
from annotations.views.problems import json_api

MOST_MEMBERS = 8


@json_api("GET", "POST", members=True)
def mark_comments(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """GET what is said about a mark; POST {text, reply_to?} to say something, naming members as @name."""
    mark = visible_mark(request, uuid)
    if request.method == "GET":
        return JsonResponse({"comments": [comment_payload(comment, request.user) for comment in comments_on(mark)]})
    body = body_of(request)
    answered = number_in(body, "reply_to")
    comment = add_comment(
        mark=mark,
        text=text_in(body, "text", longest=LONGEST_COMMENT) or "",
        reply_to=None if answered is None else get_object_or_404(mark.comments, pk=answered),
        by=request.user,
    )
    return JsonResponse(comment_payload(comment, request.user), status=201)


@json_api("PATCH", "DELETE")
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """PATCH {text}; DELETE takes the words away and leaves the place."""
    visible = Annotation.objects.visible_to(request.user)
    found = get_object_or_404(Comment.objects.filter(annotation__in=visible), pk=pk)
    if request.method == "DELETE":
        found = delete_comment(comment=found, by=request.user)
    else:
        text = text_in(body_of(request), "text", longest=LONGEST_COMMENT) or ""
        found = edit_comment(comment=found, text=text, by=request.user)
    return JsonResponse(comment_payload(found, request.user))


@json_api("POST")
def comments_seen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is said to this person about a mark waits for them no more."""
    note_seen(mark=visible_mark(request, uuid), by=request.user)
    return JsonResponse({})


@json_api("GET", members=True)
def members(request: HttpRequest) -> HttpResponse:
    """GET ?q= whom a comment may name: active accounts whose name begins so. For those who may comment."""
    if not may_mark(request.user):
        raise PermissionDenied
    asked = request.GET.get("q", "").replace("\0", "").strip()[:150]
    begins = Q(username__istartswith=asked) | Q(first_name__istartswith=asked) | Q(last_name__istartswith=asked)
    found = get_user_model().objects.filter(begins, is_active=True).order_by("username")
    return JsonResponse({"members": [_member(user) for user in found[:MOST_MEMBERS]]})


def comment_payload(comment: Comment, user: AbstractBaseUser) -> dict[str, Any]:
    """A deleted comment has its place and no words."""
    return {
        "id": comment.pk,
        "author": comment.author_name if not comment.deleted_at else None,
        "text": comment.text,
        "reply_to": comment.reply_to_id,
        "created_at": comment.created_at.isoformat(),
        "edited_at": comment.edited_at.isoformat() if comment.edited_at else None,
        "deleted": comment.deleted_at is not None,
        "mentions": [_member(mention.member) for mention in comment.mentions.all()],
        "may": {
            "edit": not comment.deleted_at and may_edit_comment(comment, user),
            "delete": not comment.deleted_at and may_delete_comment(comment, user),
        },
    }


def _member(user: AbstractBaseUser) -> dict[str, str]:
    return {"username": user.get_username(), "name": user.get_full_name() or user.get_username()}
