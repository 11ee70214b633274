"""What forms have told to people, under the bell."""

from mentalspace.notify.bell import alert

SUBMITTED = "form.submitted"

alert(
    SUBMITTED,
    title="A form came in",
    text="“{form}” was filled for {client} and waits for a look.",
    about="form",
)
