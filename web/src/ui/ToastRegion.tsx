import { CircleAlert, X } from 'lucide-react'
import { Text, UNSTABLE_Toast as Toast, UNSTABLE_ToastContent as ToastBody, UNSTABLE_ToastRegion as AriaToastRegion } from 'react-aria-components'
import { Button } from './Button'
import { IconButton } from './IconButton'
import { toastQueue } from './toast-queue'

export function ToastRegion() {
  return (
    <AriaToastRegion queue={toastQueue} className="fixed bottom-4 left-1/2 z-50 flex w-max max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col gap-2 rounded-panel phone:bottom-[calc(4.5rem+env(safe-area-inset-bottom))]">
      {({ toast }) => (
        <Toast toast={toast} className="flex items-center gap-2 rounded-panel border border-line bg-raised py-1.5 pr-1.5 pl-4 shadow-float animate-rise">
          {toast.content.tone === 'danger' && <CircleAlert aria-hidden className="size-4 shrink-0 text-danger-text" />}
          <ToastBody className="min-w-0 flex-1 py-1">
            <Text slot="title">{toast.content.message}</Text>
          </ToastBody>
          {toast.content.undo && (
            <Button
              variant="quiet"
              size="sm"
              className="text-accent-text"
              onPress={() => {
                toast.content.undo?.()
                toastQueue.close(toast.key)
              }}
            >
              Undo
            </Button>
          )}
          <IconButton icon={X} label="Dismiss" size="sm" onPress={() => toastQueue.close(toast.key)} />
        </Toast>
      )}
    </AriaToastRegion>
  )
}
