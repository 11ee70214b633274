import { clsx, type ClassValue } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

const merge = extendTailwindMerge({
  extend: { theme: { text: ['12', '13', '14', '16', '20', '24'], radius: ['control', 'panel'], shadow: ['float'] } },
})

/** Joins class names; of two that say the same thing, the later one wins. */
export const classes = (...parts: ClassValue[]): string => merge(clsx(parts))
