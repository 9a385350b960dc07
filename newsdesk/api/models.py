"""Tokens by which other programs read and write as a person; the database holds their hashes alone."""

import secrets
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PREFIX = "nd_"


def hash_of(token: str) -> str:
    """A token is 256 random bits: nobody guesses it from its hash, so that no slow one is needed."""
    return sha256(token.encode()).hexdigest()


class TokenQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(owner__is_active=True)


class Token(models.Model):
    """What a person gave a program; it may do what they may. It ends when they revoke it, or with their account."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens", verbose_name=_("صاحبه")
    )
    name = models.CharField(_("الاسم"), max_length=100)
    hashed = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("تاريخ الإنشاء"), auto_now_add=True)
    # To the minute: not every request is worth a write.
    used_at = models.DateTimeField(_("آخر استعمال"), null=True, blank=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("رمز وصول")
        verbose_name_plural = _("رموز الوصول")
        ordering = ("-id",)
        constraints = (models.CheckConstraint(condition=~Q(name="") & ~Q(hashed=""), name="token_is_named"),)

    def __str__(self):
        return self.name


def make_token(*, by: models.Model, name: str) -> tuple[Token, str]:
    """The token's row, and the token itself, which nobody can read again."""
    token = PREFIX + secrets.token_urlsafe(32)
    return Token.objects.create(owner=by, name=name, hashed=hash_of(token)), token
