"""Naming the caches in front of the site, which are told when a kept page has changed."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

BACKENDS = {
    "http": "delivery.caches.PurgeRequests",
    "https": "delivery.caches.PurgeRequests",
    "cloudflare": "delivery.caches.Cloudflare",
    "cloudfront": "delivery.caches.CloudFront",
    "azure-cdn": "delivery.caches.AzureCDN",
    "azure-front-door": "delivery.caches.AzureFrontDoor",
}


def purge_settings(urls: list[str]) -> dict[str, dict[str, str]]:
    """Return Wagtail's setting WAGTAILFRONTENDCACHE for CDN_PURGE.

    `http://10.0.0.2:6081` is sent a PURGE request for each address, as Varnish and nginx take it. Others are
    `cloudflare://TOKEN@ZONE`, `cloudfront://DISTRIBUTION` (its keys are in the environment, as AWS names them), and
    `azure-cdn:?…` and `azure-front-door:?…` with the parameters of Wagtail's backends. Raises ValueError for any other.
    """
    caches = {}
    for url in filter(None, urls):
        address = urlsplit(url)
        if address.scheme not in BACKENDS:
            raise ValueError(f"CDN_PURGE names no cache that we know: {address.scheme or url}")
        cache = {"BACKEND": BACKENDS[address.scheme], **dict(parse_qsl(address.query))}
        token, _at, place = address.netloc.rpartition("@")
        if address.scheme in ("http", "https"):
            cache["LOCATION"] = url
        elif address.scheme == "cloudflare":
            cache |= {"ZONEID": place, "BEARER_TOKEN": token}
        elif address.scheme == "cloudfront":
            cache["DISTRIBUTION_ID"] = place
        caches[f"{address.scheme} {place}".strip()] = cache
    return caches
