"""Embedded posts: by the markup that platforms hand out, by frames, by WordPress, which may leave a bare address."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from lxml.html import HtmlElement

from articles.importing.evidence.wording import absolute, lines_of, shortened, stated_in

PLATFORMS = ("x", "facebook", "instagram", "telegram", "youtube", "tiktok")
_LONGEST_TEXT = 2000
_LONGEST_NAME = 100
# What each platform calls the elements that hold its posts.
_CLASSES = {
    "twitter-tweet": "x",
    "twitter-video": "x",
    "instagram-media": "instagram",
    "fb-post": "facebook",
    "fb-video": "facebook",
    "tiktok-embed": "tiktok",
    "telegram-post": "telegram",
}
_ATTRIBUTES = ("data-instgrm-permalink", "data-href", "cite", "data-src", "data-lazy-src", "data-litespeed-src", "src")
# host, path → handle and what identifies the post. A profile or a button beside the text is no post.
_ADDRESSES = (
    ("x", r"(?:mobile\.)?(?:twitter|x)\.com/(?P<handle>\w{1,20})/status(?:es)?/\d+"),
    ("facebook", r"(?:m\.|web\.|\w\w-\w\w\.)?facebook\.com/(?P<handle>[\w.-]+)/(?:posts|videos|photos|reels?)/.+"),
    (
        "facebook",
        r"(?:m\.|web\.|\w\w-\w\w\.)?facebook\.com/(?:watch|reel|photo|permalink\.php|photo\.php|video\.php).*",
    ),
    ("facebook", r"fb\.watch/\w+"),
    ("instagram", r"instagram\.com/(?:(?P<handle>[\w.]+)/)?(?:p|reel|tv)/[\w-]+"),
    ("telegram", r"(?:t|telegram)\.me/(?:s/)?(?P<handle>\w+)/\d+"),
    ("youtube", r"(?:m\.)?youtube\.com/(?:watch|shorts/[\w-]+|live/[\w-]+)"),
    ("tiktok", r"tiktok\.com/@(?P<handle>[\w.]+)/video/\d+"),
)
_YOUTUBE_FRAME = re.compile(r"(?:youtube(?:-nocookie)?\.com/(?:embed|v)/|youtu\.be/)(?P<id>(?!videoseries)[\w-]{6,15})")
_TWITTER_FRAME = re.compile(r"platform\.twitter\.com/embed/\w+\.html")
_FACEBOOK_FRAME = re.compile(r"facebook\.com/plugins/(?:post|video)\.php")
_INSTAGRAM_FRAME = re.compile(r"/embed(?:/captioned)?/?$")
# «— الاسم (@handle)» under a tweet; «A post shared by الاسم (@handle)» under an Instagram post.
_SIGNATURE = re.compile(r"(?:^|\n|\s)[—–-]+\s*(?P<author>[^\n]*?)\s*\(@(?P<handle>\w+)\)")
_SHARED_BY = re.compile(
    r"(?:A post shared by|تمت مشاركة منشور بواسطة)\s*(?P<author>[^\n]*?)\s*\(@(?P<handle>[\w.]+)\)[^\n]*"
)
_POSTED_BY = re.compile(
    r"(?:Posted by|تم النشر بواسطة|تم نشره بواسطة)\s*(?P<author>[^\n]*?)(?:\s+(?:on|في)\s[^\n]*)?(?=\n|$)"
)
_INTERFACE = re.compile(
    r"(?:View this (?:post|profile) on Instagram|عرض هذا المنشور على Instagram|^View more on .*)", re.M
)
_BARE_ADDRESS = re.compile(r"\s*https?://\S{8,300}\s*")


class PostAddress(NamedTuple):
    platform: str
    address: str
    handle: str


def read_post(element: HtmlElement, base: str) -> dict[str, Any] | None:
    """The post that this element embeds: a quotation, a frame, a script, a platform's own element, a bare address."""
    platform = next((_CLASSES[name] for name in (element.get("class") or "").split() if name in _CLASSES), "")
    found = _address_in(element, base)
    if element.tag == "blockquote" or platform:
        return _quoted_post(element, platform, found, base) if platform else None
    if found is None:
        return None
    return _post(found, text=stated_in(element, "title", limit=300) if found.platform == "youtube" else "")


def post_at(url: str) -> PostAddress | None:
    """Which post an absolute address leads to, a frame's included; None for any other page of the platform."""
    parts = urlsplit(url)
    place = parts.netloc.removeprefix("www.") + parts.path
    if match := _YOUTUBE_FRAME.match(place.removeprefix("m.")):
        return PostAddress("youtube", f"https://www.youtube.com/watch?v={match['id']}", "")
    if _TWITTER_FRAME.fullmatch(place):
        number = parse_qs(parts.query).get("id", [""])[0]
        return PostAddress("x", f"https://twitter.com/i/status/{number}", "") if number.isdecimal() else None
    if _FACEBOOK_FRAME.fullmatch(place):
        inner = absolute(parse_qs(parts.query).get("href", [""])[0], "")
        return post_at(inner) or (PostAddress("facebook", inner, "") if inner else None)
    place = _INSTAGRAM_FRAME.sub("/", place)
    for platform, pattern in _ADDRESSES:
        if match := re.fullmatch(pattern + "/?", place):
            handle = match.groupdict().get("handle") or ""
            if platform == "youtube" and "watch" in place and not parse_qs(parts.query).get("v"):
                return None
            return PostAddress(platform, _canonical(platform, url), f"@{handle}" if handle else "")
    return None


def _canonical(platform: str, url: str) -> str:
    """Without what only says how the post was shown."""
    keeps_query = platform in ("facebook", "youtube")
    return url if keeps_query else _INSTAGRAM_FRAME.sub("/", url.partition("?")[0])


def _address_in(element: HtmlElement, base: str) -> PostAddress | None:
    if name := element.get("data-telegram-post"):
        return post_at(absolute(name, "https://t.me/"))
    if video := element.get("videoid") or element.get("data-videoid"):
        return post_at(absolute(f"https://youtu.be/{video}", ""))
    if tweet := element.get("data-tweetid"):
        return post_at(absolute(f"https://platform.twitter.com/embed/Tweet.html?id={tweet}", ""))
    if code := element.get("data-shortcode"):
        return post_at(absolute(f"https://www.instagram.com/p/{code}/", ""))
    if element.tag in ("p", "div", "figure") and not element.get("class", "").startswith(("fb-", "telegram-")):
        return _bare_address(element, base)
    candidates = [element.get(name) for name in _ATTRIBUTES if element.get(name)]
    if element.tag == "blockquote":
        candidates += [link.get("href") for link in reversed(list(element.iter("a")))]
    return next(filter(None, (post_at(absolute(address, base)) for address in candidates)), None)


def _bare_address(element: HtmlElement, base: str) -> PostAddress | None:
    text = element.text_content() if len(element) <= 3 else ""
    return post_at(absolute(text.strip(), base)) if _BARE_ADDRESS.fullmatch(text) else None


def _quoted_post(element: HtmlElement, platform: str, found: PostAddress | None, base: str) -> dict[str, Any] | None:
    """A post that stands in the page by its words, its signature and a link under them."""
    words = lines_of(element, 2 * _LONGEST_TEXT)
    signed = _SIGNATURE.search(words) or _SHARED_BY.search(words) or _POSTED_BY.search(words)
    paragraphs = [lines_of(paragraph, _LONGEST_TEXT) for paragraph in element.iter("p")]
    text = "\n".join(filter(None, paragraphs)) or ("" if signed or found else words)
    for signature in (_SHARED_BY, _POSTED_BY, _INTERFACE):
        text = signature.sub("", text).strip()
    named: Mapping[str, str] = signed.groupdict() if signed else {}
    handle = f"@{named['handle']}" if named.get("handle") else found.handle if found else ""
    address = found.address if found else _last_link(element, base)
    if not (text or address):
        return None
    return _post(PostAddress(platform, address, handle), author=named.get("author", ""), text=text)


def _last_link(element: HtmlElement, base: str) -> str:
    links = [absolute(link.get("href"), base) for link in element.iter("a")]
    return next(filter(None, reversed(links)), "")


def _post(found: PostAddress, *, author: str = "", text: str = "") -> dict[str, Any]:
    return {
        "kind": "post",
        "platform": found.platform,
        "address": found.address,
        "handle": found.handle[:_LONGEST_NAME],
        "author": shortened(author.strip(), _LONGEST_NAME),
        "text": shortened(text, _LONGEST_TEXT),
    }
