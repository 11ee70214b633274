import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { views, type View } from '../span'

const names: Record<View, string> = { day: 'Day', week: 'Week', month: 'Month' }

/** Day, week or month; the keys 1, 2, 3 do the same. */
export function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  return (
    <ToggleButtonGroup
      aria-label="View"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[view]}
      onSelectionChange={(keys) => {
        const chosen = views.find((one) => keys.has(one))
        if (chosen) onChange(chosen)
      }}
      className="flex h-9 overflow-clip rounded-control border border-line-strong/60 bg-raised coarse:h-11"
    >
      {views.map((one, index) => (
        <ToggleButton
          key={one}
          id={one}
          aria-keyshortcuts={String(index + 1)}
          className="border-l border-line px-3 text-14 outline-offset-[-2px] first:border-l-0 data-hovered:bg-hover data-selected:bg-accent-soft data-selected:font-medium data-selected:text-accent-text forced-colors:data-selected:underline"
        >
          {names[one]}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
