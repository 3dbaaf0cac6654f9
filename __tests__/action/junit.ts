import { createRequire } from 'node:module';

interface Parser {
  parse(xml: string, validate: boolean): unknown;
}

/** The XML parser that the artifact client brings along; strict where it is told to validate. */
const { XMLParser }: { XMLParser: new (options: object) => Parser } = createRequire(import.meta.url)('fast-xml-parser');

export interface TestCase {
  readonly name: string;
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  /** Of the failure or error; empty where it passed. */
  readonly message: string;
}

export interface TestSuite {
  readonly name: string;
  /** What the suite itself says. */
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly cases: readonly TestCase[];
}

type Element = Readonly<Record<string, unknown>>;

/** Reads a JUnit report as CI services do: what a test case holds is its outcome. Throws where the text is no XML. */
export function readJunit(xml: string): readonly TestSuite[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseAttributeValue: false,
    isArray: (name: string) => ['testsuite', 'testcase'].includes(name),
  });
  const root = parser.parse(xml, true) as Element;
  const inside = (root['testsuites'] ?? root) as Element;
  return elements(inside['testsuite']).map((suite) => ({
    name: String(suite['@name']),
    tests: Number(suite['@tests']),
    failures: Number(suite['@failures']),
    errors: Number(suite['@errors']),
    cases: elements(suite['testcase']).map(readCase),
  }));
}

function readCase(element: Element): TestCase {
  const kinds = (['failure', 'error', 'skipped'] as const).filter((kind) => element[kind] !== undefined);
  const [kind] = kinds;
  if (kinds.length > 1) throw new Error(`A test case is at once ${kinds.join(' and ')}`);
  const held = kind === undefined ? '' : element[kind];
  const message =
    typeof held === 'object' && held !== null ? String((held as Element)['@message'] ?? '') : String(held);
  return { name: String(element['@name']), outcome: kind ?? 'passed', message };
}

function elements(value: unknown): readonly Element[] {
  return Array.isArray(value) ? value : [];
}
