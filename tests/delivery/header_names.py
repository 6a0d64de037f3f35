"""Names of request headers: those that some server, proxy or framework acts upon, and others built like them."""

from __future__ import annotations

from itertools import product

DANGEROUS = """
    X-Forwarded-Host X-Forwarded-Proto X-Forwarded-Port X-Forwarded-For X-Forwarded-Prefix X-Forwarded-Scheme
    Forwarded X-Host X-Original-Host X-Original-URL X-Rewrite-URL X-Script-Name X-HTTP-Method-Override
    X-Requested-With X-Real-IP Authorization Accept-Language Accept Origin X-Wagtail-Preview
"""
"""The twenty that poisoned caches before; each is sent alone too."""

KNOWN = """
    A-IM Accept-CH Accept-Charset Accept-Datetime Access-Control-Request-Headers Access-Control-Request-Method
    Akamai-Origin-Hop Alt-Used Base-Url Cache-Control Cache-Info CDN-Loop CF-Connecting-IP CF-Connecting-IPv6
    CF-IPCountry CF-RAY CF-Visitor CF-Worker Client-IP CloudFront-Forwarded-Proto CloudFront-Is-Mobile-Viewer
    CloudFront-Viewer-Country Cluster-Client-IP Contact-Info Content-Encoding Content-Type Destination Device-Memory
    DNT Downlink DPR Early-Data ECT Expect Fastly-Client-IP Fastly-FF Fastly-SSL Fly-Client-IP Forwarded-For
    Forwarded-Host Forwarded-Proto From Front-End-Https Http-Host HX-Boosted HX-Current-URL HX-Request HX-Target
    If-Range Incap-Client-IP Keep-Alive Lock-Token Max-Forwards Overwrite Pragma Prefer Priority Profile Proxy
    Proxy-Authorization Proxy-Connection Proxy-Host Purpose Range Real-IP Redirect Referer Referrer Remote-Addr
    Remote-User Request-Id Request-Uri RTT Save-Data Script-Name Sec-CH-UA Sec-CH-UA-Mobile Sec-CH-UA-Platform
    Sec-Fetch-Dest Sec-Fetch-Mode Sec-Fetch-Site Sec-Fetch-User Sec-GPC Sec-Purpose Server-Name Service-Worker
    SOAPAction Surrogate-Capability TE Timeout Trace-Id Traceparent Tracestate Transfer-Encoding Translate
    True-Client-IP True-Client-Port Turbo-Frame Unless-Modified-Since Upgrade Upgrade-Insecure-Requests User-Agent
    Via Viewport-Width Wap-Connection Warning Width X-Accel-Buffering X-Accel-Redirect X-Act-As X-Amz-Cf-Id
    X-Amz-Website-Redirect-Location X-Amzn-Trace-Id X-App-Engine-Country X-AppEngine-User-IP X-Arr-SSL
    X-ATT-DeviceId X-Auth-Request-User X-Authenticated-User X-Azure-ClientIP X-Azure-FDID X-Azure-SocketIP X-Backend
    X-Base-Url X-BlueCoat-Via X-Cache X-Client X-Client-IP X-Cluster-Client-IP X-Correlation-ID X-CSRF-Token
    X-CSRFToken X-Custom-IP-Authorization X-Debug X-Debug-Token X-Do-Not-Track X-Dst-IP X-EE-Preview
    X-Envoy-External-Address X-Envoy-Original-Path X-Flash-Version X-Forwarded X-Forwarded-By
    X-Forwarded-Client-Cert X-Forwarded-Path X-Forwarded-Protocol X-Forwarded-Server X-Forwarded-Ssl X-Forwarded-Uri
    X-Forwarded-User X-Forwarder-For X-Frame-Options X-Ghost-Preview X-Goog-Authenticated-User-Email
    X-HTTP-DestinationURL X-HTTP-Host-Override X-HTTP-Method X-HTTP-Path-Override X-Http-Status-Code-Override
    X-HTTP-Version X-Inertia X-Instart-Request-ID X-Internal X-IP X-IP-Trail X-Lantern-Version X-Livewire X-Locale
    X-Method-Override X-Middleware-Prefetch X-Middleware-Subrequest X-Moz X-Nextjs-Data X-Oauth-Token
    X-Operamini-Features X-Operamini-Phone-UA X-Origin X-Original-Cookie X-Original-Method X-Original-Path
    X-Original-Remote-Addr X-Original-URI X-Originally-Forwarded-For X-Originating-IP X-Override-URL X-Path-Info
    X-PJAX X-PJAX-Container X-Preview X-Proxy-Url X-Proxy-User X-ProxyUser-Ip X-Purpose X-Rack-Cache X-Region
    X-Remote-Addr X-Remote-IP X-Remote-User X-Request-ID X-Requested-By X-Scheme X-Sendfile X-Sendfile-Type
    X-Server-IP X-Server-Name X-Shopify-Shop-Domain X-Source-IP X-SSL-Client-Cert X-Tenant X-Theme X-Timer
    X-True-Client-IP X-UIDH X-Url-Scheme X-User X-User-Agent X-User-ID X-User-Role X-Varnish X-Vercel-Forwarded-For
    X-Version X-Wap-Profile X-WP-Nonce X-Xsrf-Token X-Zope-Vhm-Root
"""
"""What servers, proxies, frameworks and browsers send or read."""

PREFIXES = """
    X- X-Forwarded- X-Original- X-Rewrite- X-Real- X-Proxy- X-Remote- X-Client- X-Override- X-HTTP- X-Request-
    X-Backend- X-Debug- X-Cache- X-App- X-Amz- CF- Fastly- Proxy- Wagtail- X-Wagtail- X-Django- X-WSGI- X-Almanac-
"""
SUFFIXES = """
    Host Hostname Domain Port Proto Protocol Scheme Ssl Https Url Uri Path Path-Info Prefix Query Query-String
    Method Server Server-Name Address Addr IP User Username Role Admin Token Key Session Cookie Language Locale
    Country Timezone Device Mobile Theme Template View Mode Preview Draft Format Version Debug Trace Site Tenant
    Root Page
"""
BUILT = ["".join(parts) for parts in product(PREFIXES.split(), SUFFIXES.split())]

HEADER_NAMES = sorted({name.title() for name in [*DANGEROUS.split(), *KNOWN.split(), *BUILT]})
"""All of them but those that a public answer may depend on: `Host`, `Accept-Encoding`, `If-None-Match` and its kin."""
