import type { ShouldRevalidateFunctionArgs } from 'react-router'

/** Tabs and filters stand behind the `?` and are answered by the page itself, which keeps what it shows meanwhile. */
export const unlessSearched = ({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) =>
  currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search ? false : defaultShouldRevalidate

/** Whether what an address names is one of those that are known. */
export const isOneOf = <Known extends object>(known: Known, text: string | null): text is Extract<keyof Known, string> => text !== null && Object.hasOwn(known, text)
