"""The controlled lists that young people and offers are described with."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..enums import SkillKind


class _Named(models.Model):
    """A term in both languages, found by its slug."""

    name = models.CharField(_("nome"), max_length=80, unique=True)
    name_en = models.CharField(_("nome in inglese"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name


def terms_of(skills, goals) -> dict[str, list[str]]:
    """Return the slugs of two lists of skills, with the languages apart; two queries."""
    known = list(skills.all())
    return {
        "skills": [row.slug for row in known if row.kind == SkillKind.SKILL],
        "languages": [row.slug for row in known if row.kind == SkillKind.LANGUAGE],
        "goals": [row.slug for row in goals.all()],
    }


class Sector(_Named):
    """A field of work: what young people are interested in and where an offer belongs."""

    class Meta:
        verbose_name = _("settore")
        verbose_name_plural = _("settori")
        ordering = ["name", "pk"]


class Skill(_Named):
    """Something one can do, wants to learn, or a language one speaks."""

    kind = models.CharField(_("tipo"), max_length=10, choices=SkillKind, default=SkillKind.SKILL)

    class Meta:
        verbose_name = _("competenza o lingua")
        verbose_name_plural = _("competenze e lingue")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=SkillKind.values), name="skill_kind_known"),
        ]
