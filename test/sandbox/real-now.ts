/** The time outside, whatever the simulated one: what programs in other processes compare with their own. */
export function realNow(): number {
  return performance.timeOrigin + performance.now();
}
