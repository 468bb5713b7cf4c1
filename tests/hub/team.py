"""A JupyterHub on loopback with real unix users, and what a test needs of a member of the team."""

from __future__ import annotations

import grp
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import requests
import websocket

from tests.hub.environment import KEPT, REPOSITORY, run

GROUP = "speckit-team"
WRITERS = ("speckit-ada", "speckit-bo")
READER = "speckit-cy"
PASSWORD = secrets.token_urlsafe(16)
CONFIG = """
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub_port}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.ConfigurableHTTPProxy.pid_file = "{state}/proxy.pid"
c.JupyterHub.db_url = "sqlite:///{state}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{state}/cookie"
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = "{password}"
c.Authenticator.allowed_users = set({users})
c.Spawner.cmd = ["{bin}/jupyterhub-singleuser"]
c.Spawner.default_url = "/lab"
c.Spawner.environment = {{"SHELL": "/bin/sh"}}
c.Spawner.args = ["--LabApp.expose_app_in_browser=True"]
c.JupyterHub.services = [{{"name": "tests", "api_token": "{token}"}}]
c.JupyterHub.load_roles = [{{"name": "tests", "services": ["tests"],
    "scopes": ["admin:users", "admin:servers", "access:servers", "tokens"]}}]
"""


@dataclass
class Hub:
    """A running hub with its members, and the team folder that they share."""

    environment: Path
    folder: Path
    port: int
    token: str
    process: subprocess.Popen[bytes]
    members: dict[str, Member] = field(default_factory=dict)

    @property
    def project(self) -> Path:
        """The team's project: research, specs and ledgers."""
        return self.folder / "team"

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Call a REST API of the hub or of a member's server."""
        headers = {"Authorization": f"token {self.token}"}
        reply = requests.request(method, self.url + path, headers=headers, json=body, timeout=60)
        reply.raise_for_status()
        return reply.json() if reply.content else None


@dataclass
class Member:
    """Somebody with an account, a server and a kernel of their own in the team's specs folder."""

    hub: Hub
    name: str
    kernel: str = ""

    def start(self) -> None:
        """Start the server, and a kernel."""
        self.hub.ask("POST", f"/hub/api/users/{self.name}/server")
        wait(
            lambda: self.hub.ask("GET", f"/hub/api/users/{self.name}")["servers"].get("", {}).get("ready"), 60
        )
        self.start_kernel()

    def start_kernel(self) -> None:
        """Start a kernel as Lab does for a notebook in the team's folder of specs."""
        model = {"name": "python3", "path": "team/specs"}
        self.kernel = self.hub.ask("POST", f"/user/{self.name}/api/kernels", model)["id"]

    def run(self, code: str) -> str:
        """Run code in the kernel, as a cell of a notebook that a person looks at.

        Returns:
            What it printed.
        """
        message = uuid.uuid4().hex
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": True}
        header = {
            "msg_id": message,
            "msg_type": "execute_request",
            "version": "5.3",
            "username": "",
            "session": message,
        }
        request = {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": "shell",
        }
        printed, waiting = [], {"execute_reply", "idle"}
        with closing(self._channel()) as channel:
            channel.send(json.dumps(request))
            while waiting:
                reply = json.loads(channel.recv())
                if reply["parent_header"].get("msg_id") != message:
                    continue
                kind, told = reply["msg_type"], reply["content"]
                assert kind != "error", "\n".join(told.get("traceback", []))
                printed += [told["text"]] if kind == "stream" else []
                waiting -= {kind, told.get("execution_state", "")}
        return "".join(printed)

    def _channel(self) -> websocket.WebSocket:
        """A connection for one cell: the server ends those that do not answer its pings."""
        return websocket.create_connection(
            f"ws://127.0.0.1:{self.hub.port}/user/{self.name}/api/kernels/{self.kernel}/channels",
            header={"Authorization": f"token {self.hub.token}"},
            timeout=60,
        )

    def value(self, expression: str) -> Any:
        """The value of an expression in the kernel, by way of JSON."""
        told = self.run(f"import json; print('\\n' + json.dumps({expression}))")
        return json.loads(told.strip().splitlines()[-1])


def start_hub(environment: Path) -> Hub:
    """Make the users and the team folder, start a hub, and everybody's server and kernel."""
    make_users()
    folder = Path(tempfile.mkdtemp(prefix="speckit-team-", dir=KEPT))
    folder.chmod(0o755)
    make_project(folder / "team")
    for name in (*WRITERS, READER):
        link = Path(pwd.getpwnam(name).pw_dir) / "team"
        link.symlink_to(folder / "team")
    state = folder / "state"
    state.mkdir(mode=0o700)
    port, hub_port, proxy_port = free_ports(3)
    token = secrets.token_hex(32)
    config = CONFIG.format(
        port=port, hub_port=hub_port, proxy_port=proxy_port, state=state, token=token, password=PASSWORD,
        bin=environment / "bin", proxy=environment / "proxy/node_modules/.bin/configurable-http-proxy",
        users=[*WRITERS, READER],
    )  # fmt: skip
    (state / "jupyterhub_config.py").write_text(config)
    with (state / "log").open("wb") as log:
        process = subprocess.Popen(
            [environment / "bin" / "jupyterhub", "-f", state / "jupyterhub_config.py"],
            stdout=log, stderr=log, cwd=state, umask=0o022, start_new_session=True, env=clean_environment(),
        )  # fmt: skip
    hub = Hub(environment, folder, port, token, process)
    try:
        wait(lambda: answers(hub), 60)
        hub.members = {name: Member(hub, name) for name in (*WRITERS, READER)}
        with ThreadPoolExecutor() as pool:
            list(pool.map(Member.start, hub.members.values()))
    except BaseException:
        print((state / "log").read_text()[-4000:])
        stop_hub(hub)
        raise
    return hub


def stop_hub(hub: Hub) -> None:
    """End what was started, by process id, and remove users and folders."""
    started = []
    if hub.process.poll() is None:
        first = psutil.Process(hub.process.pid)
        started = [first, *first.children(recursive=True)]
    elif (proxy := hub.folder / "state" / "proxy.pid").exists() and psutil.pid_exists(int(proxy.read_text())):
        started = [psutil.Process(int(proxy.read_text()))]  # it outlives a hub that fell
    for process in started:
        process.terminate()
    _, alive = psutil.wait_procs(started, timeout=5)
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, timeout=5)
    shutil.rmtree(hub.folder)
    remove_users()


def make_users() -> None:
    """Make the users, and the group of those who may write."""
    remove_users()
    run("groupadd", GROUP)
    for name in WRITERS:
        run("useradd", "--create-home", "--groups", GROUP, name)
    run("useradd", "--create-home", READER)


def remove_users() -> None:
    """Remove users and group, as far as they are there."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in (*WRITERS, READER):
        if name in known:
            run("userdel", "--force", "--remove", name)
    if GROUP in {entry.gr_name for entry in grp.getgrall()}:
        run("groupdel", GROUP)


def make_project(folder: Path) -> None:
    """A team folder: research that all may read, and specs that the group may write."""
    shutil.copytree(REPOSITORY / "research", folder / "research")
    run("chmod", "-R", "u=rwX,go=rX", str(folder))
    run("install", "-d", "-m", "2775", "-g", GROUP, str(folder / "specs"))


def clean_environment() -> dict[str, str]:
    """This environment without what another Python or a continuous integration put in it."""
    return {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "HOME", "TZ"}}


def answers(hub: Hub) -> bool:
    assert hub.process.poll() is None, "the hub has ended"
    try:
        return bool(hub.ask("GET", "/hub/api/"))
    except requests.RequestException:
        return False


def wait(condition: Any, seconds: float) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"still not so after {seconds} s"
        time.sleep(0.1)


def free_ports(count: int) -> list[int]:
    """Ports of loopback that nobody uses."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
