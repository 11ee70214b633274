/**
 * What a device remembers: looks only, never anything about a person. The one place that may touch localStorage (ESLint
 * sees to it); a browser that refuses storage simply remembers nothing.
 */
import { useSyncExternalStore } from 'react'

type Preferences = { theme: 'system' | 'light' | 'dark'; rail: 'open' | 'closed'; calendarColours: 'status' | 'clinician' }

const allowed: { [Name in keyof Preferences]: readonly Preferences[Name][] } = {
  theme: ['system', 'light', 'dark'],
  rail: ['open', 'closed'],
  calendarColours: ['status', 'clinician'],
}
const key = (name: string) => `mentalspace.${name}`
const listeners = new Set<() => void>()

function stored(name: string): string | null {
  try {
    // eslint-disable-next-line no-restricted-globals -- this file is the one door
    return localStorage.getItem(key(name))
  } catch {
    return null
  }
}

export function preference<Name extends keyof Preferences>(name: Name): Preferences[Name] {
  const value = stored(name)
  return allowed[name].find((choice) => choice === value) ?? (allowed[name][0] as Preferences[Name])
}

export function setPreference<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void {
  try {
    // eslint-disable-next-line no-restricted-globals -- this file is the one door
    localStorage.setItem(key(name), value)
  } catch {
    // Not remembered, but in force until the page is left.
  }
  if (name === 'theme') applyTheme(value as Preferences['theme'])
  for (const listener of listeners) listener()
}

/** Puts the chosen theme in force; called before the first paint and on every change. */
export function applyTheme(theme: Preferences['theme'] = preference('theme')): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

export function usePreference<Name extends keyof Preferences>(name: Name): [Preferences[Name], (value: Preferences[Name]) => void] {
  const value = useSyncExternalStore(subscribe, () => preference(name))
  return [value, (next) => setPreference(name, next)]
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
