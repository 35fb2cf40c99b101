"""An offer in the words of schema.org, for search engines: JobPosting, where it fits.

What is no work relation at all (a short experience, a stay with the school) is not a job, and an invented example is
nobody's; a search engine would be told something untrue. No person is named.
"""

import json
from typing import Any

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .enums import OfferKind, OfferState
from .models import Offer

EMPLOYMENT: dict[str, str] = {
    OfferKind.TRAINEESHIP: "INTERN",
    OfferKind.SUMMER: "INTERN",
    OfferKind.APPRENTICESHIP: "FULL_TIME",
    OfferKind.VOLUNTEERING: "VOLUNTEER",
}
FULL_TIME_HOURS = 36
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def job_posting(offer: Offer, url: str) -> SafeString | None:
    """Return the JSON-LD of a published offer; None where JobPosting does not fit.

    Args:
        offer: from `for_detail()`.
        url: its address, whole.

    See https://schema.org/JobPosting and https://developers.google.com/search/docs/appearance/structured-data/job-posting
    """
    organisation = offer.host.organisation
    if offer.state != OfferState.PUBLISHED or offer.kind not in EMPLOYMENT or organisation.is_example:
        return None
    if offer.published_at is None:
        return None
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": offer.title,
        "description": _description(offer),
        "identifier": {"@type": "PropertyValue", "name": offer.desk.name, "value": str(offer.pk)},
        "datePosted": timezone.localdate(offer.published_at).isoformat(),
        "validThrough": f"{offer.end_date.isoformat()}T23:59:59",
        "employmentType": _employment(offer),
        "workHours": str(offer.weekly_hours),
        "jobStartDate": offer.start_date.isoformat(),
        "totalJobOpenings": offer.seats_count,
        "directApply": True,
        "url": url,
        "hiringOrganization": {"@type": "Organization", "name": organisation.name},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                **({"streetAddress": offer.address} if offer.address else {}),
                "addressLocality": offer.municipality.name,
                "addressRegion": offer.municipality.region,
                "addressCountry": "IT",
            },
        },
    }
    if organisation.url:
        data["hiringOrganization"]["sameAs"] = organisation.url
    if offer.indemnity:
        value = {"@type": "QuantitativeValue", "value": offer.indemnity, "unitText": "MONTH"}
        data["baseSalary"] = {"@type": "MonetaryAmount", "currency": "EUR", "value": value}
    skills = ", ".join(skill.label for skill in offer.skills.all())
    if skills:
        data["skills"] = skills
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))


def _employment(offer: Offer) -> str:
    if offer.kind == OfferKind.APPRENTICESHIP and offer.weekly_hours < FULL_TIME_HOURS:
        return "PART_TIME"
    return EMPLOYMENT[offer.kind]


def _description(offer: Offer) -> str:
    """The words of the offer as the simple HTML that search engines want: paragraphs."""
    parts = [offer.summary, *offer.tasks.splitlines(), *offer.learning.splitlines()]
    return "".join(f"<p>{escape(part.strip())}</p>" for part in parts if part.strip())
