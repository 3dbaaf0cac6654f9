/** Alternatives, as part of a pattern. */
const either = (...parts: readonly RegExp[]): string => `(?:${parts.map(({ source }) => source).join('|')})`;

const SORRY = either(
  /(?:i'm|i am|we're|we are)(?: (?:very|really|so|truly))? sorry/,
  /sorry/,
  /(?:i|we) apologi[sz]e/,
  /(?:my )?apologies/,
);

/** What may precede a refusal. A polite lead-in counts only if a refusal follows its "but". */
const LEAD_IN = either(
  new RegExp(SORRY),
  /no|unfortunately|regrettably/,
  /as an? (?:ai|language model)[^,.]{0,60}/,
  /(?:i (?:appreciate|understand|see|hear|want|know)|i'd (?:like|love)|thanks|thank you)[^.!?\n]{0,200}?,? but/,
);
const GAP = '[ ,;:.!—–-]*(?:but |however,? )?';

/** What a refusal declines to do: "I can't wait" and "I cannot stress enough" are no refusals. */
const DEEDS = either(
  /help|assist|provide|comply|do|answer|fulfil+|share|give|write|create|generate|discuss|support|engage|participate/,
  /offer|advise|respond|continue|complete|produce|recommend|disclose|reveal|process|accommodate|facilitate/,
  /be able to|in good conscience/,
);

const REFUSES = either(
  new RegExp(
    `${/(?:can't|cannot|can not|won't|will not|couldn't|could not)(?: (?:really|legally|ethically))? /.source}${DEEDS}\\b`,
  ),
  /(?:would|'d) (?:rather|prefer) not\b/,
  /(?:am|are|'m|'re)(?: currently)? (?:unable to|not (?:able|allowed|permitted|willing|going) to|not comfortable)\b/,
  /(?:don't|do not) feel comfortable\b/,
  /(?:(?:must|need to|have to|'ll have to|will have to) )?(?:respectfully )?(?:decline|refuse)\b/,
);

const REFUSAL = new RegExp(`^(?:(?:${LEAD_IN}${GAP})?(?:i|we) ?${REFUSES}|${SORRY}${GAP}no(?=[.!,;]|$))`);

/** The words of refusal in a text's first sentence; undefined if it does not refuse. English only. */
export function refusalIn(text: string): string | undefined {
  const opening = text
    .trimStart()
    .slice(0, 400)
    .replace(/[’‘`]/g, "'")
    .toLowerCase()
    .replace(/^[^a-z]+/, '');
  return REFUSAL.exec(opening)?.[0];
}
