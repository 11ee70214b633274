/** Shared by every field, so that they line up and change together. */
export const fieldStyles = {
  root: 'group/field flex min-w-0 flex-col gap-1',
  control: [
    'h-9 w-full min-w-0 rounded-control border border-line-strong bg-raised px-2.5 text-14 text-text coarse:h-11 coarse:text-16',
    'placeholder:text-muted data-hovered:border-muted',
    'data-invalid:border-danger data-disabled:bg-sunken data-disabled:text-muted data-disabled:border-line',
    '[&:is(input,textarea):read-only]:bg-sunken',
  ].join(' '),
  /** A group that holds input and buttons (date, number, combo box) carries the border and the focus ring itself. */
  group: [
    'flex h-9 w-full min-w-0 items-center rounded-control border border-line-strong bg-raised text-14 text-text coarse:h-11 coarse:text-16',
    'data-hovered:border-muted data-focus-within:outline-2 data-focus-within:outline-offset-2 data-focus-within:outline-accent',
    'data-invalid:border-danger data-disabled:bg-sunken data-disabled:text-muted',
  ].join(' '),
  bareInput: 'h-full w-full min-w-0 bg-transparent px-2.5 outline-none placeholder:text-muted data-focus-visible:outline-none',
  innerButton: 'flex size-8 shrink-0 items-center justify-center rounded-control text-muted outline-offset-0 data-hovered:bg-hover data-hovered:text-text',
  popover: 'rounded-panel border border-line bg-raised shadow-float data-entering:animate-appear',
  option: [
    'flex min-h-9 cursor-default items-center gap-2 rounded-control px-2.5 py-1.5 text-14 outline-none coarse:min-h-11',
    'data-focused:bg-hover data-focus-visible:outline-none data-selected:font-medium',
    'data-disabled:text-muted forced-colors:data-focused:outline-2',
  ].join(' '),
}
