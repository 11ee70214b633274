import { expect, test } from 'vitest'
import { ownPath, paths } from './paths'

test('addresses do not change unnoticed', () => {
  const built = Object.fromEntries(Object.entries(paths).map(([name, build]) => [name, build('ID', 'OTHER')]))
  expect(built).toMatchInlineSnapshot(`
    {
      "account": "/account",
      "alerts": "/operations/alerts",
      "alertsTab": "/operations/alerts?tab=ID",
      "audit": "/audit",
      "calendar": "/calendar",
      "calendarBooking": "/calendar?client=ID",
      "calendarSession": "/calendar?date=ID&open=OTHER",
      "calendarWeek": "/calendar?date=ID",
      "carriers": "/messages/carriers",
      "client": "/clients/ID",
      "clientTab": "/clients/ID?tab=OTHER",
      "clients": "/clients",
      "concern": "/security/concern",
      "documentTemplate": "/library/templates/ID",
      "documentTemplates": "/library/templates",
      "emergency": "/emergency-access",
      "emergencyAccess": "/emergency-access/ID",
      "emergencyReview": "/emergency-access?tab=review",
      "enrol": "/sign-in/authenticator",
      "forgot": "/reset",
      "form": "/forms/ID",
      "formTemplate": "/forms/templates/ID",
      "forms": "/forms",
      "formsTab": "/forms?tab=ID",
      "incident": "/security/incidents/ID",
      "library": "/library",
      "mailLook": "/messages/look",
      "message": "/messages?message=ID",
      "messages": "/messages",
      "newDocumentTemplate": "/library/templates/new",
      "newPassword": "/sign-in/new-password",
      "newPsychotherapyNote": "/psychotherapy-notes/ID?client=OTHER",
      "note": "/notes/ID",
      "notificationRules": "/messages/rules",
      "openIncidentAbout": "/operations/incidents?about=ID",
      "operations": "/operations",
      "operationsIncident": "/operations/incidents/ID",
      "operationsIncidents": "/operations/incidents",
      "operationsIncidentsTab": "/operations/incidents?tab=ID",
      "operationsTab": "/operations?tab=ID",
      "paper": "/downtime",
      "paperOf": "/downtime?day=ID",
      "people": "/people",
      "peopleReport": "/people/check",
      "person": "/people/ID",
      "psychotherapyNote": "/psychotherapy-notes/ID",
      "reminders": "/reminders",
      "remindersTab": "/reminders?tab=ID",
      "repairs": "/operations/repairs",
      "security": "/security",
      "securityTab": "/security?tab=ID",
      "setUp": "/setup/ID",
      "signIn": "/sign-in",
      "signInRules": "/people/sign-in-rules",
      "stoppedAddresses": "/messages/stopped",
      "storage": "/storage",
      "storageTab": "/storage?tab=ID",
      "today": "/",
      "wordings": "/messages/wordings",
    }
  `)
})

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/sign-in', '', undefined, 7])('sign-in does not lead away to %s', (from) => {
  expect(ownPath(from)).toBe('/')
})

test('sign-in leads back to where one was', () => expect(ownPath('/clients/c1?tab=notes')).toBe('/clients/c1?tab=notes'))
