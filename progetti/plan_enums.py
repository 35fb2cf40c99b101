"""States, directions and rhythms of what a plan is made of."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Weighing(models.TextChoices):
    """How the progress of a plan is weighed."""

    WEIGHTS = "weights", _("Con i pesi di assi, obiettivi e azioni")
    EQUAL = "equal", _("Ogni azione conta uguale")


class ActionStatus(models.TextChoices):
    """Where an action of a plan stands."""

    TO_START = "to_start", pgettext_lazy("action status", "Da avviare")
    UNDER_WAY = "under_way", pgettext_lazy("action status", "In corso")
    DONE = "done", pgettext_lazy("action status", "Conclusa")
    SUSPENDED = "suspended", pgettext_lazy("action status", "Sospesa")
    CANCELLED = "cancelled", pgettext_lazy("action status", "Annullata")


class Direction(models.TextChoices):
    """Where an indicator should go."""

    UP = "up", pgettext_lazy("indicator direction", "Deve crescere")
    DOWN = "down", pgettext_lazy("indicator direction", "Deve diminuire")
    KEEP = "keep", pgettext_lazy("indicator direction", "Deve restare com'è")


class IndicatorState(models.TextChoices):
    """How far an indicator is from its baseline to its target."""

    NO_DATA = "no_data", pgettext_lazy("indicator state", "Nessun dato")
    WORSE = "worse", pgettext_lazy("indicator state", "Peggiorato")
    LIMITED = "limited", pgettext_lazy("indicator state", "Progresso limitato")
    MODERATE = "moderate", pgettext_lazy("indicator state", "Progresso moderato")
    SUBSTANTIAL = "substantial", pgettext_lazy("indicator state", "Progresso sostanziale")
    REACHED = "reached", pgettext_lazy("indicator state", "Raggiunto")


class Frequency(models.TextChoices):
    """How often an indicator is measured."""

    MONTHLY = "monthly", pgettext_lazy("measuring frequency", "Ogni mese")
    QUARTERLY = "quarterly", pgettext_lazy("measuring frequency", "Ogni trimestre")
    HALF_YEARLY = "half_yearly", pgettext_lazy("measuring frequency", "Ogni semestre")
    YEARLY = "yearly", pgettext_lazy("measuring frequency", "Ogni anno")
    ONCE = "once", pgettext_lazy("measuring frequency", "Una volta sola")
