/** What is wrong, as a clause, and what to do, as an imperative; neither with a full stop. */
export interface ProblemWords {
  readonly what: string;
  readonly fix: string;
  /** For a shell, apart from `fix`, so that nothing else is copied with it. */
  readonly command?: string;
}

const NOT_REGULAR = 'write its content to a regular file first, and name that file';
const LEAVE_OUT = 'or leave it out with a line that starts with !';

/** Why a file of the user cannot be taken. */
export const FILE_FAULTS = {
  missing: {
    what: 'the file does not exist',
    fix: 'check the path, which is relative to the workspace, and run actions/checkout first',
  },
  folder: { what: 'it is a folder, not a file', fix: 'name a file' },
  pipe: { what: 'it is a named pipe, not a regular file', fix: NOT_REGULAR },
  device: { what: 'it is a device, not a regular file', fix: NOT_REGULAR },
  socket: { what: 'it is a socket, not a regular file', fix: NOT_REGULAR },
  'link-loop': { what: 'it is a link that points to itself', fix: `replace the link with the file, ${LEAVE_OUT}` },
  'broken-link': {
    what: 'it is a link to something that does not exist',
    fix: `check out what the link points to, ${LEAVE_OUT}`,
  },
  'no-permission': {
    what: "the runner's user is not allowed to read it",
    fix: 'change its permissions in an earlier step, for example',
    command: 'chmod a+rX evals/*',
  },
  outside: {
    what: 'it is outside the workspace, or a link to a file outside, and wildcards match only files in the workspace',
    fix: `name it without wildcards or start the pattern with the absolute path of its folder, ${LEAVE_OUT}`,
  },
  'link-out': {
    what: 'it is a link that leads out of the workspace, or lies behind one',
    fix: 'replace the link by a folder, or name the folder that it leads to',
  },
  changed: {
    what: 'it changed while it was being read',
    fix: 'wait in an earlier step until whatever writes the file has finished',
  },
  'too-large': { what: 'it is larger than 1 MiB', fix: 'name the right file, or make it smaller' },
} satisfies Record<string, ProblemWords>;

export type FileFault = keyof typeof FILE_FAULTS;

/** Where the README has snippets. */
export const SNIPPETS =
  '"Write the JSONL" in the README of claude-batch-action (https://github.com/org/claude-batch-action#write-the-jsonl)';

/** A request around what an expression of jq finds. */
const requestOf = (content: string): string =>
  `{model: "claude-haiku-4-5", max_tokens: 1024, messages: [{role: "user", content: ${content}}]}`;

/** Commands that make request lines of other lines: `id` and `content` are keys of those. */
export const JQ = {
  array: "jq -c '.[]' old.json > requests.jsonl",
  body: "jq -c '.requests[]' old.json > requests.jsonl",
  object: 'jq -c . old.json > requests.jsonl',
  text: `jq -R 'select(. != "")' old.txt | jq -cs 'to_entries[] | {custom_id: "line-\\(.key + 1)", params: ${requestOf('.value')}}' > requests.jsonl`,
  params: `jq -cs 'to_entries[] | {custom_id: "line-\\(.key + 1)", params: .value}' old.jsonl > requests.jsonl`,
  paramsWithId: "jq -c '{custom_id, params: del(.custom_id)}' old.jsonl > requests.jsonl",
  prompt: (content: string, id: string | undefined) =>
    id === undefined
      ? `jq -cs 'to_entries[] | {custom_id: "line-\\(.key + 1)", params: ${requestOf(`.value.${content}`)}}' old.jsonl > requests.jsonl`
      : `jq -c '{custom_id: (.${id} | tostring), params: ${requestOf(`.${content}`)}}' old.jsonl > requests.jsonl`,
};

const isTable = (format: string, more = ''): ProblemWords => ({
  what: `the file is ${format}, not JSON Lines`,
  fix: `convert it in an earlier step with the Python script for CSV under ${SNIPPETS}${more}`,
});

const isCompressed = (format: string, command: string): ProblemWords => ({
  what: `the file is compressed (${format})`,
  fix: 'decompress it in an earlier step, for example',
  command,
});

/** Files of these forms hold no requests, whatever their name. */
export const FILE_FORMS = {
  'lfs-pointer': {
    what: 'the file is a Git LFS pointer, not the file itself',
    fix: 'set lfs: true in the actions/checkout step',
  },
  'utf-16': {
    what: 'the file is encoded in UTF-16',
    fix: 'save it as UTF-8, in PowerShell with Out-File -Encoding utf8, or convert it',
    command: 'iconv -f UTF-16 -t UTF-8 old.jsonl > requests.jsonl',
  },
  'utf-32': {
    what: 'the file is encoded in UTF-32',
    fix: 'save it as UTF-8, in PowerShell with Out-File -Encoding utf8, or convert it',
    command: 'iconv -f UTF-32 -t UTF-8 old.jsonl > requests.jsonl',
  },
  gzip: isCompressed('gzip', 'gunzip requests.jsonl.gz'),
  zip: isCompressed('zip', 'unzip requests.zip'),
  zstd: isCompressed('zstd', 'unzstd requests.jsonl.zst'),
  xz: isCompressed('xz', 'unxz requests.jsonl.xz'),
  bzip2: isCompressed('bzip2', 'bunzip2 requests.jsonl.bz2'),
  excel: {
    what: 'it is an Excel file, not JSON Lines',
    fix: `save it as CSV, and convert that in an earlier step with the Python script for CSV under ${SNIPPETS}`,
  },
  parquet: { what: 'the file is in Parquet format', fix: 'convert it to JSON Lines in an earlier step' },
  csv: isTable('CSV'),
  tsv: isTable('a table with tabs (TSV)', ', with delimiter="\\t"'),
  yaml: {
    what: 'the file is YAML, not JSON Lines',
    fix: 'write a list of requests and convert it in an earlier step',
    command: "yq -o=json -I=0 '.[]' old.yml > requests.jsonl",
  },
  text: {
    what: 'the file is plain text, not JSON Lines',
    fix: `write each request as JSON, as under ${SNIPPETS}, or make one of each line`,
    command: JQ.text,
  },
  html: {
    what: 'the file is HTML or XML',
    fix: 'check the download: the server may have returned an error or login page instead of the file',
  },
} satisfies Record<string, ProblemWords>;

export type FileForm = keyof typeof FILE_FORMS;

const LIST = 'write one pattern per line, under requests: |';

/** What is wrong with a pattern that matches no file. */
export const PATTERN_FAULTS = {
  folder: { what: 'is a folder', fix: 'write a pattern that matches its files' },
  list: { what: 'matches no file and looks like a list', fix: LIST },
  comment: {
    what: 'matches no file, and a # counts as a comment only at the start of a line',
    fix: 'put the comment on a line of its own, and write only the pattern here',
  },
  root: {
    what: 'matches no file and starts at the root of the file system, as if an expression before the slash was empty',
    fix: 'write a path relative to the workspace',
  },
  quotes: { what: 'matches no file and has quotes, which count as part of the name', fix: 'remove them' },
  dash: { what: 'matches no file and starts with a dash, as in a YAML list', fix: LIST },
  braces: { what: 'matches no file, and braces are not expanded', fix: LIST },
  backslashes: {
    what: 'matches no file and has backslashes, which do not separate folders',
    fix: 'write forward slashes',
  },
  tilde: { what: 'starts with a ~, which is not expanded', fix: 'write an absolute path, or one in the workspace' },
  variable: {
    what: 'matches no file and has a variable, which is not expanded',
    fix: 'write an expression such as ${{ runner.temp }}',
  },
  url: { what: 'is a URL, not a file', fix: 'download it in an earlier step' },
  nothing: {
    what: 'excludes nothing',
    fix: 'write a pattern after the exclamation mark; if an expression stands there, it was empty',
  },
} satisfies Record<string, ProblemWords>;

export type PatternFault = keyof typeof PATTERN_FAULTS;
