"""The operator's own SQL leaves a practice its last administrator too."""

import psycopg
import pytest

from tests.cast import ID

LESS = "DELETE FROM user_roles WHERE role = 'administrator' AND person_id = %s"


def test_the_operator_leaves_one_who_has_taken_the_account_up(operator):
    operator.execute("UPDATE account_emailaddress SET verified = false WHERE user_id = %s", [ID["mia"]])
    with pytest.raises(psycopg.errors.CheckViolation, match="keeps an administrator"):
        operator.execute(LESS, [ID["ada"]])
    operator.execute("UPDATE account_emailaddress SET verified = true WHERE user_id = %s", [ID["mia"]])
    assert operator.execute(LESS, [ID["ada"]]).rowcount == 1
