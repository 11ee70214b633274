"""The runbook's weekly and monthly tasks: done on a schedule or because somebody asked, with what came of each."""
