/** Chance that at least one of this many gates fails a harmless change, if each does so with a chance of at most `significance`. */
export function anyFalseAlarm(gates: number, significance: number): number {
  return 1 - (1 - significance) ** gates;
}
