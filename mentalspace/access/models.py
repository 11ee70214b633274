"""No tables of Django's; a models module, so that migrate signals reach this app."""
