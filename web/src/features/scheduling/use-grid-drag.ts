import { useEffect, useRef, useState, type PointerEvent, type MouseEvent } from 'react'
import type { Appointment } from './status'
import { clicked, DAY, drawn, movedTo, pieceOf, resizedTo, type Piece, type Times } from './wall-clock'

type Held =
  | { kind: 'draw'; anchor: number; column: string }
  | { kind: 'move' | 'resize'; appointment: Appointment; grab: number; column: string }
type Start = Held & { x: number; y: number; pointer: number; active: boolean }

/** What is being drawn or moved right now. */
export type Preview = { kind: Held['kind']; column: string; piece: Piece; appointment?: Appointment; times?: Times }

type GridDrag = {
  zone: string
  /** The day and, in a clinician's column, whose it is. */
  columns: readonly { key: string; day: string; clinicianId?: string | undefined }[]
  find: (id: string) => Appointment | undefined
  mayMove: (appointment: Appointment) => boolean
  onDraw: ((piece: Piece, clinicianId: string | undefined) => void) | null
  onMove: (appointment: Appointment, times: Times) => void
}

const THRESHOLD = 4

/**
 * Mouse and pen over the grid: draw a length, move a session, pull its lower edge; Esc lets go. A finger scrolls, and a tap
 * books. Nothing here is needed by the keyboard: the same is done by New session and by Edit.
 */
export function useGridDrag({ zone, columns, find, mayMove, onDraw, onMove }: GridDrag) {
  const start = useRef<Start | null>(null)
  const justDragged = useRef(false)
  const [preview, setPreview] = useState<Preview | null>(null)

  useEffect(() => {
    if (!preview) return
    const letGo = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      start.current = null
      setPreview(null)
    }
    document.addEventListener('keydown', letGo)
    return () => document.removeEventListener('keydown', letGo)
  }, [preview])

  const previewAt = (held: Held, at: { column: string; minute: number }): Preview | null => {
    const day = columns.find(({ key }) => key === at.column)?.day
    if (day === undefined) return null
    if (held.kind === 'draw') return { kind: 'draw', column: held.column, piece: { day, ...drawn(held.anchor, at.minute) } }
    const { appointment } = held
    const times = held.kind === 'move' ? movedTo(appointment, day, at.minute - held.grab, zone) : resizedTo(appointment, at.minute, zone)
    return { kind: held.kind, column: held.kind === 'move' ? at.column : held.column, piece: pieceOf(times, zone), appointment, times }
  }

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    justDragged.current = false
    const at = positionOf(event)
    if (event.button !== 0 || !at) return
    const held = holding(event, at, find, mayMove, zone)
    if (held) start.current = { ...held, x: event.clientX, y: event.clientY, pointer: event.pointerId, active: false }
  }

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const held = start.current
    if (!held || held.pointer !== event.pointerId || event.pointerType === 'touch') return
    if (!held.active && Math.hypot(event.clientX - held.x, event.clientY - held.y) < THRESHOLD) return
    if (!held.active) event.currentTarget.setPointerCapture(event.pointerId)
    held.active = true
    const { column, minute } = positionAt(event.currentTarget, event, held.kind === 'move' ? whereTo(columns, held.column) : [held.column])
    setPreview(previewAt(held, { column, minute }))
  }

  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const held = start.current
    start.current = null
    if (!held) return
    const clinicianId = columns.find(({ key }) => key === held.column)?.clinicianId
    if (!held.active) {
      const column = columns.find(({ key }) => key === held.column)
      if (held.kind === 'draw' && column && !movedFar(event, held)) onDraw?.({ day: column.day, ...clicked(held.anchor) }, clinicianId)
      return
    }
    justDragged.current = true
    setPreview(null)
    if (!preview) return
    if (preview.kind === 'draw') onDraw?.(preview.piece, clinicianId)
    else if (preview.appointment && preview.times) onMove(preview.appointment, preview.times)
  }

  const onPointerCancel = () => {
    start.current = null
    setPreview(null)
  }

  /** A drag that ends over a chip is not a press of it. */
  const onClickCapture = (event: MouseEvent) => {
    if (!justDragged.current) return
    justDragged.current = false
    event.stopPropagation()
    event.preventDefault()
  }

  return { preview, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onClickCapture } }
}

/** A session goes to any day, and stays its clinician's. */
const whereTo = (columns: GridDrag['columns'], from: string): string[] => {
  const clinicianId = columns.find(({ key }) => key === from)?.clinicianId
  return columns.filter((column) => clinicianId === undefined || column.clinicianId === clinicianId).map(({ key }) => key)
}
const movedFar = (event: PointerEvent, { x, y }: Start) => Math.hypot(event.clientX - x, event.clientY - y) > 2 * THRESHOLD

function minuteIn(column: Element, clientY: number): number {
  const { top, height } = column.getBoundingClientRect()
  return height === 0 ? 0 : Math.min(Math.max(((clientY - top) / height) * DAY, 0), DAY)
}

function positionOf(event: PointerEvent<HTMLElement>): { column: string; minute: number } | null {
  const column = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]') : null
  return column?.dataset.column === undefined ? null : { column: column.dataset.column, minute: minuteIn(column, event.clientY) }
}

/** The column under the pointer, or the nearest it may go to; also when the pointer has left the grid. */
function positionAt(grid: HTMLElement, { clientX, clientY }: PointerEvent, among: readonly string[]): { column: string; minute: number } {
  const all = [...grid.querySelectorAll<HTMLElement>('[data-column]')].filter(({ dataset }) => among.includes(dataset.column ?? ''))
  const distance = (element: HTMLElement) => {
    const { left, right } = element.getBoundingClientRect()
    return Math.max(left - clientX, clientX - right, 0)
  }
  const [first, ...rest] = all
  if (!first) return { column: '', minute: 0 }
  const nearest = rest.reduce((best, one) => (distance(one) < distance(best) ? one : best), first)
  return { column: nearest.dataset.column ?? '', minute: minuteIn(nearest, clientY) }
}

function holding(event: PointerEvent<HTMLElement>, at: { column: string; minute: number }, find: GridDrag['find'], mayMove: GridDrag['mayMove'], zone: string): Held | null {
  const target = event.target as Element
  const chip = target.closest<HTMLElement>('[data-session]')
  if (!chip) return { kind: 'draw', anchor: at.minute, column: at.column }
  const appointment = find(chip.dataset.session ?? '')
  if (!appointment || !mayMove(appointment)) return null
  const kind = target.closest('[data-resize]') ? 'resize' : 'move'
  return { kind, appointment, grab: at.minute - pieceOf(appointment, zone).from, column: at.column }
}
