import { cva } from 'class-variance-authority'

/** The look of everything one presses; Button, IconButton, LinkButton and Menu triggers share it. */
export const buttonStyles = cva(
  [
    'inline-flex items-center justify-center gap-2 rounded-control border font-medium whitespace-nowrap select-none',
    'transition-colors duration-120 ease-out coarse:min-h-11',
    'aria-disabled:cursor-not-allowed aria-disabled:opacity-55 data-disabled:cursor-not-allowed data-disabled:opacity-55',
    'data-pending:cursor-progress data-pending:opacity-100',
  ],
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-accent-contrast data-hovered:bg-accent-hover data-pressed:bg-accent-hover',
        secondary: 'border-line-strong/60 bg-raised text-text data-hovered:bg-hover data-pressed:bg-pressed',
        /** The usual next step where many stand below each other: it has colour, and no border to add up. */
        soft: 'border-transparent bg-accent-soft text-accent-text data-hovered:bg-accent data-hovered:text-accent-contrast data-pressed:bg-accent-hover data-pressed:text-accent-contrast forced-colors:border-[ButtonBorder]',
        quiet: 'border-transparent bg-transparent text-text data-hovered:bg-hover data-pressed:bg-pressed',
        danger: 'border-transparent bg-danger text-danger-contrast data-hovered:bg-danger-hover data-pressed:bg-danger-hover',
      },
      size: { sm: 'h-8 px-2.5 text-13', md: 'h-9 px-3.5 text-14', lg: 'h-11 px-4 text-14' },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)
