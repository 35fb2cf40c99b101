"""The tree that pages hang on: a home page for each language, as the portal has it."""

from wagtail.models import Locale, Page, Site

from home.models import HomePage


def add_page(parent: Page, page: Page) -> Page:
    """Put a page below another, live, and give it back as it was read again."""
    parent.refresh_from_db()
    parent.add_child(instance=page)
    return type(page).objects.get(pk=page.pk)


def home_page(language: str = "it") -> HomePage:
    """The home page in one language: made once for each test, and the Italian one is the root of the only site."""
    locale, _new = Locale.objects.get_or_create(language_code=language)
    found = HomePage.objects.filter(locale=locale).first()
    if found:
        return found
    root = Page.get_first_root_node()
    if language != "it":
        return home_page().copy_for_translation(locale, alias=False)
    page = HomePage(
        title="Portale",
        slug="portale",
        short_description="Il portale del territorio.",
        hero_statement="Una frase",
        locale=locale,
    )
    root.add_child(instance=page)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": page, "site_name": "Portale"}
    )
    return page
