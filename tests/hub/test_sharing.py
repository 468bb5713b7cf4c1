"""A team on a hub: several people resolve the questions of one spec, each from a server of their own."""

import pytest

from tests.hub.team import Hub

pytestmark = [pytest.mark.hub, pytest.mark.slow]


def test_members_have_servers_of_their_own(hub: Hub):
    """Each kernel runs as its member's unix user, and knows the member's name on the hub."""
    for name, member in hub.members.items():
        member.run("import getpass, os")
        assert member.value("[getpass.getuser(), os.environ['JUPYTERHUB_USER']]") == [name, name]
