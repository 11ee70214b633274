import { useEffect, useState } from 'react'

/** The value once it has stood still for `wait` milliseconds: what to search for, not every letter of it. */
export function useDebounced<Value>(value: Value, wait: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait)
    return () => clearTimeout(timer)
  }, [value, wait])
  return settled
}
