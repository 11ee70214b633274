import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nProvider } from 'react-aria-components'
import { FillPage } from '@/features/forms/fill/FillPage'
import '@/ui/tokens.css'

const root = document.getElementById('root')
if (!root) throw new Error('fill.html has no #root')
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale="en-US">
      <FillPage token={location.pathname.split('/')[2] ?? ''} />
    </I18nProvider>
  </StrictMode>,
)
