import config from './jest.config.js';

/** Folders whose tests start processes, speak HTTP or render pages. All others are pure tables, or scenarios on fakes. */
const SLOW = ['action', 'contract', 'workflows', 'docs', 'adapters', 'rendering', 'simulator', 'release'];

export default {
  ...config,
  testPathIgnorePatterns: ['/node_modules/', ...SLOW.map((name) => `<rootDir>/__tests__/${name}/`)],
};
