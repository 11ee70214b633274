/** What people call their roles; a role added on the server shows as its own word until it is named here. */
const names: Record<string, string> = {
  administrator: 'Administrator',
  supervisor: 'Supervisor',
  clinician: 'Clinician',
  associate: 'Associate',
  billing: 'Billing',
  front_desk: 'Front desk',
}

export const roleName = (role: string): string => names[role] ?? role.replaceAll('_', ' ')
