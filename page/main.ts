import { readAbout, readCases } from './cases.ts';
import { connectControls } from './controls.ts';
import { connectKeys } from './keys.ts';
import { createList } from './list.ts';
import { connectScheme } from './scheme.ts';

// Runs once the page has been read. Whatever it shows is set as text, never as markup.
connectScheme();
// The overview is painted before the list is made.
if (document.getElementById('list') !== null) requestAnimationFrame(() => setTimeout(startList));

function startList(): void {
  const cases = readCases();
  const about = readAbout();
  const list = createList(cases, about);
  connectControls(cases, list, about);
  connectKeys(list);
}
