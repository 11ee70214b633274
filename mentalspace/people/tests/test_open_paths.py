"""What answers without looking anybody up has no transaction around it."""

from django.db import transaction
from django.http import HttpResponse

from mentalspace.people.middleware import TransactionPerActor


def test_what_a_view_raises_outside_a_transaction_stays_what_it_is(rf):
    assert not transaction.get_connection().in_atomic_block
    middleware = TransactionPerActor(lambda _: HttpResponse())
    middleware.process_exception(rf.post("/functions/x"), OSError())
