import { LABELS } from '../src/core/messages/page-script.ts';
import { element } from './element.ts';

/** How long a button says what it did. */
const SAID_MS = 3_000;

/**
 * A button that copies a text. Where the browser refuses that, as it may for a file, what `shown` answers is selected, for the
 * reader to copy. It is read to screen readers as well.
 */
export function createCopyButton(
  name: string,
  {
    text,
    shown,
    done = LABELS.copied,
  }: { readonly text: () => string; readonly shown: () => Element | null; readonly done?: string },
): HTMLElement {
  const said = element('span', { class: 'said', attributes: { role: 'status' } });
  const button = element('button', { text: name, attributes: { type: 'button' } });
  const say = (words: string): void => {
    said.textContent = words;
    setTimeout(() => {
      said.textContent = '';
    }, SAID_MS);
  };
  button.addEventListener('click', () => {
    copyText(text()).then(
      () => say(done),
      () => {
        select(shown());
        say(LABELS.selected);
      },
    );
  });
  return element('span', { class: 'copy', children: [button, said] });
}

async function copyText(text: string): Promise<void> {
  // Pages that are no secure context have no clipboard.
  const { clipboard } = navigator as { readonly clipboard?: Clipboard };
  if (clipboard === undefined) throw new TypeError('no clipboard');
  await clipboard.writeText(text);
}

function select(shown: Element | null): void {
  if (shown !== null) getSelection()?.selectAllChildren(shown);
}
