"""The address under which a member's feed reader gets an entity's quotes without signing in."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from articles.models import Entity

_SALT = "annotations.speaking.feeds"


def feed_path(entity: Entity, user: AbstractBaseUser) -> str:
    """Signed for this person and entity; it ends with the account, and with another password."""
    signed = signing.Signer(salt=_SALT).sign_object([entity.pk, user.pk, _proof(user)])
    return reverse("entity_quotes_feed_of", args=[entity.pk, signed])


def reader_of(entity: int, signed: str) -> AbstractBaseUser | None:
    """The person for whom the feed of an entity (a primary key) was signed; None for what we did not sign."""
    try:
        signed_entity, pk, proof = signing.Signer(salt=_SALT).unsign_object(signed)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if signed_entity != entity:
        return None
    user = get_user_model().objects.filter(pk=pk, is_active=True).first()
    return user if user and constant_time_compare(proof, _proof(user)) else None


def _proof(user: AbstractBaseUser) -> str:
    """Changes with the password, and tells nothing of it."""
    return salted_hmac(_SALT, user.password, algorithm="sha256").hexdigest()[:20]
