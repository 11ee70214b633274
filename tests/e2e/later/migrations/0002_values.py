"""Every row is written. Dies in the midst of it when it is told to, as a machine does."""

import os
import signal

from django.db import migrations


def fill(apps, editor):
    editor.execute("UPDATE clients SET later = 'x'")
    if os.environ.get("LATER_DIES"):
        os.kill(os.getpid(), signal.SIGKILL)


class Migration(migrations.Migration):
    dependencies = [("later", "0001_columns")]
    operations = [migrations.RunPython(fill)]
