/** How likely at least one of so many gates fails a change that makes nothing worse, if each does so with `significance` at most. */
export function anyFalseAlarm(gates: number, significance: number): number {
  return 1 - (1 - significance) ** gates;
}
