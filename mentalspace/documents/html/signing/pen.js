// A pen for the page where a client signs: strokes become numbers in the form, never a picture.
'use strict'
{
  const field = document.querySelector('[data-pen]')
  const paper = field.querySelector('svg')
  const ink = paper.querySelector('path')
  const value = field.querySelector('input')
  const clear = field.querySelector('button')
  const [wide, high] = [paper.viewBox.baseVal.width, paper.viewBox.baseVal.height]
  const MOST_POINTS = 3500
  let strokes = []

  const draw = () => {
    const line = (stroke) => stroke.map((number, at) => (at === 0 ? 'M' : at === 2 ? 'L' : '') + number).join(' ')
    ink.setAttribute('d', strokes.map((stroke) => line(stroke.length > 2 ? stroke : [...stroke, ...stroke])).join(' '))
    value.value = strokes.length > 0 ? JSON.stringify(strokes) : ''
    clear.hidden = strokes.length === 0
  }
  const within = (number, most) => Math.min(most, Math.max(0, Math.round(number)))
  const pointOf = ({ clientX, clientY }) => {
    const { left, top, width, height } = paper.getBoundingClientRect()
    return [within(((clientX - left) / width) * wide, wide), within(((clientY - top) / height) * high, high)]
  }
  const isFull = () => strokes.reduce((points, stroke) => points + stroke.length / 2, 0) >= MOST_POINTS

  paper.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || isFull()) return
    event.preventDefault()
    paper.setPointerCapture(event.pointerId)
    strokes.push(pointOf(event))
    draw()
  })
  paper.addEventListener('pointermove', (event) => {
    if (!paper.hasPointerCapture(event.pointerId) || isFull()) return
    const stroke = strokes.at(-1)
    const [x, y] = pointOf(event)
    if (Math.hypot(x - stroke.at(-2), y - stroke.at(-1)) < 3) return
    stroke.push(x, y)
    draw()
  })
  clear.addEventListener('click', () => {
    strokes = []
    draw()
  })
  field.hidden = false
  try {
    strokes = JSON.parse(value.value || '[]') // what was drawn before the page came back with something to mend
  } finally {
    draw()
  }
}
