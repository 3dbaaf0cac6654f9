import Base from '@jest/test-sequencer';

/** Tests that mostly wait or take long, so that they do not stand alone at the end. */
const FIRST = ['/action/resuming', '/__tests__/shards', '/action/', '/rendering/', '/adapters/', '/simulator/'];

const rankOf = ({ path }) => FIRST.findIndex((part) => path.includes(part)) >>> 0;

/** Begins with what takes longest, also where no earlier run has left its times. */
export default class SlowestFirst extends (Base.default ?? Base) {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
