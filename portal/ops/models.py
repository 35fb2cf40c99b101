"""What the machinery itself keeps in the database."""

from django.db import models


class ContentVersion(models.Model):
    """How many times what the public reads has changed: one row, see `portal.ops.freshness`."""

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="content_version_one_row")]

    def __str__(self) -> str:
        return str(self.number)
