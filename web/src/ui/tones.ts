/** The eight status hues (ui/tokens.css). What a status means, and so its tone, icon and word, is decided by the feature. */
export type Tone = 'grey' | 'blue' | 'teal' | 'green' | 'amber' | 'red' | 'violet' | 'pink'
