"""Territories, topics and organisations for tests."""

import factory
from factory.django import DjangoModelFactory

from portal.registry.enums import OrganisationKind, TerritoryKind
from portal.registry.models import Municipality, Organisation, Territory, Topic


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    istat_code = factory.Sequence(lambda n: f"{800000 + n}")
    name = factory.Sequence(lambda n: f"Paese {n}")
    province = "Torino"
    province_code = "TO"
    region = "Piemonte"
    latitude = 45.01
    longitude = 7.82
    population = 3000
    population_15_29 = 400


class TerritoryFactory(DjangoModelFactory):
    class Meta:
        model = Territory

    kind = TerritoryKind.UNION
    name = factory.Sequence(lambda n: f"Valle {n}")
    slug = factory.Sequence(lambda n: f"valle-{n}")


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    name = factory.Sequence(lambda n: f"Tema {n}")
    name_en = factory.Sequence(lambda n: f"Theme {n}")
    slug = factory.Sequence(lambda n: f"tema-{n}")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organizzazione {n}")
    slug = factory.Sequence(lambda n: f"organizzazione-{n}")
    kind = OrganisationKind.ASSOCIATION
