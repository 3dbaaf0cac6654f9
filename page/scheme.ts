import { LABELS } from '../src/core/messages/page-script.ts';
import { byId } from './element.ts';

/** The button that switches between light and dark. The system's preference holds until it is used; nothing is stored. */
export function connectScheme(): void {
  const button = byId('scheme', HTMLButtonElement);
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const isDark = (): boolean => (root.dataset['scheme'] ?? (prefersDark.matches ? 'dark' : 'light')) === 'dark';
  const name = (): void => {
    button.textContent = isDark() ? LABELS.light : LABELS.dark;
  };
  button.addEventListener('click', () => {
    root.dataset['scheme'] = isDark() ? 'light' : 'dark';
    name();
  });
  prefersDark.addEventListener('change', name);
  name();
  button.hidden = false;
}
