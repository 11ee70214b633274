"""Who meets whom, when and where: appointments, weekly series, working hours."""
