import { rehypeGithubAlerts } from 'rehype-github-alerts';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { breaks } from './breaks.ts';
import { drawings } from './drawings.ts';
import { formulas } from './formulas.ts';
import { references } from './references.ts';
import type { Place } from './rules.ts';

/**
 * The HTML that GitHub would show for a markdown text: GitHub-flavoured markdown, raw HTML through the sanitizer (the
 * default schema of rehype-sanitize is GitHub's: `details`, `table`, `img`, `picture` and the like stay, scripts, styles,
 * forms, svg and comments go, ids get the prefix `user-content-`), then alerts, drawings, formulas and what `rules.ts`
 * finds in the text. Links relative to the page stay relative. Not done: anchors of headings, syntax colours, swatches of
 * colours in code, pictures of emoji, titles in place of addresses of issues.
 */
export async function renderGitHub(markdown: string, place: Place): Promise<string> {
  const drawn = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkRehype, { allowDangerousHtml: true, clobberPrefix: '' })
    .use(rehypeRaw, { tagfilter: true })
    .use(rehypeSanitize)
    .use(rehypeGithubAlerts, {})
    .use(drawings)
    .use(formulas);
  const file = await (place === 'comment' ? drawn.use(breaks) : drawn)
    .use(references, place)
    .use(rehypeStringify)
    .process(markdown);
  return String(file);
}
