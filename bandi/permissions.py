"""Who of the redazione may do what with the outcomes of a call and with who is interested in it.

Both belong to the page: whoever may edit it may write them, whoever may publish it may let them out.
"""


def may_write(user, call) -> bool:
    """Whether a person may write what belongs to a call, to be let out by somebody else."""
    return call.permissions_for_user(user).can_edit()


def may_publish(user, call) -> bool:
    """Whether what a person writes about a call may be read by everybody at once."""
    return call.permissions_for_user(user).can_publish()
