/** The license of a package that comes without its text. */
export interface LicenseException {
  /** Who holds the copyright, for the text of the MIT license. */
  readonly copyright: string;
  /** Where license and copyright were found. */
  readonly source: string;
}

/** Packages by name and version, so that somebody checks each again when its version changes. All of them are under the MIT license. */
export const LICENSE_EXCEPTIONS: ReadonlyMap<string, LicenseException> = new Map([
  [
    '@nodable/entities 3.1.0',
    { copyright: 'Copyright (c) Amit Gupta (https://solothought.com)', source: 'its package.json and README.md' },
  ],
  [
    'binary 0.3.0',
    { copyright: 'Copyright (c) James Halliday <mail@substack.net>', source: 'its package.json and README.markdown' },
  ],
  [
    'buffers 0.1.1',
    {
      copyright: 'Copyright (c) James Halliday <mail@substack.net>',
      source: 'its package.json, and README.markdown of https://github.com/substack/node-buffers',
    },
  ],
  [
    'chainsaw 0.1.0',
    { copyright: 'Copyright (c) James Halliday <mail@substack.net>', source: 'its package.json, which says MIT/X11' },
  ],
  [
    'isarray 1.0.0',
    { copyright: 'Copyright (c) 2013 Julian Gruber <julian@juliangruber.com>', source: 'its README.md' },
  ],
]);

/** The text of the MIT license, by https://spdx.org/licenses/MIT.html. */
export function renderMit(copyright: string): string {
  return `MIT License

${copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}
