/** Prefix of a metric's name: the cases in which it does not pass. */
const FAILS = 'fails:';
/** Prefix of a name that itself starts with one of these prefixes. */
const NAME = 'name:';

/** The value of `#metric=` for the cases with this metric. */
export function metricFilter(metric: string): string {
  return metric.startsWith(FAILS) || metric.startsWith(NAME) ? NAME + metric : metric;
}

/** The value for the cases in which the metric does not pass. */
export function failsFilter(metric: string): string {
  return FAILS + metric;
}
