"""A text names the client of its own document."""

from django.db import migrations

UP = """
ALTER TABLE client_documents ADD CONSTRAINT document_and_client UNIQUE (id, client_id);
ALTER TABLE document_texts ADD CONSTRAINT text_of_its_documents_client FOREIGN KEY (document_id, client_id)
  REFERENCES client_documents (id, client_id);
"""
DOWN = """
ALTER TABLE document_texts DROP CONSTRAINT text_of_its_documents_client;
ALTER TABLE client_documents DROP CONSTRAINT document_and_client;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_texts")]
    operations = [migrations.RunSQL(UP, DOWN)]
