"""The database signs: whoever reaches it as a note's author can sign the note, and nothing else in its place.

Nobody dates a signature, words the name under it or writes its hash but the database. What an import brings was
signed elsewhere: it keeps time and name, and says so (`is_imported`). Amendments likewise. The functions run as
whoever signs, so they read no more than that person may.
"""

from django.db import migrations

UP = """
-- The canonical text of `charting.rules.canonical_json`, form 2. Change both together, under a new number.
CREATE FUNCTION access.note_instant(at timestamptz) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(to_char(at AT TIME ZONE 'UTC', '"\\""YYYY-MM-DD"T"HH24:MI:SS.US"+00:00\\""'), 'null')
$$;

CREATE FUNCTION access.note_text(n public.clinical_notes) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT '{"actual_start":' || access.note_instant(n.started_at)
      || ',"actual_stop":' || access.note_instant(n.ended_at)
      || ',"appointment_id":' || coalesce(to_json(n.appointment_id)::text, 'null')
      || ',"author_id":' || to_json(n.author_id)
      || ',"author_licence":' || to_json(n.signed_licence)
      || ',"author_name":' || to_json(n.signed_name)
      || ',"client_id":' || to_json(n.client_id)
      || ',"diagnoses":[' || coalesce((
           SELECT string_agg('[' || to_json(d.one->>'code') || ',' || to_json(d.one->>'description') || ']', ','
                             ORDER BY d.place)
             FROM jsonb_array_elements(n.diagnoses) WITH ORDINALITY AS d(one, place)), '') || ']'
      || ',"form":2,"format":' || to_json(n.note_format)
      || ',"is_imported":' || to_json(n.is_imported)
      || ',"kind":' || to_json(n.kind)
      || ',"location":' || to_json(n.signed_location)
      || ',"note_id":' || to_json(n.id)
      || ',"sections":[' || coalesce((
           SELECT string_agg('[' || to_json(s.key) || ',' || to_json(s.value) || ']', ',' ORDER BY s.key COLLATE "C")
             FROM jsonb_each_text(n.sections) AS s), '') || ']'
      || ',"service":' || to_json(n.signed_service)
      || ',"service_date":' || to_json(to_char(n.service_date, 'YYYY-MM-DD'))
      || ',"signed_at":' || access.note_instant(n.signed_at) || '}'
$$;

CREATE FUNCTION access.printed_name(person uuid) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT concat_ws(', ', btrim(p.first_name || ' ' || p.last_name), nullif(p.credentials, ''))
    FROM profiles p WHERE p.id = person
$$;

CREATE FUNCTION access.sign_note() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM access.verify();
  IF TG_OP = 'INSERT' THEN
    IF NOT NEW.is_imported OR NEW.signed_at > statement_timestamp() THEN
      RAISE EXCEPTION 'a note is begun unsigned, but for what an import brings' USING errcode = '42501';
    END IF;
  ELSE
    IF NEW.author_id IS DISTINCT FROM access.me() THEN
      RAISE EXCEPTION 'only its author signs a note' USING errcode = '42501';
    END IF;
    NEW.is_imported := false;
    NEW.signed_at := statement_timestamp();
    NEW.signed_name := access.printed_name(NEW.author_id);
    SELECT CASE WHEN p.license_number = '' THEN '' ELSE btrim(p.license_state || ' ' || p.license_number) END
      INTO NEW.signed_licence FROM profiles p WHERE p.id = NEW.author_id;
    SELECT concat_ws(' ', nullif(a.appointment_type, ''), nullif(a.cpt_code, '')), coalesce(l.name, '')
      INTO NEW.signed_service, NEW.signed_location
      FROM appointments a LEFT JOIN locations l ON l.id = a.location_id WHERE a.id = NEW.appointment_id;
    NEW.signed_service := coalesce(NEW.signed_service, '');
    NEW.signed_location := coalesce(NEW.signed_location, '');
  END IF;
  IF EXISTS (SELECT FROM jsonb_each(NEW.sections) s WHERE jsonb_typeof(s.value) <> 'string')
     OR EXISTS (SELECT FROM jsonb_array_elements(NEW.diagnoses) d
                WHERE jsonb_typeof(d->'code') IS DISTINCT FROM 'string'
                   OR jsonb_typeof(d->'description') IS DISTINCT FROM 'string') THEN
    RAISE EXCEPTION 'a note that is signed holds texts, and diagnoses of a code and a text' USING errcode = '23514';
  END IF;
  NEW.digest_form := 2;
  NEW.content_hash := encode(sha256(convert_to(access.note_text(NEW), 'UTF8')), 'hex');
  RETURN NEW;
END $$;

-- Fires after keep_signed, by name: what is frozen never gets here.
CREATE TRIGGER sign BEFORE INSERT OR UPDATE ON clinical_notes
  FOR EACH ROW WHEN (NEW.signed_at IS NOT NULL) EXECUTE FUNCTION access.sign_note();

CREATE FUNCTION access.date_amendment() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF current_user = 'ms_import' AND NEW.created_at <= statement_timestamp() THEN
    RETURN NEW;
  END IF;
  NEW.created_at := statement_timestamp();
  NEW.author_name := access.printed_name(NEW.author_id);
  RETURN NEW;
END $$;

CREATE TRIGGER date_it BEFORE INSERT ON note_amendments
  FOR EACH ROW EXECUTE FUNCTION access.date_amendment();
"""

DOWN = """
DROP FUNCTION access.sign_note() CASCADE;
DROP FUNCTION access.date_amendment() CASCADE;
DROP FUNCTION access.printed_name(uuid);
DROP FUNCTION access.note_text(public.clinical_notes);
DROP FUNCTION access.note_instant(timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("charting", "0004_what_a_signature_covers"), ("people", "0003_keep_account")]
    operations = [migrations.RunSQL(UP, DOWN)]
