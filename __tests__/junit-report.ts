import { SaxesParser } from 'saxes';

/** A test case as reporters read it. */
export interface ReportedCase {
  readonly classname: string;
  readonly name: string;
  readonly outcome: 'pass' | 'failure' | 'error';
  readonly type: string | undefined;
  readonly message: string | undefined;
  readonly text: string;
}

export interface ReportedSuite {
  readonly name: string;
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly cases: readonly ReportedCase[];
}

/** Reads a JUnit report of one suite. Throws where the text is not well-formed XML 1.0, forbidden characters included. */
export function readJunit(xml: string): ReportedSuite {
  const parser = new SaxesParser();
  const path: string[] = [];
  const cases: { -readonly [K in keyof ReportedCase]: ReportedCase[K] }[] = [];
  let suite: ReportedSuite | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const last = cases.at(-1);
    if (name === 'testsuite') {
      if (suite !== undefined || path.join('/') !== 'testsuites') throw new Error('not one suite');
      const [tests, failures, errors] = ['tests', 'failures', 'errors'].map((one) => Number(attributes[one]));
      if (tests === undefined || failures === undefined || errors === undefined) throw new Error('no counts');
      suite = { name: attributes['name'] ?? '', tests, failures, errors, cases };
    } else if (name === 'testcase') {
      const { classname = '', name: own = '' } = attributes;
      cases.push({ classname, name: own, outcome: 'pass', type: undefined, message: undefined, text: '' });
    } else if ((name === 'failure' || name === 'error') && last !== undefined && last.outcome === 'pass') {
      Object.assign(last, { outcome: name, type: attributes['type'], message: attributes['message'] });
    } else if (name !== 'testsuites') throw new Error(`unknown or repeated: ${name}`);
    path.push(name);
  });
  parser.on('closetag', () => path.pop());
  parser.on('text', (text) => {
    const last = cases.at(-1);
    if (last !== undefined && path.length > 3) last.text += text;
  });
  parser.write(xml).close();
  if (suite === undefined) throw new Error('no suite');
  return suite;
}
