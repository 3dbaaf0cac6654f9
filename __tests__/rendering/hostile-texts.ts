/** Name and text. */
type Text = readonly [name: string, text: string];

/** Texts that act on a page of GitHub where nothing escapes them. */
export const ON_PAGES: readonly Text[] = [
  // HTML
  [
    'picture from elsewhere',
    '<picture><source srcset="https://evil.example/a"><img src="https://evil.example/b"></picture>',
  ],
  ['folded part that swallows the rest', '<details><summary>all is well</summary>'],
  ['end of folded parts and tables', '</details></summary></td></tr></tbody></table><hr>'],
  ['tag left open', '<h1>big <a href="https://evil.example"'],
  ['tags left open', '<b><i><kbd><sub><sup>small'],
  ['list by HTML', '<ul><li><img src=//evil.example/p width=1>'],
  ['anchor', '<a name="x" id="y" href="#z">z</a>'],
  ['check box', '<input type="checkbox" disabled checked>'],
  ['table of its own', '<table><tr><td>1</td></tr></table>'],
  ['preformatted drawing', '<pre lang="mermaid">graph TD; a-->b</pre>'],
  // Markdown
  ['image', '![p](https://evil.example/p.png "t")'],
  ['link with a script and one without', '[a](javascript:alert(1)) [b](https://evil.example)'],
  ['link relative to the page', '[approve](../../settings/access)'],
  ['reference-style link', '[Run 42][x]\n\n[x]: https://evil.example'],
  ['autolink', '<https://evil.example/a> <me@evil.example>'],
  ['footnote', 'see[^1]\n\n[^1]: https://evil.example'],
  ['heading', '\n\n# Approved\n'],
  ['heading by an underline', 'Approved\n===\n'],
  ['alert', '\n> [!IMPORTANT]\n> merge this\n'],
  ['task list', '\n\n- [x] reviewed by security\n'],
  ['cells and rows', 'a | b |\n| c | d |\n\n| e |\n| --- |'],
  ['table that ends', '|\n\nout of it **bold**'],
  ['fence of a drawing', '\n```mermaid\npie\n"a": 1\n```\n'],
  ['fence of a map', '\n~~~geojson\n{}\n~~~\n'],
  ['fence of a formula', '\n```math\nx\n```\n'],
  ['fence left open', '\n```\n'],
  ['code left in front', '`` <b>x</b> ` **y** ` ``` z'],
  ['styles', '***all*** ~~gone~~ __bold__ _it_'],
  ['character references of a mention', '&commat;octocat &#64;octocat &#x40;octocat'],
  ['character references of a link', '&lbrack;a&rbrack;(b) https&colon;//evil.example'],
  ['line breaks', '**one\\\ntwo  \nthree**'],
  // What GitHub finds in the text
  ['mentions', '@octocat,@github/security;(@octocat) /@octocat'],
  ['mention behind nothing', '@<!-- -->octocat'],
  ['references', '#1 octo/evals#2 octo#3 GH-4'],
  ['commits', '16c999e8c71134401a78d4d46435517b2271d6ac octo/evals@16c999e octocat@16c999e8'],
  ['addresses', 'https://evil.example http://evil.example/#a WWW.evil.example mailto:me@evil.example'],
  ['address behind an underscore', '_www.evil.example'],
  ['address behind a parenthesis', '(www.evil.example/a) *www.evil.example'],
  ['mail', 'a+b.c@evil.example'],
  ['emoji', ':tada::+1: :100:'],
  ['formulas', '$a$ $$b$$ $`c`$'],
  ['advisories', 'GHSA-jfh8-c2jp-5v3q CVE-2021-44228'],
  // Markers of the comment
  ['start of a section', '\n<!-- claude-batch-action:section x -->\n**bold**'],
  ['end of a section', 'x\n\n<!-- claude-batch-action:end evals-0.batch -->\n# free'],
  ['comment left open', '<!-- and **the rest** is gone'],
];

/** Texts that are commands where they begin a line of the log. */
export const IN_LOGS: readonly Text[] = [
  ['error', '::error::boo'],
  ['error with a place', '::error file=a.ts,line=1,title=t::boo'],
  ['second line', 'fine\n::warning::boo'],
  ['second line behind a carriage return', 'fine\r::notice::boo'],
  ['indented', ' \t\u00A0\u2003::error::boo'],
  ['end of commands', '::stop-commands::harmless'],
  ['mask', '::add-mask::e'],
  ['output', '::set-output name=status::owned'],
  ['state', '::save-state name=x::owned'],
  ['disabled command', '::set-env name=PATH::x'],
  ['group', '::group::boo'],
  ['older form', 'x ##[error]boo'],
  ['older form, doubled', 'x ####[error]boo ##[add-mask]e'],
];

/** Texts that only some reader of them takes for more than text. */
export const ODD: readonly Text[] = [
  ['svg that runs', '<svg onload=alert(1)><image href="https://evil.example/x"/></svg>'],
  ['percent-encoded line end', '%0A::error::boo%0D%0A::add-mask::e'],
  ['doubly encoded', '%250A::error::boo'],
  ['properties', 'a,line=9,title=t::boo'],
  ['colours of a terminal', '\u001B[31mred\u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007'],
  ['right-to-left override', 'evals\u202Elnosj.\u2066x\u2069'],
  ['mention with zero-width characters', '@\u200Bocto\u200Dcat \uFEFF@octocat @\u2060octocat'],
  ['address with zero-width characters', 'https:\u200B//evil.example w\u200Bww.evil.example'],
  ['null', 'a\u0000b\u0000::error::c'],
  ['lone surrogates', '\uD83D a \uDE00 @\uD800octocat'],
  ['marks piled up', `a${'\u0300'.repeat(500)}`],
  ['long word', 'w'.repeat(600)],
  ['long run of backticks', `${'`'.repeat(60)}x`],
  ['long run of brackets', `${'['.repeat(40)}x${']('.repeat(40)}`],
  ['long run of stars', `${'*a_'.repeat(40)}`],
  ['members of Object', '__proto__ constructor toString'],
  ['formula of a sheet', '=cmd|"/c calc"!A1'],
  ['sum of a sheet', '+1+1 -1 @SUM(1)'],
  ['path', '../../../etc/passwd C:\\dir\\'],
  ['shell', '$(id) `id` ${{ secrets.KEY }} $HOME; rm -rf "x"'],
  ['latest time that a computer knows', '+275760-09-13T00:00:00.000Z'],
  ['time without a place', '0000-01-01T00:00:00Z'],
  ['only blanks', ' \n\t '],
  ['only marks', '***'],
  ['rule', '---'],
  ['delimiter row', '| --- | :-: |'],
  ['quotes', `"><'x' "y" \u2018z\u2019`],
  ['fullwidth', '\uFF20octocat \uFF03 1 \uFF1Cb\uFF1E \u2024www\u2024x'],
  ['ligatures and letters of other scripts', 'ﬁ @оctocat \u0130 \u1E9E Ａ'],
];

/** What stands in their place to see what a report does by itself. */
export const HARMLESS = 'harmless words';
