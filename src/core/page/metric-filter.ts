/** Before the name of a metric: the cases in which it does not pass. */
const FAILS = 'fails:';
/** Before a name that would read like one of these prefixes. */
const NAME = 'name:';

/** What `#metric=` calls the cases that have this metric. */
export function metricFilter(metric: string): string {
  return metric.startsWith(FAILS) || metric.startsWith(NAME) ? NAME + metric : metric;
}

/** What it calls those of which the metric does not pass. */
export function failsFilter(metric: string): string {
  return FAILS + metric;
}
