"""`python -m tests.e2e.empty_portal`: what an administrator does before the redazione begins, in one process.

The municipalities of Italy, the empty portal, and two people in the groups of the redazione.
"""

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from portal.users import roles  # noqa: E402
from portal.users.actions import create_verified_user  # noqa: E402
from tests.e2e.accounts import AUTHOR, PASSWORD, REVIEWER  # noqa: E402

if __name__ == "__main__":
    call_command("import_municipalities")
    call_command("set_up_portal", "Il portale delle Valli")
    groups = roles.ensure_roles()
    for account, name, group in ((AUTHOR, "Rita", roles.AUTHORS), (REVIEWER, "Renzo", roles.REVIEWERS)):
        create_verified_user(account.email, PASSWORD, first_name=name, last_name="Prova").groups.add(groups[group])
