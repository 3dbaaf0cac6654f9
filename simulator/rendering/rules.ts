/** Where a text is shown: a comment of a conversation, the job summary, or a file of the repository such as `report.md`. */
export type Place = 'comment' | 'summary' | 'file';

/** What GitHub finds in the text of finished HTML, outside code and links, and makes active. */
export interface Rule {
  readonly name: string;
  readonly pattern: RegExp;
  readonly places: readonly Place[];
  /** The address it links to; undefined for what is replaced without a link. */
  readonly address: ((found: string) => string) | undefined;
  /** Where the rule is from. */
  readonly source: string;
}

/** The repository in which all texts of this stand-in are shown. */
export const REPOSITORY = 'https://github.com/octo/evals';

const HOST = 'https://github.com';
const EVERYWHERE: readonly Place[] = ['comment', 'summary', 'file'];
// "Autolinked references are not created in wikis or files in a repository" (REFERENCES below). GitHub does not say what
// job summaries do, so they count as conversations.
const CONVERSATIONS: readonly Place[] = ['comment', 'summary'];

const REFERENCES =
  'https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls';
const WRITING =
  'https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax';
const AUTOLINKS = 'https://github.github.com/gfm/#autolinks-extension-';
const MENTIONS = 'https://github.com/gjtorikian/html-pipeline, MentionFilter';

/**
 * The first rule that matches at a place wins. GitHub also asks whether the user, issue or commit exists; here all of them
 * do, and each emoji too: a test wants to find everything that could act.
 */
export const RULES: readonly Rule[] = [
  {
    name: 'url',
    pattern: /(?<![A-Za-z0-9])(?:(?:https?|ftp):\/\/|www\.)[^\s<]*[A-Za-z0-9/=&]|\b(?:mailto|xmpp):[^\s<@]+@[^\s<]+/,
    places: EVERYWHERE,
    address: (found) => (/^www/i.test(found) ? `http://${found}` : found),
    source: AUTOLINKS,
  },
  {
    name: 'commit',
    pattern: /\b[\w-]+(?:\/[\w.-]+)?@[0-9a-f]{7,40}\b|\b[0-9a-f]{7,40}\b/,
    places: CONVERSATIONS,
    address: (found) => `${REPOSITORY}/commit/${found}`,
    source: REFERENCES,
  },
  {
    name: 'mail',
    pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/,
    places: EVERYWHERE,
    address: (found) => `mailto:${found}`,
    source: AUTOLINKS,
  },
  {
    name: 'issue',
    pattern: /(?:\b[\w-]+(?:\/[\w.-]+)?)?#\d+\b|\bGH-\d+\b/,
    places: CONVERSATIONS,
    address: (found) => `${REPOSITORY}/issues/${found.replace(/^.*[#-]/, '')}`,
    source: REFERENCES,
  },
  {
    name: 'advisory',
    pattern: /\bGHSA(?:-[0-9a-z]{4}){3}\b|\bCVE-\d{4}-\d{4,}\b/,
    places: CONVERSATIONS,
    address: (found) => `${HOST}/advisories/${found}`,
    // Seen on GitHub, in no documentation.
    source: '',
  },
  {
    name: 'mention',
    pattern: /(?<!\w)@[a-z\d][a-z\d-]*(?:\/[a-z\d][\w.-]*)?/,
    places: CONVERSATIONS,
    address: (found) => `${HOST}/${found.slice(1)}`,
    source: `${WRITING}#mentioning-people-and-teams; ${MENTIONS}`,
  },
  {
    name: 'emoji',
    pattern: /:(?:[a-z][a-z0-9_+-]*|[+-]1|100|1234|8ball):/,
    places: EVERYWHERE,
    address: undefined,
    source: `${WRITING}#using-emojis; https://api.github.com/emojis has the names`,
  },
];

/** Languages of fenced code that GitHub draws instead of showing. */
export const DRAWN: ReadonlyMap<string, { readonly source: string }> = new Map(
  ['mermaid', 'geojson', 'topojson', 'stl', 'math'].map((language) => [
    language,
    {
      source: `https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/${
        language === 'math' ? 'writing-mathematical-expressions' : 'creating-diagrams'
      }`,
    },
  ]),
);
