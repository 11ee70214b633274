"""The mutation harness itself: it sees a fence removed and a sentence made `true`, and is silent on what is whole.

All mutants are `make mutate-policies`; these few run always.
"""

import pytest
from django.db import connection

from mentalspace.launch.testing import ensure_test_cluster
from tests.access.equivalent import EQUIVALENT
from tests.access.judging import first_difference
from tests.access.mutants import BEYOND_REACH, Stage, mutants

FEW = {
    "clients": {"fence removed", "USING true", "dropped"},
    "clinical_notes": {"fence that all pass", "WITH CHECK true"},
    "users": {"fence made a permission", "row security off"},
    "client_favorites": {"USING negated", "to ms_supervisor", "for ALL"},
}


@pytest.fixture
def stage(django_db_setup, django_db_blocker):
    dsn = ensure_test_cluster()["superuser_dsn"]
    with django_db_blocker.unblock():
        made = Stage(f"{dsn} dbname={connection.settings_dict['NAME']}")
        yield made
        made.close()


@pytest.mark.parametrize("table", FEW)
def test_a_few_mutants_are_noticed(stage, table):
    wanted = FEW[table]
    tried: set[str] = set()
    for policy in (one for one in stage.policies if one.table == table and one.to not in BEYOND_REACH):
        for mutant in mutants(policy, stage.policies):
            known = str(mutant).startswith("clinical_notes") and "_change_" in str(mutant)  # a trigger keeps these
            if mutant.what in wanted - tried and not known:
                tried.add(mutant.what)
                assert stage.killer(mutant), mutant
    assert tried == wanted


def test_what_is_whole_shows_no_difference(stage):
    with stage.changed([]):
        assert first_difference(stage.world, ["clients", "client_favorites", "users"]) is None


def test_every_equivalent_mutant_has_a_reason():
    assert all(EQUIVALENT.values())
