"""Exchange: what comes in from and goes out to other systems."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "mentalspace.exchange"
    label = "exchange"
