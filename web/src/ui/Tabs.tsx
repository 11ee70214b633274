import type { ReactNode } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components'

export type TabItem<Id extends string> = {
  id: Id
  label: string
  count?: number
  /** Its address, so that the tab is a link and Back works. */
  href?: string
}

export type TabsProps<Id extends string> = {
  label: string
  tabs: readonly TabItem<Id>[]
  value: Id
  /** Not needed when the tabs have addresses. */
  onChange?: (id: Id) => void
  /** The content of the tab in force. */
  children: ReactNode
}

export function Tabs<Id extends string>({ label, tabs, value, onChange, children }: TabsProps<Id>) {
  return (
    <AriaTabs selectedKey={value} onSelectionChange={(id) => onChange?.(id as Id)} className="flex min-h-0 flex-col">
      <TabList aria-label={label} className="flex shrink-0 gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Tab
            key={tab.id}
            id={tab.id}
            {...(tab.href && { href: tab.href })}
            className="-mb-px flex h-10 shrink-0 cursor-default items-center gap-1.5 border-b-2 border-transparent px-3 text-14 text-muted outline-offset-[-2px] data-hovered:text-text data-selected:border-accent data-selected:font-medium data-selected:text-text forced-colors:data-selected:border-[Highlight]"
          >
            {tab.label}
            {tab.count !== undefined && <span className="rounded-full bg-sunken px-1.5 text-12 text-muted tabular">{tab.count}</span>}
          </Tab>
        ))}
      </TabList>
      <TabPanel id={value} className="min-h-0 flex-1 outline-offset-[-2px]">
        {children}
      </TabPanel>
    </AriaTabs>
  )
}
