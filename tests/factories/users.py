"""Accounts: people who sign in with a confirmed address."""

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from portal.users.actions import mark_email_verified
from portal.users.models import User
from portal.users.roles import ensure_roles

PASSWORD = "quattro parole facili insieme"


class UserFactory(factory.django.DjangoModelFactory):
    """A person whose address is confirmed, unless `confirmed=False`.

    `PASSWORD` opens the account; `groups` are names of portal.users.roles.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persona{n}@example.org")
    first_name = "Anna"
    last_name = "Rossi"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        password = kwargs.pop("password", PASSWORD)
        return model_class.objects.create_user(*args, password=password, **kwargs)

    @factory.post_generation
    def confirmed(self, create, extracted, **kwargs):
        if not create:
            return
        if extracted is False:
            EmailAddress.objects.create(user=self, email=self.email, primary=True)
        else:
            mark_email_verified(self)

    @factory.post_generation
    def groups(self, create, extracted, **kwargs):
        if create and extracted:
            ensure_roles()
            self.groups.set(Group.objects.filter(name__in=extracted))
