/** Django's CSRF token, readable by this origin only. */
export function csrfToken(): string {
  const found = /(?:^|;\s*)(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie)
  return found?.[1] ?? ''
}
