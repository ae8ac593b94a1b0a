"""What is in use: wired here, once, and handed to every use case."""

from __future__ import annotations

import getpass
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.clock import Clock, SystemClock
from salus.core.groupmap import InProcess, ProcessPool, Runner
from salus.core.log import Log, open_log
from salus.core.progress import Progress, silent
from salus.data.store.engine import Store, open_store
from salus.domain.records.catalogue import patient_fields
from salus.service.sessions import named_principal
from salus.trust.permission import OPERATOR, Principal
from salus.trust.policy import Policy, open_policy
from salus.trust.vault.folder import KeyFolder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.core.settings import Settings
    from salus.data.lake.lake import Lake
    from salus.trust.vault.vault import Vault


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What is in use.

    Parameters
    ----------
    settings : Settings
        What a person set.
    principal : Principal
        Who asks.
    policy : Policy
        Who may do what.
    store : Store
        Ledger, audit and runs.
    clock : Clock
        What time it is.
    runner : Runner
        Where grouped work is done.
    log : Log
        Where events are written; it refuses patient fields.
    progress : Progress
        Who hears what the work is doing.
    keys : KeyFolder
        Where the keys lie; opened, and made, when first used.
    """

    settings: Settings
    principal: Principal
    policy: Policy
    store: Store
    clock: Clock
    runner: Runner
    log: Log
    progress: Progress
    keys: KeyFolder

    @property
    def vault(self) -> Vault:
        """Return what seals and opens.

        Raises
        ------
        InputError
            If the master key is another one than the home was sealed with.
        EnvironmentFaultError
            If the master key is missing, others may read it, or the extra ``[privacy]`` is not
            installed.
        """
        return self.keys.vault()

    def lake(self, name: str) -> Lake:
        """Return the lake of a source of records, where the setting ``lake`` says.

        Parameters
        ----------
        name : str
            Name of the source.

        Raises
        ------
        InputError
            If the setting names no place that Arrow knows.
        """
        from salus.data.lake.open import open_lake  # noqa: PLC0415  a run needs no lake

        place = self.settings.lake or str(self.settings.home.absolute() / "lake")
        return open_lake(place, name, self.vault)


@contextmanager
def open_context(
    settings: Settings, progress: Progress = silent, clock: Clock | None = None
) -> Iterator[Context]:
    """Wire everything for the person at this command line, and close it afterwards.

    They act as the operator, or as the account that they name in their settings.

    Parameters
    ----------
    settings : Settings
        What a person set.
    progress : Progress
        Who hears what the work is doing.
    clock : Clock, optional
        The clock of this machine, when not given.

    Yields
    ------
    Context

    Raises
    ------
    InputError
        If the policies are wrong.
    EnvironmentFaultError
        If the home folder or its database cannot be used.
    SignInError
        If the account that the settings name is not here, or is disabled.
    """
    policy = open_policy(Path(settings.policy) if settings.policy else None)
    with open_store(settings.home) as store:
        yield Context(
            settings,
            _principal(settings, store),
            policy,
            store,
            clock or SystemClock(),
            InProcess() if settings.workers == 1 else ProcessPool(settings.workers),
            open_log(patient_fields(), settings.log_level),
            progress,
            KeyFolder(
                settings.home / "keys", Path(settings.master_key) if settings.master_key else None
            ),
        )


def acting(context: Context, principal: Principal) -> Context:
    """Return what is in use, for somebody else.

    Parameters
    ----------
    context : Context
        What is in use.
    principal : Principal
        Who asks from now on.
    """
    return replace(context, principal=principal)


def _principal(settings: Settings, store: Store) -> Principal:
    if settings.account:
        return named_principal(store, settings.account)
    return Principal(_account(), OPERATOR)


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run under a number without a name
        return "nobody"
